"""Run another program and look at how it ended. The one place where a failed program is not an exception."""

import pwd
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

Command = Sequence[str | Path]


def exit_code(command: Command, *, cwd: Path, env: Mapping[str, str], output: IO[str] | None = None) -> int:
    """Run a program on this terminal, or into `output`; return its exit code."""
    return subprocess.run(command, check=False, cwd=cwd, env=env, stdout=output, stderr=output).returncode


def captured(
    command: Command,
    *,
    cwd: Path,
    env: Mapping[str, str] | None = None,
    user: pwd.struct_passwd | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run a program out of reach of the terminal, as another user if asked; return its words and exit
    code.
    """
    return subprocess.run(
        command,
        check=False,
        cwd=cwd,
        env=env,
        capture_output=True,
        text=True,
        start_new_session=True,
        user=user.pw_uid if user else None,
        group=user.pw_gid if user else None,
        extra_groups=[] if user else None,
    )
