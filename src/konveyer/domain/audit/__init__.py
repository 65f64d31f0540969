"""The audit: every rule of the method that can be measured, held against the workspace's own data."""
