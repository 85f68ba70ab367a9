"""The same record twice in one file: said on both, so that neither is taken in silence."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from clausette.imports.decp.phrases import CONSEQUENCES
from clausette.imports.decp.results import DecpRecord, Effect, Problem

MOST_LISTED = 5


def mark_duplicates(records: Sequence[DecpRecord]) -> tuple[DecpRecord, ...]:
    """The same records, those with the same kind, buyer and number marked.

    Identical: a remark, and the later ones point at the first. Different: none can be taken, for nothing in
    the file says which is right.
    """
    groups: defaultdict[tuple[str, str], list[DecpRecord]] = defaultdict(list)
    for record in records:
        if record.official_id and record.buyer_siret:
            groups[record.kind, record.key].append(record)
    marked = {record.position: record for record in records}
    for group in groups.values():
        if len(group) > 1:
            marked.update((record.position, _marked(record, group)) for record in group)
    return tuple(marked[record.position] for record in records)


def _marked(record: DecpRecord, group: Sequence[DecpRecord]) -> DecpRecord:
    others = [other.position for other in group if other.position != record.position]
    where = f"l'enregistrement {others[0]}" if len(others) == 1 else _listed(others)
    if len({other.fingerprint for other in group}) == 1:
        sentence = f"Cet enregistrement est écrit à l'identique dans {where} : il n'est repris qu'une fois."
        first = group[0].position
        return replace(
            record,
            problems=(*record.problems, Problem("id", record.official_id, sentence)),
            duplicate_of=None if record.position == first else first,
        )
    sentence = (
        f"Même acheteur et même numéro que {where}, avec un contenu différent.{CONSEQUENCES[Effect.RECORD]}"
    )
    problem = Problem("id", record.official_id, sentence, Effect.RECORD)
    return replace(record, problems=(*record.problems, problem), fields=None)


def _listed(positions: Sequence[int]) -> str:
    if len(positions) > MOST_LISTED:
        return f"les enregistrements {positions[0]}, {positions[1]} et {len(positions) - 2} autres"
    listed = ", ".join(str(position) for position in positions[:-1])
    return f"les enregistrements {listed} et {positions[-1]}"
