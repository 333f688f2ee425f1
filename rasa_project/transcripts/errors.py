"""What can go wrong with the record; no message ever carries a visitor's words."""


class StoreError(Exception):
    """Base of everything below."""


class StoreUnavailable(StoreError):
    """The database did not do what it was asked (down, locked, full, read-only).

    Nothing of the failed transaction was kept. Asking again later may succeed.
    """


class ConversationClosed(StoreError):
    """The conversation was closed or deleted; nothing may be added to it."""


class UnknownConversation(StoreError):
    """There is no conversation with this id."""


class TooManyPending(StoreError):
    """The conversation already has as many unanswered messages as it may have."""


class StaleTurn(StoreError):
    """Somebody else added to the conversation while this turn ran; nothing was kept."""


class NotOffered(StoreError):
    """No call may be asked for: none was offered, or the outcome sends the visitor elsewhere."""


class DamagedConversation(StoreError):
    """A stored tracker event cannot be read back.

    Args:
        conversation_id: Whose row it is.
        where: Which row and what kind of damage, without any of its content.
    """

    def __init__(self, conversation_id: str, where: str) -> None:
        self.conversation_id = conversation_id
        super().__init__(f"conversation cannot be rebuilt: {where}")


def describe(error: BaseException) -> str:
    """Says what failed and where, fit for a log.

    The message of an error that is not ours is left out: database and parser errors quote the
    visitor's words.

    Returns:
        Class name, file and line of the innermost frame, then the same of its cause.
    """
    frame = error.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    where = ""
    if frame is not None:
        where = f" at {frame.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}:{frame.tb_lineno}"
    cause = f" because of {describe(error.__cause__)}" if error.__cause__ is not None else ""
    why = f" ({error})" if isinstance(error, StoreError) and str(error) else ""
    return f"{type(error).__name__}{why}{where}{cause}"
