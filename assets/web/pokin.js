// The outline of the pohon kinerja by keyboard. Without this script the buttons of each line do the same.
"use strict";

const form = document.querySelector("[data-kerangka]");
if (form) {
  const list = form.querySelector(".kerangka");
  const blank = form.querySelector("template");
  const news = form.querySelector("[data-kabar]");
  const words = form.dataset;
  let changed = false;
  // After Escape, Tab moves between fields as everywhere else, until another line is entered.
  let free = false;

  const rows = () => [...list.children];
  const depth = (row) => Number(row.dataset.dalam);
  const text = (row) => row.querySelector("[name=uraian]");
  const level = (row) => row.querySelector("[name=tingkat]");

  function setDepth(row, dalam) {
    row.dataset.dalam = dalam;
    row.querySelector("[name=dalam]").value = dalam;
  }

  // A line with everything that stands further in below it.
  function branch(row) {
    const found = [row];
    for (let next = row.nextElementSibling; next && depth(next) > depth(row); next = next.nextElementSibling) {
      found.push(next);
    }
    return found;
  }

  function parent(row) {
    let above = row.previousElementSibling;
    while (above && depth(above) >= depth(row)) above = above.previousElementSibling;
    return above;
  }

  function siblingAbove(row) {
    let above = row.previousElementSibling;
    while (above && depth(above) > depth(row)) above = above.previousElementSibling;
    return above && depth(above) === depth(row) ? above : null;
  }

  function siblingBelow(row) {
    const next = branch(row).at(-1).nextElementSibling;
    return next && depth(next) === depth(row) ? next : null;
  }

  function tell(what) {
    news.textContent = what;
  }

  function done(row, what) {
    changed = true;
    text(row).focus();
    tell(`${what}: ${text(row).value}`);
  }

  // No level of a branch may stay above the one of the condition that it causes.
  function lower(moved, above) {
    for (const row of moved) {
      if (level(row).selectedIndex < level(above).selectedIndex) level(row).selectedIndex = level(above).selectedIndex;
    }
  }

  function indent(row) {
    const above = siblingAbove(row);
    if (!above) return tell(words.tetap);
    const moved = branch(row);
    moved.forEach((each) => setDepth(each, depth(each) + 1));
    lower(moved, above);
    return done(row, words.masuk);
  }

  function outdent(row) {
    const above = parent(row);
    if (!above) return tell(words.tetap);
    const moved = branch(row);
    // Behind the branch that it leaves, so that its siblings stay where they are.
    branch(above).at(-1).after(...moved);
    moved.forEach((each) => setDepth(each, depth(each) - 1));
    return done(row, words.keluar);
  }

  function up(row) {
    const above = siblingAbove(row);
    if (!above) return tell(words.tetap);
    above.before(...branch(row));
    return done(row, words.naik);
  }

  function down(row) {
    const below = siblingBelow(row);
    if (!below) return tell(words.tetap);
    branch(below).at(-1).after(...branch(row));
    return done(row, words.turun);
  }

  function add(row) {
    const fresh = blank.content.firstElementChild.cloneNode(true);
    if (row) {
      setDepth(fresh, depth(row));
      level(fresh).selectedIndex = level(row).selectedIndex;
      branch(row).at(-1).after(fresh);
    } else {
      list.append(fresh);
    }
    done(fresh, words.baru);
  }

  // An empty line that nobody has saved goes away at once.
  function drop(row) {
    const near = row.previousElementSibling || row.nextElementSibling;
    row.remove();
    if (near) text(near).focus();
  }

  const steps = { naik: up, turun: down, masuk: indent, keluar: outdent };

  list.addEventListener("keydown", (event) => {
    if (event.target.name !== "uraian" || event.isComposing) return;
    const row = event.target.closest("li");
    const key = `${event.altKey ? "Alt+" : ""}${event.ctrlKey || event.metaKey ? "Ctrl+" : ""}${event.shiftKey ? "Shift+" : ""}${event.key}`;
    const act = {
      Enter: () => add(row),
      "Ctrl+Enter": () => form.requestSubmit(form.querySelector("button.utama")),
      "Alt+ArrowUp": () => up(row),
      "Alt+ArrowDown": () => down(row),
      "Alt+ArrowRight": () => indent(row),
      "Alt+ArrowLeft": () => outdent(row),
      ArrowUp: () => row.previousElementSibling && text(row.previousElementSibling).focus(),
      ArrowDown: () => row.nextElementSibling && text(row.nextElementSibling).focus(),
    }[key];
    if (act) {
      event.preventDefault();
      act();
    } else if (key === "Escape") {
      free = true;
      tell(words.bebas);
    } else if (event.key === "Tab" && !free && !event.altKey && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      (event.shiftKey ? outdent : indent)(row);
    } else if (key === "Backspace" && !text(row).value && !row.querySelector("[name=kode]").value) {
      event.preventDefault();
      drop(row);
    }
  });

  list.addEventListener("focusin", (event) => {
    if (!event.target.closest("li").contains(event.relatedTarget)) free = false;
  });

  // The buttons of a line work at once here; saving is one step for all.
  list.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=tindakan]");
    if (!button) return;
    event.preventDefault();
    steps[button.value.split(":")[0]](button.closest("li"));
  });

  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("submit", () => { changed = false; });
  window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });

  const more = form.querySelector("[data-tambah]");
  more.hidden = false;
  more.addEventListener("click", () => add(list.lastElementChild));
  form.querySelector("[data-bantuan]").hidden = false;
}
