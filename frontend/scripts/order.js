// Rows that are dragged into another order: [data-order] holds them, [data-order-form] tells the server their keys.
// The keyboard has buttons of its own beside every row.
import Sortable from "sortablejs";

function prepare(list) {
  const form = document.querySelector("[data-order-form]");
  if (!form || Sortable.get(list)) return;
  Sortable.create(list, {
    draggable: "[data-key]",
    handle: "[data-grip]",
    animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 120,
    onEnd: ({ oldIndex, newIndex }) => {
      if (oldIndex === newIndex) return;
      form.elements.keys.value = [...list.querySelectorAll("[data-key]")].map((row) => row.dataset.key).join(",");
      form.requestSubmit();
    },
  });
}

document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("[data-order]").forEach(prepare));
document.querySelectorAll("[data-order]").forEach(prepare);
