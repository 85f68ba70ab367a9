"""The words of the texts. Articles of law are never typed here: they come from the dated facts."""
