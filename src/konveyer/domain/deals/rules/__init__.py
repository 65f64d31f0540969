"""Pure decisions about deals."""
