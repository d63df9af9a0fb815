"""Random draws that stay the same when the city grows by a day: one generator for every topic.

Draws are taken day by day (days first, people second), so that a longer history begins with the shorter one.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

DAY = 86_400_000
HOUR = 3_600_000
MINUTE = 60_000
SECOND = 1_000


@dataclass(frozen=True, slots=True)
class Chance:
    """The city's dice: one independent generator for every topic, all from one seed.

    `noise` multiplies what makes people hard to tell apart and machines hard to tell from people; 1 is the usual city.
    """

    seed: int
    noise: float = 1.0

    def on(self, topic: str) -> np.random.Generator:
        """A fresh generator that depends on the seed and the topic alone."""
        return np.random.default_rng([self.seed, crc32(topic.encode())])

    def uniform(self, topic: str, *shape: int) -> Floats:
        """Uniform draws in [0, 1)."""
        return self.on(topic).random(shape)

    def flags(self, topic: str, share: float, *shape: int) -> Flags:
        """True for about that share."""
        return self.uniform(topic, *shape) < share

    def mess(self, topic: str, share: float, *shape: int) -> Flags:
        """True for about that share times the noise."""
        return self.flags(topic, share * self.noise, *shape)

    def pick(self, topic: str, count: int, *shape: int) -> Ints:
        """Whole numbers from 0 to count - 1, all equally likely."""
        return np.minimum((self.uniform(topic, *shape) * count).astype(np.int64), count - 1)

    def weighted(self, topic: str, weights: tuple[float, ...], *shape: int) -> Ints:
        """Whole numbers from 0, as likely as their weights say."""
        steps = np.cumsum(weights) / np.sum(weights)
        return np.minimum(np.searchsorted(steps, self.uniform(topic, *shape), side="right"), len(weights) - 1)

    def waiting(self, topic: str, mean: float, *shape: int) -> Floats:
        """Exponential waiting times of that mean."""
        return -mean * np.log1p(-self.uniform(topic, *shape))

    def code(self, topic: str, length: int, alphabet: str = "0123456789abcdef") -> str:
        """A made-up identifier that depends on the seed and the topic alone."""
        number = int.from_bytes(hashlib.blake2b(f"{self.seed}/{topic}".encode(), digest_size=48).digest())
        letters = []
        for _ in range(length):
            number, at = divmod(number, len(alphabet))
            letters.append(alphabet[at])
        return "".join(letters)


def stacked(parts: Sequence[tuple[Ints | Flags, ...]], width: int) -> list[Ints]:
    """Columns put together from parts of rows; `width` empty columns where there are no parts."""
    if not parts:
        return [np.zeros(0, np.int64) for _ in range(width)]
    return [np.concatenate(column) for column in zip(*parts, strict=True)]


def iso(at: Ints) -> list[str]:
    """Epoch milliseconds as ISO 8601 texts with milliseconds and Z."""
    return list(np.datetime_as_string(at.astype("datetime64[ms]"), unit="ms", timezone="UTC"))


def iso_one(at: int, zone: str = "Z", unit: str = "ms") -> str:
    """One instant in epoch milliseconds as ISO 8601, in milliseconds ("ms") or whole seconds ("s")."""
    return f"{np.datetime64(int(at), 'ms').astype(f'datetime64[{unit}]')}{zone}"
