"""One question to one engine: places in the text, then what nothing was found for: raw Telex, then spelling."""

from dataclasses import dataclass, replace

from catalog import clock
from catalog.search import spelling, telex
from catalog.search.engine import Engine, Found
from catalog.search.query import SearchQuery
from catalog.search.reading import Reading, read
from catalog.search.spelling import Correction
from catalog.search.synonyms import Clause, clauses
from catalog.search.tokens import tokens


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found, how the text was read, and the text searched for instead of the one typed, or None.

    `offered`: nothing was found, and this may have been meant.
    """

    reading: Reading
    found: Found
    corrected: str | None = None
    offered: str | None = None


def ask(engine: Engine, query: SearchQuery) -> Answer:
    """The answer to a query; a text that finds something is taken as typed. Raises SearchUnavailable."""
    answer = _ask(engine, query)
    if answer.found.total or query.exact:
        return answer
    if plain := _decoded(engine, query.text):
        decoded = _ask(engine, replace(query, text=plain))
        if decoded.found.total:
            return replace(decoded, corrected=plain)
    meant = _corrected(engine, query, answer.reading)
    if meant and meant.sure:
        return replace(_ask(engine, replace(query, text=meant.text)), corrected=meant.text)
    return replace(answer, offered=meant.text) if meant else answer


def _ask(engine: Engine, query: SearchQuery) -> Answer:
    """Places in the text narrow; where that leaves nothing but the plain words find something, they stay words."""
    reading = read(query)
    if reading.nothing:
        return Answer(reading, Found(0, [], {}))
    if reading.doubtful:
        reading = _surer(engine, query, reading)
    found = engine.search(reading.request)
    if found.total or not reading.chips:
        return Answer(reading, found)
    plain = read(query, keep_words=True)
    words_found = engine.search(plain.request)
    return Answer(plain, words_found) if words_found.total else Answer(reading, found)


def _surer(engine: Engine, query: SearchQuery, reading: Reading) -> Reading:
    """A district's name that stands alone stays words where nobody there has what the other words say.

    "Sơn Hà" is a producer's name too: as long as nobody in the district sells any, that is what is meant.
    """
    there = tuple(replace(one, words=()) if one.communes else one for one in reading.request.clauses)
    if engine.count(there, reading.request.today, adult=query.adult):
        return reading
    return read(query, only_sure=True)


def _decoded(engine: Engine, text: str) -> str | None:
    """The text read as Telex, if that gives no word with accents that the catalogue does not have."""
    plain = telex.decoded(text)
    if plain is None or any(t.has_accents and t.accented not in engine.vocabulary().accented for t in tokens(plain)):
        return None
    return plain


def _corrected(engine: Engine, query: SearchQuery, reading: Reading) -> Correction | None:
    if not reading.typed:
        return None
    today = clock.today().toordinal()

    def hits(text: str, *, in_a_row: bool = False) -> int:
        typed = tokens(text)
        asked = (Clause(tuple(typed), in_a_row=True),) if in_a_row else tuple(clauses(typed))
        return engine.count(asked, today, adult=query.adult)

    return spelling.correct(reading.typed, engine.vocabulary(), hits)
