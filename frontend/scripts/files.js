// A file may be dropped on [data-drop] as well as chosen; the chosen name is shown in [data-file-name].
function field(zone) {
  return zone.querySelector("input[type=file]");
}

for (const name of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(name, (event) => {
    const zone = event.target.closest?.("[data-drop]");
    if (!zone) return;
    event.preventDefault();
    zone.classList.toggle("k-drop-over", name === "dragover");
    if (name !== "drop" || !event.dataTransfer.files.length) return;
    field(zone).files = event.dataTransfer.files;
    field(zone).dispatchEvent(new Event("change", { bubbles: true }));
  });
}

document.addEventListener("change", (event) => {
  const zone = event.target.closest?.("[data-drop]");
  const place = zone?.querySelector("[data-file-name]");
  if (place && event.target.files?.length) place.textContent = event.target.files[0].name;
});
