// A tap on a phone, an address or a messenger: the link does what it does, and the attempt is written down at data-tap.
import htmx from "htmx.org";

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-tap]");
  if (link) htmx.ajax("POST", link.dataset.tap, { source: document.body, swap: "none" });
});
