"""What a document may be, looked at before anything of it is run; and read once where it comes again."""

from functools import lru_cache
from typing import Any, Final

from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLError,
    Lexer,
    Node,
    Source,
    TokenKind,
    Visitor,
    parse,
    validate,
    visit,
)

from catalog.api.errors import DocumentTooLarge, TooDeep, TooManyAliases
from catalog.api.schema import SCHEMA

MOST_BYTES: Final = 64_000  # of a request's body
MOST_CHARACTERS: Final = 16_000  # of a document
MOST_TOKENS: Final = 2_000
MOST_NESTING: Final = 64  # brackets within each other, before it is parsed
MOST_FIELDS: Final = 250  # as written
MOST_ALIASES: Final = 30
MOST_DEPTH: Final = 16  # fields within each other, through fragments
LONGEST_NUMBER: Final = 20  # digits
_SHORT: Final = 4_000  # characters; longer documents are not remembered
_OPEN: Final = frozenset({TokenKind.BRACE_L, TokenKind.PAREN_L, TokenKind.BRACKET_L})
_CLOSE: Final = frozenset({TokenKind.BRACE_R, TokenKind.PAREN_R, TokenKind.BRACKET_R})


class Invalid(Exception):
    """A document that the schema does not allow."""

    def __init__(self, errors: list[GraphQLError]) -> None:
        self.errors = errors
        super().__init__(str(errors))


def read(text: str) -> DocumentNode:
    """A document that may be run. Raises DocumentTooLarge, TooDeep, TooManyAliases, GraphQLSyntaxError, Invalid."""
    if len(text) > MOST_CHARACTERS:
        raise DocumentTooLarge(most=MOST_CHARACTERS, what="characters", what_vi="số ký tự")
    return _known(text) if len(text) <= _SHORT else _read(text)


def _read(text: str) -> DocumentNode:
    _scan(text)
    document = parse(text)
    _count(document)
    if wrong := validate(SCHEMA.graphql_schema, document, max_errors=5):
        raise Invalid(wrong)
    return document


_known = lru_cache(maxsize=64)(_read)


def _scan(text: str) -> None:
    """Tokens, brackets and numbers, without a tree: the parser calls itself for each bracket."""
    lexer, tokens, nesting = Lexer(Source(text)), 0, 0
    while (token := lexer.advance()).kind is not TokenKind.EOF:
        tokens += 1
        nesting += (token.kind in _OPEN) - (token.kind in _CLOSE)
        if tokens > MOST_TOKENS:
            raise DocumentTooLarge(most=MOST_TOKENS, what="tokens", what_vi="số từ tố")
        if nesting > MOST_NESTING:
            raise TooDeep(most=MOST_DEPTH)
        if token.kind in (TokenKind.INT, TokenKind.FLOAT) and len(token.value or "") > LONGEST_NUMBER:
            raise DocumentTooLarge(most=LONGEST_NUMBER, what="digits in a number", what_vi="số chữ số của một số")


class _Counter(Visitor):
    """Fields and aliases as written."""

    fields = aliases = 0

    def enter_field(self, node: FieldNode, *_: Any) -> None:
        """Counts one."""
        self.fields += 1
        self.aliases += node.alias is not None


def _count(document: Node) -> None:
    counter = _Counter()
    visit(document, counter)
    if counter.aliases > MOST_ALIASES:
        raise TooManyAliases(n=counter.aliases, most=MOST_ALIASES)
    if counter.fields > MOST_FIELDS:
        raise DocumentTooLarge(most=MOST_FIELDS, what="fields", what_vi="số trường")
