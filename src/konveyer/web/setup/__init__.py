"""Settings: the workspace, members, teams, roles and rights, frames, tokens, webhooks, moving settings."""
