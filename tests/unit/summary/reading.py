"""Reads the words back out of what was made, with readers that did not make it."""

import io
from html.parser import HTMLParser

from pypdf import PdfReader


def pages(pdf: bytes) -> int:
    return len(PdfReader(io.BytesIO(pdf)).pages)


def page_texts(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf), strict=True).pages]


def pdf_text(pdf: bytes) -> str:
    return "\n".join(page_texts(pdf))


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def html_text(page: str) -> str:
    parser = _Words()
    parser.feed(page)
    return "".join(parser.words)
