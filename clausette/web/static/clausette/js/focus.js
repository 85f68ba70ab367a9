// The focus goes where the news is: the summary of errors, or what it was on before a part was replaced.

function focusErrors(root) {
  const summary = root.querySelector("[data-focus]");
  if (summary) summary.focus();
  return Boolean(summary);
}

focusErrors(document);

let before = "";

document.addEventListener("htmx:beforeSwap", () => {
  before = document.activeElement ? document.activeElement.id : "";
});

document.addEventListener("htmx:afterSettle", (event) => {
  const part = event.detail.elt;
  if (part.hasAttribute("data-quiet")) return; // a part that came by itself takes no focus
  if (focusErrors(part)) return;
  if (document.activeElement && document.activeElement !== document.body) return;
  const same = before && document.getElementById(before);
  if (same) {
    same.focus();
    return;
  }
  if (!part.hasAttribute("tabindex")) part.setAttribute("tabindex", "-1");
  part.focus({ preventScroll: true });
});
