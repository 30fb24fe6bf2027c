"""Which errors of the operating system are the disk's."""

from __future__ import annotations

import errno

_DISK = frozenset(
    {
        errno.ENOSPC,
        errno.EDQUOT,
        errno.EFBIG,
        errno.EROFS,
        errno.EIO,
        errno.EACCES,
        errno.EPERM,
        errno.EMFILE,
        errno.ENFILE,
    }
)


def of_disk(error: OSError) -> bool:
    """Whether this machine's files are at fault: connections and time-outs are OSErrors too."""
    return error.errno in _DISK
