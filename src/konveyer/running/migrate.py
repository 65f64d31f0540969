"""Migrations in a process of their own, so that the supervisor stays small."""

from konveyer.running.supervisor import say


def main() -> None:
    """Apply what is missing."""
    import django

    django.setup()
    from konveyer.config.migrate import apply

    apply(say)


if __name__ == "__main__":
    main()
