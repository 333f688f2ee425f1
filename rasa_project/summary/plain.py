"""The summary as plain text and as one HTML page that needs nothing else."""

from html import escape

from rasa_project.summary.content import Summary
from rasa_project.summary.layout import Block, Line, blocks, head, words

_STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:42rem;margin:0 auto;padding:1rem;"
    "color:#111;background:#fff}"
    "h1{font-size:1.5rem}h2{font-size:1.15rem;margin:1.5rem 0 .25rem;break-after:avoid}"
    "p{white-space:pre-line;margin:.4rem 0;overflow-wrap:anywhere}"
    "ul{margin:.25rem 0;padding-left:1.25rem}li{break-inside:avoid;overflow-wrap:anywhere}"
    "q{font-style:italic}header p{margin:0}"
    "@media print{body{font-size:10pt;line-height:1.35;max-width:none;padding:0}"
    "@page{size:letter;margin:1.5cm}}"
)


def to_text(summary: Summary) -> str:
    """Plain text, with headings in capitals and lists with dashes."""
    parts = [words()["title"].upper(), "\n".join(head(summary))]
    for block in blocks(summary):
        lines = [block.heading.upper(), *block.paragraphs, *map(_text_line, block.lines)]
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"


def to_html(summary: Summary) -> str:
    """One page: no script, no picture, no address; printable on letter paper."""
    title = escape(words()["title"])
    heads = "".join(f"<p>{escape(line)}</p>" for line in head(summary))
    body = "".join(map(_html_block, blocks(summary)))
    return (
        '<!doctype html><html lang="en-CA"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="robots" content="noindex">'
        f"<title>{title}</title><style>{_STYLE}</style></head><body>"
        f"<header><h1>{title}</h1>{heads}</header><main>{body}</main></body></html>\n"
    )


def _text_line(line: Line) -> str:
    said = f" ({words()['said'].format(quote=line.quote)})" if line.quote else ""
    return f"- {line.text}{said}"


def _html_block(block: Block) -> str:
    paragraphs = "".join(f"<p>{escape(text)}</p>" for text in block.paragraphs)
    lines = "".join(f"<li>{_html_line(line)}</li>" for line in block.lines)
    listed = f"<ul>{lines}</ul>" if lines else ""
    return f"<section><h2>{escape(block.heading)}</h2>{paragraphs}{listed}</section>"


def _html_line(line: Line) -> str:
    if not line.quote:
        return escape(line.text)
    before, after = (escape(part) for part in words()["said"].split("“{quote}”"))
    return f'{escape(line.text)} ({before}<q dir="auto">{escape(line.quote)}</q>{after})'
