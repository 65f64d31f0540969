"""Django's PostgreSQL backend, taught that every row belongs to a workspace.

A table whose model has a `workspace` is created with row-level security switched on, and every
`WorkspaceKey` becomes a composite foreign key (workspace_id, x_id) → (workspace_id, id): no row can
point into another workspace, whatever the code above forgets.
"""
