// One native dialog takes every fragment aimed at #dialog; other dialogs stand in the page and open by data-open.
function host() {
  return document.getElementById("dialog");
}

function open(dialog) {
  if (!dialog.open) dialog.showModal();
  const first = dialog.querySelector("[autofocus], [aria-invalid='true'], input:not([type=hidden]):not([type=radio]), select, textarea");
  first?.focus();
}

function touched(dialog) {
  return [...dialog.querySelectorAll("input, textarea, select")].some((field) =>
    field.type === "checkbox" || field.type === "radio" ? field.checked !== field.defaultChecked : field.tagName !== "SELECT" && field.value !== field.defaultValue,
  );
}

document.addEventListener("htmx:afterSwap", (event) => {
  const dialog = host();
  if (!dialog || event.detail.target !== dialog) return;
  if (!dialog.firstElementChild) {
    dialog.close();
    return;
  }
  dialog.classList.toggle("k-dialog-wide", Boolean(dialog.querySelector("[data-wide]")));
  const title = dialog.querySelector("h2");
  if (title) {
    title.id ||= "dialog-title";
    dialog.setAttribute("aria-labelledby", title.id);
  }
  open(dialog);
});

// Shows why something did not go: inside the open form if there is one, else in the dialog itself.
export function refuse(answer) {
  const dialog = host();
  const form = dialog?.open && dialog.querySelector("form .k-dialog-b");
  const note = answer.querySelector(".k-note");
  if (form && note) {
    form.querySelectorAll("[data-refusal-note]").forEach((old) => old.remove());
    note.dataset.refusalNote = "";
    form.prepend(note);
    note.scrollIntoView({ block: "nearest" });
  } else if (dialog) {
    dialog.replaceChildren(answer);
    open(dialog);
  }
}

document.addEventListener("close-dialog", () => host()?.close());

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-open]");
  if (opener) {
    const dialog = document.querySelector(opener.dataset.open);
    if (dialog) {
      event.preventDefault();
      open(dialog);
    }
    return;
  }
  const dialog = event.target.closest("dialog");
  if (!dialog) return;
  const outside = event.target === dialog && event.detail > 0;
  // a click beside the dialog closes it only while nothing has been typed
  if (event.target.closest("[data-close]") || (outside && !touched(dialog))) dialog.close();
});

document.addEventListener(
  "close",
  (event) => {
    // the browser tells of it with the next frame: by then an answer may have opened the dialog anew, and that stays
    if (event.target !== host() || event.target.open) return;
    document.dispatchEvent(new CustomEvent("konveyer:dialog-closed"));
    event.target.replaceChildren();
  },
  true,
);
