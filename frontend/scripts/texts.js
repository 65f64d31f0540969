// Words that scripts say come from the page (<div id="texts" data-…>), so they are translated like all others.
export function text(name, values = {}) {
  const said = document.getElementById("texts")?.dataset[name] ?? "";
  return said.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
}

// Says something to screen readers without showing it.
export function announce(words) {
  const place = document.getElementById("announcer");
  if (place) place.textContent = words;
}
