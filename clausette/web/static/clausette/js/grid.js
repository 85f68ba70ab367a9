// The grid people × months: arrows, Enter, paste from a spreadsheet, live totals. Without it, plain inputs.

const SPACES = /[\s\u00a0\u202f]/g;

/** Hours typed the French way (« 7,5 », « 7h30 », « 7:30 », « 1 234,5 »), in hundredths; null when not readable. */
export function hundredths(text) {
  const clean = text.replace(SPACES, "").replace(/h$/i, "").toLowerCase();
  if (clean === "") return 0;
  const clock = /^(\d{1,5})[h:](\d{1,2})$/.exec(clean);
  if (clock) return Number(clock[2]) < 60 ? Number(clock[1]) * 100 + Math.round((Number(clock[2]) * 100) / 60) : null;
  const plain = /^(\d{1,6})(?:[.,](\d{1,2}))?$/.exec(clean);
  if (!plain) return null;
  return Number(plain[1]) * 100 + Number((plain[2] || "").padEnd(2, "0"));
}

/** Hundredths written « 1 234,5 h ». */
export function written(value) {
  const formatted = new Intl.NumberFormat("fr-FR", { maximumFractionDigits: 2 }).format(value / 100);
  return `${formatted}\u00a0h`;
}

function cells(table) {
  return [...table.tBodies[0].rows].map((row) => [...row.querySelectorAll("td [data-hours]")]);
}

function valueOf(cell) {
  return hundredths(cell instanceof HTMLInputElement ? cell.value : cell.firstChild.nodeType === Node.TEXT_NODE ? cell.firstChild.textContent : "");
}

function sum(list) {
  let total = 0;
  for (const cell of list) {
    const value = valueOf(cell);
    if (value === null) return "à corriger";
    total += value;
  }
  return written(total);
}

function refresh(table) {
  const grid = cells(table);
  grid.forEach((line, index) => {
    const total = table.tBodies[0].rows[index].querySelector("[data-row-total]");
    if (total) total.textContent = sum(line);
  });
  table.querySelectorAll("[data-column-total]").forEach((total, column) => {
    total.textContent = sum(grid.map((line) => line[column]).filter(Boolean));
  });
  const grand = table.querySelector("[data-grand-total]");
  if (grand) grand.textContent = sum(grid.flat());
}

function place(table, input) {
  const grid = cells(table);
  const row = grid.findIndex((line) => line.includes(input));
  return { grid, row, column: grid[row].indexOf(input) };
}

/** The next input in a direction, over the locked cells. */
function neighbour(table, input, down, right) {
  const { grid, row, column } = place(table, input);
  let [y, x] = [row + down, column + right];
  while (grid[y] && grid[y][x]) {
    if (grid[y][x] instanceof HTMLInputElement) return grid[y][x];
    [y, x] = [y + down, x + right];
  }
  return null;
}

function direction(event, input) {
  const all = input.selectionStart === 0 && input.selectionEnd === input.value.length;
  const atStart = all || input.selectionEnd === 0;
  const atEnd = all || input.selectionStart === input.value.length;
  if (event.key === "ArrowUp") return [-1, 0];
  if (event.key === "ArrowDown") return [1, 0];
  if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) return event.shiftKey ? [-1, 0] : [1, 0];
  if (event.key === "ArrowLeft" && atStart) return [0, -1];
  if (event.key === "ArrowRight" && atEnd) return [0, 1];
  return null;
}

function onKey(event) {
  const input = event.target;
  if (!(input instanceof HTMLInputElement) || !input.matches("[data-hours]")) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault(); // Ctrl + Enter is the first button of the form
    input.form?.requestSubmit(input.form.querySelector("button:not([type=button])"));
    return;
  }
  const way = direction(event, input);
  if (!way) return;
  event.preventDefault(); // Enter moves down
  const next = neighbour(event.currentTarget, input, ...way);
  if (!next) return;
  next.focus();
  next.select();
}

function onPaste(event) {
  const input = event.target;
  const text = event.clipboardData.getData("text/plain");
  if (!(input instanceof HTMLInputElement) || !/[\t\n]/.test(text.trimEnd())) return;
  event.preventDefault();
  const table = event.currentTarget;
  const { grid, row, column } = place(table, input);
  text.trimEnd().split(/\r?\n/).forEach((line, down) => {
    line.split("\t").forEach((value, right) => {
      const cell = grid[row + down] && grid[row + down][column + right];
      if (cell instanceof HTMLInputElement) cell.value = value.trim();
    });
  });
  refresh(table);
}

for (const table of document.querySelectorAll("[data-grid]")) {
  table.addEventListener("keydown", onKey);
  table.addEventListener("paste", onPaste);
  table.addEventListener("input", () => refresh(table));
  refresh(table);
}
