"""Pure decisions about conveyors: presets and gates."""
