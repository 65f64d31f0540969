// The daily sheet behaves as a spreadsheet: arrows and Enter go from cell to cell, a block from Excel is pasted, a paste is taken back.
const pastes = [];
const cells = (grid) => [...grid.querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll(".k-sheet-cell")]).filter((row) => row.length);

function place(grid, cell) {
  const rows = cells(grid);
  const y = rows.findIndex((row) => row.includes(cell));
  return { rows, y, x: y < 0 ? -1 : rows[y].indexOf(cell) };
}

function show(grid) {
  const button = grid.querySelector("[data-sheet-undo]");
  if (button) button.hidden = !pastes.length;
}

function undo(grid) {
  const last = pastes.pop();
  for (const [cell, text] of last ?? []) cell.value = text;
  last?.[0]?.[0].focus();
  show(grid);
}

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], Enter: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

document.addEventListener("keydown", (event) => {
  const grid = event.target.closest?.("[data-sheet]");
  if (!grid || !event.target.matches(".k-sheet-cell")) return;
  if ((event.ctrlKey || event.metaKey) && event.code === "KeyZ" && pastes.length) {
    event.preventDefault();
    undo(grid);
    return;
  }
  const step = STEPS[event.key];
  if (!step || event.ctrlKey || event.altKey || event.metaKey) return;
  const { selectionStart: from, selectionEnd: to, value } = event.target;
  // Inside a figure the arrows move the caret; from its edge, or with all of it selected, they leave the cell.
  if (event.key === "ArrowLeft" && from > 0 && !(from === 0 && to === value.length)) return;
  if (event.key === "ArrowRight" && to < value.length) return;
  const { rows, y, x } = place(grid, event.target);
  if (y < 0) return;
  event.preventDefault();
  const back = event.key === "Enter" && event.shiftKey ? -1 : 1;
  const next = rows[y + step[0] * back]?.[x + step[1]];
  next?.focus();
  next?.select();
});

document.addEventListener("paste", (event) => {
  const grid = event.target.closest?.("[data-sheet]");
  if (!grid || !event.target.matches(".k-sheet-cell")) return;
  const text = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n$/, "");
  if (!/[\t\n]/.test(text)) return;
  event.preventDefault();
  const { rows, y, x } = place(grid, event.target);
  if (y < 0) return;
  const was = [];
  text.split("\n").forEach((line, down) =>
    line.split("\t").forEach((word, right) => {
      const cell = rows[y + down]?.[x + right];
      if (!cell) return;
      was.push([cell, cell.value]);
      cell.value = word.trim();
    }),
  );
  if (was.length) pastes.push(was);
  show(grid);
});

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-sheet-undo]");
  if (button) undo(button.closest("[data-sheet]"));
});
