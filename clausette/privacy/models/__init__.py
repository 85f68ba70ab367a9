"""Tables of the room."""

from clausette.privacy.models.erasures import Erasure
from clausette.privacy.models.holds import RetentionHold
from clausette.privacy.models.notices import NoticeGiven
from clausette.privacy.models.purges import PurgeBatch

__all__ = ["Erasure", "NoticeGiven", "PurgeBatch", "RetentionHold"]
