"""The channel's small parts by themselves."""

import stat
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rasa_project.errors import DataError
from rasa_project.settings import Settings
from rasa_project.transcripts.store import new_conversation_id
from rasa_project.website.fail_safe import LAST_RESORT, FailSafe
from rasa_project.website.limits import Limits, client_address
from rasa_project.website.problems import Problem, catalogue, problem_response
from rasa_project.website.schemas import read_message, read_start
from rasa_project.website.tokens import Tokens, secret_for

NOW = datetime(2026, 3, 1, 12, tzinfo=timezone.utc)
TOKENS = Tokens("a key for tests only")


def test_a_token_gives_back_its_conversation_until_it_expires() -> None:
    conversation_id = new_conversation_id()
    token = TOKENS.sign(conversation_id, NOW + timedelta(hours=1))
    assert TOKENS.read(token, NOW) == conversation_id
    assert TOKENS.read(token, NOW + timedelta(minutes=59)) == conversation_id
    assert TOKENS.read(token, NOW + timedelta(hours=1)) is None


def test_a_clock_that_steps_back_locks_nobody_out() -> None:
    token = TOKENS.sign(new_conversation_id(), NOW + timedelta(hours=1))
    assert TOKENS.read(token, NOW - timedelta(hours=1)) is not None


@given(st.text(max_size=200))
def test_no_made_up_token_is_accepted(token: str) -> None:
    assert TOKENS.read(token, NOW) is None


@given(st.data())
def test_no_changed_token_is_accepted(data: st.DataObject) -> None:
    token = TOKENS.sign("ab" * 20, NOW + timedelta(hours=1))
    place = data.draw(st.integers(0, len(token) - 1))
    other = data.draw(st.sampled_from("abcXYZ019-_."))
    changed = token[:place] + other + token[place + 1 :]
    accepted = TOKENS.read(changed, NOW)
    # The last character of a base64 group may hold spare bits; the id cannot change by them.
    assert accepted in (None, "ab" * 20)


def test_a_short_key_is_refused() -> None:
    with pytest.raises(ValueError, match="SECRET_KEY"):
        Tokens("short")


def test_the_key_is_made_once_beside_the_database_and_for_its_owner_only(tmp_path: Path) -> None:
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'var' / 'chat.db'}")
    key = secret_for(settings)
    assert secret_for(settings) == key
    assert len(key) >= 40
    (file,) = (tmp_path / "var").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert secret_for(Settings(secret_key="configured")) == "configured"


@pytest.mark.parametrize(
    ("peer", "forwarded", "proxies", "address"),
    [
        ("9.9.9.9", "1.1.1.1", 0, "9.9.9.9"),
        ("127.0.0.1", "6.6.6.6, 1.1.1.1", 1, "1.1.1.1"),
        ("127.0.0.1", "6.6.6.6, 1.1.1.1, 10.0.0.1", 2, "1.1.1.1"),
        ("127.0.0.1", "1.1.1.1", 2, "127.0.0.1"),
        ("127.0.0.1", "", 1, "127.0.0.1"),
        ("127.0.0.1", "nonsense", 1, "127.0.0.1"),
    ],
)
def test_only_our_own_proxies_are_believed(
    peer: str, forwarded: str, proxies: int, address: str
) -> None:
    assert client_address(peer, forwarded, proxies) == address


def test_an_ipv6_customer_counts_as_one() -> None:
    limits = Limits(Settings(starts_per_10_minutes=1))
    limits.start("2001:db8::1")
    with pytest.raises(Problem):
        limits.start("2001:db8::2")
    limits.start("2001:db8:0:1::1")
    limits.start("::ffff:9.9.9.9")
    with pytest.raises(Problem):
        limits.start("9.9.9.9")


def test_the_fail_safe_text_comes_from_the_data() -> None:
    fail_safe = FailSafe.load()
    assert "911" in fail_safe.text()
    assert "again" in fail_safe.text()
    assert "911" in fail_safe.emergency


def test_without_the_data_file_there_are_still_words(tmp_path: Path) -> None:
    assert FailSafe.load(path=tmp_path / "none.yml").text() == LAST_RESORT
    (tmp_path / "broken.yml").write_text("fail_safe: [")
    assert FailSafe.load(path=tmp_path / "broken.yml").text() == LAST_RESORT
    assert "911" in LAST_RESORT
    assert "again" in LAST_RESORT


@pytest.mark.parametrize("text", ["{}", "fail_safe: sorry", "fail_safe: call 911", "- 911"])
def test_a_text_without_911_is_refused_at_the_start(tmp_path: Path, text: str) -> None:
    file = tmp_path / "texts.yml"
    file.write_text(text)
    with pytest.raises(DataError):
        FailSafe.load(path=file)


def test_a_phone_look_up_that_fails_does_not_silence_the_fail_safe() -> None:
    def broken(_clinic: str) -> str:
        raise RuntimeError

    assert "911" in FailSafe(phone_of=broken).text("mimico")


@pytest.mark.parametrize("slug", catalogue()[0])
def test_every_problem_can_be_written(slug: str) -> None:
    class Anything(dict):
        def __missing__(self, key: str) -> str:
            return "x"

    values = Anything(dict.fromkeys(
        ("key", "wanted", "what", "screen", "none", "minimum", "maximum"), "x"
    ))  # fmt: skip
    response = problem_response(Problem(slug, **values), "Call 911.", "Sorry.")
    assert 400 <= response.status < 600
    assert b"{" not in response.body[1:]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(st.binary() | JSON.map(lambda value: __import__("json").dumps(value).encode()))
def test_no_body_is_anything_but_read_or_refused(body: bytes) -> None:
    for read in (read_message, read_start):
        try:
            read(body)
        except Problem as problem:
            assert catalogue()[0][problem.slug].status in (400, 413, 422)  # noqa: PT017


KEYS = ("id", "text", "screen", "choice", "number", "clinic", "page")


@given(st.dictionaries(st.sampled_from(KEYS), JSON))
def test_no_value_of_a_known_key_is_anything_but_read_or_refused(data: dict) -> None:
    import json

    if data.get("id"):
        data["id"] = "0" * 32
    for read in (read_message, read_start):
        try:
            read(json.dumps(data).encode())
        except Problem as problem:
            assert catalogue()[0][problem.slug].status in (400, 413, 422)  # noqa: PT017
