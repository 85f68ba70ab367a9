"""What the journal tells, replayed: states of lines follow their statement, what is taken away is gone."""

from uuid import UUID, uuid4

from clausette.reports.recomputing.replay import Told, replay, same

SHEET, ONE, TWO = uuid4(), uuid4(), uuid4()


def sheet(before: str | None, after: str) -> Told:
    if before is None:
        return Told("hours.statement", SHEET, None, {"id": 7, "state": after})
    return Told("hours.statement", SHEET, {"state": before}, {"state": after})


def line(uid: UUID, hours: str, state: str = "draft") -> Told:
    return Told("hours.hoursline", uid, None, {"id": uid.int % 97, "statement": 7, "hours": hours, "state": state})


DRAFT = [sheet(None, "draft"), line(ONE, "12"), line(TWO, "30.50")]


def states(*told: Told) -> dict[UUID, str]:
    rows = replay([*DRAFT, *told])
    assert not rows.broken
    return {uid: row["state"] for uid, row in rows.by_kind["hours.hoursline"].items()}


def test_lines_follow_their_statement() -> None:
    sent = sheet("draft", "submitted")
    assert states(sent) == {ONE: "declared", TWO: "declared"}
    assert states(sent, sheet("submitted", "returned")) == {ONE: "draft", TWO: "draft"}
    assert states(sent, sheet("submitted", "validated")) == {ONE: "validated", TWO: "validated"}
    opened = sheet("validated", "submitted")
    assert states(sent, sheet("submitted", "validated"), opened) == {ONE: "declared", TWO: "declared"}


def test_a_line_not_retained_is_told_by_its_own_event() -> None:
    refused = Told("hours.hoursline", ONE, {"state": "declared"}, {"state": "refused"})
    sent, kept = sheet("draft", "submitted"), sheet("submitted", "validated")
    assert states(sent, refused, kept) == {ONE: "refused", TWO: "validated"}
    assert states(sent, kept, refused) == {ONE: "refused", TWO: "validated"}


def test_what_is_taken_away_is_gone() -> None:
    gone = Told("hours.hoursline", ONE, {"hours": "12.00"}, {"hours": None})
    assert states(gone) == {TWO: "draft"}


def test_an_event_that_does_not_follow_is_told() -> None:
    rows = replay([*DRAFT, Told("hours.hoursline", ONE, {"hours": "13"}, {"hours": "14"})])
    assert [text.split(" : ")[1] for text in rows.broken] == ["hours ne suit pas"]
    rows = replay([Told("hours.hoursline", ONE, {"hours": "13"}, {"hours": "14"})])
    assert rows.broken
    assert not rows.of("hours.hoursline")


def test_numbers_and_instants_are_compared_as_such() -> None:
    assert same("60", "60.00")
    assert not same("60", "60.01")
    assert not same("firm", "conditional")
    assert same("2026-11-16T10:00:00+01:00", "2026-11-16T09:00:00Z")
    assert not same("2026-11-16T10:00:00+01:00", "2026-11-16T10:00:00Z")
    assert not same("effacé", "écrit")


def filled(before: dict[str, str] | None, state: str, *lines: list[object]) -> Told:
    """A statement filled by a file: its lines have no event of their own."""
    after: dict[str, object] = {"state": state, "lines": list(lines)}
    if before is None:
        after |= {"id": 7, "contract": 3, "declarant": 5, "month": "2026-10-01"}
    return Told("hours.statement", SHEET, before, after)


def beside(uid: UUID, hours: str | None, before: str | None = None) -> list[object]:
    return [str(uid), uid.int % 97, 11, 12, 13, "work", hours, before]


def test_lines_told_by_the_event_of_their_statement_are_rows_like_others() -> None:
    rows = replay([filled(None, "submitted", beside(ONE, "12.00"), beside(TWO, "30.50"))])
    [one, two] = rows.of("hours.hoursline", statement=7, state="declared")
    assert (one["contract"], one["placement"], one["commitment"], two["hours"]) == (3, 11, 12, "30.50")
    assert "lines" not in rows.of("hours.statement")[0]


def test_they_change_go_and_follow_their_statement() -> None:
    made = filled(None, "draft", beside(ONE, "12.00"), beside(TWO, "30.50"))
    changed = filled({"state": "draft"}, "submitted", beside(ONE, "14.00", "12"), beside(TWO, None, "30.5"))
    rows = replay([made, changed, sheet("submitted", "validated")])
    assert not rows.broken
    [line] = rows.of("hours.hoursline")
    assert (line["hours"], line["state"]) == ("14.00", "validated")
    typed = Told("hours.hoursline", ONE, {"hours": "12.00"}, {"hours": "9"})
    assert not replay([made, typed]).broken


def test_a_line_told_that_does_not_follow_is_broken() -> None:
    made = filled(None, "draft", beside(ONE, "12.00"))
    for wrong in (beside(ONE, "14", "13"), beside(TWO, "14", "13"), beside(ONE, "14")):
        rows = replay([made, filled({"state": "draft"}, "draft", wrong)])
        assert [text.split(" : ")[1] for text in rows.broken] == ["hours ne suit pas"]
