"""Salesforce's dialect: OAuth client credentials, query and queryAll, bulk query jobs (Bulk API 2.0).

https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest and /docs/platform/api-asynch/guide, read
2026-11-21.
"""

import base64
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

from sandbox.chance import Ints, iso_one
from sandbox.limits import Rolling
from sandbox.salesforce_ids import long_id
from sandbox.salesforce_records import as_csv, org
from sandbox.salesforce_records import as_json as as_records
from sandbox.soql import Query, SoqlError, matches, parsed
from sandbox.store import Versions
from sandbox.wire import Ask, Reply, as_json
from sandbox.world import World

CLIENT, SECRET, TOKEN = "sandbox-salesforce-client", "sandbox-salesforce-secret", "sandbox-salesforce-token"
CALLS_A_DAY = 100_000
BATCH = 500  # "no guarantee that the requested batch size is the actual batch size"
CURSORS_KEPT = 64
DATA = re.compile(r"^/services/data/v(\d\d)\.0/(query|queryAll|jobs/query)(?:/([\w-]+))?(/results)?/?$")
NEVER_IN_BULK = re.compile(r"\bGROUP\s+BY\b|\bOFFSET\b|\bTYPEOF\b|\bCOUNT\s*\(|\(\s*SELECT\b", re.IGNORECASE)


@dataclass
class Found:
    """What a query found, as of when it was asked: a cursor, or a job and how often its state was asked for."""

    query: Query
    kept: Versions
    rows: Ints
    version: str
    state: str = "JobComplete"

    def describe(self, code: str, now: int) -> dict[str, object]:
        """The job as the vendor describes it."""
        return {
            "id": code,
            "operation": "queryAll",
            "object": self.query.sobject,
            "createdById": long_id("User", 1),
            "createdDate": iso_one(now, "+0000"),
            "systemModstamp": iso_one(now, "+0000"),
            "state": self.state,
            "concurrencyMode": "Parallel",
            "contentType": "CSV",
            "apiVersion": float(self.version),
            "lineEnding": "LF",
            "columnDelimiter": "COMMA",
        }


