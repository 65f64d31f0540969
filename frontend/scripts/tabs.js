// Tabs of one page: role="tab" buttons with aria-controls; arrows move, the panel shows at once.
export const tabs = () => ({
  init() {
    const list = this.list();
    const chosen = list.find((tab) => tab.getAttribute("aria-selected") === "true") ?? list[0];
    if (chosen) this.choose(chosen);
  },
  list() {
    return [...this.$root.querySelectorAll('[role="tab"]')];
  },
  choose(chosen) {
    for (const tab of this.list()) {
      const on = tab === chosen;
      tab.setAttribute("aria-selected", String(on));
      tab.tabIndex = on ? 0 : -1;
      const panel = document.getElementById(tab.getAttribute("aria-controls"));
      if (panel) panel.hidden = !on;
    }
  },
  press(event) {
    const tab = event.target.closest('[role="tab"]');
    if (tab) this.choose(tab);
  },
  move(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const list = this.list();
    const next = list[(list.indexOf(document.activeElement) + step + list.length) % list.length];
    event.preventDefault();
    this.choose(next);
    next.focus();
  },
});
