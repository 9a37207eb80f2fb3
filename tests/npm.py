"""What tests need from npm, as a lock file names it."""

from __future__ import annotations

import fcntl
import shutil
import subprocess
from pathlib import Path

import pytest


def node_modules(folder: Path) -> Path:
    """The installed packages of a folder with a package.json; installed now where they are not, by one process while
    others wait."""
    if shutil.which("npm") is None:
        pytest.skip("Node ontbreekt: npm vraagt Node 20 of hoger")
    installed, wanted = folder / "node_modules" / ".package-lock.json", folder / "package-lock.json"
    with (folder / "package.json").open() as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not installed.exists() or installed.stat().st_mtime < wanted.stat().st_mtime:
            subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=folder, check=True)
    return folder / "node_modules"
