"""Where things lie in a store, and what names they may have.

::

    treaty-diff.toml                       marks the folder as a store
    texts/<treaty>/treaty.toml             the treaty: title, Parties, dates, its expressions
    texts/<treaty>/<edition>/<expression>/ main.xml and a file a chapter or annex
    proposals/<topic>/<PARTY>/             the same of a proposal: proposal.toml, its editions and expressions
    proposals/<topic>/consolidated/        the same of the Parties' texts as one, in brackets
    concordances/<treaty>--<treaty>.jsonl  which provision of the one answers which of the other; of a proposal sunset_USA--nafta1994
    negotiation/                           rounds.toml, statuses.jsonl, answers.jsonl
    annotations/<uuid>.json                a reviewer's note, a reply, or that a note is resolved
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from ..citation import is_treaty_id
from ..errors import StoreError
from ..text.model import Edition

MARK = "treaty-diff.toml"
FORMAT = 1
DEFAULT_TREATY = "nafta1994"
ATTRIBUTES = "* -text\n"
BRANCH = "main"
TEXTS = "texts"
PROPOSALS = "proposals"
CONSOLIDATED = "consolidated"
CONCORDANCES = "concordances"
NEGOTIATION = "negotiation"
ANNOTATIONS = "annotations"
ROUNDS = f"{NEGOTIATION}/rounds.toml"
STATUSES = f"{NEGOTIATION}/statuses.jsonl"
ANSWERS = f"{NEGOTIATION}/answers.jsonl"

EXPRESSION = re.compile(r"[a-z]{3}@[0-9]{4}-[0-9]{2}-[0-9]{2}")
"""How an expression is named."""

_PARTIES = re.compile(r"[A-Z]{3}(?:-[A-Z]{3}){0,15}")
_FILE = re.compile(r"[^\W_](?:[^\W_]|[_-]){0,180}\.xml")
_WORK = rf"[a-z0-9]+(?:-[a-z0-9]+)*(?:_(?:{_PARTIES.pattern}|{CONSOLIDATED}))?"
_PAIR = re.compile(rf"({_WORK})--({_WORK})\.jsonl")
_NOTE = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.json")
_DEVICE = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]")
_LONGEST = 64


def may_name_treaty(treaty: str) -> bool:
    """Whether a treaty may have this id: one that no selector, no option and no device of Windows is written like."""
    return len(treaty) <= _LONGEST and is_treaty_id(treaty) and not _DEVICE.fullmatch(treaty)


def may_name_proposal(work: str) -> bool:
    """Whether the text of a proposal may have this id: a topic, which is named as a treaty is, and who tabled it: `sunset/USA`."""
    topic, slash, parties = work.partition("/")
    return bool(slash) and may_name_treaty(topic) and _PARTIES.fullmatch(parties) is not None


def consolidated(topic: str) -> str:
    """Id of the consolidated text on a topic: `sunset/consolidated`."""
    return f"{topic}/{CONSOLIDATED}"


def is_consolidated(work: str) -> bool:
    """Whether an id is that of a consolidated text."""
    topic, slash, name = work.partition("/")
    return bool(slash) and name == CONSOLIDATED and may_name_treaty(topic)


def may_name_tabled(work: str) -> bool:
    """Whether a text under `proposals/` may have this id: a proposal or a consolidated text."""
    return may_name_proposal(work) or is_consolidated(work)


def is_store_path(path: str) -> bool:
    """Whether the store itself writes a file of this path: no other is ever touched."""
    if path in (MARK, ".gitattributes", ROUNDS, STATUSES, ANSWERS):
        return True
    match path.split("/"):
        case ["texts", treaty, "treaty.toml"]:
            return may_name_treaty(treaty)
        case ["proposals", topic, parties, "proposal.toml"]:
            return may_name_tabled(f"{topic}/{parties}")
        case ["texts", treaty, edition, expression, name]:
            return may_name_treaty(treaty) and _is_text(edition, expression, name)
        case ["proposals", topic, parties, edition, expression, name]:
            return may_name_tabled(f"{topic}/{parties}") and _is_text(edition, expression, name)
        case ["concordances", name]:
            return pair_of(name) is not None
        case ["annotations", name]:
            return is_note(name)
        case _:
            return False


def _is_text(edition: str, expression: str, name: str) -> bool:
    return edition in list(Edition) and EXPRESSION.fullmatch(expression) is not None and is_text_file(name)


def is_note(name: str) -> bool:
    """Whether a reviewer's note may have this file: a uuid in small letters, `.json`."""
    return _NOTE.fullmatch(name) is not None


