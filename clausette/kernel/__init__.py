"""Kernel: small typed tools without any business word.

Words: an *actor* is a person acting for one organisation; an *operation* is a verb that writes; a *refusal* is
an anticipated « no » shown to the person. The kernel holds no table and knows no room: rooms plug into it.
"""
