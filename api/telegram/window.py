"""Which updates are in hand: the offset that confirms to Telegram never passes one that is not answered yet."""


class Window:
    """Numbers of updates rise; what is fetched again because an older one is unfinished, is in hand or done already."""

    def __init__(self) -> None:
        self._unfinished: set[int] = set()
        self._finished: set[int] = set()
        self._next = 0

    @property
    def offset(self) -> int:
        """Return the first update to ask for: all before it are confirmed by asking."""
        return min(self._unfinished, default=self._next)

    @property
    def is_empty(self) -> bool:
        return not self._unfinished

    def take(self, update: int) -> bool:
        """Return whether this update is new, and take it in hand."""
        if update in self._unfinished or update in self._finished:
            return False
        self._unfinished.add(update)
        self._next = max(self._next, update + 1)
        return True

    def is_over(self, update: int) -> bool:
        """Return whether an update that was taken in hand is answered."""
        return update not in self._unfinished

    def finish(self, update: int) -> None:
        self._unfinished.discard(update)
        self._finished.add(update)
        self._finished = {number for number in self._finished if number >= self.offset}
