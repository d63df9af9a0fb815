"""How an API says that there is more: pure functions from a page to the next request."""

from extractors.spec import Page, Request, Turn


def cursor(read: str, into: str) -> Turn:
    """The answer holds an opaque cursor at `read`; the next call sends it as `into`. None at the end."""

    def following(page: Page) -> Request | None:
        value = page.values.get(read)
        return page.request.having_all({into: str(value)}) if value else None

    return Turn(following, reads=(read,))


def offset(size: int, limit: str, skip: str, until_empty: bool = False) -> Turn:
    """Pages of `size` by offset, ended by a short page, or only by an empty one where short pages lie."""

    def following(page: Page) -> Request | None:
        if page.count == 0 or (page.count < size and not until_empty):
            return None
        at = int(dict(page.request.params).get(skip, "0"))
        return page.request.having_all({limit: str(size), skip: str(at + size)})

    return Turn(following)


def one_page() -> Turn:
    """There is never more than one page."""
    return Turn(lambda _: None)
