"""Tables of data protection: what was erased, what is held and until when."""
