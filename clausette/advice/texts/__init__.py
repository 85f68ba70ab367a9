"""The texts written for a purchase: one source each, three outputs (page, text to copy, DOCX)."""
