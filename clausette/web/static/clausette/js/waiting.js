// The validation desk by keyboard: j and k (or the arrows) go from one statement to the next, v validates, r returns.
// Every gesture is also a link or a button of its line; Enter is that of the link which has the focus.

const TYPING = "input, textarea, select, [contenteditable], summary";
const help = document.querySelector("[data-keys]");
if (help) help.hidden = false;

const lines = () => [...document.querySelectorAll("#resultats tbody tr")];

function current() {
  const active = document.activeElement;
  return active ? active.closest("#resultats tbody tr") : null;
}

function go(step) {
  const all = lines();
  if (!all.length) return false;
  const here = all.indexOf(current());
  const next = here < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, here + step));
  const link = all[next].querySelector("th a");
  if (link) link.focus();
  return true;
}

function press(label) {
  const line = current();
  const cell = line && line.querySelector(`td[data-label="${label}"]`);
  const target = cell && cell.querySelector("button, a[href]");
  if (target) target.click();
  return Boolean(target);
}

const KEYS = {
  j: () => go(1),
  ArrowDown: () => go(1),
  k: () => go(-1),
  ArrowUp: () => go(-1),
  v: () => press("Validation"),
  r: () => press("Renvoi"),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.target instanceof Element && event.target.closest(TYPING)) return;
  // the arrows scroll the page until a line has the focus
  if (event.key.startsWith("Arrow") && !current()) return;
  const act = KEYS[event.key];
  if (act && act()) event.preventDefault();
});
