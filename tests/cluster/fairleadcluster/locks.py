# SPDX-License-Identifier: GPL-3.0-or-later
"""Locks that end with their holder, and whose files can be removed."""

import fcntl
import os
import time

from . import paths


class Busy(Exception):
    pass


class Lock:
    """flock on a file. A forked child holds it too until it executes a program: so whoever gets the
    lock knows that no child of a killed holder is still on its way to its record."""

    def __init__(self, path, wait=True, on_wait=None):
        self.path = path
        while True:
            paths.make_base()
            try:
                self.fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            except FileNotFoundError:
                continue
            self._take(wait, on_wait)
            # The file may have been removed between open and flock: then the lock guards nothing.
            try:
                same = os.path.samestat(os.fstat(self.fd), os.stat(path))
            except FileNotFoundError:
                same = False
            if same:
                return
            os.close(self.fd)

    def _take(self, wait, on_wait):
        try:
            fcntl.flock(self.fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if not wait:
                os.close(self.fd)
                raise Busy() from None
        if on_wait:
            on_wait()
        deadline = time.monotonic() + 300
        while True:
            try:
                fcntl.flock(self.fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            except BlockingIOError:
                if time.monotonic() > deadline:
                    os.close(self.fd)
                    raise SystemExit(f"cluster: {self.path} is still locked after 5 minutes") from None
                time.sleep(0.05)

    def remove(self):
        """Removes the file and gives the lock back."""
        try:
            os.unlink(self.path)
        except FileNotFoundError:
            pass
        self.release()

    def release(self):
        if self.fd is not None:
            os.close(self.fd)
            self.fd = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.release()


def common():
    """Held while ports and subnets are chosen and while the merged kubeconfig is written."""
    return Lock(paths.base() / ".common.lock")
