"""What surrounds every page: layouts, navigation, footer, error pages, public pages.

Templates extend ``layout/app.html`` (signed in), ``layout/plain.html`` (sign-in, errors, public pages) or
``layout/confirm.html`` (a question before an act). No room is imported here.
"""
