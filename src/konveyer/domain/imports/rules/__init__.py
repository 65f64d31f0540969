"""Pure decisions about lists that come in: fields, presets, which column goes where, what a cell says, what a row does."""
