"""Roles × actions, from the one file that says them: read by the command, the documentation and the tests."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FILE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "roles.toml"
ANSWERS = ("no", "sums", "own", "contract", "yes")


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do: `permission` names the function that decides, `who` the answer for each role."""

    key: str
    label: str
    permission: str
    who: dict[str, str]


@dataclass(frozen=True, slots=True)
class Roles:
    """The whole table."""

    labels: dict[str, str]
    actions: tuple[Action, ...]


def read_roles(path: Path = FILE) -> Roles:
    """Return the table. Raises ValueError when a role or an answer is missing or unknown."""
    told: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    labels = {role: str(told["labels"][role]) for role in told["roles"]}
    actions = tuple(_action(one, labels) for one in told["action"])
    return Roles(labels, actions)


def _action(told: dict[str, Any], labels: dict[str, str]) -> Action:
    who = {str(role): str(answer) for role, answer in told["who"].items()}
    if who.keys() != labels.keys() or not set(who.values()) <= set(ANSWERS):
        raise ValueError(f"{told['key']}: every role has one answer among {', '.join(ANSWERS)}")
    return Action(str(told["key"]), str(told["label"]), str(told["permission"]), who)
