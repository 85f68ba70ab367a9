"""Journal: the append-only history of every operation, and of the readings of what is personal.

Words: an *event* is what one operation did to one row; a *reading* is that somebody saw the identity or the
reasons of a person. Events hold identifiers, labels and values that are not personal; personal values are « • ».
The room does not decide what is written (the kernel's operations do) and never changes what is written.
"""
