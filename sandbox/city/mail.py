"""The mailing lists: who subscribes, which campaigns go out, and what readers and machines do with them."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from sandbox.chance import DAY, HOUR, MINUTE, SECOND, Chance, Flags, Floats, Ints, stacked
from sandbox.city import machines
from sandbox.city.people import People

OPEN, CLICK, BOUNCE = 0, 1, 2
SUBSCRIBED, UNSUBSCRIBED, CLEANED, ARCHIVED = 0, 1, 2, 3
STATUSES = ("subscribed", "unsubscribed", "cleaned", "archived")
REASONS = ("No longer interested", "Did not sign up for list", "Content is no longer relevant", "None given")
SLUGS = ("spring-sale", "new-arrivals", "how-to-guide", "customer-story", "last-chance", "product-news")
LISTS = ("Newsletter", "Product news")
LINKS = machines.LINKS
TRUST_IN_OPENS = 9
BATCH_S = 240  # a campaign goes out over some minutes


@dataclass(frozen=True)
class Campaigns:
    """The campaigns, a row each, in the order they were sent (epoch ms)."""

    list_of: Ints
    sent_at: Ints
    code: list[str]
    slug: list[str]
    tracks_opens: Flags


@dataclass(frozen=True)
class Mail:
    """Everything that happened by email: statements about members, sends, and acts on them.

    `status_*`: a row a statement (list, person, status, at). `send_*`: a row a recipient (campaign, person, bounce 0
    none, 1 soft, 2 hard, at the delivery). `act_*`: a row an act, sorted by campaign, person, instant;
    `act_is_machine` is the truth.
    """

    campaigns: Campaigns
    status_list: Ints
    status_person: Ints
    status: Ints
    status_at: Ints
    send_campaign: Ints
    send_person: Ints
    send_bounce: Ints
    send_at: Ints
    act_campaign: Ints
    act_person: Ints
    act: Ints
    act_at: Ints
    act_ip: Ints
    act_link: Ints
    act_is_machine: Flags
    left_campaign: Ints
    left_person: Ints
    left_at: Ints
    left_reason: Ints


def campaigns(chance: Chance, first: date, days: int) -> Campaigns:
    """Newsletters on Tuesdays and Thursdays, product news every other Wednesday, all at nine."""
    found = []
    for n in range(days):
        day = first + timedelta(days=n)
        if day.weekday() in (1, 3):
            found.append((0, n))
        elif day.weekday() == 2 and day.toordinal() // 7 % 2 == 0:
            found.append((1, n))
    start = epoch(first)
    return Campaigns(
        list_of=np.array([where for where, _ in found], np.int64),
        sent_at=np.array([start + n * DAY + 9 * HOUR + n % 7 * MINUTE for _, n in found], np.int64),
        code=[chance.code(f"campaign{n}", 10) for _, n in found],
        slug=[SLUGS[n % len(SLUGS)] for _, n in found],
        tracks_opens=np.array([i % TRUST_IN_OPENS != TRUST_IN_OPENS - 1 for i in range(len(found))], bool),
    )


def epoch(day: date) -> int:
    """The first instant of a UTC day in epoch milliseconds."""
    return (day - date(1970, 1, 1)).days * DAY


def visiting(mail: Mail) -> Flags:
    """The clicks of people that bring them to the site: the first of each reader of a campaign."""
    human = np.flatnonzero((mail.act == CLICK) & ~mail.act_is_machine)
    _, first = np.unique(mail.act_campaign[human] << 32 | mail.act_person[human], return_index=True)
    found = np.zeros(len(mail.act), bool)
    found[human[first]] = True
    return found


def simulate(chance: Chance, people: People, keen: Floats, first: date) -> Mail:
    """The lists of the city, campaign by campaign: what one of them does decides who gets the next."""
    days = len(keen)
    sent = campaigns(chance, first, days)
    start = epoch(first)
    post = _Post(chance, people, sent, start, keen)
    for which, _ in enumerate(LISTS):
        post.subscribe(which)
    for campaign in range(len(sent.code)):
        post.send(campaign)
    return post.mail()


class _Post:
    """The state of the lists while the campaigns go out."""

    def __init__(self, chance: Chance, people: People, sent: Campaigns, start: int, keen: Floats) -> None:
        self.chance, self.people, self.sent, self.start, self.keen = chance, people, sent, start, keen
        self.campaign = 0
        self.status = np.full((len(LISTS), len(people)), -1)
        self.back = np.full((len(LISTS), len(people)), 0)
        self.statements: list[tuple[Ints, Ints, Ints, Ints]] = []
        self.sends: list[tuple[Ints, Ints, Ints, Ints]] = []
        self.acts: list[tuple[Ints, Ints, Ints, Ints, Ints, Ints, Flags]] = []
        self.leaves: list[tuple[Ints, Ints, Ints, Ints]] = []

    def state(self, which: int, who: Ints, status: int, at: Ints) -> None:
        self.statements.append((np.full(len(who), which), who, np.full(len(who), status), at))

    def subscribe(self, which: int) -> None:
        on_list = self.people.in_mail & (self.chance.flags(f"list{which}", (1.0, 0.4)[which], len(self.people)))
        who = np.flatnonzero(on_list)
        joined = self.people.joined[who]
        later = self.start + np.maximum(joined, 0) * DAY + 10 * HOUR + who % 30_000 * SECOND
        self.at = np.where(joined < 0, self.start + 5 * MINUTE, later)
        self.state(which, who, SUBSCRIBED, self.at)
        self.status[which, who] = SUBSCRIBED
        gone = who[self.chance.flags(f"archive{which}", 0.02, len(self.people))[who]]
        when = self.start + (np.maximum(self.people.joined[gone], 0) + 5) * DAY + gone % 80 * DAY
        self.state(which, gone, ARCHIVED, when + 11 * HOUR)
        self.back[which, gone] = when

    def send(self, campaign: int) -> None:
        self.campaign = campaign
        which, at = int(self.sent.list_of[campaign]), int(self.sent.sent_at[campaign])
        day = (at - self.start) // DAY
        is_on = (self.status[which] == SUBSCRIBED) & (self.people.joined < day)
        is_on &= (self.back[which] == 0) | (self.back[which] > at)
        who = np.flatnonzero(is_on)
        topic = f"campaign{self.sent.sent_at[campaign]}"
        bounce = self.chance.weighted(f"{topic}.bounce", (0.989, 0.01, 0.001), len(self.people))[who]
        delivered = at + who % BATCH_S * SECOND
        self.sends.append((np.full(len(who), campaign), who, bounce, delivered))
        back = who[bounce > 0]
        self.note(back, BOUNCE, at + 20 * SECOND + back % 3600 * SECOND, bounce[bounce > 0])
        hard = who[bounce == 2]
        self.status[which, hard] = CLEANED
        self.state(which, hard, CLEANED, at + 2 * HOUR + hard % 60 * SECOND)
        got = who[bounce == 0]
        self.machines(got, topic, delivered[bounce == 0])
        self.readers(got, topic, delivered[bounce == 0], self.keen[day, got])
        self.leavers(which, got, topic, at)

    def note(self, who: Ints, act: int, at: Ints, extra: Ints, machine_ip: Ints | None = None) -> None:
        """Acts of people, from home, or of machines, from theirs; Gmail fetches the pictures for its readers."""
        gmail = machines.reads_gmail(self.people, who) & (act == OPEN)
        own = np.where(gmail, machines.GMAIL + who % 250, machines.home_ip(who))
        self.acts.append(
            (
                np.full(len(who), self.campaign),
                who,
                np.full(len(who), act),
                at,
                own if machine_ip is None else machine_ip,
                extra,
                np.full(len(who), machine_ip is not None),
            )
        )

    def machines(self, got: Ints, topic: str, at: Ints) -> None:
        if self.sent.tracks_opens[self.campaign]:
            done = machines.opens(self.chance, topic, self.people, got, at)
            self.note(done.who, OPEN, done.at, done.link, done.ip)
        done = machines.clicks(self.chance, topic, self.people, got, at)
        self.note(done.who, CLICK, done.at, done.link, done.ip)

    def readers(self, got: Ints, topic: str, at: Ints, keen: Floats) -> None:
        n = len(self.people)
        opens = self.chance.uniform(f"{topic}.open", n)[got] < keen / (keen + 1.2)
        delay = (120 + self.chance.waiting(f"{topic}.delay", 6 * 3600.0, n)[got]).astype(np.int64)
        hurry = self.chance.uniform(f"{topic}.hurry", n)[got]
        delay = np.where(hurry < 0.02, 3 + (hurry * 6000).astype(np.int64), delay)  # mail open in front of them
        again = opens & (self.chance.uniform(f"{topic}.again", n)[got] < 0.2)
        clicks = opens & (self.chance.uniform(f"{topic}.click", n)[got] < 0.3 * keen / (keen + 0.7))
        if self.sent.tracks_opens[self.campaign]:
            self.note(got[opens], OPEN, at[opens] + delay[opens] * SECOND, np.zeros(opens.sum(), np.int64))
            later = at[again] + (delay[again] + 3600 + got[again] % 40_000) * SECOND
            self.note(got[again], OPEN, later, np.zeros(again.sum(), np.int64))
        link = self.chance.weighted(f"{topic}.link", (0.6, 0.2, 0.15, 0.05), n)[got]
        more = self.chance.weighted(f"{topic}.more", (0.88, 0.09, 0.03), n)[got]
        when = at + (delay + 5 + got % 50) * SECOND
        for nth in range(3):
            some = clicks & (more >= nth)
            self.note(got[some], CLICK, when[some], (link[some] + nth) % LINKS)
            when = when + (4 + (got + nth * 17) % 37) * SECOND

    def leavers(self, which: int, got: Ints, topic: str, at: int) -> None:
        n = len(self.people)
        leaves = got[self.chance.uniform(f"{topic}.leave", n)[got] < 0.003]
        when = at + 5 * MINUTE + leaves % 70_000 * SECOND
        self.status[which, leaves] = UNSUBSCRIBED
        self.state(which, leaves, UNSUBSCRIBED, when)
        reason = self.chance.pick(f"{topic}.reason", len(REASONS), n)[leaves]
        self.leaves.append((np.full(len(leaves), self.campaign), leaves, when, reason))
        away = self.status[which] == UNSUBSCRIBED
        returns = np.flatnonzero(away & (self.chance.uniform(f"{topic}.return", n) < 0.01))
        returns = returns[~np.isin(returns, leaves)]
        self.status[which, returns] = SUBSCRIBED
        self.state(which, returns, SUBSCRIBED, at + DAY + returns % 3600 * SECOND)

    def mail(self) -> Mail:
        columns = stacked(self.acts, 7)
        order = np.lexsort((columns[2], columns[3], columns[1], columns[0]))
        campaign, person, act, at, ip, link, is_machine = (column[order] for column in columns)
        status_list, status_person, status, status_at = stacked(self.statements, 4)
        send_campaign, send_person, send_bounce, send_at = stacked(self.sends, 4)
        left_campaign, left_person, left_at, left_reason = stacked(self.leaves, 4)
        return Mail(
            campaigns=self.sent,
            status_list=status_list,
            status_person=status_person,
            status=status,
            status_at=status_at,
            send_campaign=send_campaign,
            send_person=send_person,
            send_bounce=send_bounce,
            send_at=send_at,
            act_campaign=campaign,
            act_person=person,
            act=act,
            act_at=at,
            act_ip=ip,
            act_link=link,
            act_is_machine=is_machine.astype(bool),
            left_campaign=left_campaign,
            left_person=left_person,
            left_at=left_at,
            left_reason=left_reason,
        )
