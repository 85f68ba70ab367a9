"""Tables of the room."""

from clausette.privacy.models.holds import RetentionHold
from clausette.privacy.models.notices import NoticeGiven

__all__ = ["NoticeGiven", "RetentionHold"]
