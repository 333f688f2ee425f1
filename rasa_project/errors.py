"""Errors that any room may raise."""

from pathlib import Path


class DataError(ValueError):
    """A data file breaks its own rules.

    Args:
        file: The file at fault.
        key: Where in the file, as a dotted path (``rules.RF06.when``); may be empty.
        message: What is wrong and what to do about it.
    """

    def __init__(self, file: Path | str, key: str, message: str) -> None:
        self.file = str(file)
        self.key = key
        self.message = message
        where = f"{self.file}: {key}" if key else self.file
        super().__init__(f"{where}: {message}")
