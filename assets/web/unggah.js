// Sends files as evidence, piece by piece. After a lost line it goes on where it stopped, also when the file is chosen again on another
// day: the server knows it by its hash.

import { Refused, SessionEnded, ask, key, t } from "./umum.js";
import { sha256 } from "./sha256.js";

const LIMIT = 25 * 1024 * 1024;
const PIECE = 1024 * 1024;
const PATIENCE = 60000;

const megabytes = (bytes) => (bytes / 1048576).toFixed(1).replace(".", t(",", "."));
const pause = (ms) => new Promise((done) => { setTimeout(done, ms); });

/** Does something until the line holds; what the server refuses and an ended session are not tried again. */
async function insist(work, lost) {
  for (let wait = 1000; ; wait = Math.min(wait * 2, PATIENCE)) {
    try {
      return await work();
    } catch (error) {
      if (error instanceof Refused || error instanceof SessionEnded) throw error;
      lost();
      await pause(wait);
    }
  }
}

/** Sends one file and gives back its upload. `say` gets a sentence about how far it is. */
async function send(address, file, say) {
  if (file.size > LIMIT) throw new Refused(422, t(`${megabytes(file.size)} MB; paling besar 25 MB`, `${megabytes(file.size)} MB; 25 MB at most`));
  if (file.size === 0) throw new Refused(422, t("berkasnya kosong", "the file is empty"));
  say(t("dibaca …", "being read …"));
  const hash = await sha256(file);
  const lost = () => say(t("sambungan terputus; diteruskan sendiri begitu tersambung", "connection lost; goes on by itself"));
  const begin = () => insist(() => ask(address, new URLSearchParams({ sha256: hash, ukuran: file.size })), lost);
  let { content: upload } = await begin();
  while (upload.diterima < file.size) {
    say(t(`${megabytes(upload.diterima)} dari ${megabytes(file.size)} MB terkirim`, `${megabytes(upload.diterima)} of ${megabytes(file.size)} MB sent`));
    const at = upload.diterima;
    const piece = file.slice(at, at + PIECE);
    const work = () => ask(`${address}/${upload.unggahan}?mulai=${at}`, piece, [409]);
    // A piece that is not the next one is answered with where to go on.
    ({ content: upload } = await insist(work, lost));
  }
  return upload.unggahan;
}

/**
 * Sends files one after the other and adds each to the figure. `figure()` gives the identity of the figure as it is then, `added` gets
 * the server's answer, `say` a sentence about each file, `inTurn` runs what must not meet other changes of the figure. Gives back the
 * files that were refused.
 */
export async function addEvidence({ address, query, files, fields, figure, added, say, inTurn }) {
  const refused = [];
  for (const [at, file] of [...files].entries()) {
    const name = files.length > 1 ? `${file.name} (${at + 1}/${files.length})` : file.name;
    const lost = () => say(`${name}: ${t("sambungan terputus", "connection lost")}`);
    const kunci = key();
    try {
      const upload = await send(address, file, (text) => say(`${name}: ${text}`));
      const finish = () => {
        const body = new URLSearchParams({ ...fields, nama: file.name, dilihat: figure(), kunci });
        return ask(`${address}/${upload}/selesai?${query}`, body);
      };
      await inTurn(async () => added((await insist(finish, lost)).content));
      say(`${name}: ${t("tersimpan sebagai bukti", "saved as evidence")}`);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      refused.push(error.message.startsWith(`${file.name}:`) ? error.message : `${file.name}: ${error.message}`);
    }
  }
  if (refused.length) say(refused.join("\n"));
  return refused;
}

/** Whether something that is dragged is a file. */
const isFile = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");

/** Takes files that are dropped on an element; a file that is dropped beside it does not replace the page. */
export function takeDrops(element, dropped) {
  for (const name of ["dragover", "dragleave", "drop"]) {
    element.addEventListener(name, (event) => {
      if (!isFile(event)) return;
      event.preventDefault();
      element.classList.toggle("di-atas", name === "dragover");
      if (name === "drop" && event.dataTransfer.files.length) dropped(event.dataTransfer.files);
    });
  }
}
for (const name of ["dragover", "drop"]) {
  document.addEventListener(name, (event) => { if (isFile(event)) event.preventDefault(); });
}
