"""Where one question may end and the next begin: sentences, and clauses within them."""

import re
from collections.abc import Sequence

from rasa.nlu.tokenizers.tokenizer import Token

Tokens = Sequence[Token]

STOP = re.compile(r"[.!?…;]+")
AND = frozenset(
    {"ja", "sekä", "entä", "entäs", "mutta", "lisäksi", "och", "o", "å", "samt", "men", "dessutom"}
    | {"and", "but", "also", "then", "plus", "&", "+", ","}
)
# Words that ask wherever they stand, in the three languages; in Finnish also verbs with -ko or -kö.
ASKING = re.compile(
    r"mi(?:kä|tkä|tä|tää|hin|ssä|stä|nne|ten|llä|lle|nä|nkä|ksi|ks|lloin|llon|llai\w+)|mis|mite"
    r"|millo|kuka|ketkä|kene\w+|kei[td]\w+|kelle|keltä|kuinka|paljonko|paljo|koska|mone\w+|mont\w+"
    r"|\w{2,}k[oö](?:s|han|hän)?|onks|voiks|saaks|pitääks|tarviiks|löytyyks|ootteks"
    r"|vem|vilk(?:en|et|a)|vad|när|hur|vart|varifrån|varför|huruvida"
    r"|who|whom|what|when|where|which|why|whose|how|whether",
    re.IGNORECASE,
)
# Verbs that ask, or bid, where they open a sentence or a clause.
OPENING = re.compile(
    r"kan|får|ska|skall|måste|finns|är|går|behövs?|behöver|har|gäller|räcker|krävs|var|kunde|skulle|e"
    r"|can|could|may|might|is|are|do|does|did|must|should|will|would|has|have|shall|any"
    r"|kerro|kertokaa|anna|antakaa|näytä|lähetä|luettele|laita|pane|lisää|laske|selitä|listaa|auta"
    r"|berätta|ge|säg|visa|skicka|räkna|sätt|lägg|lista|förklara|gå|hjälp"
    r"|tell|give|show|send|list|put|add|explain|let|help|please",
    re.IGNORECASE,
)
REACH = 4  # words of a clause among which the one that asks stands
TELLING = 4  # letters of a word that may be more than a pronoun or a question word
SHORT = 11  # words of a list without a verb
LONG = 60  # words and signs of a sentence that is no mere row of questions


def sentences(text: str, tokens: Tokens) -> list[Tokens]:
    """The tokens of each sentence and line of a text."""
    found: list[list[Token]] = [[]]
    for token, after in zip(tokens, [*tokens[1:], None], strict=True):
        found[-1].append(token)
        gap = text[token.end : after.start if after else None]
        stops = STOP.fullmatch(token.text) and not (after and STOP.fullmatch(after.text))
        if stops or "\n" in gap:
            found.append([])
    return [each for each in found if any(token.text[0].isalnum() for token in each)]


def asks(tokens: Tokens, reach: int | None = None) -> bool:
    """Whether a word makes a clause a question: any of its words, or one of the first `reach`."""
    words = [token.text for token in tokens if token.text[0].isalpha()]
    return any(map(ASKING.fullmatch, words[:reach])) or bool(words and OPENING.fullmatch(words[0]))


def cuts(sentence: Tokens) -> list[tuple[Tokens, Tokens]]:
    """The ways to part a sentence in two at an "and" or a comma, which go to neither part.

    Both parts have to ask something, or neither in a short list without a word that asks.
    """
    if len(sentence) > LONG:
        return []
    joints = [token.text.lower() in AND for token in sentence]
    parts = []
    for place in range(1, len(sentence)):
        if joints[place] and not joints[place - 1]:
            left, right = sentence[:place], sentence[place:]
            while right and right[0].text.lower() in AND:
                right = right[1:]
            asking = asks(left), asks(right, REACH)
            alike = all(asking) or (not any(asking) and len(sentence) <= SHORT)
            if alike and _tells(left) and _tells(right):
                parts.append((left, right))
    return parts


def _tells(tokens: Tokens) -> bool:
    """Whether a clause has a topic: "and when?" has none of its own."""
    return any(len(token.text) >= TELLING for token in tokens)
