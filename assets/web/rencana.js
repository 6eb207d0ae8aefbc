// The grids of plan and action plan: what will change is listed, and all of it can be undone before it is saved. Without this script the
// fields are an ordinary form.

import { moveByKeys, takeBlocks } from "./kisi.js";

for (const form of document.querySelectorAll("form[data-isi]")) {
  const rows = [...form.querySelectorAll("tbody tr")].map((tr) => [...tr.querySelectorAll("input:not([type=hidden])")]).filter((row) => row.length);
  const fields = rows.flat();
  const [undo, list, count] = ["[data-urung]", "[data-perubahan]", "[data-hitung]"].map((s) => form.querySelector(s));
  const stored = (field) => field.dataset.asal ?? field.defaultValue;
  const steps = []; // What can be undone: lists of [field, text before].
  let before = ""; // Text of the field when it was entered.
  let outside = 0;
  let sending = false;

  const help = form.querySelector("[data-tanda]");
  fields.forEach((field) => { field.dataset.lalu = field.value; });

  function label(field) {
    return field.getAttribute("aria-labelledby").split(" ").map((id) => {
      const head = document.getElementById(id);
      return (head.querySelector("a") ?? head).textContent.trim();
    }).join(", ");
  }

  function show() {
    const changed = fields.filter((field) => field.value.trim() !== stored(field));
    fields.forEach((field) => field.classList.toggle("berubah", changed.includes(field)));
    const words = changed.length ? [form.dataset.berubah.replace("%n", changed.length)] : [];
    if (outside) words.push(form.dataset.diluar.replace("%n", outside));
    count.textContent = words.join("; ");
    list.hidden = words.length === 0;
    list.querySelector("ul").replaceChildren(...changed.slice(0, 60).map((field) => {
      const item = document.createElement("li");
      item.textContent = `${label(field)}: ${stored(field) || form.dataset.kosong} → ${field.value.trim() || form.dataset.kosong}`;
      return item;
    }));
    help.hidden = !list.hidden;
    undo.hidden = steps.length === 0;
    sum();
    return changed.length;
  }

  // A step is what was typed into one field, or one paste.
  function note(step) {
    const real = step.filter(([field, text]) => field.value !== text);
    if (real.length) steps.push(real);
    step.forEach(([field]) => { field.dataset.lalu = field.value; });
    show();
  }

  function takeBack() {
    const step = steps.pop();
    if (!step) return;
    outside = 0;
    for (const [field, text] of step) {
      field.value = text;
      field.dataset.lalu = text;
    }
    step[0][0].focus();
    show();
  }

  form.addEventListener("focusin", (event) => {
    if (fields.includes(event.target)) {
      before = event.target.value;
      event.target.select();
    }
  });
  form.addEventListener("change", (event) => {
    if (fields.includes(event.target)) note([[event.target, event.target.dataset.lalu]]);
  });
  form.addEventListener("input", show);

  moveByKeys(form, rows, { cancel: (field) => { field.value = field.dataset.lalu; show(); } });
  form.addEventListener("keydown", (event) => {
    const field = event.target;
    if (!(event.ctrlKey || event.metaKey) || event.key !== "z" || event.altKey) return;
    if (!fields.includes(field) || field.value !== before || !steps.length) return;
    event.preventDefault();
    takeBack();
  });

  takeBlocks(form, rows, (cells, beyond, field) => {
    const step = cells.map(([target]) => [target, target.dataset.lalu]);
    cells.forEach(([target, text]) => { target.value = text; });
    outside = beyond;
    note(step);
    before = field.value;
    list.open = true;
  });

  undo.addEventListener("click", takeBack);
  form.addEventListener("submit", () => { sending = true; });
  window.addEventListener("beforeunload", (event) => {
    if (!sending && show()) event.preventDefault();
  });

  // Sums of what stands below, in whole sen; a field that cannot be read has none.
  const lines = [...form.querySelectorAll("tr[data-kode]")];
  function amount(text) {
    const match = /^(?:rp)?\.?\s*(-?)(\d{1,3}(?:\.\d{3})*|\d+)(?:,(\d{1,2}))?$/i.exec(text.trim());
    if (!match) return null;
    const sen = BigInt(match[2].replaceAll(".", "")) * 100n + BigInt((match[3] ?? "").padEnd(2, "0"));
    return match[1] ? -sen : sen;
  }
  function written(sen) {
    const size = sen < 0n ? -sen : sen;
    const whole = String(size / 100n).replace(/\B(?=(\d{3})+$)/g, ".");
    const rest = size % 100n ? `,${String(size % 100n).padStart(2, "0")}` : "";
    return `${sen < 0n ? "-" : ""}${whole}${rest}`;
  }
  function sum() {
    if (!lines.length) return;
    const below = new Map();
    const known = new Set(lines.map((tr) => tr.dataset.kode));
    let total = null;
    for (const tr of [...lines].reverse()) {
      const own = amount(tr.querySelector("input")?.value ?? "");
      const parts = below.get(tr.dataset.kode) ?? null;
      const value = own ?? parts;
      tr.querySelector("[data-jumlah]").textContent = parts === null ? "" : written(parts);
      const apart = own !== null && parts !== null && own !== parts;
      tr.querySelector("[data-selisih]").textContent = apart ? written(own - parts) : "";
      tr.classList.toggle("beda", apart);
      if (value === null) continue;
      if (known.has(tr.dataset.induk)) below.set(tr.dataset.induk, (below.get(tr.dataset.induk) ?? 0n) + value);
      else total = (total ?? 0n) + value;
    }
    form.querySelector("[data-total]").textContent = total === null ? "" : written(total);
  }
  show();
}
