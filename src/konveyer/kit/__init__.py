"""Parts without business words: ids, rows of a workspace, tenancy, clock, events, jobs, formats."""
