"""``replay``: judges every stored outcome again, under the rules in force or under a candidate's.

It reads levels, rule ids and facts, prints conversations by their reference code, and neither reads
nor prints a message.
"""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from rasa_project.errors import DataError
from rasa_project.settings import DATA
from rasa_project.transcripts.database import Database
from rasa_project.transcripts.errors import StoreError
from rasa_project.transcripts.judgements import (
    StoredOutcome,
    keeps_judgements,
    outcomes_without_judgement,
    stored_outcomes,
)
from rasa_project.triage.judged import Again, Judged, judge_again
from rasa_project.triage.protocol import Protocol, load_protocol
from rasa_project.triage.rules import Level

SAME, RULES, LEVEL, WAITS, UNREADABLE = "same", "rules", "level", "waits", "unreadable"
"""What became of an outcome: nothing; other rules, same level; another level; the rules would ask
more before they gave one; they do not know or allow a fact it was judged on."""

WORDS = {
    SAME: "same level, same rules",
    RULES: "same level, other rules",
    LEVEL: "another level",
    WAITS: "more would be asked first",
    UNREADABLE: "cannot be judged: a fact is unknown or not allowed",
}
FAILED = (LEVEL, WAITS, UNREADABLE)


class NoDatabase(ValueError):
    """There is no database to replay from; the message says what to do."""


@dataclass
class Tally:
    """The totals of a run.

    Attributes:
        found: Outcomes judged again, by what became of them.
        moved: Outcomes with another level, by the old and the new one.
        elsewhere: Outcomes given under other rules and not compared, by version and hash.
        unrecorded: Outcomes stored before their facts were kept.
    """

    found: Counter[str] = field(default_factory=Counter)
    moved: Counter[tuple[str, str]] = field(default_factory=Counter)
    elsewhere: Counter[str] = field(default_factory=Counter)
    unrecorded: int = 0

    @property
    def good(self) -> bool:
        """Whether all levels are the same, and at least one was looked at if there is any."""
        compared = sum(self.found.values())
        shown = compared > 0 or not (self.elsewhere or self.unrecorded)
        return shown and not any(self.found[kind] for kind in FAILED)


def replay(against: Path | None, url: str, out: TextIO, err: TextIO) -> int:
    """Judges every stored outcome again and lists those that come out differently.

    Without ``against`` only outcomes given under the very files in force are judged: they must come
    to the same level, or the program has changed its mind. With it, every outcome is.

    Args:
        against: A candidate's protocol folder, or None for the rules in force.
        url: Where the conversations are, as in ``DATABASE_URL``.
        out: For changed outcomes and totals.
        err: For what stopped it.

    Returns:
        0 when every outcome that was judged again has the same level; else 1, also when a file,
        the database or every single outcome cannot be used.
    """
    try:
        rules = load_protocol(against or DATA / "clinical")
        database = _database(url)
        try:
            tally = _run(rules, database, against is None, out)
        finally:
            database.close()
    except (DataError, NoDatabase) as error:
        print(error, file=err)
        return 1
    except StoreError as error:
        print(f"The database did not answer: {error}", file=err)
        return 1
    _report(tally, rules, against, out)
    return 0 if tally.good else 1


def _database(url: str) -> Database:
    """Opens the database, and makes none."""
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite" and not Path(parsed.database or "").is_file():
            raise NoDatabase(f"There is no file {parsed.database}: give --database URL")
        database = Database.at(url)
    except ArgumentError:
        # Its own words would show a password.
        raise NoDatabase("That is no database URL; one is sqlite:///var/axis.db") from None
    except ValueError as error:
        raise NoDatabase(str(error)) from None
    try:
        if not keeps_judgements(database):
            raise NoDatabase(
                "This database does not keep what outcomes were judged on: start the chat on it "
                "once, which brings its tables up to date"
            )
    except Exception:
        database.close()
        raise
    return database


def _run(rules: Protocol, database: Database, pinned: bool, out: TextIO) -> Tally:
    tally = Tally(unrecorded=outcomes_without_judgement(database))
    for outcome in stored_outcomes(database):
        record = outcome.record
        if pinned and record.protocol_hash != rules.hash:
            tally.elsewhere[_named(record.protocol_version, record.protocol_hash)] += 1
            continue
        again = judge_again(rules, record)
        became = _became(record, again)
        tally.found[became] += 1
        if became == LEVEL:
            tally.moved[record.level, _level(again)] += 1
        if became != SAME:
            print(_line(outcome, again, rules), file=out)
    return tally


def _became(record: Judged, again: Again) -> str:
    if again.unreadable is not None:
        return UNREADABLE
    if again.level != record.level:
        return WAITS if again.level is None else LEVEL
    if again.waits_for:
        return WAITS
    return SAME if list(again.rules) == list(record.rules) else RULES


def _line(outcome: StoredOutcome, again: Again, rules: Protocol) -> str:
    record = outcome.record
    parts = [
        f"{outcome.reference} #{outcome.seq}",
        f"{record.level} -> {_level(again)}",
        f"rules {_ids(record.rules)} -> {_ids(again.rules)}",
        f"protocol {_named(record.protocol_version, record.protocol_hash)} -> "
        f"{_named(rules.version, rules.hash)}",
    ]
    if again.unreadable is not None:
        parts[2] = f"the fact {again.unreadable} is unknown or not allowed"
    elif again.waits_for:
        parts.append(f"asks first: {', '.join(again.waits_for)}")
    return " | ".join(parts)


def _report(tally: Tally, rules: Protocol, against: Path | None, out: TextIO) -> None:
    compared = sum(tally.found.values())
    of_whom = f"the candidate in {against}" if against else "the rules in force"
    print(f"{compared:,} outcomes judged again under {of_whom}: "
          f"{_named(rules.version, rules.hash)}", file=out)  # fmt: skip
    for kind, words in WORDS.items():
        print(f"  {tally.found[kind]:>9,}  {words}", file=out)
    for (old, new), count in sorted(tally.moved.items(), key=lambda item: (-item[1], item[0])):
        way = "higher" if Level[new] > Level[old] else "LOWER"
        print(f"  {count:>9,}  {way}: {old} -> {new}", file=out)
    if tally.elsewhere:
        print(
            f"NOT COMPARED: {sum(tally.elsewhere.values()):,} outcomes were given under other "
            "rules than those in force, which can tell nothing about them:",
            file=out,
        )
        for name, count in tally.elsewhere.most_common():
            print(f"  {count:>9,}  {name}", file=out)
        print("  To judge them too, give the folder: --against data/clinical", file=out)
    if tally.unrecorded:
        print(
            f"NOT COMPARED: {tally.unrecorded:,} outcomes were stored before the facts behind "
            "them were kept.",
            file=out,
        )
    print("Every level is the same." if tally.good else "NOT THE SAME.", file=out)


def _level(again: Again) -> str:
    return again.level or "none"


def _named(version: str, hash_: str) -> str:
    return f"{version} ({hash_[:12]})"


def _ids(rules: object) -> str:
    return ", ".join(map(str, rules)) if isinstance(rules, list | tuple) and rules else "none"
