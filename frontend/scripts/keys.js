// The keyboard map. Keys are read by their place (event.code), so they work in every layout; single keys are silent in
// fields and can be switched off. An element says its key itself: <button data-key="KeyC">, two or more keys apart by a
// space, with modifiers "Ctrl+Enter" or "Shift+KeyA"; nav entries say data-go="KeyM" for G then M.
import { hear as rowKey } from "./rows.js";
import { hear as boardKey } from "./board.js";
import { openPalette } from "./palette.js";

const storage = "konveyer-keys";
let going = 0;

function off() {
  return localStorage.getItem(storage) === "off";
}

function show() {
  document.documentElement.toggleAttribute("data-keys", false);
  if (off()) document.documentElement.dataset.keys = "off";
}

function name(event) {
  const parts = [];
  if (event.ctrlKey || event.metaKey) parts.push("Ctrl");
  if (event.altKey) parts.push("Alt");
  if (event.shiftKey) parts.push("Shift");
  parts.push(event.code.replace("Numpad", event.code === "NumpadEnter" ? "" : "Digit"));
  return parts.join("+");
}

function inField(target) {
  return target.matches?.("input:not([type=checkbox]):not([type=radio]):not([type=range]), textarea, select, [contenteditable='true']");
}

function visible(node) {
  return node.getClientRects().length > 0 && !node.disabled && node.getAttribute("aria-disabled") !== "true";
}

// Inside a row or card a key belongs to that row or card, so it counts only while the cursor is there.
function mine(node) {
  const unit = node.closest("[data-row], [data-lead]");
  return !unit || unit.contains(document.activeElement) || unit.classList.contains("k-at");
}

function press(node) {
  if (node.matches("input, select, textarea")) {
    node.focus();
    node.select?.();
  } else {
    node.click();
  }
}

function pressKey(key) {
  const scope = document.querySelector("dialog[open]") ?? document;
  const all = [...scope.querySelectorAll("[data-key]")].filter((node) => node.dataset.key.split(" ").includes(key) && visible(node) && mine(node));
  const node = all.find((one) => one.closest("[data-row], [data-lead]")) ?? all[0];
  if (node) press(node);
  return Boolean(node);
}

function commit(target) {
  const form = target.closest?.("form") ?? document.querySelector("dialog[open] form");
  form?.requestSubmit();
  return Boolean(form);
}

function go(event) {
  if (Date.now() - going > 1200) return false;
  going = 0;
  const node = [...document.querySelectorAll("[data-go]")].find((one) => one.dataset.go === event.code);
  node?.click();
  return Boolean(node);
}

function undo() {
  return !document.dispatchEvent(new CustomEvent("konveyer:undo", { cancelable: true }));
}

function single(event, key) {
  if (document.querySelector("dialog[open]")) return pressKey(key);
  if (go(event)) return true;
  if (key === "KeyG") {
    going = Date.now();
    return true;
  }
  if (event.key === "?" || key === "Shift+Slash") {
    document.querySelector("[data-keys-dialog]")?.click();
    return true;
  }
  return boardKey(event, key) || rowKey(event, key) || pressKey(key) || (key === "KeyZ" && undo());
}

function hear(event) {
  if (event.defaultPrevented || event.isComposing || !event.code) return;
  const key = name(event);
  if (key === "Ctrl+KeyK") {
    event.preventDefault();
    openPalette();
    return;
  }
  if (key === "Ctrl+Enter") {
    if (pressKey(key) || commit(event.target)) event.preventDefault();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) {
    if (pressKey(key)) event.preventDefault();
    return;
  }
  if (inField(event.target)) {
    if (key === "Escape" && !event.target.closest("dialog")) event.target.blur();
    return;
  }
  // Enter and Space do what the focused control says
  if (["Enter", "Space"].includes(key) && event.target.closest("a, button, summary, input, label")) return;
  if (off() && key !== "Escape" && !key.startsWith("Arrow")) return;
  if (single(event, key)) event.preventDefault();
}

document.addEventListener("keydown", hear);
show();

// The dialog with all keys of the screen: taken from what stands on it, so it cannot be wrong.
export const keys = () => ({
  on: !off(),
  list: [],
  open() {
    const label = (node) => (node.dataset.keyLabel ?? node.getAttribute("aria-label") ?? node.title ?? "").trim() || node.textContent.replace(/\s+/g, " ").trim();
    const seen = new Map();
    for (const node of document.querySelectorAll(".k-app [data-key]")) {
      if (visible(node) && !seen.has(node.dataset.key)) seen.set(node.dataset.key, { id: node.dataset.key, caps: node.dataset.key.split(" ").map(cap), label: label(node.cloneNode(true).querySelector(".k-kbd") ? strip(node) : node) });
    }
    this.list = [...seen.values()];
    this.$refs.dialog.showModal();
  },
  flip() {
    this.on = !this.on;
    localStorage.setItem(storage, this.on ? "on" : "off");
    show();
  },
});

function strip(node) {
  const copy = node.cloneNode(true);
  copy.querySelectorAll(".k-kbd, .k-vh").forEach((part) => part.remove());
  return copy;
}

function cap(key) {
  return key.replace("Key", "").replace("Digit", "").replace("BracketLeft", "[").replace("BracketRight", "]").replace("ArrowLeft", "←").replace("ArrowRight", "→").replace("ArrowUp", "↑").replace("ArrowDown", "↓").replace("Escape", "Esc").replaceAll("+", " ");
}
