"""A text compared with several others at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from ..align.concordance import Concordance
from ..negotiation.marked import is_bracketed, legend
from ..text.model import Provision, Treaty
from ..text.once import once
from ..text.scope import said_of_gone
from .assembly import both, build
from .comparison import Comparison
from .config import RedlineConfig
from .lexing import Lexer


class Asked(Protocol):
    """A text and the provisions of it that are compared; `said` of those that are compared with more than themselves."""

    @property
    def selector(self) -> str:
        """What was asked for, in the user's words."""

    @property
    def revision(self) -> str:
        """The git revision that was named, if any."""

    @property
    def text(self) -> Treaty:
        """The text."""

    @property
    def scope(self) -> tuple[Provision, ...]:
        """The provisions."""

    @property
    def said(self) -> tuple[str, ...]:
        """Sentences."""


@once
def _bracketed(treaty: Treaty) -> bool:
    return is_bracketed(treaty.root)


def compare(
    subject: Asked, bases: Sequence[Asked], concordances: Sequence[Concordance], *, turned: bool, lexer: Lexer | None = None
) -> list[tuple[Comparison, Comparison | None]]:
    """The subject with each base and, where asked for, each the other way round; `concordances` are one a base. Nothing is traced.

    `lexer` may be that of other comparisons in the subject's language.
    """
    config = RedlineConfig()
    lexer = lexer or Lexer(subject.text.meta.language, config)
    out: list[tuple[Comparison, Comparison | None]] = []
    for base, concordance in zip(bases, concordances, strict=True):
        how: dict[str, Any] = {
            "config": config,
            "lexer": lexer,
            "scope": subject.scope,
            "base_scope": base.scope,
            "selectors": (subject.selector, base.selector),
            "revisions": (subject.revision, base.revision),
            "remarks": (
                *subject.said,
                *base.said,
                *said_of_gone(subject.text.meta.proposal, base.text, base.scope),
                *filter(None, [legend([p for asked in (subject, base) if _bracketed(asked.text) for p in asked.scope])]),
            ),
        }
        texts = subject.text, base.text, concordance
        out.append(both(*texts, **how) if turned else (build(*texts, **how), None))
    return out
