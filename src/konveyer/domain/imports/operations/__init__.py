"""Writes of the imports package.

`prepare` says how a file is read and where its columns go; `batches.start` takes it in; `run.run` brings the rows in,
chunk by chunk, and goes on where a broken run stopped; `run.try_out` does the same and takes it back.

From the browser and the API: `drafts` takes a file in and changes how it is understood, `trials`, `committing` and
`taking_back` ask the worker for a trial, the writing and the undo, `mending` mends a rejected row, `forgetting` tidies.
"""
