"""In which encoding a CSV table is written: found out, never guessed. Mixed ones are refused with the line."""

import codecs
import unicodedata
from pathlib import Path

from ocop_sync.sources.refusals import Refusal

UTF8, UTF16, WINDOWS = "utf-8-sig", "utf-16", "cp1258"
_LETTERS = set("aăâeêioôơuưyđAĂÂEÊIOÔƠUƯYĐ")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_SIGNS = set("–—‘’“”„•…°±²³·×½¼¾«»€®©™§\u00a0\u00ad′″")


def encoding_of(path: Path) -> str:
    """utf-8-sig, utf-16 (by its byte order mark) or cp1258. Raises SourceUnusable, which names the line."""
    with path.open("rb") as file:
        if file.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            return UTF16
        file.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            while chunk := file.read(1 << 20):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return _by_lines(path)
    return UTF8


def _by_lines(path: Path) -> str:
    """Not UTF-8 as a whole: Windows-1258 when every line with accents is."""
    first = ""
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if line.isascii():
                continue
            told = UTF8 if _is_utf8(line) else WINDOWS
            first = first or told
            if told != first:
                raise Refusal("mixed_encoding", source=path.name, line=number)
            if told == WINDOWS and not _is_windows(line):
                raise Refusal("unknown_encoding", source=path.name, line=number)
    return WINDOWS


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _is_windows(line: bytes) -> bool:
    """Does the line read as Vietnamese in Windows-1258? (TCVN3 and VNI would give other signs and letters.)"""
    try:
        text = unicodedata.normalize("NFC", line.decode(WINDOWS))
    except UnicodeDecodeError:
        return False
    return all(char.isascii() or char in _SIGNS or _is_vietnamese(char) for char in text)


def _is_vietnamese(char: str) -> bool:
    plain = unicodedata.normalize("NFD", char)
    base = unicodedata.normalize("NFC", "".join(c for c in plain if c not in _TONES))
    return base in _LETTERS
