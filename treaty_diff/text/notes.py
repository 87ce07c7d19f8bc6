"""Reviewers' notes: W3C Web Annotation documents, one a note, a reply or a word that a note is resolved.

https://www.w3.org/TR/annotation-model/: the target is an expression's IRI, with a fragment (the eId) refined by a quote;
a reply's target is the note it answers. That a note is resolved is a document of its own, with the motivation `moderating`.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..errors import StoreError
from .proposal import Distribution

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_ID = re.compile(r"urn:uuid:(?P<uuid>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")
_AUDIENCE = "urn:treaty-diff:audience:"
_WHEN = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")
_MADE = uuid.UUID("6c1a7d6e-5f3d-4b52-9f40-6d2b7a0f3c11")
"""Namespace of the ids: what is said by one person at one time of one thing has one id."""

COMMENTING, QUESTIONING, REPLYING, MODERATING = "commenting", "questioning", "replying", "moderating"
RESOLVED = "resolved"
_MOTIVES = frozenset({COMMENTING, QUESTIONING, REPLYING, MODERATING})


@dataclass(frozen=True, slots=True)
class Target:
    """What a note is on: an expression's IRI, a provision by eId and by wId, the words quoted with what stands round them."""

    source: str
    eid: str
    wid: str
    exact: str = ""
    prefix: str = ""
    suffix: str = ""

    @property
    def work(self) -> str:
        """The IRI of the work, whatever its edition."""
        return re.sub(r"-(?:restatement|reconstruction)$", "", self.source.rpartition("/")[0])


@dataclass(frozen=True, slots=True)
class Note:
    """A document: id, what moved its author, who, when (ISO 8601, UTC), the words; `target` of a note, `answers` of the rest.

    `distribution` is who may see it; what is not marked is restricted.
    """

    id: str
    motive: str
    who: str
    when: str
    words: str
    target: Target | None = None
    answers: str = ""
    language: str = "en"
    distribution: Distribution = Distribution.RESTRICTED

    @property
    def short(self) -> str:
        """The first letters of the id, by which a person names it."""
        return self.id[9:17]


def made(
    motive: str,
    who: str,
    when: str,
    words: str,
    *,
    target: Target | None = None,
    answers: str = "",
    distribution: Distribution = Distribution.RESTRICTED,
) -> Note:
    """A new document; the same in every respect has the same id."""
    about = answers or (f"{target.source}#{target.eid}|{target.exact}" if target is not None else "")
    found = uuid.uuid5(_MADE, "\n".join((motive, who, when, words, about)))
    return Note(f"urn:uuid:{found}", motive, who, when, words, target, answers, distribution=distribution)


def filename(note: Note) -> str:
    """The file of a document: its uuid."""
    return f"{note.id.removeprefix('urn:uuid:')}.json"


def write(note: Note) -> bytes:
    """A document as it is stored: JSON, two spaces, keys in the order of the model."""
    body: dict[str, Any] | list[dict[str, Any]] = {
        "type": "TextualBody",
        "value": note.words,
        "format": "text/plain",
        "language": note.language,
        "purpose": note.motive if note.motive != MODERATING else COMMENTING,
    }
    if note.motive == MODERATING:
        tag = {"type": "TextualBody", "value": RESOLVED, "purpose": "tagging"}
        body = [tag, body] if note.words else tag  # type: ignore[list-item]
    data = {
        "@context": CONTEXT,
        "id": note.id,
        "type": "Annotation",
        "motivation": note.motive if note.motive != QUESTIONING else COMMENTING,
        "created": note.when,
        "creator": {"type": "Person", "name": note.who},
        "body": body,
        "target": _target(note.target) if note.target is not None else note.answers,
    }
    if note.distribution is not Distribution.RESTRICTED:
        data["audience"] = {
            "id": f"{_AUDIENCE}{note.distribution}",
            "type": "schema:Audience",
            "schema:audienceType": str(note.distribution),
        }
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def _target(target: Target) -> dict[str, Any]:
    fragment: dict[str, Any] = {"type": "FragmentSelector", "value": target.eid}
    if target.exact:
        fragment["refinedBy"] = {
            "type": "TextQuoteSelector",
            "prefix": target.prefix,
            "exact": target.exact,
            "suffix": target.suffix,
        }
    selector: Any = fragment
    if target.wid != target.eid:
        # the original place, by which a provision is known after it was renumbered
        selector = [fragment, {"type": "FragmentSelector", "value": f"wId:{target.wid}"}]
    return {"source": target.source, "selector": selector}


def read(data: bytes, path: str) -> Note:
    """A document from its file; raises StoreError where it is none of ours."""
    try:
        found = json.loads(data)
        note = _note(found)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise StoreError(
            f"{path} is no reviewer's note.",
            cause=f"{type(error).__name__}: {error}"[:200],
            fix="mend it with git, or remove it",
        ) from None
    if filename(note) != path.rpartition("/")[2]:
        raise StoreError(f"{path} has the id of another note.", cause=note.id, fix="name the file by its id")
    return note


def _note(found: Mapping[str, Any]) -> Note:
    if found["type"] != "Annotation" or _ID.fullmatch(_text(found["id"])) is None:
        raise ValueError("no Annotation with a urn:uuid")
    bodies = found["body"] if isinstance(found["body"], list) else [found["body"]]
    said = [b for b in bodies if b.get("purpose") != "tagging"]
    tagged = any(b.get("purpose") == "tagging" and b.get("value") == RESOLVED for b in bodies)
    motive = _text(found["motivation"])
    if motive == COMMENTING and said and said[0].get("purpose") == QUESTIONING:
        motive = QUESTIONING
    if motive not in _MOTIVES or (motive == MODERATING) != tagged or (motive != MODERATING and not said):
        raise ValueError(f"motivation {motive!r} with this body")
    when = _text(found["created"])
    if _WHEN.fullmatch(when) is None:
        raise ValueError(f"created {when!r}")
    words = _text(said[0]["value"]) if said else ""
    language = _text(said[0].get("language", "en")) if said else "en"
    target, answers = None, ""
    if isinstance(found["target"], str):
        answers = found["target"]
        if _ID.fullmatch(answers) is None or motive not in (REPLYING, MODERATING):
            raise ValueError("a target that is no note")
    else:
        target = _read_target(found["target"])
    audience = _text(found["audience"]["id"]) if "audience" in found else ""
    marked = Distribution(audience.removeprefix(_AUDIENCE)) if audience.startswith(_AUDIENCE) else Distribution.RESTRICTED
    return Note(_text(found["id"]), motive, _text(found["creator"]["name"]), when, words, target, answers, language, marked)


def _read_target(found: Mapping[str, Any]) -> Target:
    selectors = found["selector"] if isinstance(found["selector"], list) else [found["selector"]]
    first = selectors[0]
    eid = _text(first["value"])
    wid = next((_text(s["value"])[4:] for s in selectors[1:] if _text(s["value"]).startswith("wId:")), eid)
    quote = first.get("refinedBy", {})
    parts = (_text(quote.get(key, "")) for key in ("exact", "prefix", "suffix"))
    return Target(_text(found["source"]), eid, wid, *parts)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value
