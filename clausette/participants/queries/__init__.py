"""What may be read of persons: conditions, lists, sheets, standing; reasons in their own compartment."""

from clausette.participants.queries.criteria import answer_of
from clausette.participants.queries.eligibility import Standing, eligibility_of
from clausette.participants.queries.hiring import Decided, Hire, decisions_of, judge, refusals_at_hire
from clausette.participants.queries.sheet import (
    CheckLine,
    CheckReasons,
    ParticipantFilters,
    ParticipantLine,
    ParticipantPage,
    ParticipantSheet,
    PersonReasons,
    ReasonLine,
    filtered_participants,
    list_participants,
    page_of,
    participant_sheet,
    reasons_of,
)
from clausette.participants.queries.visibility import (
    ParticipantKey,
    checks_visible_to,
    facts_visible_to,
    participant_key,
    participant_keys,
    participants_visible_to,
    reasons_visible_to,
)

__all__ = [
    "CheckLine",
    "CheckReasons",
    "Decided",
    "Hire",
    "ParticipantFilters",
    "ParticipantKey",
    "ParticipantLine",
    "ParticipantPage",
    "ParticipantSheet",
    "PersonReasons",
    "ReasonLine",
    "Standing",
    "answer_of",
    "checks_visible_to",
    "decisions_of",
    "eligibility_of",
    "facts_visible_to",
    "filtered_participants",
    "judge",
    "list_participants",
    "page_of",
    "participant_key",
    "participant_keys",
    "participant_sheet",
    "participants_visible_to",
    "reasons_of",
    "reasons_visible_to",
    "refusals_at_hire",
]
