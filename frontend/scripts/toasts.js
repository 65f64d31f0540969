// Short messages at the foot of the screen. The server sends one by the header
// HX-Trigger: {"toast": {"text": "…", "kind": "good", "undo": "/address/to/post/to"}}, a full page by Django's messages.
import htmx from "htmx.org";
import { text } from "./texts.js";

const stay = 8000;
let number = 0;

export function toast(detail) {
  document.dispatchEvent(new CustomEvent("toast", { detail }));
}

export const toasts = () => ({
  items: [],
  init() {
    document.addEventListener("toast", (event) => this.add(event.detail));
    this.$root.querySelectorAll("[data-toast]").forEach((node) => this.add({ text: node.textContent.trim(), kind: node.dataset.toast }));
    document.addEventListener("konveyer:undo", (event) => {
      const last = this.items.filter((item) => item.undo).at(-1);
      if (last) {
        event.preventDefault();
        this.run(last);
      }
    });
  },
  add(detail) {
    const undo = detail.undo ?? "";
    const item = {
      id: ++number,
      text: detail.text ?? String(detail.value ?? ""),
      bad: detail.kind === "bad",
      good: detail.kind !== "bad",
      undo,
      key: Boolean(undo),
      action: undo ? text("undo") : (detail.action ?? ""),
      act: detail.act,
      left: detail.last ?? stay,
    };
    this.items = [...this.items.slice(-2), item];
    this.start(item.id);
  },
  find(id) {
    return this.items.find((item) => item.id === id);
  },
  // the clock stands while somebody points at the message or has reached it by keyboard
  start(id) {
    const item = this.find(id);
    if (!item) return;
    clearTimeout(item.timer);
    item.began = Date.now();
    item.timer = setTimeout(() => this.drop(id), item.left);
  },
  hold(id) {
    const item = this.find(id);
    if (!item) return;
    clearTimeout(item.timer);
    item.left = Math.max(1500, item.left - (Date.now() - item.began));
  },
  drop(id) {
    this.items = this.items.filter((item) => item.id !== id);
  },
  run(item) {
    this.drop(item.id);
    if (item.undo) htmx.ajax("POST", item.undo, { source: document.body, swap: "none" });
    else item.act?.();
  },
});
