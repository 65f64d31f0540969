// Rows that are dragged into another order: [data-order] holds them, [data-order-form] tells the server their keys.
// The keyboard has buttons of its own beside every row.
import Sortable from "sortablejs";

function prepare(list) {
  const form = document.querySelector("[data-order-form]");
  if (!form || Sortable.get(list)) return;
  Sortable.create(list, {
    draggable: "[data-place]",
    handle: "[data-grip]",
    animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 120,
    onEnd: ({ oldIndex, newIndex }) => {
      if (oldIndex === newIndex) return;
      form.elements.keys.value = [...list.querySelectorAll("[data-place]")].map((row) => row.dataset.place).join(",");
      form.requestSubmit();
    },
  });
}

document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("[data-order]").forEach(prepare));
document.querySelectorAll("[data-order]").forEach(prepare);
