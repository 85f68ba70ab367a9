"""Pages of persons: list, entry, sheet, check of eligibility, work contracts.

What the package does not do: decide (rooms `participants`, `placements`), show a reason outside its own page."""
