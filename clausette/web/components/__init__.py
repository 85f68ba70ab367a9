"""The components every page is made of: typed, frozen, rendered by one small template each.

A view (or a template tag of ``{% load clausette %}``) builds a component; ``{{ component }}`` renders it.
All of them are shown, in every state, on the page ``/composants``.
This folder knows nothing of the trade: no room is imported here, only the kernel.
"""
