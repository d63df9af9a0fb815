"""The raw suites: what every endpoint's partitions must be, derived from its declaration, plus its few own lines."""

from collections.abc import Sequence
from datetime import date, timedelta

from expectations.bands import Band
from expectations.partitions import Partition
from expectations.suites import Expectation, Suite
from extractors.spec import Column, Endpoint, Source

REJECTED_SHARE = 0.05
REJECTED_ALWAYS_FINE = 5
REPEATED_SHARE = 0.05
EARLIEST = date(1990, 1, 1)
YEARS_AHEAD = timedelta(days=3660)
LEFT_OUT = "data_coverage: what was left out, and why"
KNOWN = "day, is_there, is_asked, landed, rejected, absent_columns, other_types, refused_files, is_whole"
REFUSED = Expectation(
    says="no file of the day was refused",
    measure="is_asked * refused_files",
    at_most=0,
    of_day=True,
    look_at="refused/ in the drop folder: the reasons lie beside each file; mend it and run the day again",
)
OWN: dict[str, tuple[Expectation, ...]] = {
    "hubspot.deals": (
        Expectation(
            says="a deal that is won has an amount",
            measure="sum(case when is_closed_won and amount is null then 1 else 0 end)",
            at_most=0,
            column="amount",
            needs=("amount", "is_closed_won"),
            severity="warning",
            look_at="who closes deals without an amount: they count as orders worth nothing",
        ),
    ),
    "hubspot.feedback_submissions": (
        Expectation(
            says="a survey score lies between 0 and 10",
            measure="sum(case when score < 0 or score > 10 then 1 else 0 end)",
            at_most=0,
            column="score",
            needs=("score",),
            severity="warning",
            look_at="the scale of the survey in HubSpot",
        ),
    ),
    "mailchimp.members": (
        Expectation(
            says="a member's id is an MD5",
            measure="sum(case when regexp_full_match(member_id, '[0-9a-f]{32}') then 0 else 1 end)",
            at_most=0,
            column="member_id",
            needs=("member_id",),
            look_at="Mailchimp's member id: identity joins on it",
        ),
    ),
    "mailchimp.email_activity": (
        Expectation(
            says="an action is an open, a click or a bounce",
            measure="sum(case when action in ('open', 'click', 'bounce') then 0 else 1 end)",
            at_most=0,
            column="action",
            needs=("action",),
            severity="warning",
            look_at="the seed activity_types: an action that it does not know fails the build",
        ),
    ),
    "files.attendance": (
        Expectation(
            says="an attendance status is invited, registered, attended or no-show",
            measure="sum(case lower(trim(status)) "
            "when 'invited' then 0 when 'registered' then 0 when 'attended' then 0 when 'no-show' then 0 else 1 end)",
            at_most=0,
            column="status",
            needs=("status",),
            severity="warning",
            look_at="who writes the files: any other word weighs nothing",
        ),
    ),
    "matomo.visits": (
        Expectation(
            says="a visit ends after it starts",
            measure="sum(case when last_action_at < first_action_at then 1 else 0 end)",
            at_most=0,
            column="last_action_at",
            needs=("first_action_at", "last_action_at"),
            look_at="the clock of the Matomo server",
        ),
    ),
}


def suite(source: Source, endpoint: Endpoint, last_day: date, band: Band | None) -> Suite:
    """The suite `raw.<vendor>.<entity>` for partitions up to `last_day`; without a band, no volume is expected."""
    name = f"{source.name}.{endpoint.name}"
    columns = [*_required(endpoint.columns), *_moments(endpoint.columns, last_day), *_filed_right(endpoint)]
    whole = [*_partition(name, endpoint, band), *([REFUSED] if source.reads == "files" else [])]
    return Suite(f"raw.{name}", (*whole, *columns, *OWN.get(name, ())))


def facts(suite: Suite, partitions: Sequence[Partition]) -> str:
    """One scan over the rows of the partitions: SQL giving, per day, the measure of expectation n as column `e<n>`."""
    days = ", ".join(f"(date '{p.day}', {', '.join(str(int(number)) for number in _known(p))})" for p in partitions)
    of_rows = {f"e{n}": e.measure for n, e in enumerate(suite.expectations) if not e.of_day}
    of_day = {f"e{n}": e.measure for n, e in enumerate(suite.expectations) if e.of_day}
    outer = [f"({sql}) as {name}" for name, sql in of_day.items()]
    outer += [f"coalesce(measured.{name}, 0) as {name}" for name in of_rows]
    files = ", ".join(_quoted(p.path) for p in partitions if p.is_as_declared)
    measured = "(select null as day, 0 as n, " + ", ".join(f"0 as {name}" for name in of_rows) + " where false)"
    if files:
        inner = ", ".join(["count(*) as n", *(f"{sql} as {name}" for name, sql in of_rows.items())])
        scan = f"read_parquet([{files}], hive_partitioning = true, hive_types = {{'day': date}})"
        measured = f"(select day, {inner} from {scan} group by day)"  # noqa: S608 # declared names
    return (
        f"select cast(days.day as varchar) as day, coalesce(measured.n, 0) as n, {', '.join(outer)} "  # noqa: S608
        f"from (values {days}) as days({KNOWN}) "
        f"left join {measured} as measured on measured.day = days.day"
    )


