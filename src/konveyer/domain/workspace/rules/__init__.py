"""Pure decisions about roles, rights, frames and addresses."""
