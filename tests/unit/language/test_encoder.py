"""The sentence encoder gives the published model's vectors, and refuses any other weights."""

import json
from pathlib import Path

import numpy as np
import pytest

from rasa_project.language import encoder as module
from rasa_project.language.encoder import (
    FILES,
    MOST_TOKENS,
    EncoderError,
    SentenceEncoder,
    default_encoder,
    installed_folder,
)

REFERENCE = json.loads((Path(__file__).parent / "encoder_vectors.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    return default_encoder()


def test_vectors_are_those_of_the_reference_implementation(encoder):
    vectors = encoder.encode(REFERENCE["texts"])
    np.testing.assert_allclose(vectors[:, :12], REFERENCE["first_values"], atol=1e-3)
    np.testing.assert_allclose(vectors @ vectors.T, REFERENCE["cosines"], atol=1e-3)


def test_every_level_is_a_direction(encoder):
    levels = encoder.encode_levels(["my heel hurts", ""])
    assert levels.shape == (2, 3, 384)
    assert levels.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(levels, axis=2), 1, atol=1e-5)


def test_a_text_does_not_depend_on_those_beside_it(encoder):
    alone = encoder.encode(["ice or heat?"])[0]
    np.testing.assert_array_equal(
        encoder.encode(["hello there, my friend", "ice or heat?"])[1], alone
    )


def test_no_texts_give_no_vectors(encoder):
    assert encoder.encode([]).shape == (0, 384)


def test_a_long_message_is_read_at_its_start_and_its_end(encoder):
    start, end = (
        "my heel is sore " * 20,
        " so tell me now please, can I still keep on running with it today",
    )
    one = encoder.encode([start + "blue " * 300 + end])
    other = encoder.encode([start + "green " * 250 + end])
    np.testing.assert_array_equal(one, other)
    different = encoder.encode(
        [start + "blue " * 300 + " so tell me now please, what will it all cost me with you today"]
    )
    assert np.abs(one - different).max() > 1e-3


def test_the_longest_input_is_bounded():
    ids = list(range(1000))
    kept = module._shortened(ids)
    assert len(kept) == MOST_TOKENS
    assert kept[0] == 0 and kept[-1] == 999


def copied(folder: Path) -> Path:
    for name in FILES:
        (folder / name).symlink_to(installed_folder() / name)
    return folder


@pytest.mark.parametrize("name", FILES)
def test_a_damaged_file_is_refused_by_name(name, tmp_path):
    folder = copied(tmp_path)
    (folder / name).unlink()
    (folder / name).write_bytes(b"not what was trained with")
    with pytest.raises(EncoderError, match=rf"{name}.*damaged or foreign.*make run"):
        SentenceEncoder(folder)


@pytest.mark.parametrize("content", [None, b""])
def test_a_missing_or_empty_file_is_refused(content, tmp_path):
    folder = copied(tmp_path)
    (folder / "model.safetensors").unlink()
    if content is not None:
        (folder / "model.safetensors").write_bytes(content)
    with pytest.raises(EncoderError, match=r"model\.safetensors.*missing.*make run"):
        SentenceEncoder(folder)


def test_without_the_package_it_says_what_to_do(monkeypatch):
    monkeypatch.setattr(module, "PACKAGE", "no_such_package_is_installed")
    with pytest.raises(EncoderError, match=r"not installed.*make run"):
        installed_folder()
