// Looks: light, dark or as the system has it, nav wide or folded, as a person chooses; and how far along a chart is read.
import htmx from "htmx.org";
import { remember } from "./cookies.js";

export const theme = () => ({
  value: document.documentElement.dataset.theme ?? "auto",
  set(value) {
    this.value = value;
    if (value === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = value;
    remember("konveyer_theme", value);
  },
  is(value) {
    return this.value === value ? "true" : "false";
  },
});

export const rail = () => ({
  toggle() {
    const app = document.querySelector(".k-app");
    const folded = app.classList.toggle("k-app-rail");
    remember("konveyer_rail", folded ? "1" : "0");
  },
  show() {
    document.body.classList.add("k-nav-shown");
    document.querySelector(".k-nav-a")?.focus();
  },
});

function hide() {
  document.body.classList.remove("k-nav-shown");
}

document.addEventListener("click", (event) => {
  if (!document.body.classList.contains("k-nav-shown")) return;
  if (!event.target.closest(".k-nav, .k-nav-open")) hide();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && document.body.classList.contains("k-nav-shown")) {
    hide();
    document.querySelector(".k-nav-open")?.focus();
  }
});

// a row of months too long for the screen begins with its end: the newest, or those to come
htmx.onLoad((node) => {
  for (const chart of node.querySelectorAll(".k-columns")) chart.scrollLeft = chart.scrollWidth;
});
