// What several scripts need: texts in both languages, keys of forms, asking the server.

/** The text in the language of the page. */
export const t = (indonesian, english) => (document.documentElement.lang === "en" ? english : indonesian);

/** A key that makes a form be written once. `crypto.randomUUID` exists under https only, and many offices have a server without. */
export function key() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The session has ended. */
export class SessionEnded extends Error {}

/** The server says no, in words for the user. */
export class Refused extends Error {
  constructor(status, text) {
    super(text);
    this.status = status;
  }
}

/**
 * Sends a form and gives back status and content of the answer. Statuses in `fine` are answers like any other; a lost line and a server
 * that is not well are errors of other kinds: what was asked can be asked again.
 */
export async function ask(address, body, fine = []) {
  const answer = await fetch(address, { method: "POST", body, headers: { accept: "application/json" } });
  if (answer.status === 401) throw new SessionEnded();
  if (answer.status >= 500) throw new Error(String(answer.status));
  const content = await answer.json();
  if (answer.ok || (fine.includes(answer.status) && !content.pesan)) return { status: answer.status, content };
  throw new Refused(answer.status, content.pesan ?? String(answer.status));
}

/** A link to the page where one signs in and comes back here. */
export function signInLink() {
  const link = document.createElement("a");
  link.href = `/masuk?ke=${encodeURIComponent(location.pathname + location.search)}`;
  link.textContent = t("masuk lagi", "sign in again");
  return link;
}
