"""A source with an API at work for a test, behind its dialect in the sandbox."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec

from extractors import settings
from extractors.auth import Account
from sandbox.faults import Fault
from sandbox.server import Sandbox
from sandbox.spoiled import records as rows_of
from sandbox.wire import Ask, Reply
from sandbox.world import World, instant
from tests.contract.checklist.bench import Bench
from tests.contract.checklist.planter import Planter
from tests.contract.checklist.records import FIRST, NOW, Records, town
from tests.journey.town import CREDENTIALS

ALWAYS = 9999


class Stage(Sandbox):
    """The vendors, where what is held can change after so many answers with records in them."""

    def __init__(self, path: str) -> None:
        super().__init__(town(), instant(NOW), FIRST, rate_factor=1000.0)
        self.path, self.left, self.store = path, 0, None

    def hold(self, vendor: str, store: object) -> None:
        """Let the vendor hold that: a world, or what its dialect makes of one."""
        if isinstance(store, World):
            self.world = store
        else:
            self.dialects[vendor].sees = lambda _: store  # type: ignore[attr-defined]

    def answer(self, ask: Ask) -> Reply:
        """The answer, after which the vendor may hold something else."""
        reply = super().answer(ask)
        is_read = self.path in ask.path and reply.status == 200 and "json" in dict(reply.headers)["Content-Type"]
        if self.left and is_read and rows_of(msgspec.json.decode(reply.body)):
            self.left -= 1
            if not self.left:
                self.hold(*self.store)
        return reply


class Calls(Bench):
    """A source with an API, behind its dialect in the sandbox."""

    planter: Planter

    def __init__(self, planter: Planter, home: Path, stage: Stage, port: int) -> None:
        self.stage, self.port = stage, port
        super().__init__(planter, home)

    @property
    def account(self) -> Account:
        """The account of the sandbox."""
        known = CREDENTIALS[self.source.name]
        connection = {"host": f"http://127.0.0.1:{self.port}/{self.source.name}", **known}
        connection["extra"] = {**known.get("extra", {}), **self.planter.options}
        return replace(settings.account_of(self.source.name, connection), rate_factor=1000.0)

    def plant(self) -> None:
        """Give the dialect its records; what is deleted is there only where the vendor tells of it."""
        assert self.held is not None
        self.stage.hold(self.source.name, self._store(self.held))

    def merge(self, held: Records) -> Records:
        """Let the vendor hold these records, those that are gone merged into another one; as it holds them."""
        assert self.planter.merged
        self.held = held.at_most(self.planter.unit)
        self.stage.hold(self.source.name, self.planter.merged(self.held))
        return self.held

    def after(self, answers: int, held: Records) -> None:
        """Let the vendor hold these records after so many answers more."""
        super().after(answers, held)
        self.held = held.at_most(self.planter.unit)
        self.stage.store, self.stage.left = (self.source.name, self._store(self.held)), answers

    def _store(self, held: Records) -> object:
        return self.planter.store(held if self.planter.tombs[0] else held[~held.gone])

    def arm(self, kind: str, **options: Any) -> None:
        """Switch a fault on, at the calls that read the planted records."""
        fault = {"vendor": self.source.name, "kind": kind, "path": self.planter.path, **options}
        self.stage.faults.arm(Fault(**fault))

    def clear(self) -> None:
        """Switch every fault off, and let nothing change any more."""
        self.stage.faults.clear()
        self.stage.left = 0

    @property
    def has_struck(self) -> bool:
        """Whether every fault that is on was met, and what was to change has changed."""
        return self.stage.left == 0 and all(armed.hits for armed in self.stage.faults.armed)
