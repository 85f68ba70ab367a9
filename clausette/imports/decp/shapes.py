"""The few shapes the format is described with. A shape says what a value must be; it reads nothing."""

from collections.abc import Mapping
from dataclasses import dataclass

from clausette.imports.decp.results import Effect


@dataclass(frozen=True, slots=True)
class Text:
    """A text of at least one character; longer than `longest` it is cut (`cut`) or refused."""

    longest: int | None = None
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Cpv:
    """Eight digits, then possibly a dash and the check digit."""


@dataclass(frozen=True, slots=True)
class Siret:
    """Fourteen digits with a right key."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the official values."""

    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number, at least `least`; above `most` it cannot be true."""

    least: int = 1
    most: int = 9999


@dataclass(frozen=True, slots=True)
class Amount:
    """Euros before tax, at least `least`, kept to the cent."""

    least: int = 1


@dataclass(frozen=True, slots=True)
class Share:
    """A number from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Flag:
    """True or false."""


@dataclass(frozen=True, slots=True)
class Day:
    """A real date, YYYY-MM-DD."""


@dataclass(frozen=True, slots=True)
class Operator:
    """A firm: kind of identifier and identifier, checked together."""


@dataclass(frozen=True, slots=True)
class Several:
    """A list of at least one item, each different."""

    item: "Shape"


@dataclass(frozen=True, slots=True)
class Wrapped:
    """An object with one key around another shape; the 2019 files have the inside without the wrapper.

    `also`: other spellings of the key met in the official texts themselves.
    """

    key: str
    label: str
    inner: "Shape"
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """An object; `closed` when the format admits no other key."""

    fields: Mapping[str, "Field"]
    closed: bool = False


Shape = (
    Text | Cpv | Siret | Choice | Whole | Amount | Share | Flag | Day | Operator | Several | Wrapped | Group
)


@dataclass(frozen=True, slots=True)
class Field:
    """A key of an object: its French name, its shape, and what is prevented when it cannot be read."""

    label: str
    shape: Shape
    required: bool = True
    effect: Effect | None = None
