"""What people write: answers and comments whose mood is known, because they were written for it.

A mood is -1, 0 or 1, given to each sentence before any lexicon read it; some negate, some are ironic, some are German.
"""

from typing import NamedTuple


class Said(NamedTuple):
    """A text, its mood and its language (ISO 639-1)."""

    text: str
    mood: int
    language: str = "en"


REPLIES = (
    Said("Love this!", 1),
    Said("When is it back in stock?", 0),
    Said("Mine arrived yesterday, great.", 1),
    Said("Does it come in green?", 0),
    Said("The second lamp that broke within a week.", -1),
    Said("Beautiful, and it was easy to put together.", 1),
    Said("Three weeks late and nobody answers the phone.", -1),
    Said("Which size is the one in the picture?", 0),
    Said("Not happy with the quality at all.", -1),
    Said("Best chair we ever had, thank you so much!", 1),
    Said("Wunderschön, genau so eine Lampe habe ich gesucht.", 1, "de"),
    Said("Is it the same fabric as last year?", 0),
    Said("Terrible packaging, the box was torn open.", -1),
    Said("My mother will be delighted with it.", 1),
    Said("Great, another delivery to the wrong address.", -1),
    Said("I measured it: 80 by 120 centimetres.", 0),
    Said("The colour is awful, nothing like the picture.", -1),
    Said("You solved it within an hour, I am impressed.", 1),
    Said("Die Lieferung kam zu spät und der Karton war kaputt.", -1, "de"),
    Said("We have two of them in the kitchen.", 0),
    Said("I am really disappointed, I expected more.", -1),
    Said("Such a lovely idea for a small room.", 1),
    Said("It is not bad for the price.", 1),
    Said("Do you ship to Norway as well?", 0),
)
PRAISE = (
    Said("Thank you!", 1),
    Said("Friendly people and fast delivery.", 1),
    Said("Everything was perfect, I will come back.", 1),
    Said("Alles bestens, sehr gerne wieder.", 1, "de"),
)
COMPLAINTS = (
    Said("The wardrobe arrived damaged.", -1),
    Said("Too expensive, and the service was rude.", -1),
    Said("I waited for an hour and was sent away.", -1),
    Said("Ich bin sehr enttäuscht von der Beratung.", -1, "de"),
)


def reply(row: int) -> Said:
    """What stands in the answer or quote of that number."""
    return REPLIES[row % len(REPLIES)]


def comment(row: int, score: int) -> Said | None:
    """What comes with a "would you recommend us?" (0 to 10): promoters praise, half of the detractors complain."""
    if score > 8:
        return PRAISE[row % len(PRAISE)]
    return COMPLAINTS[row // 2 % len(COMPLAINTS)] if score < 7 and row % 2 == 0 else None
