"""The demonstration world: made through the operations of the rooms, by each actor, from a seed.

A roof of its own: it imports every room and no room imports it. Every name, number and place is invented.
"""
