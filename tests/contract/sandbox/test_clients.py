"""The vendors' own clients read the sandbox."""

import gc
import warnings

import pytest


@pytest.fixture(autouse=True)
def _unclosed():
    """The clients leave their own sockets to the garbage collector, which complains."""
    yield
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


def test_hubspots_client_searches_lists_and_reads_associations(served):
    from hubspot.crm.associations.v4 import ApiClient as LinksClient  # noqa: PLC0415
    from hubspot.crm.associations.v4 import BatchApi, BatchInputPublicFetchAssociationsBatchRequest  # noqa: PLC0415
    from hubspot.crm.associations.v4 import Configuration as LinksConfiguration  # noqa: PLC0415
    from hubspot.crm.contacts import ApiClient, BasicApi, Configuration, SearchApi  # noqa: PLC0415

    setting = Configuration(host=f"{served}/hubspot")
    setting.access_token = "sandbox-hubspot-token"
    client = ApiClient(setting)
    asked = {"filterGroups": [], "sorts": ["hs_object_id"], "properties": ["email"], "limit": 5, "after": "0"}
    found = SearchApi(client).do_search(public_object_search_request=asked)
    assert found.total > 100
    assert found.paging.next.after == "5"
    assert found.results[0].properties["email"]
    assert BasicApi(client).get_page(limit=3, archived=True).results[0].archived
    linked = LinksConfiguration(host=f"{served}/hubspot")
    linked.access_token = "sandbox-hubspot-token"
    inputs = BatchInputPublicFetchAssociationsBatchRequest(inputs=[{"id": "9000000001"}])
    read = BatchApi(LinksClient(linked)).get_page("deals", "contacts", inputs)
    assert read.results[0].to[0].to_object_id


def test_mailchimps_client_reads_lists_members_and_reports(served):
    import mailchimp_marketing  # noqa: PLC0415

    client = mailchimp_marketing.Client()
    client.set_config({"api_key": "sandbox-mailchimp-key-us1", "server": "us1"})
    client.api_client.host = f"{served}/mailchimp/3.0"
    lists = client.lists.get_all_lists()["lists"]
    assert client.lists.get_list_members_info(lists[0]["id"], count=7)["members"][6]["email_address"]
    report = client.reports.get_all_campaign_reports(count=1)["reports"][0]
    assert client.reports.get_email_activity_for_campaign(report["id"])["total_items"] == report["emails_sent"]


def test_blueskys_client_reads_the_feed_the_notifications_and_the_followers(served):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pydantic, while the client's models are built
        from atproto import Client  # noqa: PLC0415

    client = Client(base_url=f"{served}/bluesky/xrpc")
    client.login("brand.example", "sandbox-bluesky-password")
    told = client.app.bsky.notification.list_notifications({"limit": 100})
    assert {n.record.py_type.rsplit(".", 1)[-1] for n in told.notifications} >= {"like", "post"}
    assert client.get_author_feed("brand.example", limit=100).feed[0].post.record.text
    assert client.get_followers("brand.example").followers[0].handle.endswith(".social.example")
