// Forms as dialogs: opened, checked, kept open with their errors, closed.
import { personFields } from "./listbox.js";

const place = document.querySelector("#dialogs");
// What each dialog was opened from; one that takes another's place was opened from the same.
const origins = new WeakMap();

export function openDialogs() {
  place.querySelectorAll("dialog").forEach((dialog) => open(dialog));
}

export function openForm(html, from) {
  const before = from?.closest("dialog");
  const origin = before ? origins.get(before) : from;
  place.innerHTML = html;
  const dialog = place.querySelector("dialog");
  if (origin) origins.set(dialog, origin);
  open(dialog);
}

function open(dialog) {
  dialog.removeAttribute("open");
  dialog.querySelector("form").noValidate = true;
  personFields(dialog);
  dialog.querySelector("[data-close]")?.addEventListener("click", (event) => {
    event.preventDefault();
    closeDialog(dialog);
  });
  dialog.addEventListener("close", () => {
    dialog.remove();
    const origin = origins.get(dialog);
    if (origin?.isConnected && !place.querySelector("dialog")) origin.focus();
  });
  dialog.showModal();
  firstField(dialog)?.focus();
}

function firstField(dialog) {
  const fields = "input:not([type=hidden]), select, textarea";
  return dialog.querySelector("[aria-invalid=true]") ?? dialog.querySelector(fields);
}

export function closeDialog(dialog) {
  dialog?.close();
}

// What must be answered is checked here before anything is sent; the server checks again.
export function wasFilled(form) {
  const errors = {};
  for (const field of form.querySelectorAll("[data-field]")) {
    const control = field.querySelector("[required]");
    const isEmpty = field.dataset.required
      ? field.querySelector("input:checked") === null
      : control !== null && control.value.trim() === "";
    if (isEmpty) errors[field.dataset.field] = form.dataset.empty;
  }
  showErrors(form, errors);
  return Object.keys(errors).length === 0;
}

export function showErrors(form, errors) {
  form.querySelector(".form-error").hidden = true;
  let first = null;
  for (const field of form.querySelectorAll("[data-field]")) {
    const said = errors[field.dataset.field] ?? "";
    const error = field.querySelector(".error");
    const control = field.querySelector("input:not([type=hidden]), select, textarea");
    error.textContent = said;
    error.hidden = !said;
    if (said) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
    if (said && !first) first = control;
  }
  first?.closest(".field").scrollIntoView({ block: "nearest" });
  first?.focus({ preventScroll: true });
  const known = new Set([...form.querySelectorAll("[data-field]")].map((field) => field.dataset.field));
  const others = Object.entries(errors).filter(([name]) => !known.has(name));
  if (others.length) {
    const sum = form.querySelector(".form-error");
    sum.textContent = others.map(([, said]) => said).join(" ");
    sum.hidden = false;
  }
}

// The question that some buttons ask before they act.
export function asked(button) {
  const dialog = document.querySelector("#confirm").content.firstElementChild.cloneNode(true);
  const [yes, no] = dialog.querySelectorAll("button");
  dialog.querySelector("h2").textContent = button.dataset.confirmTitle;
  dialog.querySelector("p").textContent = button.dataset.confirmText;
  yes.textContent = button.dataset.confirmYes;
  no.textContent = button.dataset.confirmNo;
  dialog.setAttribute("aria-label", button.dataset.confirmTitle);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((decide) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      button.focus();
      decide(dialog.returnValue === "yes");
    });
  });
}
