"""How far a long work is, told now and then."""

from dataclasses import dataclass

from clausette.imports.operations.applying import Heard


@dataclass(slots=True)
class Teller:
    """Counts the steps and tells them, one in `every`."""

    heard: Heard
    total: int
    done: int = 0
    every: int = 25

    def __call__(self) -> None:
        self.done += 1
        if self.done % self.every == 1:
            self.heard(min(self.done, self.total), self.total)
