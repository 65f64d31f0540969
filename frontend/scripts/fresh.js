// A part that reads itself anew (data-fresh) on news from the server: never under the hand, and without a jump.
// While somebody drags, types in it, has a menu or the dialog open, or has read a column on, it waits.
import htmx from "htmx.org";

let places = [];
let cursor = "";

function busy(place) {
  return (
    document.body.classList.contains("k-dragging") ||
    document.querySelector("dialog[open]") ||
    place.querySelector("form:focus-within, [aria-expanded='true'], [data-read-on]")
  );
}

document.addEventListener("htmx:beforeRequest", (event) => {
  const { elt, requestConfig } = event.detail;
  if (!elt.matches?.("[data-fresh]") || !requestConfig.triggeringEvent?.type.startsWith("live:")) return;
  if (!busy(elt)) return;
  event.preventDefault();
  elt.dataset.behind = "";
});

function catchUp() {
  setTimeout(() => {
    const place = document.querySelector("[data-fresh][data-behind]");
    if (!place || busy(place)) return;
    delete place.dataset.behind;
    htmx.trigger(document.body, "live:again");
  }, 200);
}
document.addEventListener("konveyer:dialog-closed", catchUp);
document.addEventListener("focusout", catchUp);

// what was scrolled to stays where it was: places are told apart by data-scroll
function scrolled(root) {
  return [...(root.matches("[data-scroll]") ? [root] : []), ...root.querySelectorAll("[data-scroll]")];
}

document.addEventListener("htmx:beforeSwap", (event) => {
  const { target } = event.detail;
  if (!target.matches?.("[data-fresh]")) return;
  cursor = target.contains(document.activeElement) ? (document.activeElement.closest("[data-lead]")?.dataset.lead ?? "") : "";
  places = scrolled(target).map((node) => [node.dataset.scroll, node.scrollLeft, node.scrollTop]);
});

htmx.onLoad((node) => {
  if (!node.matches?.("[data-fresh]")) return;
  const card = cursor && [...node.querySelectorAll("[data-lead]")].find((one) => one.dataset.lead === cursor);
  if (card && !document.querySelector("dialog[open]")) card.querySelector("a, button")?.focus({ preventScroll: true });
  cursor = "";
  const now = new Map(scrolled(node).map((one) => [one.dataset.scroll, one]));
  for (const [name, left, top] of places) now.get(name)?.scrollTo(left, top);
  places = [];
});
