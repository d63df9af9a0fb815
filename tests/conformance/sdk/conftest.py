"""The same small sandbox, and what the extractor lands from it, as for the clients that `make test` has."""

from tests.contract.sdk.conftest import landed, sandbox

__all__ = ["landed", "sandbox"]
