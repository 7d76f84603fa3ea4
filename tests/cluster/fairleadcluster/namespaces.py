# SPDX-License-Identifier: GPL-3.0-or-later
"""Linux namespaces by the C library: what is mounted in one vanishes with its last process."""

import ctypes
import os

CLONE_NEWNS = 0x00020000
CLONE_NEWPID = 0x20000000
MS_BIND = 0x1000
MS_REC = 0x4000
MS_SLAVE = 1 << 19
MS_SHARED = 1 << 20

_libc = ctypes.CDLL(None, use_errno=True)


def _check(result, what):
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")


def unshare(flags):
    _check(_libc.unshare(flags), "unshare")


def mount(source, target, kind, flags, data=None):
    arguments = [None if part is None else str(part).encode() for part in (source, target, kind)]
    _check(
        _libc.mount(*arguments, ctypes.c_ulong(flags), None if data is None else data.encode()), f"mount {target}"
    )


def unmount_at_once(target):
    MNT_DETACH = 2
    _libc.umount2(str(target).encode(), MNT_DETACH)


def private_mounts(binds):
    """This process alone sees each source at its target."""
    unshare(CLONE_NEWNS)
    mount(None, "/", None, MS_REC | MS_SLAVE)
    for source, target in binds:
        mount(source, target, None, MS_BIND)
