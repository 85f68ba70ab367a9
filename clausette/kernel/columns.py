"""One description of a column for the screen, the CSV file and the workbook."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

Kind = Literal["text", "hours", "euros", "date", "percent", "month", "int"]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """A column: its French heading, how to take its value from a line, and how the value is shown."""

    label: str
    value: Callable[[T], Any]
    kind: Kind = "text"
