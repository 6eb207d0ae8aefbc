// Everything works without this script; it only makes keyboards and trees quicker.
"use strict";

// "/" jumps to the search field, as in other tools that people use all day.
document.addEventListener("keydown", (event) => {
  const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
    const search = document.querySelector("[data-cari]");
    if (search) {
      event.preventDefault();
      search.focus();
    }
  }
});

// Buttons that open and close the whole tree; hidden where there is no script.
for (const [selector, open] of [["[data-buka]", true], ["[data-tutup]", false]]) {
  const button = document.querySelector(selector);
  if (button) {
    button.hidden = false;
    button.addEventListener("click", () => {
      document.querySelectorAll(".pohon details").forEach((details) => { details.open = open; });
    });
  }
}

// Arrow keys walk through the links of a dense table, row by row.
for (const table of document.querySelectorAll("[data-kisi]")) {
  const links = [...table.querySelectorAll("tbody a")];
  table.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const at = links.indexOf(document.activeElement);
    if (step && at >= 0 && links[at + step]) {
      event.preventDefault();
      links[at + step].focus();
    }
  });
}

// The account menu closes with Escape and by a click elsewhere.
const menu = document.querySelector("details.akun:not(.per)");
if (menu) {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
}
