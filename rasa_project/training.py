"""Trains the Rasa model, and only when something that it depends on has changed."""

import hashlib
import os
import sys
import time
from importlib.metadata import version
from pathlib import Path

from rasa_project.settings import ROOT

MODELS = ROOT / "models"

_PACKAGES = ("rasa", "scikit-learn", "tokenizers")
"""Packages whose version changes what is trained or how it is read back."""


class ModelError(RuntimeError):
    """The model file is missing or is not the one that was trained here."""


def content_hash(root: Path = ROOT) -> str:
    """A hash over everything the model is made of: configuration, phrases, rules, components.

    Args:
        root: The project's root folder.
    """
    files = [root / "config.yml", root / "domain.yml"]
    files += sorted((root / "data" / "nlu").rglob("*.yml"))
    files += sorted((root / "data" / "rules").rglob("*.yml"))
    # The lexicon and the rules are read at start-up; only what is learnt is trained in.
    # The encoder's module holds the hashes of the weights.
    language = root / "rasa_project" / "language"
    files += [language / "component.py", language / "encoder.py"]
    files += sorted((language / "intents").glob("*.py"))
    # All of the learned reader but how it is joined with the rules, which is not trained.
    files += [f for f in sorted((language / "learned").glob("*.py")) if f.stem != "joining"]
    files += sorted((root / "data" / "language" / "examples").glob("*.txt"))
    files.append(root / "data" / "language" / "cues.yml")
    digest = hashlib.sha256()
    for package in _PACKAGES:
        digest.update(f"{package}=={version(package)}\0".encode())
    for file in files:
        digest.update(str(file.relative_to(root)).encode() + b"\0")
        digest.update(file.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def model_path() -> Path:
    """Where the model for the present content is, or will be."""
    return MODELS / f"axis-{content_hash()}.tar.gz"


def trusted_model() -> Path:
    """The trained model, checked against the hash written when it was trained.

    Raises:
        ModelError: It is missing, or its bytes are not what was trained here.
    """
    path = model_path()
    try:
        expected = path.with_suffix(".sha256").read_text().strip()
        actual = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise ModelError(f"{path.name} is missing; run `make train`") from error
    if actual != expected:
        raise ModelError(f"{path.name} is damaged or foreign; delete models/ and run `make train`")
    return path


def train_if_needed(force: bool = False) -> Path:
    """Trains unless a trusted model for the present content exists.

    Args:
        force: Train in any case.

    Returns:
        The model's path.

    Raises:
        ModelError: Training ended without a model.
        EncoderError: The sentence encoder, which no model works without, is missing or damaged.
    """
    from rasa_project.language.encoder import default_encoder

    # Loaded before Rasa, which would hide the reason in an error of its own.
    default_encoder()
    path = model_path()
    if not force:
        try:
            return trusted_model()
        except ModelError as reason:
            why = str(reason).replace("; run `make train`", "")
            print(f"Training the model, about half a minute ({why})", flush=True)
    began = time.monotonic()
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    os.environ.setdefault("TQDM_DISABLE", "1")
    import logging

    from rasa.model_training import train
    from rasa.utils.log_utils import configure_structlog

    # Left alone, Rasa prints every step of every rule that it checks.
    configure_structlog(logging.WARNING)

    MODELS.mkdir(exist_ok=True)
    result = train(
        domain=str(ROOT / "domain.yml"),
        config=str(ROOT / "config.yml"),
        training_files=[str(ROOT / "data" / "nlu"), str(ROOT / "data" / "rules")],
        output=str(MODELS),
        fixed_model_name=path.name.removesuffix(".tar.gz"),
        force_training=True,
    )
    if result.code != 0 or not path.exists():
        raise ModelError(f"training failed with code {result.code}")
    path.with_suffix(".sha256").write_text(hashlib.sha256(path.read_bytes()).hexdigest())
    for old in MODELS.glob("axis-*"):
        if not old.name.startswith(path.name.removesuffix(".tar.gz")):
            old.unlink()
    print(f"Trained in {time.monotonic() - began:.0f} s", flush=True)
    return path
