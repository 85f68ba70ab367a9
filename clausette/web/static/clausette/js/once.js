// A form marked data-once is sent once: a second click does nothing until the page comes back.

const SENT = "sent";

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.hasAttribute("data-once")) return;
  if (form.dataset.once === SENT) {
    event.preventDefault();
    return;
  }
  if (event.defaultPrevented) return;
  form.dataset.once = SENT;
  // After the browser has read the form, so that the name and value of the button are sent.
  setTimeout(() => setBusy(form, true), 0);
});

function setBusy(form, busy) {
  for (const button of form.querySelectorAll("button[type=submit]")) {
    if (busy && !button.disabled) {
      button.disabled = true;
      button.dataset.busy = "";
    } else if (!busy && "busy" in button.dataset) {
      button.disabled = false;
      delete button.dataset.busy;
    }
  }
}

function reopen() {
  for (const form of document.querySelectorAll('form[data-once="sent"]')) {
    form.dataset.once = "";
    setBusy(form, false);
  }
}

// Back button, and answers of htmx which leave the form in place.
window.addEventListener("pageshow", reopen);
document.addEventListener("htmx:afterRequest", reopen);
