"""Salesforce: accounts, contacts, leads, opportunities, cases, tasks, events, campaigns and their members, users.

https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest (queryAll, Sforce-Limit-Info) and
/docs/platform/api-asynch/guide (Bulk API 2.0), read 2026-11-21. Windows are on SystemModstamp, which automatic changes
move too (LastModifiedDate they do not). queryAll also gives what was deleted or merged while it is in the bin (15
days). The pages of a query come from a cursor of the server's, so that rows may share an instant or move meanwhile.
What is longer than LONG is asked for once more as a bulk job, without an order, which would keep it from being split.
"""

import json
from dataclasses import replace

from extractors.auth import ClientCredentials
from extractors.paging import Bulk, moment, snapshot
from extractors.spec import Answer, Column, Endpoint, Page, Rate, Request, Source, Span, Turn, Wait, Window

LONG = 10_000  # from so many records on, Salesforce recommends a bulk job
LEFT_TO_OTHERS = 0.05  # of the calls that the account may make in a day
IN_ORDER = " ORDER BY Id"
CHANGED = "SystemModstamp"
GONE_FOR_NOW = {"LIMIT_EXCEEDED", "INVALID_QUERY_LOCATOR"}  # jobs of today, a cursor that only a new query brings back


def named(request: Request, columns: tuple[Column, ...]) -> Request:
    """The same query with the fields of the columns named; others do not come."""
    fields = dict.fromkeys(place for column in columns for place in column.places)
    rest = dict(request.params)["q"].partition(" FROM ")[2]
    return request.having(q=f"SELECT {', '.join(fields)} FROM {rest}")  # noqa: S608 SOQL, of declared names only


def changed_in(sobject: str) -> Span:
    """Ask for what changed in the window, deleted or not; SOQL compares instants half-open as written."""

    def ask(request: Request, window: Window) -> Request:
        start, end = moment(window.start_at), moment(window.end_at)
        which = f"{CHANGED} >= {start} AND {CHANGED} < {end}"
        return request.having(q=f"SELECT Id FROM {sobject} WHERE {which}{IN_ORDER}")  # noqa: S608 as above

    return Span(by="modified_at", ask=ask)


def next_records(page: Page) -> Request | None:
    """The rest of the cursor lies at `nextRecordsUrl`, a path; the last page has none."""
    url = page.values.get("nextRecordsUrl")
    return Request(str(url)) if url else None


def job(first: Request) -> Request:
    """The same query as a bulk job."""
    query = dict(first.params)["q"].removesuffix(IN_ORDER)
    body = {
        "operation": "queryAll",
        "query": query,
        "contentType": "CSV",
        "columnDelimiter": "COMMA",
        "lineEnding": "LF",
    }
    return replace(
        first, path=first.path.replace("/queryAll", "/jobs/query"), method="POST", params=(), body=json.dumps(body)
    )


def throttle(answer: Answer) -> Wait | None:
    """Stop before the day's calls are gone, which others need too; errors are a list of objects with an `errorCode`."""
    for said in answer.headers.get("sforce-limit-info", "").split(","):
        name, _, usage = said.strip().partition("=")
        used, _, most = usage.partition("/")
        is_told = name == "api-usage" and used.isdecimal() and most.isdecimal()
        if is_told and int(used) >= int(most) * (1 - LEFT_TO_OTHERS):
            return Wait(stop=True)
    if answer.status not in (400, 403):
        return None
    try:
        errors = {str(error["errorCode"]): str(error.get("message", "")) for error in json.loads(answer.body)}
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    if "REQUEST_LIMIT_EXCEEDED" in errors:
        is_crowd = "concurrent" in errors["REQUEST_LIMIT_EXCEEDED"].lower()
        return Wait(seconds=5.0 * answer.attempt) if is_crowd else Wait(stop=True)
    if errors.keys() & GONE_FOR_NOW:
        return Wait(stop=True)
    return Wait(seconds=5.0 * answer.attempt) if "QUERY_TIMEOUT" in errors else None


