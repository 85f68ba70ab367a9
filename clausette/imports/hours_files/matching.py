"""Who a record means, and which engagement: exact, likely, several, none; a choice made once is kept."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from functools import lru_cache
from uuid import UUID

from clausette.imports.hours_files.records import Confidence, Fate, HoursRecord, Named, words_of
from clausette.imports.takeover.keys import key as key_of
from clausette.imports.takeover.keys import number_key
from clausette.kernel.french import format_date, format_month
from clausette.kernel.months import last_day

NEAR = 0.86
_USUAL = frozenset({
    "lot", "marche", "chantier", "travaux", "construction", "rehabilitation", "renovation", "ecole", "rue", "avenue",
    "place", "ville", "commune", "mairie", "entreprise", "societe", "sarl", "sasu", "eurl", "pour", "avec",
})  # fmt: skip
"""Words that name nothing by themselves."""


@dataclass(frozen=True, slots=True)
class Post:
    """One person at work on one engagement, that the sender may declare. Dates: both included."""

    placement_id: int
    placement_uid: UUID
    participant_uid: UUID
    commitment_id: int
    commitment_uid: UUID
    contract_id: int
    contract_uid: UUID
    first_name: str
    last_name: str
    birth_date: date | None
    contract_name: str
    numbers: frozenset[str]
    sites: tuple[str, ...]
    host_name: str
    host_siret: str
    starts_on: date
    ends_on: date | None

    def works_in(self, month: date) -> bool:
        """Say whether at least one day of the month is within the dates."""
        return self.starts_on <= last_day(month) and (self.ends_on is None or month <= self.ends_on)

    @property
    def name(self) -> str:
        """« Lemaire David »."""
        return f"{self.last_name} {self.first_name}"

    @property
    def where(self) -> str:
        """« Gymnase des Acacias, chez Bâti Ouche, du 1er juillet 2026 au 30 juin 2027 »."""
        until = f" au {format_date(self.ends_on)}" if self.ends_on else ""
        word = "du" if self.ends_on else "depuis le"
        return f"{self.contract_name}, chez {self.host_name}, {word} {format_date(self.starts_on)}{until}"

    @property
    def token(self) -> str:
        """What an answer of a person names: « placement/engagement »."""
        return f"{self.placement_uid}/{self.commitment_uid}"


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person said once of a subject; no placement: it is not on a market that is followed."""

    placement_uid: UUID | None
    commitment_uid: UUID | None


Subject = tuple[str, str]


def match(records: Iterable[HoursRecord], posts: Sequence[Post], choices: Mapping[Subject, Choice]) -> None:
    """Say on each record which post it means, how sure, among which others, or why none."""
    matcher = _Matcher(posts, choices)
    for record in records:
        if record.findings and record.stopped:
            record.fate = Fate.REFUSED
        elif record.month is not None:
            matcher.place(record, record.month)


