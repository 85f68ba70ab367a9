"""Since when nobody spoke to the firm of a notified contract (trade practice, MODEL §8)."""

from datetime import date


def silent_since(notified_on: date, last_on: date | None) -> date:
    """Return the day from which nothing was heard: the last exchange after the notification, else the notification.

    What was said before the notification is not about its execution.
    """
    return max(notified_on, last_on) if last_on else notified_on