def entity(name: str, sobject: str, key: str, *columns: Column) -> Endpoint:
    """An object type with the fields that all of them have, read by what changed."""
    every = (
        Column(key, at="Id", required=True),
        *columns,
        Column("is_deleted", "boolean", at="IsDeleted", required=True),
        Column("created_at", "moment", at="CreatedDate", required=True),
        Column("modified_at", "moment", at=CHANGED, required=True),
    )
    return Endpoint(
        name=name,
        path="/services/data/v{api_version}/queryAll",
        records="records",
        columns=every,
        key=(key,),
        span=changed_in(sobject),
        fields=named,
        restate_days=1,
        bulk=Bulk(above=LONG, create=job, total="totalSize"),
    )


ACCOUNTS = entity(
    "accounts",
    "Account",
    "account_id",
    Column("name", at="Name"),
    Column("parent_account_id", at="ParentId"),
    Column("master_account_id", at="MasterRecordId"),
    Column("owner_id", at="OwnerId"),
    Column("account_type", at="Type"),
    Column("industry", at="Industry"),
    Column("website", at="Website"),
    Column("country", at="BillingCountry"),
    Column("employee_count", "integer", at="NumberOfEmployees"),
)
CONTACTS = entity(
    "contacts",
    "Contact",
    "contact_id",
    Column("account_id", at="AccountId"),
    Column("master_contact_id", at="MasterRecordId"),
    Column("owner_id", at="OwnerId"),
    Column("email", at="Email", personal="email"),
    Column("phone", at="Phone", personal="phone"),
    Column("mobile_phone", at="MobilePhone", personal="phone"),
    Column("first_name", at="FirstName", personal="name"),
    Column("last_name", at="LastName", personal="name"),
    Column("job_title", at="Title"),
    Column("country", at="MailingCountry"),
    Column("lead_source", at="LeadSource"),
    Column("is_email_opted_out", "boolean", at="HasOptedOutOfEmail"),
)
LEADS = entity(
    "leads",
    "Lead",
    "lead_id",
    Column("master_lead_id", at="MasterRecordId"),
    Column("converted_contact_id", at="ConvertedContactId"),
    Column("converted_account_id", at="ConvertedAccountId"),
    Column("converted_opportunity_id", at="ConvertedOpportunityId"),
    Column("owner_id", at="OwnerId"),
    Column("email", at="Email", personal="email"),
    Column("phone", at="Phone", personal="phone"),
    Column("first_name", at="FirstName", personal="name"),
    Column("last_name", at="LastName", personal="name"),
    Column("company", at="Company"),
    Column("job_title", at="Title"),
    Column("country", at="Country"),
    Column("status", at="Status"),
    Column("lead_source", at="LeadSource"),
    Column("is_email_opted_out", "boolean", at="HasOptedOutOfEmail"),
    Column("is_converted", "boolean", at="IsConverted"),
    Column("converted_date", "moment", at="ConvertedDate"),
)
OPPORTUNITIES = entity(
    "opportunities",
    "Opportunity",
    "opportunity_id",
    Column("account_id", at="AccountId"),
    Column("contact_id", at="ContactId"),
    Column("campaign_id", at="CampaignId"),
    Column("owner_id", at="OwnerId"),
    Column("stage", at="StageName"),
    Column("opportunity_type", at="Type"),
    Column("amount", "decimal", at="Amount"),
    Column("is_closed", "boolean", at="IsClosed"),
    Column("is_won", "boolean", at="IsWon"),
    Column("closed_on", "moment", at="CloseDate"),
)
CASES = entity(
    "cases",
    "Case",
    "case_id",
    Column("case_number", at="CaseNumber"),
    Column("account_id", at="AccountId"),
    Column("contact_id", at="ContactId"),
    Column("master_case_id", at="MasterRecordId"),
    Column("owner_id", at="OwnerId"),
    Column("subject", at="Subject", personal="text"),
    Column("status", at="Status"),
    Column("priority", at="Priority"),
    Column("origin", at="Origin"),
    Column("is_closed", "boolean", at="IsClosed"),
    Column("closed_at", "moment", at="ClosedDate"),
)
TASKS = entity(
    "tasks",
    "Task",
    "task_id",
    Column("who_id", at="WhoId"),
    Column("what_id", at="WhatId"),
    Column("owner_id", at="OwnerId"),
    Column("subject", at="Subject", personal="text"),
    Column("task_subtype", at="TaskSubtype"),
    Column("call_type", at="CallType"),
    Column("call_duration_in_s", "integer", at="CallDurationInSeconds"),
    Column("status", at="Status"),
    Column("is_closed", "boolean", at="IsClosed"),
    Column("due_on", "moment", at="ActivityDate"),
    Column("completed_at", "moment", at="CompletedDateTime"),
)
EVENTS = entity(
    "events",
    "Event",
    "event_id",
    Column("who_id", at="WhoId"),
    Column("what_id", at="WhatId"),
    Column("owner_id", at="OwnerId"),
    Column("subject", at="Subject", personal="text"),
    Column("event_subtype", at="EventSubtype"),
    Column("is_child", "boolean", at="IsChild"),
    Column("started_at", "moment", at="StartDateTime"),
    Column("ended_at", "moment", at="EndDateTime"),
)
CAMPAIGNS = entity(
    "campaigns",
    "Campaign",
    "campaign_id",
    Column("name", at="Name"),
    Column("parent_campaign_id", at="ParentId"),
    Column("owner_id", at="OwnerId"),
    Column("campaign_type", at="Type"),
    Column("status", at="Status"),
    Column("is_active", "boolean", at="IsActive"),
    Column("budgeted_cost", "decimal", at="BudgetedCost"),
    Column("actual_cost", "decimal", at="ActualCost"),
    Column("starts_on", "moment", at="StartDate"),
    Column("ends_on", "moment", at="EndDate"),
)
CAMPAIGN_MEMBERS = entity(
    "campaign_members",
    "CampaignMember",
    "campaign_member_id",
    Column("campaign_id", at="CampaignId"),
    Column("contact_id", at="ContactId"),
    Column("lead_id", at="LeadId"),
    Column("status", at="Status"),
    Column("has_responded", "boolean", at="HasResponded"),
    Column("responded_on", "moment", at="FirstRespondedDate"),
)
USERS = Endpoint(
    name="users",
    path="/services/data/v{api_version}/queryAll",
    params=(("q", "SELECT Id FROM User WHERE UserType = 'Standard' ORDER BY Id"),),
    records="records",
    columns=(
        Column("user_id", at="Id", required=True),
        Column("email", at="Email", personal="email"),
        Column("first_name", at="FirstName", personal="name"),
        Column("last_name", at="LastName", personal="name"),
        Column("is_active", "boolean", at="IsActive", required=True),
        Column("created_at", "moment", at="CreatedDate"),
        Column("modified_at", "moment", at=CHANGED),
    ),
    key=("user_id",),
    span=snapshot(),
    fields=named,
)

SOURCE = Source(
    name="salesforce",
    channel="crm",
    base="https://{my_domain}.my.salesforce.com",
    options=(("api_version", "66.0"),),
    passes_over=("attributes",),
    auth=ClientCredentials("/services/oauth2/token"),
    turn=Turn(next_records, reads=("nextRecordsUrl", "totalSize")),
    rate=Rate(calls=25, seconds=1.0),
    parallel=4,
    throttle=throttle,
    endpoints=(
        ACCOUNTS,
        CONTACTS,
        LEADS,
        OPPORTUNITIES,
        CASES,
        TASKS,
        EVENTS,
        CAMPAIGNS,
        CAMPAIGN_MEMBERS,
        USERS,
    ),
)
