"""Which fields a call names, and how one that the vendor refuses costs itself and nothing else."""

from collections.abc import Callable
from threading import Lock
from typing import TypeVar

from extractors.errors import NotTaken
from extractors.spec import Column, Endpoint, Request

P = TypeVar("P")
Columns = tuple[Column, ...]


class Fields:
    """The fields that an endpoint's calls name: all that are declared, but for those that the vendor refused.

    Used by any number of threads at once; what one of them learned, all go by.
    """

    def __init__(self, endpoint: Endpoint) -> None:
        self._put, self._columns = endpoint.fields, endpoint.columns
        self._refused: frozenset[str] = frozenset()
        self._lock = Lock()

    @property
    def refused(self) -> frozenset[str]:
        """The names of the columns that the vendor refused."""
        return self._refused

    def first(self, request: Request, get: Callable[[Request], P]) -> P:
        """What `get` makes of a walk's first call with its fields named; NotTaken where no choice of fields helps."""
        if self._put is None:
            return get(request)
        before = self._refused
        try:
            return get(self._put(request, self._kept()))
        except NotTaken as error:
            with self._lock:
                if self._refused == before:
                    self._refused |= self._found(request, get, error)
        return get(self._put(request, self._kept()))

    def _kept(self) -> Columns:
        return tuple(column for column in self._columns if column.name not in self._refused)

    def _found(self, request: Request, get: Callable[[Request], P], error: NotTaken) -> frozenset[str]:
        """The optional columns that the vendor refuses, found by halves; the error where it refuses all the same."""
        put = self._put
        assert put is not None  # noqa: S101 only asked for where there is one
        required = tuple(column for column in self._columns if column.required)

        def takes(columns: Columns) -> bool:
            try:
                get(put(request, (*required, *columns)))
            except NotTaken:
                return False
            return True

        def bad(columns: Columns) -> Columns:
            if not columns or takes(columns):
                return ()
            half = len(columns) // 2
            return (*bad(columns[:half]), *bad(columns[half:])) if half else columns

        if not takes(()):
            raise error
        return frozenset(column.name for column in bad(tuple(c for c in self._kept() if not c.required)))
