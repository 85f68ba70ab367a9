"""Data protection on screen: what is held of a person, until when, the notice they had; the register."""
