// A grid of fields: arrows and Enter move, a block from a spreadsheet is read and laid over it. What becomes of the fields is the
// business of the pages that have one. `rows` are lists of fields; a place without one is undefined.

/** Where a field stands: row and column. */
function place(rows, field) {
  const y = rows.findIndex((row) => row.includes(field));
  return [y, y < 0 ? -1 : rows[y].indexOf(field)];
}

/** Goes to a field, if there is one. */
function go(rows, y, x) {
  const field = rows[y]?.[x];
  if (!field) return false;
  field.focus();
  field.select();
  return true;
}

/** Moves by keyboard. `cancel` puts a field back to what it was; `entered` is told when a field was left by Enter. */
export function moveByKeys(form, rows, { cancel, entered = () => {} }) {
  form.addEventListener("keydown", (event) => {
    const field = event.target;
    const [y, x] = place(rows, field);
    if (y < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    // Left and right move the cursor first, and leave the field at its ends.
    const [start, end, length] = [field.selectionStart, field.selectionEnd, field.value.length];
    const all = start === 0 && end === length;
    const moves = {
      ArrowUp: () => go(rows, y - 1, x),
      ArrowDown: () => go(rows, y + 1, x),
      Enter: () => { entered(field); go(rows, y + (event.shiftKey ? -1 : 1), x); return true; },
      ArrowLeft: () => (all || end === 0) && go(rows, y, x - 1),
      ArrowRight: () => (all || start === length) && go(rows, y, x + 1),
      Escape: () => { cancel(field); return true; },
    };
    if (moves[event.key]?.()) event.preventDefault();
  });
}

/** Lines and cells of a copied block; cells in quotes may hold either, as spreadsheets copy them. */
export function parseBlock(text) {
  const lines = [[""]];
  let quoted = false;
  const body = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  for (let i = 0; i < body.length; i += 1) {
    const line = lines[lines.length - 1];
    const c = body[i];
    if (quoted && c === '"' && body[i + 1] === '"') { line[line.length - 1] += '"'; i += 1; }
    else if (quoted && c === '"') quoted = false;
    else if (!quoted && c === '"' && line[line.length - 1] === "") quoted = true;
    else if (!quoted && c === "\t") line.push("");
    else if (!quoted && c === "\n") lines.push([""]);
    else line[line.length - 1] += quoted && c === "\n" ? " " : c;
  }
  return lines;
}

/**
 * Takes a block that is pasted into a field: rows downwards from it, columns to the right. `take` gets the fields with their new texts, how
 * many cells of the block lie outside the grid, and the field. One cell alone is pasted as ever.
 */
export function takeBlocks(form, rows, take) {
  form.addEventListener("paste", (event) => {
    const field = event.target;
    const [y, x] = place(rows, field);
    const block = parseBlock(event.clipboardData.getData("text/plain"));
    if (y < 0 || (block.length === 1 && block[0].length === 1)) return;
    event.preventDefault();
    const cells = [];
    let outside = 0;
    block.forEach((line, dy) => line.forEach((text, dx) => {
      const target = rows[y + dy]?.[x + dx];
      if (target) cells.push([target, text.trim()]);
      else outside += 1;
    }));
    take(cells, outside, field);
  });
}
