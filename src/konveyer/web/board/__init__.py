"""The board: the conveyor with its leads, moved by hand or by keyboard."""
