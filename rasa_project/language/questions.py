"""Sentences that ask or fear: their findings are not said to be there.

"Is a pop bad?", "will my calf swell?", "at what point does redness count?" ask in general; "why
is my calf swollen?" tells. "Scared it will snap" fears; "worried about my cold foot" tells.
"""

from rasa_project.errors import DataError
from rasa_project.language.lexicon import Lexicon
from rasa_project.language.matcher import Hit
from rasa_project.language.message import Message
from rasa_project.language.modifiers import Modifier
from rasa_project.language.phrases import Pattern, PhraseError
from rasa_project.language.yaml_files import check_keys, read_yaml, strings

_OWN = {"my", "the", "this", "these", "his", "her", "our", "that", "mine", "having", "have", "am"}
"""Words right before a finding that tell of it within a question ("what helps my swollen calf")."""
_AHEAD = {"will", "would", "going", "might", "may", "could", "can", "if", "get", "gets", "getting",
          "someday", "one", "ever", "next", "again"}  # fmt: skip
_ASKED_OF = {"should", "can", "could", "would", "will", "do", "does", "did", "is", "are"}
_ENDS = {".", "!", ";", "\n", "..."}


class Questions:
    """The patterns of ``questions.yml``.

    Args:
        lexicon: Its compiler reads the patterns, its folder holds the file.

    Raises:
        DataError: An unknown group or a malformed pattern.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        path = lexicon.folder / "questions.yml"
        content = read_yaml(path, dict)
        check_keys(path, "", content, ("openings", "general", "ahead"))
        self._groups: dict[str, list[Pattern]] = {}
        for name in ("openings", "general", "ahead"):
            made = []
            for text in strings(path, name, content.get(name, [])):
                try:
                    made.append(lexicon.compiler.pattern(text))
                except PhraseError as error:
                    raise DataError(path, name, str(error)) from error
            self._groups[name] = made

    def asked(self, message: Message) -> list[tuple[int, int]]:
        """Word ranges of findings that are only asked about."""
        ranges = []
        for start, end in _sentences(message):
            at = start + self._length("openings", message, start, end)
            kind = next((k for k in ("general", "ahead") if self._length(k, message, at, end)), "")
            if not kind or _answered(message, end):
                continue
            for hit in message.findings:
                if at <= hit.start < end and (kind == "ahead" or not _own(message, hit, at)):
                    ranges.append((hit.start, hit.end))
        return ranges

    def _length(self, group: str, message: Message, start: int, end: int) -> int:
        """Words of the longest pattern of a group at ``start``; 0 if none fits."""
        if start >= end:
            return 0
        text = "".join(f"{word} " for word in message.words[start:end])
        most = 0
        for pattern in self._groups[group]:
            if message.words[start] in pattern.first:
                match = pattern.regex.match(text)
                most = max(most, match.group().count(" ") if match else 0)
        return most


def is_fear(message: Message, hit: Hit, modifier: Modifier) -> str:
    """How a finding behind "scared", "worried" is meant: ``fear``, ``doubt`` or ``told``.

    What lies ahead is a fear, what may have happened is in doubt, and what is the visitor's own
    and there now is told.
    """
    between = message.words[modifier.end : hit.start]
    said = message.words[hit.start : hit.end]
    if _AHEAD & {*between, *said[:2]}:
        return "fear"
    near = {*message.words[modifier.end - 1 : hit.start][-3:], *said[:1]}
    if not {"my", "the", "this", "because", "how", "that"} & near:
        return "fear" if len(between) <= 2 and hit.entry.fact != "onset" else "doubt"
    return "doubt" if hit.entry.fact == "onset" else "told"


def _own(message: Message, hit: Hit, start: int) -> bool:
    before = message.words[max(start, hit.start - 2) : hit.start + 1]
    return bool(_OWN & set(before)) and message.words[start] not in ("will", "would", "could")


def _answered(message: Message, end: int) -> bool:
    """Whether an answer follows the question: "any swelling? no"."""
    after = message.words[end : end + 2]
    return any(w in ("no", "yes", "nope", "yeah", "yep", "nah", "it", "i", "none") for w in after)


def _sentences(message: Message) -> list[tuple[int, int]]:
    starts = [at for at, start in enumerate(message.starts) if start]
    bounds = zip(starts, [*starts[1:], len(message.words)], strict=True)
    ranges = []
    for start, end in bounds:
        for at in range(start, end):
            # "chest pain? no": what follows the question mark is its answer.
            if message.words[at] == "?" and at + 1 < end:
                ranges.append((start, at + 1))
                break
        else:
            ranges.append((start, end))
    return ranges
