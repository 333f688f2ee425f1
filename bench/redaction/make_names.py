"""Makes the lists of names in ``data/redaction`` from Faker's, and ``proper_words.txt``.

Needs ``faker`` and ``spylls`` besides, which nothing else here needs: install them somewhere apart.
A name that means something else, too, is doubtful: what English spells with a small letter
("will", "rose"), a word of the project's own data, a city with a time zone of its name. It counts
only where the words around it or a capital say so, and only if it is a name in English. Proper
words are those of SymSpell's list that English spells with a capital alone.

``python -m bench.redaction.make_names``
"""

import importlib
import pkgutil
import re
import zoneinfo
from importlib import resources

import faker.providers.person as person
from spylls.hunspell import Dictionary

from rasa_project.language.vocabulary import words_elsewhere, words_used
from rasa_project.settings import DATA
from rasa_project.transcripts.redaction.words import english_counts, plain

OUT = DATA / "redaction"
_NAME = re.compile(r"[a-z][a-z'-]*[a-z]")
_PARTICLES = frozenset(
    "al da das de del della den der di do dos du el la las le ten van von".split()
)
_ALL_THE_SAME = frozenset(
    """
    aaron adelaide alexandra alfred allison andrew angelica angus anna beverley brad bryan
    claire colleen courtney dave denise dennis derrick diego doris edward eleanor ellen elliot
    emma fergus frances francisco george georgina gilbert gina graham hafiz hector henry holly
    jack jackson james jane jasmine jenny jerome jill jimmy john johnny jon jose josh juan karen
    kate keith kevin kim leo leslie lola lucia luis mackenzie margaret maria marie mary maureen
    mike minh mitchell molly nicholas noel oliver patrick peter phoebe roger sally sarah sean
    serena shannon sheila sienna simon stanley stephen taylor teddy thomas tim timothy tito tom
    tony troy tucker veronica victor vincent
    """.split()
)
"""Names that the project's data or a time zone holds as names."""


def collect() -> tuple[set[str], set[str], set[str]]:
    """Given and family names of all locales, and both of the English ones."""
    given: set[str] = set()
    family: set[str] = set()
    english: set[str] = set()
    for module in pkgutil.iter_modules(person.__path__):
        provider = importlib.import_module(f"{person.__name__}.{module.name}").Provider
        found: tuple[set[str], set[str]] = (set(), set())
        for attribute in dir(provider):
            listed = getattr(provider, attribute)
            is_given, is_family = "first" in attribute, re.search("last|surname", attribute)
            if (
                attribute.startswith("_")
                or "format" in attribute
                or not (is_given or is_family)
                or not isinstance(listed, tuple | list | dict)
            ):
                continue
            for name in listed:
                words = plain(name).split() if isinstance(name, str) else []
                found[0 if is_given else 1].update(w for w in words if _NAME.fullmatch(w))
        given.update(found[0])
        family.update(found[1])
        if module.name.startswith("en_"):
            english.update(*found)
    return given, family, english


def other_words() -> frozenset[str]:
    """Words of the project's data and names of cities, names that they are all the same aside."""
    used = words_used(DATA / "language") + words_used(DATA / "nlu") + words_elsewhere()
    return (frozenset(used) | far_places()) - _ALL_THE_SAME


def far_places() -> frozenset[str]:
    """Words of the names of countries, and of cities after which a time zone is called."""
    listed = resources.files("tzdata.zoneinfo") / "iso3166.tab"
    countries = re.findall(r"(?m)^[A-Z]{2}\t(.+)$", listed.read_text(encoding="utf-8"))
    return frozenset(
        plain(word)
        for name in (*countries, *zoneinfo.available_timezones())
        for word in re.split(r"[^\w']+|_", name)
        if len(word) > 2
    )


def main() -> None:
    """Writes the three files."""
    given, family, in_english = collect()
    english, others = Dictionary.from_files("en_US"), other_words()
    doubtful = {
        name
        for name in given | family
        if name not in _ALL_THE_SAME and (name in others or english.lookup(name))
    }
    proper = {
        word
        for word in english_counts()
        if not english.lookup(word) and english.lookup(word.capitalize()) and word not in others
    }
    for kind, words in (
        ("given_names", given - doubtful),
        ("family_names", family - doubtful),
        ("doubtful_given_names", (doubtful & in_english & given) - far_places()),
        ("doubtful_family_names", (doubtful & in_english & family) - far_places()),
        ("proper_words", proper - given - family),
    ):
        kept = sorted(words - _PARTICLES)
        (OUT / f"{kind}.txt").write_text("\n".join(kept) + "\n", encoding="utf-8")
        print(kind, len(kept))


if __name__ == "__main__":
    main()
