// Ctrl K: search over everything. Sections of the program are found on the spot, records by the server.
function palette() {
  return document.getElementById("palette");
}

function field() {
  return palette().querySelector("input");
}

function found() {
  return [...palette().querySelectorAll("[data-found]")].filter((item) => item.getClientRects().length);
}

function mark(item) {
  found().forEach((one) => one.setAttribute("aria-selected", String(one === item)));
  item?.scrollIntoView({ block: "nearest" });
  if (item) {
    item.id ||= `found-${found().indexOf(item)}`;
    field().setAttribute("aria-activedescendant", item.id);
  } else {
    field().removeAttribute("aria-activedescendant");
  }
}

function fold(words) {
  return words.toLowerCase().replaceAll("ё", "е");
}

function sift() {
  const words = fold(field().value.trim());
  for (const item of palette().querySelectorAll("[data-section]")) {
    item.hidden = words !== "" && !fold(item.dataset.section).includes(words);
  }
  const group = palette().querySelector("[data-sections]");
  if (group) group.hidden = !group.querySelector("[data-section]:not([hidden])");
  mark(found()[0]);
}

export function openPalette() {
  const dialog = palette();
  if (!dialog || dialog.open) return;
  document.querySelector("dialog[open]")?.close();
  dialog.showModal();
  field().select();
  sift();
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-palette]")) openPalette();
});

document.addEventListener("input", (event) => {
  if (event.target === document.querySelector("#palette input")) sift();
});

document.addEventListener("htmx:afterSwap", (event) => {
  if (palette()?.contains(event.detail.target)) mark(found()[0]);
});

document.addEventListener("keydown", (event) => {
  if (!palette()?.open) return;
  const items = found();
  const at = items.findIndex((item) => item.getAttribute("aria-selected") === "true");
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && items.length) {
    event.preventDefault();
    mark(items[(at + step + items.length) % items.length]);
  } else if (event.key === "Escape") {
    // a search field keeps the first Escape for clearing itself; here it closes
    event.preventDefault();
    field().blur();
    palette().close();
  } else if (event.key === "Enter" && items[at]) {
    event.preventDefault();
    if (event.ctrlKey || event.metaKey) window.open(items[at].href, "_blank", "noopener");
    else items[at].click();
  }
});
