"""Workbooks given out: the template, a made-up one, and the sender's own lines with their "
"errors."""

from clausette.imports.takeover.writing.returned import returned_workbook
from clausette.imports.takeover.writing.template import (
    PERSONS_TEMPLATE_NAME,
    TEMPLATE_NAME,
    template_workbook,
)

__all__ = ["PERSONS_TEMPLATE_NAME", "TEMPLATE_NAME", "returned_workbook", "template_workbook"]
