"""Sources changed at random: bytes of anything, parts of a Word file, elements of Akoma Ntoso."""

from __future__ import annotations

import copy
import io
import random
import re
import zipfile
from collections.abc import Iterable

from lxml import etree

from treaty_diff.ingest.akn_words import INLINE, LEVELS, WRAPPERS
from treaty_diff.text.akn.names import AKN, BLOCKS

TOKENS = [
    token.encode()
    for token in (
        *"1.|2.|(a)|a)|(i)|(ii)|(A)|(1)|(aa)|(zz)|99.|1)|(b)(i)|1 |12 |,2|[1]|[2] |1-1| means | includes |:|;|; and|; or|,|.|—|“|”|\n|\n\n|\t|\f|\r".split("|"),
        "Article 1.1: Aims\n", "ARTICLE 2\n", "Article One\n", "CHAPTER 2\nX\n", "PART ONE: X\n", "Section B: X\n", "ANNEX 1-A\n", "Annex 1\n",
        "APPENDIX A\n", "Schedule of Canada\n", "PREAMBLE\n", "IN WITNESS WHEREOF", "Definitions", "For the purposes of this Chapter:", "where:",
        "Articles 1.1 through 1.2", "paragraph 1(a)(i)", "Article 4 of the GATT 1994", "Article premier", "Artículo 1",
        "<p>", "</p>", "<b>", "<li>", "<ol start=-1 reversed>", "<table><tr><td>", "</table>", "<sup>1</sup>", "<a href='#f1'>1</a>", "<h1>", "<!--",
        "-->", "<![CDATA[", "]]>", "<?x?>", "&amp;", "&#0;", "&#x202e;", "&lt;", "&nope;", "<chapter>", "</article>", "<article number=''>", "<br>",
        "<w:p>", "<w:r><w:tab/></w:r>", "<w:del>", '<w:numId w:val="2"/>', '<w:ilvl w:val="99"/>', "<w:footnoteReference w:id='1'/>", "<w:sectPr/>",
        "<p>x</p>", "<section>", "</section>", "<content>", "<num>1</num>", "<heading>", "<article eId='s1'>", "<point>", "<intro>", "<wrapUp>",
        "<ref href='#s1'>", "</ref>", "<ref>", "<mref>", "<rref from='#s1' upTo='#s2'>", "<def>", "</def>", "<authorialNote marker='2'><p>y</p></authorialNote>",
        "<authorialNote>", "<noteRef href='#n1'/>", "<i>", "</i>", "<foreign>", "</foreign>", "<f:x xmlns:f='urn:f'>", "<subFlow name='x'>", "<blah>", "<img/>",
        "<quotedStructure>", "<crossHeading>", "<blockList>", "<item>", "<toc>", "<container name='x'>", "<componentRef src='x'/>", "<attachments>", "<doc>",
        "<ins>", "<del>", " eId='s1'", " refersTo='#t'", " colspan='0'", " colspan='99999999999'", " xml:lang='fr'", " status='x'", " name=''", " href=''",
        " xmlns=''", " xmlns='urn:x'", "<hcontainer name='annex'>", "<conclusions>", "<preamble>", "<recital>", "<a/>", "<eol breakAt='1'/>",
        "\u00a0", "\u00ad", "\u202e", "\u2066", "\ufeff", "\u2028", "\x85", "\x00", "\x1f", "\x1d", "\U00100000", "\U0010fffd", "\ue00c", "e\u0301",
        "ﬁ", "\ud7ff", "\ufffe", "²", "①", "½", "Ⅳ", "٣", "ǅ", "ß", "İ", "９", " " * 50, "(" * 30, "-" * 30, "9" * 30, "A" * 200, "M" * 30,
    )
]  # fmt: skip


_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WORDS = [words for token in TOKENS if not _NOT_XML.search(words := token.decode(errors="replace"))]


def mutated(data: bytes, other: bytes, rng: random.Random) -> bytes:
    """The input with one to eight changes."""
    out = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 3, 5, 8))):
        at = rng.randrange(len(out) + 1)
        end = min(len(out), at + rng.choice((1, 2, 8, 40, 200)))
        match rng.randrange(12):
            case 0 if out:
                out[at - 1] = rng.randrange(256)
            case 1:
                del out[at:end]
            case 2:
                out[at:at] = out[at:end] * rng.choice((1, 2, 10, 60))
            case 3:
                start = rng.randrange(len(other) + 1)
                out[at:end] = other[start : start + rng.choice((4, 40, 400))]
            case 4:
                del out[at:]
            case 5 | 6:
                lines = bytes(out).split(b"\n")
                one, two = rng.randrange(len(lines)), rng.randrange(len(lines))
                lines[one], lines[two] = lines[two], lines[one] if rng.random() < 0.7 else b""
                out = bytearray(b"\n".join(lines))
            case 7:
                out[at:end] = bytes(out[at:end]).upper()
            case _:
                token = rng.choice(TOKENS)
                out[at : at if rng.random() < 0.7 else end] = token * rng.choice((1, 1, 1, 2, 20))
        del out[20_000:]
    return bytes(out)


def unzipped(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as z:
        return {name: z.read(name) for name in z.namelist()}


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as z:
        for name, data in parts.items():
            z.writestr(zipfile.ZipInfo(name), data)
    return out.getvalue()


class Rearranging:
    """Changes of XML that leave it well formed; what it puts in is Akoma Ntoso's, or stands in `sources`."""

    def __init__(self, sources: Iterable[bytes]) -> None:
        there = [element for data in sources for element in etree.fromstring(data).iter(etree.Element)]
        own = {f"{{{AKN}}}{name}" for name in LEVELS | INLINE | WRAPPERS | BLOCKS | {"blah"}}
        self.names = sorted(own.union(element.tag for element in there))
        self.keys = sorted({"refersTo", "status", "{http://www.w3.org/XML/1998/namespace}lang"}.union(*(e.attrib for e in there)))
        self.values = sorted({"", "0", "-1", "99999999999", "fr", "²", "#nowhere"}.union(*(e.attrib.values() for e in there)))

    def rearranged(self, data: bytes, rng: random.Random) -> bytes:
        """The source with one to eight changes: elements moved, copied, renamed, opened, wrapped, put in; words and attributes set."""
        root = etree.fromstring(data)
        for _ in range(rng.choice((1, 1, 2, 3, 5, 8))):
            there = list(root.iter(etree.Element))[1:]
            if not there:
                break
            one, two = rng.choice(there), rng.choice(there)
            name, pair = rng.choice(self.names), {rng.choice(self.keys): rng.choice(self.values)}
            match rng.randrange(10):
                case 0:
                    one.getparent().remove(one)
                case 1 | 2 if one not in two.iter():
                    one.insert(rng.randrange(len(one) + 1), two)
                case 3 if len(there) < 400:
                    two.addnext(copy.deepcopy(one))
                case 4:
                    one.tag = name
                case 5:
                    around = etree.Element(name, pair)
                    one.addprevious(around)
                    around.append(one)
                case 6 if len(one):
                    for child in one:
                        one.addprevious(child)
                case 7:
                    one.attrib.update(pair)
                case 8:
                    one.insert(rng.randrange(len(one) + 1), etree.Element(name, pair))
                case _:
                    words = rng.choice(_WORDS)
                    one.text, one.tail = rng.choice(((words, one.tail), (one.text, words), ((one.text or "") + words, one.tail)))
        return etree.tostring(root)
