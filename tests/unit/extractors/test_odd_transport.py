"""What nobody should send and somebody does: nothing of it is shown, and nothing of it is a crash."""

from dataclasses import replace

import pytest

from extractors.auth import Auth, Basic, Bearer, Scheme, Session
from extractors.errors import Refused
from extractors.tally import Tally
from extractors.transport import Transport
from tests.unit.extractors.fake import Call, Reply, serving
from tests.unit.extractors.shop import FIRST, ORDERS, SOURCE


@pytest.mark.parametrize("secret", ["canary-5ecret\n", "canary\r-5ecret", "canary-5\u20acret", "canary-5ecret\0"])
@pytest.mark.parametrize(
    "auth", [Bearer("token"), Scheme("Key", "token"), Basic("token"), Session("/", "token", "key", "jwt")]
)
def test_a_credential_that_no_header_can_carry_is_refused_and_not_shown(auth: Auth, secret: str) -> None:
    def turn_down(call: Call) -> Reply:
        return Reply({"jwt": secret}) if call.method == "POST" else Reply({}, 401)

    with serving(turn_down) as fake, pytest.raises(Refused) as refused:
        account = replace(fake.account(), secrets={"token": secret, "key": "canary"})
        Transport(replace(SOURCE, auth=auth), account).fetch(FIRST, ORDERS, lambda answer: answer.body, Tally())
    error: BaseException | None = refused.value
    while error is not None:
        assert "canary" not in repr(error)
        error = error.__cause__ or error.__context__
