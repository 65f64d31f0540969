// The board. Cards are dragged, or picked up with M, aimed with the arrows and put down with Enter. Either way one POST
// goes to data-move-url with lead and stage; the answer is the fresh board or, aimed at #dialog, what the gate asks for.
// Until the server has agreed the card goes back where it stood: nothing shows a move that has not happened.
import Sortable from "sortablejs";
import htmx from "htmx.org";
import { announce, text } from "./texts.js";

let held = null;
// the card that the keyboard moved: the cursor goes with it onto the fresh board
let moved = "";

function board() {
  return document.querySelector("[data-board]");
}

function columns() {
  return [...(board()?.querySelectorAll("[data-stage]") ?? [])].filter((column) => column.getClientRects().length);
}

function cards(column) {
  return [...column.querySelectorAll("[data-lead]")];
}

function title(node) {
  return node.dataset.title ?? "";
}

function focus(card) {
  const link = card.matches("a, button") ? card : card.querySelector("a, button");
  link?.focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function send(lead, stage) {
  const place = board();
  announce(text("moving", { lead: title(lead), stage: title(stage) }));
  htmx.ajax("POST", place.dataset.moveUrl, {
    source: place,
    target: place,
    swap: "outerHTML",
    values: { lead: lead.dataset.lead, stage: stage.dataset.stage, version: lead.dataset.version ?? "" },
  });
}

function prepare(place) {
  const lists = place.querySelectorAll("[data-cards]");
  if (!place.dataset.moveUrl) return;
  for (const list of lists) {
    if (Sortable.get(list)) continue;
    Sortable.create(list, {
      group: "leads",
      draggable: "[data-lead]",
      filter: "[data-fixed]",
      delay: 180,
      delayOnTouchOnly: true,
      animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 120,
      ghostClass: "k-kard-ghost",
      dragClass: "k-kard-drag",
      sort: false,
      onStart: () => document.body.classList.add("k-dragging"),
      onChange: ({ to }) => aim(to.closest("[data-stage]")),
      onEnd: ({ item, from, to, oldDraggableIndex }) => {
        document.body.classList.remove("k-dragging");
        aim(null);
        if (from === to) return;
        const stage = to.closest("[data-stage]");
        from.insertBefore(item, from.querySelectorAll("[data-lead]")[oldDraggableIndex] ?? null);
        item.classList.add("k-kard-move");
        send(item, stage);
      },
    });
  }
}

function aim(stage) {
  columns().forEach((column) => column.classList.toggle("k-target", column === stage));
}

function settle() {
  document.querySelectorAll(".k-kard-move").forEach((card) => card.classList.remove("k-kard-move"));
}

function pick(card) {
  held = { card, at: columns().indexOf(card.closest("[data-stage]")), from: columns().indexOf(card.closest("[data-stage]")) };
  card.classList.add("k-kard-move");
  document.body.classList.add("k-dragging");
  announce(text("held", { lead: title(card) }));
}

function drop(go) {
  const { card, at, from } = held;
  held = null;
  aim(null);
  settle();
  document.body.classList.remove("k-dragging");
  if (go && at !== from) {
    moved = card.dataset.lead;
    send(card, columns()[at]);
  } else {
    announce(text("kept"));
  }
}

function carry(key) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
  if (step) {
    held.at = Math.max(0, Math.min(columns().length - 1, held.at + step));
    aim(columns()[held.at]);
    columns()[held.at].scrollIntoView({ block: "nearest", inline: "nearest" });
    announce(title(columns()[held.at]));
  } else if (key === "Enter" || key === "KeyM") {
    drop(true);
  } else if (key === "Escape") {
    drop(false);
  }
  return true;
}

function walk(card, key) {
  const all = columns();
  const at = all.indexOf(card.closest("[data-stage]"));
  const row = cards(all[at]).indexOf(card);
  const near = { ArrowDown: () => cards(all[at])[row + 1], ArrowUp: () => cards(all[at])[row - 1], KeyJ: () => cards(all[at])[row + 1], KeyK: () => cards(all[at])[row - 1] };
  const sides = { ArrowRight: all.slice(at + 1), ArrowLeft: all.slice(0, at).reverse() };
  if (near[key]) {
    const next = near[key]();
    if (next) focus(next);
    return true;
  }
  const full = sides[key]?.find((column) => cards(column).length);
  if (full) focus(cards(full)[Math.min(row, cards(full).length - 1)]);
  return Boolean(sides[key]);
}

export function hear(event, key) {
  if (!board()) return false;
  if (held) return carry(key);
  const card = document.activeElement.closest?.("[data-lead]");
  if (card && key === "KeyM" && board().dataset.moveUrl && !card.hasAttribute("data-fixed")) {
    pick(card);
    return true;
  }
  if (card) return walk(card, key);
  const first = board().querySelector("[data-lead]");
  if (first && (key === "KeyJ" || key.startsWith("Arrow"))) {
    focus(first);
    return true;
  }
  return false;
}

// Enter on a held card puts it down instead of opening it
document.addEventListener(
  "keydown",
  (event) => {
    if (!held || !["Enter", "NumpadEnter"].includes(event.code)) return;
    event.preventDefault();
    event.stopPropagation();
    drop(true);
  },
  true,
);

htmx.onLoad((node) => {
  const place = node.matches?.("[data-board]") ? node : (node.querySelector?.("[data-board]") ?? node.closest?.("[data-board]"));
  if (!place) return;
  prepare(place);
  const card = moved && [...place.querySelectorAll("[data-lead]")].find((one) => one.dataset.lead === moved);
  if (card) focus(card);
  moved = "";
});
document.addEventListener("konveyer:dialog-closed", settle);
document.addEventListener("htmx:responseError", settle);
document.addEventListener("htmx:sendError", settle);
