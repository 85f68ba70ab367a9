"""The launcher: what `python3 run.py` does before, around and after Django.

Standard library only: these modules run on the machine's Python, before any package is installed. One
exception, `sql`, is a script handed to the environment's Python, where psycopg is. It knows nothing of
the trade: it installs, starts PostgreSQL, runs management commands, keeps processes alive, saves and
restores.
"""