def pair_of(name: str) -> tuple[str, str] | None:
    """The two treaties or proposals of a concordance by its file's name (`sunset_USA--nafta1994.jsonl`), None where that is no such name."""
    m = _PAIR.fullmatch(name)
    if m is None or m[1] == m[2]:
        return None
    first, second = (work.replace("_", "/") for work in m.groups())
    return (first, second) if all(may_name_treaty(work) or may_name_tabled(work) for work in (first, second)) else None


def concordance_path(subject: str, base: str) -> str:
    """File of the concordance of two treaties or proposals; raises StoreError where they cannot have one."""
    name = f"{subject.replace('/', '_')}--{base.replace('/', '_')}.jsonl"
    if pair_of(name) != (subject, base):
        raise StoreError(
            f"{subject} and {base} cannot have a concordance.",
            cause="it is of two treaties or proposals, whose ids have no two hyphens together and none at the end",
            fix="between texts of one treaty, `treaty-diff align` and `treaty-diff diff` show what answers what",
        )
    return f"{CONCORDANCES}/{name}"


def is_text_file(name: str) -> bool:
    """Whether a file of an expression may have this name: letters, digits, hyphens, underscores, `.xml`."""
    return _FILE.fullmatch(name) is not None and not _DEVICE.fullmatch(name.partition(".")[0].lower())


def treaty_folder(treaty: str) -> str:
    """Folder of a treaty or of a proposal (`sunset/USA`); raises StoreError for a name that neither may have."""
    if may_name_tabled(treaty):
        return f"{PROPOSALS}/{treaty}"
    if not may_name_treaty(treaty):
        raise StoreError(
            f"“{treaty[:80]}” cannot name a treaty.",
            cause=f"a treaty's id is small letters, digits and hyphens, begins with a letter, has at most {_LONGEST} characters, "
            "and is neither a selector nor a name that Windows forbids (con, nul …)",
            fix="choose an id such as nafta1994, tpp, us-peru",
        )
    return f"{TEXTS}/{treaty}"


def proposal_folder(work: str) -> str:
    """Folder of a proposal; raises StoreError for an id that none may have."""
    if not may_name_proposal(work):
        raise StoreError(
            f"“{work[:80]}” cannot name a proposal.",
            cause="a topic is named as a treaty is, in small letters, digits and hyphens; Parties have ISO 3166-1 alpha-3 codes",
            fix="choose a topic such as sunset, digital-trade",
        )
    return treaty_folder(work)


def catalogue_path(treaty: str) -> str:
    """File that describes a treaty or a proposal."""
    folder = treaty_folder(treaty)
    return f"{folder}/{'proposal' if folder.startswith(PROPOSALS) else 'treaty'}.toml"


def expression_folder(treaty: str, edition: Edition, expression: str) -> str:
    """Folder of one expression's files."""
    if not EXPRESSION.fullmatch(expression):
        raise StoreError(f"“{expression}” names no expression.", cause="the form is eng@2016-02-04")
    return f"{treaty_folder(treaty)}/{edition}/{expression}"


def is_bare(folder: Path) -> bool:
    """Whether a folder is a bare repository, as `git clone --bare` makes it."""
    return (folder / "HEAD").is_file() and (folder / "objects").is_dir() and (folder / "refs").is_dir()


def user_store() -> Path:
    """The user's own store, where none else is named."""
    base = os.environ.get("XDG_DATA_HOME")
    return (Path(base) if base else Path.home() / ".local" / "share") / "treaty-diff" / "store"


def find(named: str | None, start: Path | None = None) -> Path | None:
    """The store to use: the one named, `TREATY_DIFF_STORE`, or the nearest folder above that is one.

    None where there is none. Raises StoreError where the named folder is no store.
    """
    for origin, value in (("--store", named), ("TREATY_DIFF_STORE", os.environ.get("TREATY_DIFF_STORE"))):
        if value:
            path = Path(value)
            if not (path / MARK).is_file() and not is_bare(path):
                raise StoreError(
                    f"{path} is not a store.",
                    cause=f"{origin} names it, but it has no {MARK}",
                    fix=f"make it one with `treaty-diff init {path}`, or name another folder",
                )
            return path
    here = (start or Path.cwd()).resolve()
    return next((folder for folder in (here, *here.parents) if (folder / MARK).is_file()), None)
