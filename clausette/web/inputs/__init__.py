"""Fields of every form: free text without social security number, dates, months, hours, amounts, SIRET.

Words: *possible NIR* = thirteen characters that look like a social security number; the person confirms that it is
something else. What the package does not do: layout (`components.fields`), business rules."""

from clausette.web.inputs.dates import FrenchDate, Month
from clausette.web.inputs.numbers import Amount, Hours, Percent, Siret
from clausette.web.inputs.text import FreeText

__all__ = ["Amount", "FreeText", "FrenchDate", "Hours", "Month", "Percent", "Siret"]
