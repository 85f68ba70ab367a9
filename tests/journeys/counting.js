// Given to every page of a counted journey: says each real gesture of the person to the test. It changes nothing.
(() => {
  if (window !== window.top) return;
  const tell = (what) => window.gesture(JSON.stringify(what));
  const told = new WeakSet();
  const typed = (field) => field instanceof HTMLTextAreaElement ||
    (field instanceof HTMLInputElement && !["checkbox", "radio", "submit", "button", "hidden"].includes(field.type));
  const held = (field) => field instanceof HTMLSelectElement || typed(field);
  const filled = (field) => {
    if (told.has(field)) return;
    told.add(field);
    tell({ kind: field instanceof HTMLSelectElement ? "choice" : "field", name: field.name || field.id });
  };
  const first = (field) => field instanceof HTMLSelectElement
    ? ([...field.options].find((one) => one.defaultSelected) || field.options[0] || {}).value
    : field.defaultValue;
  addEventListener("pointerdown", (event) => event.isTrusted && tell({ kind: "click" }), true);
  // a click that no pointer and no key made: a script pressed it
  addEventListener("click", (event) => event.isTrusted || tell({ kind: "script", name: event.target.tagName }), true);
  addEventListener("keydown", (event) => {
    if (["Control", "Shift", "Alt", "Meta"].includes(event.key)) return;
    const writing = held(event.target) && ((event.key.length === 1 && !event.ctrlKey && !event.metaKey) ||
      ["Backspace", "Delete"].includes(event.key) || ((event.ctrlKey || event.metaKey) && "av".includes(event.key)));
    const moves = event.key === "Tab" || event.target.matches?.("[data-hours]");
    if (!writing) tell({ kind: event.isTrusted ? "key" : "script", name: event.key, moves });
  }, true);
  for (const kind of ["input", "change"])
    addEventListener(kind, (event) => held(event.target) && filled(event.target), true);
  // what is sent other than the page came with was filled by somebody, events or not
  addEventListener("submit", (event) => {
    for (const field of event.target.elements) {
      if (held(field) && (field.type === "file" ? field.files.length : field.value !== first(field))) filled(field);
      const box = field instanceof HTMLInputElement && ["checkbox", "radio"].includes(field.type);
      if (box && field.checked && !field.defaultChecked && !told.has(field)) tell({ kind: "box", name: field.name });
    }
  }, true);
})();
