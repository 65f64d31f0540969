"""The conveyor editor: conveyors, their drafts stage by stage, publishing with a stage map."""
