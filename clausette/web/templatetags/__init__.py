"""The template tags of every page: ``{% load clausette %}``."""
