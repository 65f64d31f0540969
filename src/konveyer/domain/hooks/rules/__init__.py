"""Pure decisions about webhooks: what can be told, how it is signed, when it is tried again."""
