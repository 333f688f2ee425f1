"""Reads the words back out of a PDF that fpdf2 made: enough of the format for the tests."""

import re
import zlib

_ESCAPED = re.compile(rb"\\([nrtbf()\\])")
_PLAIN = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b", pdf))


def words(pdf: bytes) -> str:
    """Every line of text, in the order of the pages."""
    objects = dict(re.findall(rb"(?m)^(\d+) 0 obj\n(.*?)\nendobj", pdf, re.DOTALL))
    fonts = {}
    for body in objects.values():
        for name, number in re.findall(rb"/(F\d+) (\d+) 0 R", body):
            unicode_map = re.search(rb"/ToUnicode (\d+) 0 R", objects[number])
            fonts[name] = _letters(_stream(objects[unicode_map.group(1)]))
    lines = []
    for body in objects.values():
        content = _stream(body) if b"stream" in body else b""
        font = {}
        for token in re.finditer(
            rb"/(F\d+) [\d.]+ Tf|\(((?:\\.|[^\\)])*)\) ?Tj|\[(.*?)\] ?TJ", content, re.DOTALL
        ):
            if token.group(1):
                font = fonts.get(token.group(1), {})
                continue
            parts = (
                [token.group(2)]
                if token.group(2) is not None
                else re.findall(rb"\(((?:\\.|[^\\)])*)\)", token.group(3), re.DOTALL)
            )
            raw = b"".join(
                _ESCAPED.sub(lambda m: _PLAIN.get(m.group(1), m.group(1)), p) for p in parts
            )
            codes = [int.from_bytes(raw[at : at + 2], "big") for at in range(0, len(raw), 2)]
            lines.append("".join(font.get(code, "?") for code in codes))
    return "\n".join(lines)


def _stream(body: bytes) -> bytes:
    found = re.search(rb"stream\n(.*)\nendstream", body, re.DOTALL)
    if not found:
        return b""
    try:
        return zlib.decompress(found.group(1))
    except zlib.error:
        return found.group(1)


def _letters(unicode_map: bytes) -> dict[int, str]:
    pairs = re.findall(rb"<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]+)>", unicode_map)
    return {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in pairs}
