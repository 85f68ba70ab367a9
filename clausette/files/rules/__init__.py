"""What may be kept: names, types by content, sizes, social security numbers. Pure: bytes in, sentences out."""

from clausette.files.rules.checking import Checked, check_file
from clausette.files.rules.kinds import FileKind
from clausette.files.rules.limits import LIMITS, Limit, too_large_sentence
from clausette.files.rules.names import clean_name

__all__ = ["LIMITS", "Checked", "FileKind", "Limit", "check_file", "clean_name", "too_large_sentence"]
