"""The register of stories: those that plant a fault, by code, and those that stay just within a rule."""

from collections.abc import Callable

from clausette.imports.generated.world import Line, World

Story = Callable[[World], list[Line]]
FAULTS: dict[str, list[Story]] = {}
NEAR_MISSES: dict[str, list[Story]] = {}


def fault(code: str) -> Callable[[Story], Story]:
    """Register a story that returns all the lines on which that code, and no other of weight, must be found."""
    return _into(FAULTS, code)


def near(code: str) -> Callable[[Story], Story]:
    """Register a story that returns lines just within that rule: nothing of weight may be found on them."""
    return _into(NEAR_MISSES, code)


def _into(register: dict[str, list[Story]], code: str) -> Callable[[Story], Story]:
    def keep(story: Story) -> Story:
        register.setdefault(code, []).append(story)
        return story

    return keep
