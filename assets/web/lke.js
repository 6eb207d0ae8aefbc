// The worksheet by keyboard: arrows go from criterion to criterion, a letter or digit chooses the answer, Tab goes on to the reason,
// Enter saves. The keys hold only while an answer has the focus, so that they take nobody's typing. Without this script it is a plain form.
"use strict";

const forms = [...document.querySelectorAll("form[data-lke]")];
const questions = forms.flatMap((form) => [...form.querySelectorAll("fieldset")]);
const answers = (question) => [...question.querySelectorAll("input[type=radio]")];
const chosen = (question) => answers(question).find((radio) => radio.checked);

if (questions.length) document.querySelectorAll("[data-bantuan]").forEach((part) => { part.hidden = false; });

for (const [at, question] of questions.entries()) {
  question.addEventListener("keydown", (event) => {
    if (event.target.type !== "radio" || event.ctrlKey || event.altKey || event.metaKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      const other = questions[at + step];
      if (other) (chosen(other) ?? answers(other)[0]).focus();
      return;
    }
    const picked = pick(answers(question), event.key.toLowerCase());
    if (picked) {
      event.preventDefault();
      picked.checked = true;
      picked.focus();
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

// Answers to all codes of a form, by name.
const answered = (form) => [...form.elements]
  .filter((field) => field.name.includes(":") && (field.type !== "radio" || field.checked))
  .map((field) => [field.name, field.value]);

// One subkomponen is saved with what was filled in at the others of the page, which would be lost when the page is loaded again.
const stored = new Map(forms.map((form) => [form, JSON.stringify(answered(form))]));
const changed = () => forms.filter((form) => stored.get(form) !== JSON.stringify(answered(form)));
let sending = false;
for (const form of forms) {
  form.addEventListener("submit", () => { sending = true; });
  form.addEventListener("formdata", (event) => {
    changed().filter((other) => other !== form).flatMap(answered).forEach(([name, value]) => event.formData.append(name, value));
  });
}
window.addEventListener("beforeunload", (event) => { if (!sending && changed().length) event.preventDefault(); });

// The second reader takes over what the evaluator answered where he has not answered himself, reads it, and saves.
for (const button of document.querySelectorAll("[data-samakan]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const alike = [...button.form.querySelectorAll("fieldset")].filter((question) => {
      const theirs = question.querySelector("[data-penilai=evaluator]")?.textContent;
      const radio = !chosen(question)?.value && answers(question).find((other) => theirs && other.value === theirs);
      if (radio) radio.checked = true;
      return radio;
    });
    const status = button.parentElement.querySelector("[data-status]");
    status.textContent = status.dataset.disamakan.replace("%n", alike.length);
  });
}
