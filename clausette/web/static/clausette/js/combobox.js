// A text field that proposes while one types: arrows, Enter, Escape. The list comes from the server (see the field's
// own address); without this file the field is a plain one, with a button to search.

const fields = () => document.querySelectorAll("[data-combobox]");
const listOf = (field) => document.getElementById(field.dataset.combobox);
const optionsOf = (field) => [...listOf(field).querySelectorAll("[role=option]")];
const tell = (words) => { document.getElementById("commune-dit").textContent = words; };

function dress() {
  for (const field of fields()) {
    if (field.getAttribute("role") === "combobox") continue;
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", field.dataset.combobox);
    field.setAttribute("aria-expanded", "false");
  }
}

function mark(field, rank) {
  optionsOf(field).forEach((option, at) => option.setAttribute("aria-selected", String(at === rank)));
  const option = optionsOf(field)[rank];
  if (option) {
    field.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  } else field.removeAttribute("aria-activedescendant");
}

function show(field, open) {
  const list = listOf(field);
  const count = optionsOf(field).length;
  list.hidden = !(open && count);
  field.setAttribute("aria-expanded", String(!list.hidden));
  mark(field, -1);
  if (open) tell(count ? `${count} commune${count > 1 ? "s" : ""}` : "");
}

function choose(field, option) {
  field.value = option.textContent;
  show(field, false);
  for (const name of ["latitude", "longitude"]) {
    const number = document.getElementById(`id_${name}`);
    if (number) number.value = "";
  }
  field.dispatchEvent(new CustomEvent("chosen", { bubbles: true }));
}

document.addEventListener("keydown", (event) => {
  const field = event.target;
  if (!(field instanceof Element) || !field.matches("[data-combobox]")) return;
  const options = optionsOf(field);
  const open = !listOf(field).hidden;
  const at = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
  if (event.key === "Escape" && open) show(field, false);
  else if (event.key === "Enter" && open && at >= 0) choose(field, options[at]);
  else if (event.key === "ArrowDown" && options.length) {
    if (!open) show(field, true);
    mark(field, (at + 1) % options.length);
  } else if (event.key === "ArrowUp" && open) mark(field, (at < 1 ? options.length : at) - 1);
  else return;
  event.preventDefault();
});

document.addEventListener("pointerdown", (event) => {
  const option = event.target instanceof Element && event.target.closest(".p-options [role=option]");
  for (const field of fields()) {
    if (option && listOf(field).contains(option)) event.preventDefault(); // the field keeps the focus
    else if (event.target !== field) show(field, false);
  }
});

document.addEventListener("click", (event) => {
  const option = event.target instanceof Element && event.target.closest(".p-options [role=option]");
  if (!option) return;
  for (const field of fields()) if (listOf(field).contains(option)) choose(field, option);
});

document.addEventListener("focusout", (event) => {
  if (event.target instanceof Element && event.target.matches("[data-combobox]")) show(event.target, false);
});

document.addEventListener("htmx:afterSettle", (event) => {
  dress();
  const swapped = event.detail.elt;
  for (const field of fields()) {
    if (swapped.id === field.dataset.combobox) show(field, document.activeElement === field);
  }
  if (swapped.id === "reponse") tell(swapped.dataset.told);
});

dress();
