"""Bytes to text: compression, encoding, and whether a file is text at all.

What the text means is in ``vetting.importers._sheets`` and ``vetting.importers._json``.
"""

from __future__ import annotations

import codecs
import gzip
import io
import lzma
from typing import IO, TYPE_CHECKING, Literal, cast

if TYPE_CHECKING:
    from pathlib import Path

Container = Literal["delimited", "json", "jsonl", "parquet", "spreadsheet", "unknown", "empty"]

_HEAD_BYTES = 32768
_GZIP, _XZ = b"\x1f\x8b", b"\xfd7zXZ\x00"
_SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_CONTROLS = bytes({*range(32), 127} - {9, 10, 12, 13, 27})


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """Read what is not UTF-8 as Windows-1252, byte by byte."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("vetting-windows-1252", _as_windows)


def open_bytes(path: Path) -> IO[bytes]:
    """Open a file, unpacking gzip and xz on the fly."""
    with path.open("rb") as file:
        magic = file.read(6)
    if magic[:2] == _GZIP:
        return cast("IO[bytes]", gzip.open(path, "rb"))
    if magic == _XZ:
        return lzma.open(path, "rb")
    return path.open("rb")


def first_bytes(path: Path) -> tuple[bytes, bool]:
    """Return the first 32 KiB of a file, unpacked, and whether that is all of it.

    Raises
    ------
    OSError, EOFError, lzma.LZMAError
        When it cannot be read or unpacked.
    """
    with open_bytes(path) as file:
        data = file.read(_HEAD_BYTES + 1)
    return data[:_HEAD_BYTES], len(data) <= _HEAD_BYTES


def container_of(head: bytes) -> Container:
    """Tell from its first bytes how a file is packed."""
    if not head.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0"):
        return "empty"
    if head[:4] == b"PAR1":
        return "parquet"
    if head[:4] in _SPREADSHEETS:
        return "spreadsheet"
    text = decode_head(head)
    if text is None:
        return "unknown"
    start = text.lstrip("\ufeff \t\r\n")
    # [[COMMISSIONS]] heads a part of an affiliate tool's CSV.
    if start[:1] not in {"{", "["} or (start.startswith("[[") and start[2:4].isupper()):
        return "delimited"
    return "jsonl" if _is_lines(start) else "json"


def decode_head(head: bytes) -> str | None:
    """Decode the first bytes of a text file; None when it is binary."""
    encoding = encoding_of(head)
    if encoding.startswith("utf-16"):
        return head.decode(encoding, "replace")
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if controls > 2 + len(head) // 100:
        return None
    # a character may be cut in two at the end of the head
    decoder = codecs.getincrementaldecoder(encoding)("vetting-windows-1252")
    return decoder.decode(head)


def encoding_of(head: bytes) -> str:
    """Return the encoding the first bytes announce: UTF-8 unless they say UTF-16."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    pairs = head[: len(head) // 2 * 2]
    half = max(len(pairs) // 2, 1)
    if pairs[1::2].count(0) > half * 0.6 and pairs[::2].count(0) < half * 0.1:
        return "utf-16-le"
    if pairs[::2].count(0) > half * 0.6 and pairs[1::2].count(0) < half * 0.1:
        return "utf-16-be"
    return "utf-8-sig"


def open_text(path: Path) -> IO[str]:
    """Open a text file with its own line ends; bytes that are not UTF-8 count as Windows-1252."""
    head, _ = first_bytes(path)
    return io.TextIOWrapper(
        open_bytes(path), encoding=encoding_of(head), errors="vetting-windows-1252", newline=""
    )


def encoding_used(path: Path) -> tuple[str, int | None]:
    """Return the encoding a text file is read with, and the first line that is not UTF-8.

    Returns
    -------
    encoding : {"utf-8", "utf-16", "utf-8 with windows-1252"}
    line : int or None
        First line with bytes that had to be read as Windows-1252; None when there is none.
    """
    encoding = encoding_of(first_bytes(path)[0])
    if encoding.startswith("utf-16"):
        return "utf-16", None
    decoder = codecs.getincrementaldecoder("utf-8")()
    line = 1
    with open_bytes(path) as file:
        while chunk := file.read(1 << 20):
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError as error:
                good = error.object[: error.start]
                return "utf-8 with windows-1252", line + good.count(b"\n")
            line += chunk.count(b"\n")
    return "utf-8", None


def _is_lines(start: str) -> bool:
    """Tell JSON lines from one document: the first line is whole and another follows."""
    import json

    first, _, rest = start.partition("\n")
    if not rest.lstrip().startswith(("{", "[")) or not first.rstrip().endswith(("}", "]")):
        return False
    try:
        json.loads(first)
    except ValueError:
        return False
    return True
