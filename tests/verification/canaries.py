"""A base full of canaries, in a home of its own: `python -m tests.verification.canaries` prints the number of the person.

It runs in a process by itself, on the database and the home that the environment names, and commits what it makes.
"""

from pathlib import Path


def fill() -> str:
    """The cast of tests.world, and a person who went through everything there is. Returns his number."""
    import django

    django.setup()
    from django.conf import settings

    from konveyer import wiring
    from konveyer.adapters.files.folder import FolderStore
    from konveyer.domain.notes import ports
    from konveyer.kit import tenancy
    from tests.unit.erasure.test_erasing import lived
    from tests.world import build_world

    wiring.plug()
    ports.use(FolderStore(Path(settings.HOME) / "files"))
    world = build_world()
    with tenancy.enter(world.workspace.pk):
        contact, _lead = lived(world, Path(settings.HOME))
    return str(contact.pk)


if __name__ == "__main__":
    print(fill())
