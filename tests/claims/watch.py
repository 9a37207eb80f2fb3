"""Every name that appears in a directory, also of a file that is gone at once: told by the kernel (Linux)."""

import ctypes
import os
import struct
import sys
from pathlib import Path

import pytest

_CREATED_OR_MOVED_IN = 0x100 | 0x80
_EVENT = struct.Struct("iIII")  # watch, mask, cookie, length of the name


class Watch:
    """Names made in the directories that were added, in order. A directory within is a name; it is not looked into."""

    def __init__(self) -> None:
        if sys.platform != "linux":
            pytest.skip("alleen Linux zegt welke bestanden er even waren (inotify)")
        self._libc = ctypes.CDLL(None, use_errno=True)
        self._descriptor = self._libc.inotify_init1(os.O_NONBLOCK)

    def add(self, directory: Path) -> None:
        watch = self._libc.inotify_add_watch(self._descriptor, os.fsencode(directory), _CREATED_OR_MOVED_IN)
        assert watch >= 0, os.strerror(ctypes.get_errno())

    def names(self) -> list[str]:
        """All names so far; ends the watch."""
        found = []
        events = os.read(self._descriptor, 1 << 20)
        os.close(self._descriptor)
        while events:
            length = _EVENT.unpack_from(events)[3]
            found.append(os.fsdecode(events[_EVENT.size : _EVENT.size + length].rstrip(b"\0")))
            events = events[_EVENT.size + length :]
        return found
