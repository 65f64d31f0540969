"""Konveyer: a self-hosted sales conveyor."""

__version__ = "0.1.0"
