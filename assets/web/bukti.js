// Evidence by drag and drop: the file lands in the form's own field, which is then sent as always.
"use strict";

const drop = document.querySelector("form[data-unggah]");
if (drop) {
  const file = drop.querySelector("input[type=file]");
  for (const name of ["dragover", "dragleave", "drop"]) {
    drop.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.toggle("di-atas", name === "dragover");
    });
  }
  drop.addEventListener("drop", (event) => {
    if (event.dataTransfer.files.length) file.files = event.dataTransfer.files;
  });
}
