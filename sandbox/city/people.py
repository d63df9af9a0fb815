"""Who lives in the city: their traits, and every identifier that a vendor may know them by."""

from dataclasses import dataclass

import numpy as np

from sandbox.chance import Chance, Flags, Floats, Ints

FIRST = (
    "Ada", "Ben", "Cleo", "Dora", "Emil", "Finn", "Gita", "Hugo", "Ines", "Jonas", "Kira", "Liam", "Mona", "Nils",
    "Olga", "Paul", "Quinn", "Rosa", "Sven", "Tara", "Ugo", "Vera", "Will", "Xenia", "Yara", "Zeno", "Amina", "Boris",
    "Carla", "Diego", "Elif", "Farid", "Greta", "Hana", "Ivan", "Jade", "Karim", "Lena", "Milo", "Nora", "Oskar",
    "Petra", "Rafael", "Sana", "Theo", "Uma", "Victor", "Wanda", "Yusuf", "Zoe",
)  # fmt: skip
LAST = (
    "Abel", "Brandt", "Costa", "Dahl", "Ekström", "Farkas", "García", "Hansen", "Ivanova", "Jansen", "Keller",
    "Lopez", "Meyer", "Novak", "Okafor", "Petit", "Quist", "Rossi", "Silva", "Tanaka", "Ueda", "Vargas", "Weber",
    "Xu", "Yilmaz", "Zhang", "Alonso", "Berg", "Conti", "Dubois", "Eriksen", "Fischer", "Gruber", "Horvat", "Ito",
    "Jensen", "Kovac", "Lund", "Moreau", "Nagy", "Olsen", "Popov", "Reyes", "Sato", "Toth", "Ullman", "Vogel",
    "Wagner", "Young", "Zimmer",
)  # fmt: skip
PLAIN = str.maketrans("öíá", "oia")
COUNTRIES = ("Germany", "France", "Spain", "United Kingdom", "United States", "Norway", "Japan", "Brazil")
CODES = ("de", "fr", "es", "gb", "us", "no", "jp", "br")
PRIVATE_DOMAINS = ("mail.example", "post.example", "inbox.example", "webmail.example")
TRADES = ("north", "blue", "clear", "prime", "metro", "stone", "river", "solar", "urban", "vital")
KINDS = ("works", "labs", "trade", "soft", "foods", "tools", "care", "build", "parts", "media")
INDUSTRIES = ("COMPUTER_SOFTWARE", "RETAIL", "MACHINERY", "FOOD_PRODUCTION", "HOSPITAL_HEALTH_CARE", "CONSTRUCTION")
COMPANY_SIZE = 7
HOUSEHOLD = 3
GROUP = 4


@dataclass(frozen=True)
class People:
    """The people, a row each: traits, and the texts they are known by ("" where they have none)."""

    level: Floats
    is_b2b: Flags
    joined: Ints
    left: Ints
    company: Ints
    country: Ints
    in_crm: Flags
    in_mail: Flags
    on_web: Flags
    signs_in: Flags
    on_social: Flags
    household: Ints
    terminal: Ints
    has_image_proxy: Flags
    has_scanner: Flags
    first_name: list[str]
    last_name: list[str]
    email: list[str]
    second_email: list[str]
    mail_email: list[str]
    role_email: list[str]
    phone: list[str]
    user_id: list[str]
    handle: list[str]
    did: list[str]
    crm_knows_handle: Flags
    has_duplicate: Flags
    is_merged: Flags
    is_binned: Flags

    def __len__(self) -> int:
        """How many people there are."""
        return len(self.level)


@dataclass(frozen=True)
class Companies:
    """The business customers, a row each; `parent` is -1 or an earlier company."""

    name: list[str]
    domain: list[str]
    industry: list[str]
    country: Ints
    parent: Ints
    size: Ints

    def __len__(self) -> int:
        """How many companies there are."""
        return len(self.name)


def companies(chance: Chance, count: int) -> Companies:
    """So many companies, a quarter of them with a parent."""
    domain = [f"{TRADES[n % 10]}{KINDS[n // 10 % 10]}{n // 100 or ''}.example" for n in range(count)]
    has_parent = chance.flags("company.parent", 0.25, count) & (np.arange(count) > 0)
    parent = np.where(has_parent, (chance.uniform("company.which", count) * np.arange(count)).astype(np.int64), -1)
    return Companies(
        name=[d.removesuffix(".example").title() + " Ltd" for d in domain],
        domain=domain,
        industry=[INDUSTRIES[i] for i in chance.pick("company.industry", len(INDUSTRIES), count)],
        country=chance.pick("company.country", len(COUNTRIES), count),
        parent=parent,
        size=(10 * np.exp(chance.uniform("company.size", count) * 5)).astype(np.int64),
    )


def _emails(chance: Chance, n: int, works_at: Ints, town: Companies, names: list[tuple[str, str]]) -> list[str]:
    private = chance.pick("email.domain", len(PRIVATE_DOMAINS), n)
    plain = [f"{a}.{b}".lower().translate(PLAIN) for a, b in names]
    return [
        f"{plain[i]}@{town.domain[works_at[i]]}" if works_at[i] >= 0 else f"{plain[i]}{i}@{PRIVATE_DOMAINS[private[i]]}"
        for i in range(n)
    ]


