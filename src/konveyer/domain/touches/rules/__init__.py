"""Pure decisions about touches."""
