"""Where a vendor lives, and what of an address is asked of it there."""

from urllib.parse import quote, urlencode, urlsplit

from extractors.spec import Request

Origin = tuple[str, str | None, int | None]


class Address:
    """A scheme, a host, a port, and what stands above every path."""

    def __init__(self, base: str) -> None:
        self._origin, self.above, _ = _parts(base)

    @property
    def is_named(self) -> bool:
        """Whether there is a host to ask."""
        return self._origin[0] in {"http", "https"} and bool(self._origin[1])

    def target(self, request: Request) -> str | None:
        """The call's path and query; of a whole URL, as some vendors give for the next page, only if it lies here."""
        path = self.above + request.path
        if not request.path.startswith("/"):
            origin, path, asked = _parts(request.path)
            if origin != self._origin:
                return None
            path = f"{path}?{asked}" if asked else path
        query = urlencode(request.params, quote_via=quote)
        return f"{path}{'&' if '?' in path else '?'}{query}" if query else path


def _parts(address: str) -> tuple[Origin, str, str]:
    """The origin, the path and the query of an address; nothing of one that is none."""
    try:
        url = urlsplit(address)
        port = url.port or {"http": 80, "https": 443}.get(url.scheme)
    except ValueError:  # no such port, or a host that cannot be one
        return ("", None, None), "", ""
    return (url.scheme, url.hostname, port), url.path, url.query
