"""Where one stands in a record while reading it, and the sentences said from there."""

from dataclasses import dataclass, field

from clausette.imports.decp.phrases import CONSEQUENCES, inside, shown
from clausette.imports.decp.results import Effect, Problem


@dataclass(frozen=True, slots=True)
class Place:
    """A field of the record: its path, its French name, what a failure here prevents."""

    path: str = ""
    label: str = "Marché"
    effect: Effect = Effect.REMARK
    problems: list[Problem] = field(default_factory=list)

    def inner(self, key: str, label: str, effect: Effect | None) -> "Place":
        """The place of a key of this object; the effect is this one's when none is given."""
        return Place(inside(self.path, key), label, effect or self.effect, self.problems)

    def say(self, value: object, sentence: str) -> None:
        """Add a problem with this place's effect; the consequence is said at the end of the sentence."""
        whole = f"{self.label} : {sentence}{CONSEQUENCES[self.effect]}"
        self.problems.append(Problem(self.path, shown(value), whole, self.effect))

    def remark(self, value: object, sentence: str) -> None:
        """Add a problem that prevents nothing."""
        self.problems.append(Problem(self.path, shown(value), f"{self.label} : {sentence}"))
