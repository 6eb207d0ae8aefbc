// The worksheet by keyboard: arrows go from criterion to criterion, a letter or digit chooses the answer, Tab goes on to the reason.
// The keys hold only while an answer has the focus, so that they take nobody's typing. Without this script it is a plain form.
"use strict";

const questions = [...document.querySelectorAll("form[data-lke] fieldset")];
const answers = (question) => [...question.querySelectorAll("input[type=radio]")];
const current = (question) => answers(question).find((radio) => radio.checked) ?? answers(question)[0];

if (questions.length) document.querySelectorAll("[data-bantuan]").forEach((part) => { part.hidden = false; });

for (const [at, question] of questions.entries()) {
  question.addEventListener("keydown", (event) => {
    if (event.target.type !== "radio" || event.ctrlKey || event.altKey || event.metaKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      const other = questions[at + step];
      if (other) current(other).focus();
      return;
    }
    const chosen = pick(answers(question), event.key.toLowerCase());
    if (chosen) {
      event.preventDefault();
      chosen.checked = true;
      chosen.focus();
    }
  });
}

// A digit is the place of the answer; a letter its beginning, and once more the next with the same beginning (A, AA). A key that
// says nothing here is left to the browser.
function pick(radios, pressed) {
  if (/^[1-9]$/.test(pressed)) return radios[Number(pressed) - 1];
  if (!/^[a-z]$/.test(pressed)) return undefined;
  const same = radios.filter((radio) => radio.value.toLowerCase().startsWith(pressed));
  const exact = same.find((radio) => radio.value.toLowerCase() === pressed);
  const at = same.findIndex((radio) => radio.checked);
  return at >= 0 ? same[(at + 1) % same.length] : exact ?? same[0];
}
