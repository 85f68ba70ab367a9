#!/usr/bin/env python3
"""Clausette in one command: `python3 run.py`. Everything else: `python3 run.py --help`.

This file is read by whatever Python the machine has, old ones included: it only checks the version.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - this is where an old Python learns it
    sys.exit(
        "Clausette demande Python 3.11 ou plus récent ; celui-ci est le {}.{}.".format(*sys.version_info)
    )

from launch.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
