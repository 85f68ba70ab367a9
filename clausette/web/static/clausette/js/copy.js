// « Copier » puts a text on the clipboard and says so; without this script the text is selected by hand.

for (const button of document.querySelectorAll("[data-copy]")) {
  const source = document.getElementById(button.dataset.copy);
  const said = button.parentElement.querySelector("[data-copied]");
  if (!(source instanceof HTMLTextAreaElement)) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    source.focus();
    source.select();
    let done = false;
    try {
      await navigator.clipboard.writeText(source.value);
      done = true;
    } catch {
      done = document.execCommand("copy"); // no clipboard outside HTTPS
    }
    if (said) said.textContent = done ? "Copié." : "Le texte est sélectionné : Ctrl + C pour le copier.";
  });
}
