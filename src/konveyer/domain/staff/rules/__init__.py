"""Pure decisions about who works here: role names, frames, secrets in links and tokens."""
