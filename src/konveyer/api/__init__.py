"""The API: what the screens can do, as resources under /api/v1/.

One module per resource, schemas beside it. A resource makes one domain call and answers; rights, gates and
views are those of the screens, because the operations are the same. Errors are problem documents (RFC 9457).
"""
