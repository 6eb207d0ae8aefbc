// The page of a figure's evidence: files by drag and drop or from the field, several at once. Without this script the form is sent whole.

import { SessionEnded, key, signInLink, t } from "./umum.js";
import { addEvidence, takeDrops } from "./unggah.js";

const form = document.querySelector("form[data-unggah]");
if (form) {
  const field = form.querySelector("input[type=file]");
  const status = form.querySelector("[data-kemajuan]");
  const seen = form.querySelector("input[name=dilihat]");
  const say = (text) => { status.textContent = text; };
  const text = (name) => form.querySelector(`input[name=${name}]`).value;
  let busy = false;

  async function add(files) {
    if (busy) {
      say(t("tunggu sampai berkas sebelumnya selesai", "wait until the files before are done"));
      return;
    }
    busy = true;
    try {
      const refused = await addEvidence({
        address: form.dataset.unggah,
        query: form.dataset.tanya,
        files,
        fields: { halaman: text("halaman"), keterangan: text("keterangan") },
        figure: () => seen.value,
        added: (answer) => { seen.value = answer.dilihat; },
        say,
        inTurn: (work) => work(),
      });
      if (!refused.length) location.reload();
    } catch (error) {
      if (!(error instanceof SessionEnded)) throw error;
      say(t("Sesi berakhir. Yang sudah terkirim disimpan sehari; pilih berkas itu lagi sesudah ", "Session ended. What was sent is kept for a day; choose the file again after you "));
      status.append(signInLink());
    } finally {
      busy = false;
    }
  }

  takeDrops(form, add);
  form.addEventListener("submit", (event) => {
    // With a link it is an ordinary form.
    if (!field.files.length || text("tautan").trim()) return;
    event.preventDefault();
    add(field.files);
  });
  // The same page after "back" must not send under a key that was used.
  form.querySelector("input[name=kunci]").value = key();
}
