"""What may be agreed to, and how. Plain Python."""
