"""Read one value by its shape: the value understood (or None), and the problems met on the way.

Nothing here raises: whatever a file holds becomes a value or a sentence. « NC » (« non communiqué ») is met
in published files in place of any field and is reported as such.
"""

from dataclasses import dataclass, replace

from clausette.imports.decp import phrases, scalars
from clausette.imports.decp.operators import read_operator
from clausette.imports.decp.place import Place
from clausette.imports.decp.results import Problem
from clausette.imports.decp.shapes import Field, Group, Operator, Several, Shape, Wrapped

NOT_SAID = frozenset({"nc", "n.c.", "n/c", "non communique", "non communiquee"})
LONGEST_NOT_SAID = 20
SOCIAL_ABSENT = " Cela ne veut pas dire qu'il n'y a pas de clause ; à vérifier auprès de l'acheteur."

# Practice: beyond these a list is not one of a contract; it is said, not read.
MOST_ITEMS = 1000
MOST_UNKNOWN = 40


@dataclass(frozen=True, slots=True)
class Walk:
    """How a record is walked: keys whose absence (or emptiness), or presence, is not to be reported."""

    may_miss: frozenset[str] = frozenset()
    may_have: frozenset[str] = frozenset()

    def read(self, shape: Shape, value: object, place: Place) -> object:
        """The value understood, or None; problems are added to `place`."""
        if value is None:
            place.say("", "la valeur est vide (null).")
            return None
        if isinstance(value, str) and is_not_said(value):
            place.say(
                value, f"« {phrases.shown(value)} » (non communiqué) est écrit à la place de la valeur."
            )
            return None
        match shape:
            case Group():
                return self._group(shape, value, place)
            case Several():
                return self._several(shape, value, place)
            case Wrapped():
                return self._wrapped(shape, value, place)
            case Operator():
                return read_operator(value, place)
            case _:
                return scalars.read_scalar(shape, value, place)

    def _group(self, shape: Group, value: object, place: Place) -> dict[str, object] | None:
        if not isinstance(value, dict):
            place.say(value, f"un objet est attendu, {phrases.was_read(value)}.")
            return None
        read: dict[str, object] = {}
        for key, field in shape.fields.items():
            inner = place.inner(key, field.label, field.effect)
            if key in value:
                read[key] = self.read(field.shape, value[key], inner)
            else:
                self._missing(key, field, inner)
        if shape.closed:
            self._unknown_keys(shape, value, place)
        return read

    def _missing(self, key: str, field: Field, place: Place) -> None:
        if not field.required or (key in self.may_miss and place.path == key):
            return
        more = SOCIAL_ABSENT if key == "considerationsSociales" else ""
        place.say(None, "ce champ obligatoire manque." + more)

    def _unknown_keys(self, shape: Group, value: dict[str, object], place: Place) -> None:
        unknown = [key for key in value if key not in shape.fields and key not in self.may_have]
        if len(unknown) > MOST_UNKNOWN:
            place.remark(None, f"{len(unknown)} clés n'existent pas dans le format : elles ne sont pas lues.")
            return
        for key in unknown:
            near = phrases.closest(key, [known for known in shape.fields if known not in value])
            hint = f" Le champ le plus proche est « {near} »." if near else ""
            sentence = f"Cette clé n'existe pas dans le format : elle n'est pas lue.{hint}"
            path = phrases.inside(place.path, key)
            place.problems.append(Problem(path, phrases.shown(value[key]), sentence))

    def _several(self, shape: Several, value: object, place: Place) -> list[object] | None:
        """What is not understood stays as None, so that places in the list are those of the file."""
        if not isinstance(value, list):
            place.say(value, f"une liste est attendue, {phrases.was_read(value)}.")
            return None
        if not value and place.path in self.may_miss:
            return []
        if not value or len(value) > MOST_ITEMS:
            most = f"la liste a {len(value)} éléments, {MOST_ITEMS} au plus sont lus."
            place.say(None, most if value else "la liste est vide.")
            return None
        read: list[object] = []
        for index, item in enumerate(value):
            inner = replace(place, path=f"{place.path}[{index}]")
            understood = self.read(shape.item, item, inner)
            if understood is not None and understood in read:
                inner.remark(item, "cet élément est déjà dans la liste.")
                understood = None
            read.append(understood)
        return read

    def _wrapped(self, shape: Wrapped, value: object, place: Place) -> object:
        if not isinstance(value, dict):
            place.say(value, f"un objet est attendu, {phrases.was_read(value)}.")
            return None
        place = replace(place, label=shape.label)
        if is_flat(shape, value):
            return self.read(shape.inner, value, place)
        for key in (shape.key, *shape.also):
            if key in value:
                return self.read(shape.inner, value[key], place.inner(key, shape.label, None))
        place.say(value, f"l'objet « {shape.key} » manque.")
        return None


def is_not_said(text: str) -> bool:
    """Whether « NC » stands there, in one of its writings."""
    return len(text) <= LONGEST_NOT_SAID and phrases.folded(text) in NOT_SAID


def is_flat(shape: Wrapped, value: dict[str, object]) -> bool:
    """Whether the inside of a wrapper stands without it, as in the 2019 format.

    A tariff is wrapped in the key of its own amount: there, the wrapper holds an object and the amount does not.
    """
    if isinstance(value.get(shape.key), dict) or any(key in value for key in shape.also):
        return False
    inside = shape.inner.fields if isinstance(shape.inner, Group) else ("id",)
    return any(key in value for key in inside) and (shape.key in inside or shape.key not in value)
