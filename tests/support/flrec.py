# SPDX-License-Identifier: GPL-3.0-or-later
"""The bytes of a .flrec file, unpacked: written anew from models/recording/format.h, so that no reader of ours stands between a test and the file."""

import ctypes
import struct

HEAD = 32
MARKER = 0x1A424C46
TRAILER = b"FLEND\r\n\x1a"


def _zstd():
    library = ctypes.CDLL("libzstd.so.1")
    library.ZSTD_decompress.restype = ctypes.c_size_t
    library.ZSTD_decompress.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_char_p, ctypes.c_size_t]
    library.ZSTD_isError.argtypes = [ctypes.c_size_t]
    return library


def plain(path):
    """All of it: heads and trailer as they stand, blocks unpacked. ValueError where it is no whole file."""
    library = _zstd()
    data = path.read_bytes()
    if not data.startswith(b"FLREC\r\n\x1a"):
        raise ValueError(f"{path} is no recording")
    out = [data[:HEAD]]
    at = HEAD
    while at < len(data) and not data.startswith(TRAILER, at):
        marker, _, _, _, stored, size = struct.unpack_from("<IBBHII", data, at)
        if marker != MARKER:
            raise ValueError(f"{path}: no block at {at}")
        frame = data[at + HEAD:at + HEAD + stored]
        buffer = ctypes.create_string_buffer(size)
        done = library.ZSTD_decompress(buffer, size, frame, len(frame))
        if library.ZSTD_isError(done) or done != size:
            raise ValueError(f"{path}: a block at {at} cannot be unpacked")
        out.append(data[at:at + HEAD] + buffer.raw)
        at += HEAD + stored
    return b"".join(out) + data[at:]
