"""Takes the calls of other people's extractors to the sandbox: they do not let anyone choose the vendor's address.

Python imports this by itself where its folder is on the path. RAPPORT_ELSEWHERE is JSON: address wanted, address taken.
"""

import json
import os

from requests.adapters import HTTPAdapter

there = HTTPAdapter.send
addresses = json.loads(os.environ["RAPPORT_ELSEWHERE"])


def send(self, request, *args, **options):
    """The answer of whoever stands in for the vendor."""
    for wanted, taken in addresses.items():
        if request.url.startswith(wanted):
            request.url = taken + request.url.removeprefix(wanted)
    return there(self, request, *args, **options)


HTTPAdapter.send = send
