"""`konveyer erase CONTACT`, `konveyer person CONTACT FILE.zip`: a person taken out for good, or his data handed out."""

from pathlib import Path

from konveyer.commands.call import Call, Commands, Result, WrongUse, _, record_id


def register(commands: Commands) -> None:
    """Add `erase` and `person`."""
    parser = commands.add("erase", erase, help="take a person out of every store for good", transaction=False)
    parser.add_argument("contact", metavar="CONTACT", help="the number of the person")
    parser.add_argument("--preview", action="store_true", help="say what would go and what would stay")
    parser = commands.add("person", package, help="all that is stored of a person, as one ZIP")
    parser.add_argument("contact", metavar="CONTACT", help="the number of the person")
    parser.add_argument("file", metavar="FILE.zip", help="where to write it")
    commands.add(
        "erase-again",
        again,
        help="erase on a copy that was brought back whoever was erased since",
        workspace=False,
    )


def erase(call: Call) -> Result:
    """Erase, or say what that would do."""
    from konveyer.domain.erasure.operations import erase as take_out
    from konveyer.domain.erasure.queries.held import counts, person
    from konveyer.domain.workspace.rules.actor import for_workspace
    from konveyer.kit import tenancy

    actor, contact_id = for_workspace(call.home.pk, "command"), record_id(call.options.contact)
    if call.options.preview:
        with tenancy.enter(call.home.pk):
            told = counts(call.home.pk, person(actor, contact_id))
        return Result({"preview": told}, [f"{table}: {count}" for table, count in told.items() if count])
    done = take_out(actor=actor, at=call.now, contact_id=contact_id)
    return Result(
        {"erasure": str(done.pk), "counts": done.counts}, [_("Erased; only keyed hashes are left.")]
    )


def package(call: Call) -> Result:
    """Write the archive; a file that is there is not overwritten."""
    from konveyer.domain.erasure.queries.package import write_package
    from konveyer.domain.workspace.rules.actor import for_workspace

    contact_id, path = record_id(call.options.contact), Path(call.options.file)
    try:
        with path.open("xb") as out:
            rows = write_package(
                actor=for_workspace(call.home.pk, "command"), at=call.now, contact_id=contact_id, out=out
            )
    except FileExistsError as there:
        raise WrongUse(_("{path} is there already.").format(path=path)) from there
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return Result(
        {"file": str(path), "rows": rows}, [_("{rows} rows written to {path}").format(rows=rows, path=path)]
    )


def again(call: Call) -> Result:
    """After a restore; `konveyer restore` does it by itself."""
    from konveyer.domain.erasure.operations import erase_again

    done = erase_again(at=call.now)
    return Result({"erased": done}, [_("{done} persons erased again").format(done=done)])