class Salesforce:
    """The server of Salesforce."""

    name = "salesforce"

    def __init__(self, rate_factor: float) -> None:
        self.sees: Callable[[World], dict[str, Versions]] = org
        self.calls = Rolling(max(1, round(CALLS_A_DAY * rate_factor)), 86_400.0)
        self.cursors: dict[str, Found] = {}
        self.jobs: dict[str, Found] = {}
        self.numbers = count(1)

    def answer(self, ask: Ask, world: World, now: int) -> Reply:
        """Salesforce's answer at that instant."""
        if ask.path == "/services/oauth2/token" and ask.method == "POST":
            return self._token(ask, now)
        if ask.headers.get("authorization", "") not in (f"Bearer {TOKEN}", f"OAuth {TOKEN}"):
            return self.expired(ask)
        if self.calls.take() < 0:
            return self.too_many(ask)
        try:
            reply = self._route(ask, world, now)
        except SoqlError as bad:
            reply = trouble(400, bad.code, str(bad))
        usage = f"api-usage={self.calls.calls - self.calls.left()}/{self.calls.calls}"
        return Reply(reply.status, reply.body, (*reply.headers, ("Sforce-Limit-Info", usage)))

    def too_many(self, ask: Ask) -> Reply:  # noqa: ARG002 - the dialects share one shape
        """403: the calls of the day are used up."""
        return trouble(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.")

    def expired(self, ask: Ask) -> Reply:  # noqa: ARG002 - the dialects share one shape
        """401 for a session that is over, and for any other token."""
        return trouble(401, "INVALID_SESSION_ID", "Session expired or invalid")

    def _token(self, ask: Ask, now: int) -> Reply:
        form = ask.form()
        if form.get("grant_type") != "client_credentials":
            return as_json(400, {"error": "unsupported_grant_type", "error_description": "grant type not supported"})
        basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        is_in_header = ask.headers.get("authorization") == f"Basic {basic}"
        if not is_in_header and (form.get("client_id"), form.get("client_secret")) != (CLIENT, SECRET):
            return as_json(400, {"error": "invalid_client", "error_description": "invalid client credentials"})
        body = {"access_token": TOKEN, "instance_url": ask.base, "token_type": "Bearer", "issued_at": str(now)}
        return as_json(200, body)

    def _route(self, ask: Ask, world: World, now: int) -> Reply:
        path = DATA.match(ask.path)
        if not path:
            return trouble(404, "NOT_FOUND", "The requested resource does not exist")
        version, resource, code, is_result = f"{path[1]}.0", path[2], path[3], bool(path[4])
        if resource != "jobs/query":
            if code is None:
                return self._query(ask, world, now, version, with_deleted=resource == "queryAll")
            return self._more(ask, code)
        verbs: dict[tuple[str, bool, bool], Callable[[], Reply]] = {
            ("POST", False, False): lambda: self._create(ask, world, now, version),
            ("GET", True, False): lambda: self._state(code, now),
            ("GET", True, True): lambda: self._part(ask, code),
        }
        verb = verbs.get((ask.method, code is not None, is_result))
        if verb is None:
            return trouble(405, "METHOD_NOT_ALLOWED", "HTTP Method not allowed.")
        return verb() if code is None or code in self.jobs else trouble(404, "NOT_FOUND", "No such job")

    def _find(self, world: World, now: int, text: str, version: str, with_deleted: bool) -> Found:
        query = parsed(text)
        objects = self.sees(world)
        if query.sobject not in objects:
            raise SoqlError("INVALID_TYPE", f"sObject type '{query.sobject}' is not supported.")
        kept = objects[query.sobject]
        return Found(query, kept, matches(query, kept, now, with_deleted), version)

    def _query(self, ask: Ask, world: World, now: int, version: str, with_deleted: bool) -> Reply:
        text = ask.query.get("q", "")
        found = self._find(world, now, text, version, with_deleted)
        told = f"{text}|{now}|{with_deleted}|{len(found.rows)}".encode()
        code = "01g" + base64.b32encode(hashlib.blake2b(told, digest_size=10).digest()).decode()[:15]
        if len(found.rows) > BATCH:
            self.cursors[code] = found
            for oldest in list(self.cursors)[:-CURSORS_KEPT]:
                del self.cursors[oldest]
        return self._page(found, code, 0)

    def _more(self, ask: Ask, code: str) -> Reply:  # noqa: ARG002 - the calls share one shape
        code, _, at = code.partition("-")
        if code not in self.cursors or not at.isdigit():
            return trouble(400, "INVALID_QUERY_LOCATOR", "invalid query locator")
        return self._page(self.cursors[code], code, int(at))

    def _page(self, found: Found, code: str, at: int) -> Reply:
        rows = found.rows[at : at + BATCH]
        is_done = at + BATCH >= len(found.rows)
        body: dict[str, object] = {"totalSize": len(found.rows), "done": is_done}
        if not is_done:
            body["nextRecordsUrl"] = f"/services/data/v{found.version}/query/{code}-{at + BATCH}"
        query = found.query
        body["records"] = as_records(query.sobject, found.kept, rows, query.fields, found.version)
        return as_json(200, body)

    def _create(self, ask: Ask, world: World, now: int, version: str) -> Reply:
        asked = ask.document()
        if not isinstance(asked, dict) or asked.get("operation") not in ("query", "queryAll"):
            return trouble(400, "INVALIDJOB", "operation must be query or queryAll")
        text = str(asked.get("query", ""))
        if NEVER_IN_BULK.search(text):
            return trouble(400, "API_ERROR", "Bulk API 2.0 does not support this query")
        found = self._find(world, now, text, version, asked["operation"] == "queryAll")
        found.state = "UploadComplete"
        code = long_id("Job", next(self.numbers))
        self.jobs[code] = found
        return as_json(200, found.describe(code, now))

    def _state(self, code: str, now: int) -> Reply:
        """Two looks at a job: it is under way, then it is done."""
        found = self.jobs[code]
        found.state = "InProgress" if found.state == "UploadComplete" else "JobComplete"
        processed = len(found.rows) if found.state == "JobComplete" else 0
        more = {"jobType": "V2Query", "numberRecordsProcessed": processed, "retries": 0, "totalProcessingTime": 100}
        return as_json(200, {**found.describe(code, now), **more})

    def _part(self, ask: Ask, code: str) -> Reply:
        found = self.jobs[code]
        if found.state != "JobComplete":
            return trouble(400, "INVALIDJOBSTATE", "The job is not complete.")
        at = int(base64.b64decode(ask.query.get("locator", "") or "MA==").decode())
        size = ask.number("maxRecords", 50_000) or 50_000
        rows = found.rows[at : at + size]
        more = base64.b64encode(str(at + size).encode()).decode() if at + size < len(found.rows) else "null"
        headers = (
            ("Content-Type", "text/csv"),
            ("Sforce-NumberOfRecords", str(len(rows))),
            ("Sforce-Locator", more),
        )
        return Reply(200, as_csv(found.kept, rows, found.query.fields), headers)


def trouble(status: int, code: str, message: str) -> Reply:
    """Salesforce's error body: a list."""
    return as_json(status, [{"message": message, "errorCode": code}])
