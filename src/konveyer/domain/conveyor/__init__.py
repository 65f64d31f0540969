"""The conveyor as it is drawn: versions, stages with one owner role and one result, gates, refusal routes."""
