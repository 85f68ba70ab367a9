"""The twelve texts, by kind; what each may say is the closed list of its own names and of the common ones."""

from dataclasses import dataclass

from clausette.advice.enums import TextKind
from clausette.advice.texts.blocks import ROW, Text
from clausette.advice.texts.variables import FLAGS, LISTS, VALUES, lists_of, values_of
from clausette.advice.texts.wording import consultation, engagement, followup, opinion

TEXTS: dict[TextKind, Text] = {
    TextKind.OPINION: opinion.OPINION,
    TextKind.RULES: consultation.RULES,
    TextKind.CLAUSES: consultation.CLAUSES,
    TextKind.COMMITMENT_ACT: consultation.COMMITMENT_ACT,
    TextKind.ANNEX: engagement.ANNEX,
    TextKind.RESPONSE: engagement.RESPONSE,
    TextKind.GRID: opinion.GRID,
    TextKind.QUESTION: opinion.QUESTION,
    TextKind.WAIVER: opinion.WAIVER,
    TextKind.AGREEMENT: followup.AGREEMENT,
    TextKind.LETTER: followup.LETTER,
    TextKind.LAUNCH: followup.LAUNCH,
}
OF_CONTRACT = (TextKind.LETTER, TextKind.LAUNCH, TextKind.GRID)
"""Texts that are also written from a contract."""
COMMON = ("structure", "facilitateur", "coordonnees", "acheteur", "objet", "numero", "article_levier", "pied")
"""Values that a structure may write in a template of its own, whatever the text."""


@dataclass(frozen=True, slots=True)
class Names:
    """What a text of one kind may say: values, lists with the names of their things, conditions."""

    values: frozenset[str]
    lists: frozenset[str]
    flags: frozenset[str]

    def documented(self) -> list[tuple[str, str]]:
        """Each name as it is written in a template, and what it is."""
        rows = [(f"{{{{ {name} }}}}", label) for name, label in VALUES.items() if name in self.values]
        for name in sorted(self.lists):
            rows += [
                (f"{{%p for {ROW} in {name} %}} {{{{ {ROW}.{key} }}}} {{%p endfor %}}", label)
                for key, label in LISTS[name].items()
            ]
        return rows + [
            (f"{{%p if {name} %}} {{%p endif %}}", label) for name, label in FLAGS.items() if name in self.flags
        ]


def names_of(kind: TextKind) -> Names:
    """Return the closed list of a text."""
    blocks = TEXTS[kind].blocks
    return Names(frozenset({*values_of(blocks), *COMMON}), frozenset({*lists_of(blocks), "lots"}), frozenset(FLAGS))
