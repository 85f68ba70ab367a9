// Sorting the lines of a programme by keyboard: j k or arrows, one letter a gesture. Without it, links and buttons.

const LINK = "[data-line-link]";

function lines() {
  return [...document.querySelectorAll("[data-sorting] [data-line]")];
}

function focusLine(line) {
  const link = line?.querySelector(LINK);
  if (!link) return;
  link.focus();
  line.scrollIntoView({ block: "nearest" });
}

function current() {
  return document.activeElement?.closest("[data-line]");
}

function step(by) {
  const all = lines();
  const here = current();
  focusLine(here ? all[all.indexOf(here) + by] : all[0]);
}

function press(line, key) {
  line?.querySelector(`[data-key="${key}"]`)?.click();
}

let waiting = null; // the line for which a reason is being typed
let moving = null; // what a gesture leaves behind: the place in the list, and its key

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !document.querySelector("[data-sorting]")) return;
  const typing = event.target.closest("input, select, textarea, [contenteditable]");
  if (typing) {
    if (typing.id !== "motif") return;
    if (event.key === "Enter") {
      event.preventDefault();
      press(waiting, "s");
    } else if (event.key === "Escape") {
      focusLine(waiting);
    }
    return;
  }
  const line = current();
  if (event.key === "j" || (line && event.key === "ArrowDown")) step(1);
  else if (event.key === "k" || (line && event.key === "ArrowUp")) step(-1);
  else if (event.key === "o" && line) line.querySelector("details").toggleAttribute("open");
  else if (line && line.querySelector(`[data-key="${event.key}"]`)) press(line, event.key);
  else return;
  event.preventDefault();
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-key]");
  if (button) moving = { place: lines().indexOf(button.closest("[data-line]")), key: button.dataset.key };
});

document.addEventListener("htmx:afterSettle", () => {
  if (!moving) return;
  const { place, key } = moving;
  moving = null;
  const all = lines();
  const line = all[place];
  if (!line) return;
  const said = document.querySelector("[data-sorting-said]");
  const reason = document.getElementById("motif");
  if (line.querySelector(".c-error")) {
    if (key !== "s") return focusLine(line);
    waiting = line;
    reason.focus();
    return;
  }
  if (said) said.textContent = `${line.querySelector(LINK).textContent} : ${line.querySelector("[data-line-state]").textContent.trim()}`;
  if (key === "s") reason.value = "";
  waiting = null;
  focusLine(all[place + 1] || line);
});
