"""What is known about a visitor: facts under their protocol names (protocol section 2)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rasa_project.errors import DataError
from rasa_project.loading import check_keys, read_mapping

YES, NO, UNSURE = "yes", "no", "unsure"
KINDS = ("tri", "choice", "list", "number", "text", "bool")
ASKS = ("mandatory", "conditional", "optional")


class FactError(ValueError):
    """A fact's name or value is not the protocol's.

    Args:
        key: The fact at fault.
        message: What is wrong and what is allowed.
    """

    def __init__(self, key: str, message: str) -> None:
        self.key = key
        super().__init__(f"{key}: {message}")


@dataclass(frozen=True)
class FactSpec:
    """One fact of the protocol: see the head of ``data/clinical/facts.yml`` for every key."""

    name: str
    id: str
    kind: str
    ask: str
    label: str
    values: Mapping[str, str] = field(default_factory=dict)
    ask_when: Any = None
    unsure_is: Any = None
    unsure_counts_when: Any = None
    not_asked_is: Any = None
    partial_is_enough: bool = False
    unanswered_at_most: float | None = None
    absent_is: str | None = None
    refused_is: str | None = None
    gravest_first: bool = False
    minimum: float | None = None
    maximum: float | None = None

    def graver(self, one: str, other: str) -> str:
        """Which of two values of a choice counts when both were given."""
        order = list(self.values)
        return (min if self.gravest_first else max)(one, other, key=order.index)

    def parse(self, raw: Any) -> Any:
        """Turns a JSON value into this fact's value.

        Args:
            raw: What was given: a string, number, boolean, list of items, or item-to-answer
                mapping.

        Returns:
            The value as :class:`Facts` keeps it; a list becomes item -> yes, no or unsure.

        Raises:
            FactError: The value is not one the protocol allows.
        """
        if raw == UNSURE and self.kind != "list":
            return UNSURE
        return getattr(self, f"_parse_{self.kind}")(raw)

    def _parse_bool(self, raw: Any) -> bool:
        if raw in (YES, NO):
            return bool(raw == YES)
        if not isinstance(raw, bool):
            raise FactError(self.name, f"{raw!r} is not true or false")
        return raw

    def _parse_tri(self, raw: Any) -> str:
        if isinstance(raw, bool):
            return YES if raw else NO
        if raw not in (YES, NO, UNSURE):
            raise FactError(self.name, f"{raw!r} is not yes, no or unsure")
        return str(raw)

    def _parse_choice(self, raw: Any) -> str:
        if not isinstance(raw, str) or raw not in self.values:
            raise FactError(self.name, f"{raw!r} is not one of {', '.join(self.values)}")
        return raw

    def _parse_number(self, raw: Any) -> float:
        if isinstance(raw, bool) or not isinstance(raw, int | float) or raw != raw:
            raise FactError(self.name, f"{raw!r} is not a number")
        if not (self.minimum or 0) <= raw <= (self.maximum if self.maximum is not None else raw):
            raise FactError(self.name, f"{raw} is not from {self.minimum:g} to {self.maximum:g}")
        return raw

    def _parse_text(self, raw: Any) -> str:
        if not isinstance(raw, str) or not raw.strip() or len(raw) > 200:
            raise FactError(self.name, "must be a text of 1 to 200 characters")
        return raw.strip()

    def _parse_list(self, raw: Any) -> dict[str, str]:
        if isinstance(raw, str):
            raw = [raw]
        if isinstance(raw, list):
            return self._from_items(raw)
        if not isinstance(raw, dict):
            raise FactError(self.name, "must be a list of items")
        for item, answer in raw.items():
            self._check_item(item)
            if answer not in (YES, NO, UNSURE):
                raise FactError(self.name, f"{item}: {answer!r} is not yes, no or unsure")
        return dict(raw)

    def _from_items(self, items: list[Any]) -> dict[str, str]:
        if "none" in items and len(set(map(str, items))) > 1:
            raise FactError(self.name, '"none" cannot stand beside another item')
        named = [item for item in items if item not in ("none", UNSURE)]
        for item in named:
            self._check_item(item)
        rest = UNSURE if UNSURE in items else NO
        return {item: YES if item in named else rest for item in self.values}

    def _check_item(self, item: Any) -> None:
        if item not in self.values:
            raise FactError(self.name, f"{item!r} is not one of {', '.join(self.values)}")


class Facts(Mapping[str, Any]):
    """An immutable set of known facts. A fact that is not in it was not answered.

    Args:
        specs: The protocol's facts by name.
        values: Known values, in the form :meth:`FactSpec.parse` returns.
    """

    def __init__(self, specs: Mapping[str, FactSpec], values: Mapping[str, Any] | None = None):
        self._specs = specs
        self._values = dict(values or {})
        self._settle_zones()

    def __getitem__(self, name: str) -> Any:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def _settle_zones(self) -> None:
        """The one sore place is also the sorest, and the sorest place is a sore one."""
        zones, main = self._values.get("zones"), self._values.get("zone_main")
        named = [zone for zone, answer in (zones or {}).items() if answer == YES]
        if main is None and len(named) == 1:
            self._values["zone_main"] = named[0]
        if main not in (None, UNSURE) and main not in named:
            self._values["zones"] = {**(zones or {}), main: YES}

    def answered(self, name: str) -> bool:
        """Whether every part of the fact is known (a list: each of its items)."""
        value = self._values.get(name)
        if value is None:
            return False
        spec = self._specs[name]
        if spec.kind != "list":
            return True
        if spec.partial_is_enough and YES in value.values():
            return True
        return all(item in value for item in spec.values)

    def with_(self, updates: Mapping[str, Any]) -> "Facts":
        """A copy with more or newer facts; list items are merged one by one."""
        merged = dict(self._values)
        for name, value in updates.items():
            if isinstance(value, dict) and isinstance(merged.get(name), dict):
                merged[name] = {**merged[name], **value}
            else:
                merged[name] = value
        return Facts(self._specs, merged)

    def without(self, names: set[str]) -> "Facts":
        """A copy in which the named facts are unanswered."""
        return Facts(self._specs, {k: v for k, v in self._values.items() if k not in names})


def load_fact_specs(file: Path) -> dict[str, FactSpec]:
    """Loads ``facts.yml``.

    Raises:
        DataError: A key, kind or value is not as the head of the file describes.
    """
    optional = set(FactSpec.__dataclass_fields__) - {"name", "id", "kind", "ask", "label"}
    specs = {}
    for name, raw in read_mapping(file).items():
        entry = check_keys(file, name, raw, optional, ("id", "kind", "ask", "label"))
        if entry["kind"] not in KINDS:
            raise DataError(file, f"{name}.kind", f"must be one of {KINDS}")
        if entry["ask"] not in ASKS:
            raise DataError(file, f"{name}.ask", f"must be one of {ASKS}")
        if (entry["kind"] in ("choice", "list")) != bool(entry.get("values")):
            raise DataError(file, f"{name}.values", "needed for a choice or list, and only there")
        if (entry["ask"] == "conditional") != ("ask_when" in entry):
            raise DataError(
                file, f"{name}.ask_when", "belongs to a conditional fact, and only there"
            )
        specs[name] = FactSpec(name=name, **entry)
    return specs


def parse_facts(specs: Mapping[str, FactSpec], raw: Mapping[str, Any]) -> Facts:
    """Reads facts by their protocol names from JSON values; ``null`` means not answered.

    Raises:
        FactError: An unknown fact, or a value that the protocol does not allow.
    """
    values = {}
    for name, value in raw.items():
        if name not in specs:
            raise FactError(name, "is not a fact of the protocol")
        if value is not None:
            values[name] = specs[name].parse(value)
    return Facts(specs, values)
