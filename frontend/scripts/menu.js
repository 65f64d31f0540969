// A button that opens a list over everything. Markup: x-data="menu" on .k-menu, a button with x-ref="button", a .k-pop with
// popover="manual" and x-ref="list"; class k-menu-up opens it upwards.
const gap = 4;

export const menu = () => ({
  init() {
    this.$refs.button.setAttribute("aria-expanded", "false");
  },
  shown() {
    return this.$refs.list.matches(":popover-open");
  },
  items() {
    return [...this.$refs.list.querySelectorAll("a, button")].filter((item) => !item.disabled);
  },
  toggle() {
    if (this.shown()) this.hide();
    else this.show();
  },
  show() {
    this.$refs.list.showPopover();
    this.$refs.button.setAttribute("aria-expanded", "true");
    this.place();
    this.items()[0]?.focus();
  },
  // beside the button, and always wholly inside the window
  place() {
    const { list, button } = this.$refs;
    const from = button.getBoundingClientRect();
    const { width, height } = list.getBoundingClientRect();
    const below = from.bottom + gap;
    const up = this.$root.classList.contains("k-menu-up") || below + height > innerHeight;
    list.style.left = `${Math.max(8, Math.min(from.left, innerWidth - width - 8))}px`;
    list.style.top = `${Math.max(8, up ? from.top - gap - height : below)}px`;
  },
  hide() {
    if (!this.shown()) return;
    this.$refs.list.hidePopover();
    this.$refs.button.setAttribute("aria-expanded", "false");
  },
  leave() {
    this.hide();
    this.$refs.button.focus();
  },
  step(by) {
    if (!this.shown()) this.show();
    const items = this.items();
    const at = items.indexOf(document.activeElement);
    items[(at + by + items.length) % items.length]?.focus();
  },
});
