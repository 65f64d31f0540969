"""Who works here: workspace, members, teams, roles as data, frames; sign-in and access tokens."""
