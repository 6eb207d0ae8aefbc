// The entry grid: arrows and Enter between cells, a block pasted from Excel with a preview, saving as one goes, undo. What is typed
// is kept in the browser until the server has it, through lost lines and ended sessions. A file dropped on a row becomes its evidence.
// Without this script the form is sent whole.

import { moveByKeys, takeBlocks } from "./kisi.js";
import { Refused, SessionEnded, ask, key, signInLink, t } from "./umum.js";
import { addEvidence, takeDrops } from "./unggah.js";

const form = document.querySelector("[data-isi]");
if (form) start(form);

function start(form) {
  const status = form.querySelector("[data-status]");
  const undoButton = form.querySelector("[data-urungkan]");
  const rows = [...form.querySelectorAll("tr[data-petak]")].filter((row) => row.querySelector("input[name^='nilai:']"));
  const columns = ["nilai", "ket"];
  const storeKey = `tolok-isi ${location.pathname} ${form.dataset.tahun}`;
  const id = (row) => row.dataset.petak;
  const cell = (row, column) => row.querySelector(`input[name^='${column}:']`);
  const mark = (row) => row.querySelector("input[name^='lihat:']");
  const say = (text) => { status.textContent = text; };

  // What was last saved, per figure: for undo and to know what has changed.
  const saved = new Map(rows.map((row) => [id(row), texts(row)]));
  const pending = new Map(Object.entries(JSON.parse(localStorage.getItem(storeKey) ?? "{}")));
  const undos = [];
  let sending = false;
  let delay = 1000;
  form.querySelector("[data-simpan]").hidden = true;

  function texts(row) {
    return { nilai: cell(row, "nilai").value, ket: cell(row, "ket").value };
  }
  const rowOf = (petak) => rows.find((row) => id(row) === petak);
  const same = (a, b) => a.nilai.trim() === b.nilai.trim() && a.ket.trim() === b.ket.trim();
  const keep = () => {
    if (pending.size) localStorage.setItem(storeKey, JSON.stringify(Object.fromEntries(pending)));
    else localStorage.removeItem(storeKey);
  };

  // Typed before the line or the session was lost: put back where nothing newer stands.
  for (const [petak, typed] of [...pending]) {
    const row = rowOf(petak);
    if (!row) continue;
    cell(row, "nilai").value = typed.nilai;
    cell(row, "ket").value = typed.ket;
    if (same(saved.get(petak), typed)) pending.delete(petak);
    else row.classList.add("belum");
  }
  // A row that was closed meanwhile takes nothing any more; what was typed is told there until it is thrown away.
  for (const row of form.querySelectorAll("tr[data-petak]")) {
    const typed = pending.get(id(row));
    if (!typed || rows.includes(row)) continue;
    const text = [typed.nilai, typed.ket].filter(Boolean).join("; ");
    const away = document.createElement("button");
    away.type = "button";
    away.className = "kecil";
    away.textContent = t("Buang", "Discard");
    const place = row.querySelector("[data-pesan]");
    place.textContent = `${t("Isian Anda yang tidak tersimpan", "What you typed and is not saved")}: ${text} `;
    place.append(away);
    away.addEventListener("click", () => { pending.delete(id(row)); keep(); place.textContent = ""; });
  }
  keep();
  if ([...pending.keys()].some(rowOf)) {
    say(t(`${pending.size} isian yang belum tersimpan dipulihkan.`, `${pending.size} unsaved entries were restored.`));
    flush();
  }

  function touched(row) {
    const now = texts(row);
    if (same(saved.get(id(row)), now)) {
      pending.delete(id(row));
      row.classList.remove("belum");
    } else {
      pending.set(id(row), now);
      row.classList.add("belum");
    }
    keep();
  }

  async function post(petaks, extra) {
    const body = new URLSearchParams(extra);
    for (const petak of petaks) {
      const row = rowOf(petak);
      const now = texts(row);
      body.append(`nilai:${petak}`, now.nilai);
      body.append(`ket:${petak}`, now.ket);
      body.append(`lihat:${petak}`, mark(row).value);
    }
    return (await ask(form.action, body, [409, 422])).content;
  }

  // What changes figures waits for what changed them before: each change names the figure that it saw.
  let turn = Promise.resolve();
  function inTurn(work) {
    const done = turn.then(work);
    turn = done.catch(() => {});
    return done;
  }

  /** Writes the figures and shows what became of them. */
  const write = (petaks) => inTurn(async () => {
    const answer = await post(petaks, { kunci: key() });
    take(answer);
    return answer;
  });

  function sessionEnded() {
    say(t("Sesi berakhir. Isian tetap tersimpan di peramban ini; ", "Session ended. Your entries are kept in this browser; "));
    status.append(signInLink());
  }

  // One figure at a time, so that a fault in one holds up no other; a pasted block goes whole.
  async function flush() {
    if (sending || !pending.size) return;
    sending = true;
    try {
      for (const petak of [...pending.keys()]) {
        const row = rowOf(petak);
        // Kept for another filter of the same page.
        if (!row || row.dataset.salah === JSON.stringify(texts(row))) continue;
        const before = saved.get(petak);
        const answer = await write([petak]);
        if (answer.tersimpan.length) remember([[petak, before]]);
      }
      delay = 1000;
      const left = [...pending.keys()].filter((petak) => rowOf(petak)).length;
      if (left) say(t(`${left} isian belum tersimpan; lihat pesan di barisnya.`, `${left} entries not saved; see their rows.`));
      else say(t("Semua tersimpan.", "All saved."));
    } catch (error) {
      if (error instanceof SessionEnded) {
        sessionEnded();
      } else if (error instanceof Refused) {
        say(error.message);
      } else {
        say(t("Sambungan terputus. Isian tersimpan di peramban ini dan dikirim lagi nanti.",
          "Connection lost. Your entries are kept in this browser and will be sent again."));
        setTimeout(flush, delay);
        delay = Math.min(delay * 2, 60000);
      }
    } finally {
      sending = false;
    }
  }

  function take(answer) {
    for (const done of answer.tersimpan) {
      const row = rowOf(done.petak);
      if (!row) continue;
      // Typed further while it was sent: that is sent next.
      const typed = pending.get(done.petak);
      if (!typed || same(typed, texts(row))) {
        cell(row, "nilai").value = done.nilai;
        cell(row, "ket").value = done.keterangan;
        pending.delete(done.petak);
        row.classList.remove("belum");
      }
      saved.set(done.petak, { nilai: done.nilai, ket: done.keterangan });
      mark(row).value = done.lihat;
      message(row, "");
      const badge = row.querySelector("[data-keadaan]");
      badge.textContent = done.keadaan;
      badge.className = `lencana ${done.kelas}`;
    }
    for (const refused of answer.ditolak) {
      const row = rowOf(refused.petak);
      if (!row) continue;
      message(row, refused.pesan);
      // After a conflict the same entry may be sent again on purpose; any other fault waits for a change.
      if (refused.lihat) mark(row).value = refused.lihat;
      row.dataset.salah = JSON.stringify(texts(row));
    }
    for (const c of answer.capaian) {
      const shown = form.querySelector(`[data-capaian="${CSS.escape(c.indikator)}"]`);
      if (shown) {
        shown.textContent = c.capaian;
        shown.className = `n ${c.kelas}`;
      }
    }
    keep();
  }

  function message(row, text) {
    row.querySelector("[data-pesan]").textContent = text;
    if (text) cell(row, "nilai").setAttribute("aria-invalid", "true");
    else cell(row, "nilai").removeAttribute("aria-invalid");
    if (!text) delete row.dataset.salah;
  }

  // Undo writes the values from before again: history keeps both.
  function remember(step) {
    undos.push(step);
    undoButton.hidden = false;
  }
  undoButton.addEventListener("click", async () => {
    const step = undos.pop();
    undoButton.hidden = undos.length === 0;
    if (!step) return;
    for (const [petak, before] of step) {
      const row = rowOf(petak);
      cell(row, "nilai").value = before.nilai;
      cell(row, "ket").value = before.ket;
    }
    const petaks = step.map(([petak]) => petak);
    try {
      const answer = await write(petaks);
      say(answer.ditolak.length ? answer.ditolak[0].pesan : t("Diurungkan.", "Undone."));
      petaks.map(rowOf).forEach(touched);
    } catch {
      petaks.map(rowOf).forEach(touched);
      flush();
    }
  });

  form.addEventListener("input", (event) => {
    const row = event.target.closest("tr[data-petak]");
    if (row) {
      delete row.dataset.salah;
      touched(row);
    }
  });
  form.addEventListener("change", flush);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    rows.forEach((row) => { delete row.dataset.salah; });
    flush();
  });
  window.addEventListener("online", flush);
  window.addEventListener("pagehide", keep);

  // Arrows and Enter: a grid, not a form of a hundred fields.
  const grid = rows.map((row) => columns.map((column) => cell(row, column)));
  const rowAround = (field) => field.closest("tr[data-petak]");
  moveByKeys(form, grid, { cancel: (field) => reset(rowAround(field)), entered: () => setTimeout(flush, 0) });
  function reset(row) {
    const before = saved.get(id(row));
    cell(row, "nilai").value = before.nilai;
    cell(row, "ket").value = before.ket;
    message(row, "");
    touched(row);
  }

  // Files dropped on a row: evidence of its figure, which must be there first.
  for (const row of rows.filter(() => form.dataset.unggah)) {
    takeDrops(row, async (files) => {
      const tell = (text) => { row.querySelector("[data-pesan]").textContent = text; };
      try {
        if (pending.has(id(row))) await write([id(row)]);
        const figure = () => mark(row).value.split("~")[0];
        if (pending.has(id(row))) return;
        if (!figure()) {
          tell(t("isi nilainya dahulu, lalu jatuhkan berkasnya lagi", "enter the value first, then drop the file again"));
          return;
        }
        await addEvidence({
          address: form.dataset.unggah,
          query: new URLSearchParams({ tahun: form.dataset.tahun, petak: id(row) }),
          files,
          fields: {},
          figure,
          added: (answer) => {
            mark(row).value = answer.lihat;
            row.querySelector("[data-bukti]").textContent = answer.teks;
          },
          say: tell,
          inTurn,
        });
      } catch (error) {
        if (error instanceof SessionEnded) sessionEnded();
        else tell(error.message);
      }
    });
  }

  // A block from Excel is shown before anything is written.
  takeBlocks(form, grid, async (cells, beyond, field) => {
    const touchedRows = [...new Set(cells.map(([target]) => rowAround(target)))];
    const step = touchedRows.map((row) => [id(row), texts(row)]);
    cells.forEach(([target, text]) => { target.value = text; });
    const petaks = step.map(([petak]) => petak);
    let answer;
    try {
      answer = await post(petaks, { kunci: "", pratinjau: "ya" });
    } catch {
      // Nobody to ask: keep what was pasted, it is checked when it is sent.
      petaks.map(rowOf).forEach(touched);
      flush();
      return;
    }
    if (await confirmed(step, answer, beyond)) {
      try {
        const answer = await write(petaks);
        if (answer.ditolak.length) {
          petaks.map(rowOf).forEach(touched);
          say(answer.ditolak[0].pesan);
        } else {
          remember(step);
          say(t(`${petaks.length} angka ditempel dan tersimpan.`, `${petaks.length} figures pasted and saved.`));
        }
      } catch {
        petaks.map(rowOf).forEach(touched);
        flush();
      }
    } else {
      for (const [petak, before] of step) {
        cell(rowOf(petak), "nilai").value = before.nilai;
        cell(rowOf(petak), "ket").value = before.ket;
      }
      say(t("Tempelan dibatalkan; tidak ada yang berubah.", "Paste cancelled; nothing has changed."));
    }
    field.focus();
  });

  // The preview: every row with its value before and after, faults first; resolves to whether it is to be written.
  function confirmed(step, answer, beyond) {
    const dialog = document.createElement("dialog");
    dialog.className = "pratinjau";
    const faults = new Map(answer.ditolak.map((r) => [r.petak, r.pesan]));
    const read = new Map(answer.tersimpan.map((r) => [r.petak, r.dibaca]));
    const add = (parent, tag, text, className) => {
      const element = document.createElement(tag);
      if (text) element.textContent = text;
      if (className) element.className = className;
      parent.append(element);
      return element;
    };
    add(dialog, "h2", t(`Tempel ${step.length} baris`, `Paste ${step.length} rows`));
    if (faults.size) {
      add(dialog, "p", t(`${faults.size} baris tidak dapat dibaca. Perbaiki di Excel lalu tempel lagi; tidak ada yang ditulis.`,
        `${faults.size} rows cannot be read. Mend them and paste again; nothing is written.`), "pesan salah");
    }
    if (beyond) add(dialog, "p", t(`${beyond} sel di luar kisi dan tidak dipakai.`, `${beyond} cells lie outside the grid and are left out.`), "pesan");
    const table = add(add(dialog, "div", "", "gulir"), "table");
    const head = add(add(table, "thead"), "tr");
    for (const title of [t("Baris", "Row"), t("Sebelum", "Before"), t("Sesudah", "After"), ""]) add(head, "th", title);
    const body = add(table, "tbody");
    for (const [petak, before] of step) {
      const row = rowOf(petak);
      const line = add(body, "tr", "", faults.has(petak) ? "salah" : "");
      add(line, "th", cell(row, "nilai").getAttribute("aria-label").replace(/^\S+ /, ""));
      add(line, "td", before.nilai || "–", "n");
      add(line, "td", read.get(petak) ?? cell(row, "nilai").value, "n");
      add(line, "td", faults.get(petak) ?? (same(before, texts(row)) ? t("sama", "same") : ""), "kecil");
    }
    const buttons = add(dialog, "p");
    const yes = add(buttons, "button", t("Tulis", "Write"), "utama");
    yes.disabled = faults.size > 0;
    const no = add(buttons, "button", t("Batal", "Cancel"));
    document.body.append(dialog);
    dialog.showModal();
    (faults.size ? no : yes).focus();
    return new Promise((resolve) => {
      const close = (answer) => { dialog.remove(); resolve(answer); };
      yes.addEventListener("click", () => close(true));
      no.addEventListener("click", () => close(false));
      dialog.addEventListener("cancel", () => close(false));
    });
  }
}
