"""Views of the people area: one read call or one operation each."""
