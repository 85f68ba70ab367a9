"""The small world of hours, filled: September validated (140 h), October handed over (221,5 h)."""

from clausette.hours.operations import submit_statement, validate_statement
from tests.hats import TODAY, acting, noon
from tests.hours.builders import OCT, SEPT, World, world

AT = noon(TODAY)


def filled() -> World:
    """Write the world and its two statements; July and August stay unknown."""
    w = world()
    with acting(w.pilot) as pilot:
        ref = w.save(pilot, SEPT, w.entry(w.lemaire, "140"))
        ref = submit_statement(actor=pilot, uid=ref.uid, version=ref.version, at=AT, on=TODAY)
        validate_statement(
            actor=pilot,
            uid=ref.uid,
            version=ref.version,
            justifications={"W104": "Feuilles vues."},
            at=AT,
            on=TODAY,
        )
        ref = w.save(pilot, OCT, w.entry(w.lemaire, "121.5"), w.entry(w.diallo, "100"))
        submit_statement(actor=pilot, uid=ref.uid, version=ref.version, at=AT, on=TODAY)
    return w