class _Matcher:
    """Posts by name, and the choices kept."""

    def __init__(self, posts: Sequence[Post], choices: Mapping[Subject, Choice]) -> None:
        self.posts, self.choices = posts, choices
        self.by_words: dict[str, list[int]] = defaultdict(list)
        self.by_person: dict[UUID, list[int]] = defaultdict(list)
        self.names: dict[UUID, str] = {}
        for number, post in enumerate(posts):
            words = words_of(f"{post.last_name} {post.first_name}")
            self.by_words[words].append(number)
            self.by_person[post.participant_uid].append(number)
            self.names[post.participant_uid] = words
        by_token = {(post.placement_uid, post.commitment_uid): post for post in posts}
        self.chosen: dict[Subject, Post | None] = {}
        self.people: dict[str, UUID] = {}
        self.where: dict[str, set[UUID]] = defaultdict(set)
        for subject, said in choices.items():
            if said.placement_uid is None or said.commitment_uid is None:
                self.chosen[subject] = None
                continue
            chosen = by_token.get((said.placement_uid, said.commitment_uid))
            if chosen is not None:  # else that post is gone: asked again
                self.chosen[subject] = chosen
                self.people[subject[0]] = chosen.participant_uid
                self.where[subject[1]].add(chosen.commitment_uid)
        self.found: dict[Subject, tuple[list[int], Confidence]] = {}
        self.known: dict[Named, tuple[list[int], Confidence] | None] = {}
        """What each writing of a subject means; None: it is left aside."""
        self.persons: dict[str, tuple[list[UUID], Confidence]] = {}
        self.spans = [(post.starts_on, post.ends_on or date.max) for post in posts]
        self.ends: dict[date, date] = {}
        """The last day of each month met."""

    def place(self, record: HoursRecord, month: date) -> None:
        """Say which post a record of a month means."""
        named = record.known or record.named
        if named not in self.known:
            self.known[named] = self._meant(named)
        meant = self.known[named]
        if meant is None:
            record.fate = Fate.LEFT
            return
        numbers, sure = meant
        if not numbers:
            self._none(record)
            return
        end = self.ends.get(month) or self.ends.setdefault(month, last_day(month))
        there = [one for one in numbers if self.spans[one][0] <= end and month <= self.spans[one][1]]
        if not there:
            record.options = tuple(numbers)
            record.fate = Fate.REFUSED
            told = self.posts[numbers[0]]
            record.say("E212", f"{told.name} n'y travaille pas en {format_month(month)} : {told.where}.", "month")
            return
        if len(there) > 1:
            chosen = self.chosen.get(named.subject)
            if chosen is not None:
                there = [one for one in there if self.posts[one] == chosen] or there
        record.options = tuple(there)
        if len(there) == 1 and (sure is Confidence.EXACT or sure is Confidence.CHOSEN):
            record.post, record.confidence = there[0], sure
        else:
            record.fate = Fate.ASK
            record.confidence = Confidence.LIKELY if len(there) == 1 else Confidence.SEVERAL

    def _meant(self, named: Named) -> tuple[list[int], Confidence] | None:
        subject = named.subject
        if subject in self.chosen and self.chosen[subject] is None:
            return None
        if subject not in self.found:
            self.found[subject] = self._candidates(named)
        return self.found[subject]

    def _none(self, record: HoursRecord) -> None:
        record.fate, record.confidence = Fate.UNMATCHED, Confidence.NONE
        named = record.named
        people, _ = self._people(named)
        if not people:
            record.say("E231", f"{named.name} n'est pas dans vos mises à l'emploi.", "last_name")
            return
        record.options = tuple(one for person in people for one in self.by_person[person])
        told = named.site or named.host_name or named.reference or named.host_siret
        record.say("E232", f"« {told} » n'est pas reconnu parmi les marchés de cette personne.", "site", told[:60])

    def _candidates(self, named: Named) -> tuple[list[int], Confidence]:
        chosen = self.chosen.get(named.subject)
        if chosen is not None:  # the same person on the same engagement, whatever the work contract of the month
            return [
                one for one in self.by_person[chosen.participant_uid]
                if self.posts[one].commitment_uid == chosen.commitment_uid
            ], Confidence.CHOSEN  # fmt: skip
        people, sure = self._people(named)
        numbers = [one for person in people for one in self.by_person[person]]
        scored = [(self._clue(named, self.posts[one]), one) for one in numbers]
        best = max((score for score, _ in scored), default=-1)
        if best < 0:
            return [], Confidence.NONE
        kept = [one for score, one in scored if score == best]
        if best == 1 or len(people) > 1:  # a clue that is only near, or several persons
            sure = Confidence.LIKELY
        return kept, sure

    def _people(self, named: Named) -> tuple[list[UUID], Confidence]:
        known = self.people.get(named.person)
        if known is not None and known in self.by_person:
            return [known], Confidence.EXACT
        found = self.persons.get(named.person)
        if found is None:
            found = self.persons[named.person] = self._called(named)
        return found

    def _called(self, named: Named) -> tuple[list[UUID], Confidence]:
        born = named.born
        same = list(dict.fromkeys(self.posts[one].participant_uid for one in self.by_words.get(named.words, ())))
        if same:
            right = [one for one in same if born is None or self._born(one) in (None, born)]
            if right:
                return right, Confidence.EXACT
            return same, Confidence.LIKELY  # the same name, another day of birth
        if not named.words:
            return [], Confidence.NONE
        near = [
            person for person, words in self.names.items()
            if (born is None or self._born(person) in (None, born)) and _alike(named.words, words)
        ]  # fmt: skip
        return near, Confidence.LIKELY

    def _born(self, person: UUID) -> date | None:
        return self.posts[self.by_person[person][0]].birth_date

    def _clue(self, named: Named, post: Post) -> int:
        """How well the place that a record writes names a post: 3 sure, 2 nothing written, 1 near, -1 another place."""
        if self.where and post.commitment_uid in self.where.get(named.place, ()) and named.place.strip("|"):
            return 3
        number, siret = _number(named.reference, post), _siret(named.host_siret, post)
        host = _named(named.host_name, (post.host_name,))
        if siret == -1 or (host == -1 and siret != 3):
            return -1
        if number == 3:
            return 3
        site = _named(named.site, post.sites)
        if site == 3 or (3 in (siret, host) and site != -1):
            return 3
        if site == -1:
            return -1
        return 1 if 1 in (number, siret, host, site) else 2


def names_market(named: Named, post: Post) -> bool:
    """Whether a record writes by itself which market its hours are of: its number, or the name of its site."""
    return (bool(named.reference) and _number(named.reference, post) == 3) or _named(named.site, post.sites) == 3


def _number(text: str, post: Post) -> int:
    """A number of mission is the employer's own: unknown to us, it may be of another market."""
    if not text:
        return 2
    return 3 if number_key(text) in post.numbers else 1


def _siret(text: str, post: Post) -> int:
    if not text or not post.host_siret:
        return 2
    if text == post.host_siret:
        return 3
    return 1 if text[:9] == post.host_siret[:9] else -1


@lru_cache(maxsize=20_000)
def _named(text: str, names: tuple[str, ...]) -> int:
    key = key_of(text)
    if not key:
        return 2
    best = -1
    for name in names:
        other = key_of(name)
        if not other:
            continue
        if key == other:
            return 3
        common = {word for word in set(key.split()) & set(other.split()) if len(word) > 3} - _USUAL
        if common or f" {key} " in f" {other} " or f" {other} " in f" {key} " or _alike(key, other):
            best = 1
    return best


def _alike(one: str, other: str) -> bool:
    if abs(len(one) - len(other)) > 4 or not one or not other:
        return False
    letters, others = _letters(one), _letters(other)
    common = sum(min(count, others.get(letter, 0)) for letter, count in letters.items())
    if 2 * common < NEAR * (len(one) + len(other)):  # no order of these letters could be near enough
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= NEAR


@lru_cache(maxsize=20_000)
def _letters(text: str) -> dict[str, int]:
    return Counter(text)
