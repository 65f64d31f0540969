// A button that opens a list. Markup: x-data="menu", a button with x-ref="button", a .k-pop with x-ref="list".
export const menu = () => ({
  shown: false,
  init() {
    this.$refs.button.setAttribute("aria-expanded", "false");
  },
  items() {
    return [...this.$refs.list.querySelectorAll("a, button")].filter((item) => !item.disabled);
  },
  toggle() {
    if (this.shown) this.hide();
    else this.show();
  },
  show() {
    this.shown = true;
    this.$refs.button.setAttribute("aria-expanded", "true");
    this.$nextTick(() => this.items()[0]?.focus());
  },
  hide() {
    this.shown = false;
    this.$refs.button.setAttribute("aria-expanded", "false");
  },
  leave() {
    this.hide();
    this.$refs.button.focus();
  },
  step(by) {
    const items = this.items();
    const at = items.indexOf(document.activeElement);
    items[(at + by + items.length) % items.length]?.focus();
  },
});
