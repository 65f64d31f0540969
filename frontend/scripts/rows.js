// Lists: J K or arrows move the cursor over [data-row], Enter opens its link, X ticks it, Shift with a click takes a span.
import { text } from "./texts.js";

function lists() {
  return [...document.querySelectorAll("[data-rows]")].filter((list) => list.getClientRects().length);
}

function rows(list) {
  return [...list.querySelectorAll("[data-row]")].filter((row) => row.getClientRects().length);
}

function current(all) {
  return all.findIndex((row) => row.contains(document.activeElement) && document.activeElement !== document.body) ?? -1;
}

function link(row) {
  return row.matches("a, button") ? row : row.querySelector("[data-row-link], a, button");
}

function move(by) {
  const list = lists().find((one) => one.contains(document.activeElement)) ?? lists()[0];
  if (!list) return false;
  const all = rows(list);
  if (!all.length) return false;
  let at = current(all);
  if (at < 0) at = all.findIndex((row) => row.classList.contains("k-at"));
  const next = all[Math.max(0, Math.min(all.length - 1, at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by))];
  all.forEach((row) => row.classList.toggle("k-at", row === next));
  link(next)?.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
  return true;
}

function tick(row) {
  const box = row?.querySelector("input[type=checkbox][data-pick]");
  if (!box) return false;
  box.click();
  return true;
}

export function hear(event, key) {
  if (key === "KeyJ" || key === "ArrowDown") return move(1);
  if (key === "KeyK" || key === "ArrowUp") return move(-1);
  if (key === "KeyX") return tick(document.activeElement.closest("[data-row]"));
  return false;
}

let last = null;

function count(list) {
  const picked = list.querySelectorAll("input[data-pick]:checked").length;
  const scope = list.closest("[data-picking]") ?? document;
  scope.querySelectorAll("[data-picked-bar]").forEach((bar) => (bar.hidden = picked === 0));
  scope.querySelectorAll("[data-picked-count]").forEach((place) => (place.textContent = text("picked", { count: picked })));
  const all = scope.querySelector("input[data-pick-all]");
  if (all) {
    const total = list.querySelectorAll("input[data-pick]").length;
    all.checked = picked > 0 && picked === total;
    all.indeterminate = picked > 0 && picked < total;
  }
}

document.addEventListener("click", (event) => {
  const box = event.target.closest("input[data-pick]");
  if (!box) return;
  const list = box.closest("[data-rows]");
  const boxes = [...list.querySelectorAll("input[data-pick]")];
  if (event.shiftKey && last && boxes.includes(last)) {
    const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b);
    boxes.slice(from, to + 1).forEach((one) => (one.checked = box.checked));
  }
  last = box;
});

document.addEventListener("change", (event) => {
  if (event.target.matches("input[data-pick-all]")) {
    const list = (event.target.closest("[data-picking]") ?? document).querySelector("[data-rows]");
    list.querySelectorAll("input[data-pick]").forEach((box) => (box.checked = event.target.checked));
    count(list);
  } else if (event.target.matches("input[data-pick]")) {
    const list = event.target.closest("[data-rows]");
    list.querySelectorAll("[data-row]").forEach((row) => row.setAttribute("aria-selected", String(Boolean(row.querySelector("input[data-pick]:checked")))));
    count(list);
  }
});
