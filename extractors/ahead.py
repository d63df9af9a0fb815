"""Fetching ahead: walks run in threads of their own, their pages are taken in the walks' order."""

import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import Generic, TypeVar

from extractors.envelope import Answered

W = TypeVar("W")
T = TypeVar("T")
R = TypeVar("R")


def in_turn(workers: Sequence[Callable[[T], R]], items: Iterable[tuple[W, T]]) -> Generator[tuple[W, R], None, None]:
    """What the workers make of the items, in the items' order; each has one item at a time, in a thread of its own.

    A single worker needs no thread: it works here, when its item is asked for.
    """
    if len(workers) == 1:
        yield from ((of, workers[0](item)) for of, item in items)
        return
    with ThreadPoolExecutor(len(workers)) as pool:
        under_way: deque[tuple[W, Future[R]]] = deque()
        for number, (of, item) in enumerate(items):
            done = [(of, made.result()) for of, made in [under_way.popleft()]] if len(under_way) == len(workers) else []
            under_way.append((of, pool.submit(workers[number % len(workers)], item)))
            yield from done
        for of, made in under_way:
            yield of, made.result()


class Ahead:
    """The pages of one walk, fetched by a thread, at most `size` bytes of them before somebody takes them."""

    def __init__(self, pages: Callable[[], Iterator[Answered]], size: int) -> None:
        self._pages, self._size = pages, size
        self._waiting: deque[Answered] = deque()
        self._bytes, self._is_over, self._is_left = 0, False, False
        self._error: BaseException | None = None
        self._moved = threading.Condition()
        threading.Thread(target=self._run, daemon=True).start()

    def leave(self) -> None:
        """Let the thread end; nobody will take what it fetched."""
        with self._moved:
            self._is_left = True
            self._moved.notify_all()

    def __iter__(self) -> Iterator[Answered]:
        """The pages as they come, and in the end the error that ended the walk."""
        while True:
            with self._moved:
                self._moved.wait_for(lambda: self._waiting or self._is_over)
                if not self._waiting:
                    break
                page = self._waiting.popleft()
                self._bytes -= len(page.body)
                self._moved.notify_all()
            yield page
        if self._error is not None:
            raise self._error

    def _run(self) -> None:
        try:
            for page in self._pages():
                with self._moved:
                    self._waiting.append(page)
                    self._bytes += len(page.body)
                    self._moved.notify_all()
                    self._moved.wait_for(lambda: self._bytes < self._size or self._is_left)
                    if self._is_left:
                        return
        except BaseException as error:
            self._error = error
        finally:
            with self._moved:
                self._is_over = True
                self._moved.notify_all()


class InOrder(Generic[W]):
    """The pages of several walks, up to `parallel` of them under way at once, one walk after the other."""

    def __init__(self, walks: Iterable[W], pages: Callable[[W], Iterator[Answered]], parallel: int, size: int) -> None:
        self._walks, self._pages, self._parallel, self._size = iter(walks), pages, parallel, size
        self._running: deque[tuple[W, Ahead]] = deque()

    def __iter__(self) -> Iterator[tuple[W, Answered]]:
        """Every page with its walk."""
        try:
            self._start(self._parallel)
            while self._running:
                walk, ahead = self._running[0]
                yield from ((walk, page) for page in ahead)
                self._running.popleft()
                self._start(1)
        finally:
            for _, ahead in self._running:
                ahead.leave()

    def _start(self, count: int) -> None:
        for walk in islice(self._walks, count):
            self._running.append((walk, Ahead(lambda walk=walk: self._pages(walk), self._size)))  # type: ignore[misc]