def _unique(emails: list[str]) -> list[str]:
    seen: set[str] = set()
    for i, email in enumerate(emails):
        found = email if email not in seen else email.replace("@", f".{i}@")
        seen.add(found)
        emails[i] = found
    return emails


def people(chance: Chance, n: int) -> tuple[People, Companies]:
    """The people of the city and the companies some of them work at."""
    is_b2b = chance.flags("b2b", 0.25, n)
    town = companies(chance, max(1, int(is_b2b.sum()) // COMPANY_SIZE))
    works_at = np.where(is_b2b, np.cumsum(is_b2b) // COMPANY_SIZE % len(town), -1)
    first = [FIRST[i] for i in chance.pick("first", len(FIRST), n)]
    last = [LAST[i] for i in chance.pick("last", len(LAST), n)]
    names = list(zip(first, last, strict=True))
    email = _unique(_emails(chance, n, works_at, town, names))
    in_crm = chance.flags("in_crm", 0.72, n)
    on_web = chance.flags("on_web", 0.85, n)
    on_social = chance.flags("on_social", 0.2, n)
    signs_in = on_web & in_crm & chance.flags("signs_in", 0.6, n)
    has_role = is_b2b & in_crm & chance.mess("role", 0.5, n)
    second = _second_emails(chance, n, email)
    has_duplicate = in_crm & np.array([bool(s) for s in second], bool) & chance.mess("duplicate", 0.3, n)
    early = chance.flags("early", 0.65, n)
    joined = np.where(early, -1, chance.waiting("joined", 45.0, n).astype(np.int64))
    stays = chance.flags("stays", 0.6, n)
    home = np.arange(n) // HOUSEHOLD
    base32 = "abcdefghijklmnopqrstuvwxyz234567"
    found = People(
        level=chance.on("level").standard_normal(n),
        is_b2b=is_b2b,
        joined=joined,
        left=np.where(stays, 10**6, joined + 7 + chance.waiting("left", 90.0, n).astype(np.int64)),
        company=works_at,
        country=chance.pick("country", len(COUNTRIES), n),
        in_crm=in_crm,
        in_mail=chance.flags("in_mail", 0.65, n),
        on_web=on_web,
        signs_in=signs_in,
        on_social=on_social,
        household=np.where(chance.mess("household", 0.1, n // HOUSEHOLD + 1)[home] & ~is_b2b, home, -1),
        terminal=np.where(chance.mess("terminal", 0.04, n), chance.pick("which.terminal", 1 + n // 1000, n), -1),
        has_image_proxy=chance.mess("image_proxy", 0.35, n),
        has_scanner=is_b2b & chance.mess("scanner", 0.35, n),
        first_name=first,
        last_name=last,
        email=email,
        second_email=second,
        mail_email=_mail_emails(chance, email, second),
        role_email=[f"info@{town.domain[c]}" if has_role[i] else "" for i, c in enumerate(works_at)],
        phone=_phones(chance, n, works_at),
        user_id=[f"u{i:06d}" if signs_in[i] else "" for i in range(n)],
        handle=[
            f"{a}{b}{i}.social.example".lower().translate(PLAIN) if on_social[i] else ""
            for i, (a, b) in enumerate(names)
        ],
        did=[f"did:plc:{chance.code(f'did{i}', 24, base32)}" if on_social[i] else "" for i in range(n)],
        crm_knows_handle=on_social & in_crm & chance.flags("knows_handle", 0.6, n),
        has_duplicate=has_duplicate,
        is_merged=has_duplicate & chance.flags("merged", 0.6, n),
        is_binned=in_crm & ~has_duplicate & chance.flags("binned", 0.015, n),
    )
    return found, town


def _second_emails(chance: Chance, n: int, email: list[str]) -> list[str]:
    own, tagged = 0.1 * chance.noise, 0.05 * chance.noise
    kind = chance.weighted("second", (1 - own - tagged, own, tagged), n)
    return [
        "" if kind[i] == 0 else f"{e.split('@')[0]}.{i}@second.example" if kind[i] == 1 else e.replace("@", "+news@")
        for i, e in enumerate(email)
    ]


def _mail_emails(chance: Chance, email: list[str], second: list[str]) -> list[str]:
    uses_second = chance.flags("mail.second", 0.5, len(email))
    shouts = chance.mess("mail.case", 0.08, len(email))
    used = [s if s and uses_second[i] else e for i, (e, s) in enumerate(zip(email, second, strict=True))]
    return [e.split("@")[0].title() + "@" + e.split("@")[1] if shouts[i] else e for i, e in enumerate(used)]


def _phones(chance: Chance, n: int, works_at: Ints) -> list[str]:
    own = chance.flags("phone.own", 0.55, n)
    at_desk = chance.mess("phone.desk", 0.4, n)
    return [
        f"+49 30 {900000 + works_at[i] // GROUP}"
        if works_at[i] >= 0 and at_desk[i]
        else f"+49 151 {10000000 + i}"
        if own[i]
        else ""
        for i in range(n)
    ]
