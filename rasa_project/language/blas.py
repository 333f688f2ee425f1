"""Keeps small matrix products on one core."""

from contextlib import AbstractContextManager
from functools import lru_cache
from typing import Any

from threadpoolctl import ThreadpoolController


def one_thread() -> AbstractContextManager[Any]:
    """A context in which NumPy multiplies on one core.

    The matrices of one message are small: a second thread costs more than it brings, and the server
    has other visitors to serve with that core.
    """
    return _controller().limit(limits=1, user_api="blas")


@lru_cache(maxsize=1)
def _controller() -> ThreadpoolController:
    # Found once: looking through the loaded libraries takes longer than a message.
    return ThreadpoolController()