def _known(of: Partition) -> tuple[int, ...]:
    """What KNOWN names after the day."""
    counts = of.rows, of.rejected, of.absent_columns, of.other_types, of.refused_files
    return (of.is_there, of.is_asked, *counts, of.is_whole)


def _partition(name: str, endpoint: Endpoint, band: Band | None) -> list[Expectation]:
    """What holds of every day's partition as a whole."""
    vendor, entity = name.split(".")
    place = f"lake/raw/source={vendor}/entity={entity}"
    found = [
        Expectation("every day of the run has its partition", "1 - is_there", at_most=0, of_day=True, look_at=place),
        Expectation("every declared column is there", "absent_columns", at_most=0, of_day=True, look_at=place),
        Expectation("every column has its declared type", "other_types", at_most=0, of_day=True, look_at=place),
        Expectation(
            "as many rows are there as the receipt says",
            "case when absent_columns + other_types = 0 then abs(landed - coalesce(measured.n, 0)) else 0 end",
            at_most=0,
            of_day=True,
            look_at=place,
        ),
        Expectation(
            "hardly any record is rejected",
            f"case when rejected <= {REJECTED_ALWAYS_FINE} then 0.0 else rejected / (rejected + landed) end",
            at_most=REJECTED_SHARE,
            of_day=True,
            look_at=f"lake/rejected/source={vendor}/entity={entity}: each record with its reason",
        ),
        _repeated(endpoint.key),
    ]
    if band is not None:
        found += _volume(band, vendor)
    if endpoint.price or endpoint.depth:
        found.append(Expectation("a day came whole", "is_whole", 1, of_day=True, severity="warning", look_at=LEFT_OUT))
    return found


def _repeated(key: tuple[str, ...]) -> Expectation:
    """Distinct 64-bit hashes: counting them costs half of counting the values, and never misses a repeated key."""
    return Expectation(
        "a key is stated once a day, or hardly ever twice",
        f"1 - count(distinct hash({', '.join(map(_name, key))})) / count(*)",
        at_most=REPEATED_SHARE,
        column=", ".join(key),
        needs=key,
        look_at="paging: rows that move between pages are read twice",
    )


def _volume(band: Band, vendor: str) -> list[Expectation]:
    """Too few rows close the gate, too many are only reported: a busy day is no fault.

    A day that was only read again has no volume of its own: what changed since has moved to the day of the change.
    """
    return [
        Expectation(
            "a day is not much smaller than usual",
            "case when is_asked * is_whole = 1 then coalesce(measured.n, 0) else cast('infinity' as double) end",
            at_least=band.low,
            of_day=True,
            look_at=f"whether {vendor} is still being fed, and what its connection may see",
        ),
        Expectation(
            "a day is not much larger than usual",
            "case when is_asked = 1 then coalesce(measured.n, 0) else 0 end",
            at_most=band.high,
            of_day=True,
            severity="warning",
            look_at=f"an import or a bot in {vendor}",
        ),
    ]


def _required(columns: tuple[Column, ...]) -> list[Expectation]:
    return [
        Expectation(
            f"{column.name} is never missing",
            f"count(*) - count({_name(column.name)})",
            at_most=0,
            column=column.name,
            needs=(column.name,),
            look_at="the declaration, if the vendor no longer sends it",
        )
        for column in columns
        if column.required
    ]


def _moments(columns: tuple[Column, ...], last_day: date) -> list[Expectation]:
    latest = last_day + YEARS_AHEAD
    return [
        Expectation(
            f"{column.name} lies in a year that makes sense",
            f"count(case when {_name(column.name)} not between {_instant(EARLIEST)} and {_instant(latest)} then 1 end)",
            at_most=0,
            column=column.name,
            needs=(column.name,),
            look_at="the unit in which the vendor sends its times",
        )
        for column in columns
        if column.type == "moment" and not column.split
    ]


def _filed_right(endpoint: Endpoint) -> list[Expectation]:
    if not endpoint.by:
        return []
    return [
        Expectation(
            f"{endpoint.by} falls on the day of its partition",
            f"count(case when cast({_name(endpoint.by)} at time zone 'UTC' as date) <> day then 1 end)",
            at_most=0,
            column=endpoint.by,
            needs=(endpoint.by,),
            look_at="the window of the extraction",
        )
    ]


def _instant(day: date) -> str:
    return f"timestamptz '{day}'"


def _name(column: str) -> str:
    return f'"{column}"'


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
