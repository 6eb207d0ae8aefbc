// Verification by keyboard: a row at a time, S and K decide, evidence opens beside it. The keys hold only while a row has the focus,
// so that they take nobody's typing or screen reader commands. Without this script the form is filled field by field.
"use strict";

const checked = document.querySelector("form[data-periksa]");
if (checked) start(checked);

function start(form) {
  const choice = (row) => row.querySelector("select[name^='pilih:']");
  const reason = (row) => row.querySelector("input[name^='alasan:']");
  const rows = [...form.querySelectorAll("tr[data-baris]")].filter(choice);
  const status = form.querySelector("[data-status]");
  const save = form.querySelector("button.utama");
  const text = form.dataset;
  if (!rows.length) return;
  form.querySelectorAll("[data-bantuan], [data-mulai], [data-sesuai-semua]").forEach((part) => { part.hidden = false; });

  const undecided = () => rows.filter((row) => !choice(row).value);
  const own = (row) => "sendiri" in row.dataset;
  const say = (words) => { status.textContent = words; };
  const count = () => text.hitung.replace("%n", rows.length - undecided().length).replace("%dari", rows.length);

  function show(row) {
    row.classList.toggle("sesuai", choice(row).value === "verifikasi");
    row.classList.toggle("kembali", choice(row).value === "kembalikan");
  }

  function go(row) {
    if (!row) return false;
    rows.forEach((other) => { other.tabIndex = other === row ? 0 : -1; });
    row.focus();
    return true;
  }

  const at = (row, step) => rows[rows.indexOf(row) + step];

  // After the last row comes the first that is still open, and after all the button that saves them.
  function onward(row) {
    say(count());
    const open = undecided();
    if (!open.length) save.focus();
    else go(open.find((other) => rows.indexOf(other) > rows.indexOf(row)) ?? open[0]);
    return true;
  }

  function decide(row, value) {
    choice(row).value = value;
    show(row);
  }

  const keys = {
    j: (row) => go(at(row, 1)),
    arrowdown: (row) => go(at(row, 1)),
    arrowup: (row) => go(at(row, -1)),
    s: (row) => {
      if (own(row)) {
        say(text.sendiri);
        return true;
      }
      decide(row, "verifikasi");
      return onward(row);
    },
    k: (row) => {
      decide(row, "kembalikan");
      say(count());
      reason(row).focus();
      return true;
    },
    b: (row) => {
      row.querySelector("a[target=bukti]")?.click();
      return true;
    },
  };

  form.addEventListener("keydown", (event) => {
    const row = event.target.closest("tr[data-baris]");
    if (!rows.includes(row) || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.target === reason(row)) {
      if (event.key === "Enter") {
        event.preventDefault();
        if (event.target.value.trim()) onward(row);
        else say(text.alasan);
      } else if (event.key === "Escape") {
        go(row);
      }
      return;
    }
    if (event.target === row && keys[event.key.toLowerCase()]?.(row)) event.preventDefault();
  });
  form.addEventListener("change", (event) => {
    const row = event.target.closest("tr[data-baris]");
    if (!rows.includes(row)) return;
    show(row);
    say(count());
  });

  form.querySelector("[data-mulai]").addEventListener("click", () => go(undecided()[0] ?? rows[0]));
  // Marks what is still open; it is saved by the other button, so that there is a moment to look.
  form.querySelector("[data-sesuai-semua]").addEventListener("click", () => {
    const open = undecided().filter((row) => !own(row));
    open.forEach((row) => decide(row, "verifikasi"));
    say(text.semua.replace("%n", open.length));
    save.focus();
  });

  rows.forEach((row, i) => { row.tabIndex = i === 0 ? 0 : -1; });
  rows.forEach(show);
}
