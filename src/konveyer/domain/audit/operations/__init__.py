"""Runs of the audit, and benchmarks of the workspace."""

from konveyer.domain.audit.operations.benchmarks import set_benchmark
from konveyer.domain.audit.operations.running import ask_for_run, run_audit

__all__ = ["ask_for_run", "run_audit", "set_benchmark"]
