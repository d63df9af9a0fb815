"""Salesforce's ids: 15 letters and digits that tell upper from lower case, and 3 more that say which are upper."""

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
SUFFIX = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
PREFIXES = {
    "Account": "001",
    "Contact": "003",
    "User": "005",
    "Opportunity": "006",
    "Lead": "00Q",
    "CampaignMember": "00v",
    "Task": "00T",
    "Event": "00U",
    "Case": "500",
    "Campaign": "701",
    "Job": "750",
}


def long_id(kind: str, number: int) -> str:
    """The 18 characters of the id with that number; ids of a kind sort as their numbers do."""
    digits = ""
    for _ in range(12):
        number, digit = divmod(number, len(DIGITS))
        digits = DIGITS[digit] + digits
    short = PREFIXES[kind] + digits
    return short + "".join(_suffix(short[at : at + 5]) for at in (0, 5, 10))


def _suffix(five: str) -> str:
    return SUFFIX[sum(1 << place for place, letter in enumerate(five) if letter.isupper())]
