"""Every word that the rules know, and every number by which they decide.

The three kinds of binding words, and what is no duty though it says `shall`, are those of treaty drafting as the project's
field notes have them: duties (`shall`, `shall not` = `may not` = `no Party may`, hedged, best efforts, `shall consider`,
`should`, `are encouraged to`), rights (`may`, `shall be entitled to`), statements (`recognise`, `shall mean`, `shall be deemed`,
`shall enter into force`). The lists were filled from the words of NAFTA 1994 and of the TPP.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..numerals import WORDS

Words = tuple[str, ...]

HEADS: Words = (
    "party", "parties", "panel", "panels", "tribunal", "tribunals", "commission", "committee", "committees", "secretariat",
    "investor", "investors", "claimant", "claimants", "respondent", "respondents", "exporter", "exporters", "importer",
    "importers", "producer", "producers", "supplier", "suppliers", "person", "persons", "board", "boards", "council", "chair",
    "panelist", "panelists", "panellist", "panellists", "arbitrator", "arbitrators", "secretary", "secretary-general",
    "working group", "subcommittee", "authority", "authorities", "court", "courts", "owner", "enterprise", "entity", "entities",
    "expert", "experts", "applicant", "government", "governments", "body", "depositary", "appointing authority", "minister",
    "ministers", "licensee", "operator", "provider", "members", "member",
)  # fmt: skip
"""Who acts in treaties, by head noun; what stands between `each` and it says which."""

ROLES: tuple[tuple[str, str], ...] = (
    ("disputing investor", "claimant"),
    ("disputing investors", "claimant"),
    ("responding party", "responding party"),
    ("party complained against", "responding party"),
    ("arbitral panel", "panel"),
    ("free trade commission", "commission"),
    ("competent investigating authority", "authority"),
    ("competent authority", "authority"),
    ("customs administration", "customs authority"),
)
"""One role under two names."""

SAME_ROLE: tuple[frozenset[str], ...] = (
    frozenset({"respondent", "disputing party"}),
    frozenset({"respondent", "party"}),
    frozenset({"party", "other party"}),
    frozenset({"party", "importing party"}),
    frozenset({"member", "panelist"}),
    frozenset({"investor", "claimant"}),
)
"""Roles that are one person's in the articles where one stands for the other."""

HEDGES: tuple[tuple[str, str], ...] = (
    (r"to the (?:maximum |greatest |fullest |widest )?extent (?:practicable|possible|feasible|practical|appropriate)", "as far as practicable"),
    (r"(?:in ?so|so|as) far as (?:practicable|possible|feasible|practical|it is able)", "as far as practicable"),
    (r"where(?:ver)? (?:it is )?(?:practicable|possible|feasible|practical)", "where possible"),
    (r"when(?:ever)? (?:it is )?(?:practicable|possible|feasible|practical)", "where possible"),
    (r"if (?:practicable|possible|feasible|practical)", "where possible"),
    (r"(?:as|where(?:ver)?|when(?:ever)?|if) (?:it (?:considers|deems|finds) |considered |deemed )?appropriate", "as appropriate"),
    (r"normally", "normally"),
    (r"ordinarily", "normally"),
    (r"in principle", "in principle"),
    (r"within the limits of its (?:means|resources)", "within its means"),
    (r"subject to (?:the )?availab(?:le|ility of) (?:funds|resources)", "within its means"),
    (r"to the extent (?:of its (?:means|capacities)|that resources permit)", "within its means"),
)  # fmt: skip
"""Words that leave a duty binding and loosen it: pattern and name."""

HEDGE_KEYS: Words = (
    "possible",
    "practica",
    "feasible",
    "appropriate",
    "normally",
    "ordinarily",
    "principle",
    "resources",
    "far as",
    "means",
    "funds",
)
"""Parts of words of which each hedge has one: what has none of them is not looked through."""

STATES: Words = (
    "be deemed", "be construed", "be considered", "be understood", "be interpreted", "be read", "be treated as", "be regarded",
    "be without prejudice", "be composed", "be comprised", "be equally authentic", "be authentic", "mean", "have the meaning",
    "enter into force", "come into force", "come into effect", "take effect", "have effect", "comprise", "consist", "constitute",
    "form", "prevail", "terminate", "expire", "lapse", "cease", "be an integral part", "have no effect", "be binding", "be final",
)  # fmt: skip
"""What after `shall` makes a statement of the sentence, not a duty."""

STATES_UNLESS_WHO: Words = (
    "apply",
    "include",
    "remain",
    "continue",
    "be",
    "extend",
    "supersede",
    "govern",
    "end",
    "begin",
    "start",
)
"""The same, where no one who acts stands before `shall`; `be` only before what is no participle."""

AFFIRMS: tuple[tuple[str, int], ...] = (
    (r"reaffirms?", 2), (r"affirms?", 2), (r"confirms?", 2), (r"recogni[sz]es?", 1), (r"acknowledges?", 1), (r"notes?", 1),
    (r"agrees?(?= that\b)", 2), (r"shares? the (?:view|objective|aim)", 1),
)  # fmt: skip
"""Verbs by which Parties state: affirming existing rights binds, recognising does not."""

EVENTS: tuple[tuple[str, str], ...] = (
    (r"deliver(?:y|ed|s)", "delivery"),
    (r"recei(?:pt|ved|ves|ving)", "receipt"),
    (r"publi(?:cation|shed|shes|shing)", "publication"),
    (r"select(?:ion|ed|s)", "selection"),
    (r"appoint(?:ment|ed|s)", "appointment"),
    (r"establish(?:ment|ed|es)|constitut(?:ed|ion)", "establishment"),
    (r"circulat(?:ion|ed|es)", "circulation"),
    (r"present(?:ation|ed|s)", "presentation"),
    (r"notif(?:ication|ied|ies|ying)|notices?(?! of intent)", "notification"),
    (r"submi(?:ssion|tted|tting|ts)|fil(?:ing|ed)|lodg(?:ed|ing)", "submission"),
    (r"entry into force|enters? into force|entered into force", "entry into force"),
    (r"signature|signed|signing", "signature"),
    (r"request(?:s|ed|ing)?(?= |$|,)", "request"),
    (r"final(?:i[sz]ed)? determination", "final determination"),
    (r"expir(?:y|ation|es|ed)", "expiry"),
    (r"adopt(?:ion|ed|s)", "adoption"),
    (r"conven(?:ed|es|ing)", "convening"),
    (r"propos(?:ed|al)", "proposal"),
    (r"hearings?", "hearing"),
    (r"import(?:ation|ed)", "importation"),
    (r"accession|accedes?", "accession"),
    (r"award|decision|judgment", "award"),
    (r"deposit(?:ed)?", "deposit"),
    (r"commence(?:ment|d|s)|began|begins?|initiat(?:ed|ion)", "commencement"),
    (r"event(?:s)? giving rise|breach", "breach"),
)
"""What time limits run from: words and name."""

CURRENCIES: Words = ("us$", "can$", "c$", "usd", "sdr", "$", "€")
"""Signs of money before a figure."""

RECOURSE: Words = (
    r"dispute settlement", r"dispute resolution", r"(?:settlement|resolution) of (?:all |any )?disputes", r"arbitration", r"panel", r"panel review", r"arbitral tribunal",
)  # fmt: skip
"""What recourse is had to, as patterns; a sentence that has none of them is not read."""

RECOURSE_VERBS: Words = (
    r"\b(?:may|shall|can|must)(?: not)?(?:,[^,.;]{1,60},)? (?:\w+ ){0,2}(?:have (?:no )?recourse|resort)\b",
    r"\bhas (?:no )?recourse\b", r"\bno recourse\b",
    r"\bdispute settlement\b[^.;]{0,60}\b(?:shall|does|do|will)(?: not)? apply\b",
    r"\b(?:apply|applies) to\b[^.;]{0,40}\bdispute settlement\b",
    r"\bshall apply\b[^.;]{0,60}\b(?:settlement|resolution) of (?:all |any )?disputes\b",
    r"\bsubject to (?:the )?(?:provisions of )?(?:dispute settlement|panel review|arbitration|review by a panel)",
    r"\bsubject to (?:the )?(?:provisions of )?(?:chapter|section)[^.;]{0,30}\(?[^.;()]{0,40}dispute settlement",
    r"\bmay (?:\w+ ){0,3}request (?:in writing )?(?:the establishment of )?an? (?:arbitral )?panel\b",
    r"\b(?:may|shall)(?: not)? (?:\w+ )?refer (?:a|the|any) (?:dispute|matter)[^.;]{0,60} to an? (?:arbitral )?(?:panel|tribunal)\b",
    r"\bmay (?:\w+ ){0,3}request that an? (?:\w+ )?panel\b",
    r"\b(?:may|shall)(?: not)? (?:\w+ )?submit\b[^.;]{0,80}\bto arbitration\b",
    r"\b(?:claim|dispute|matter)s? (?:may|shall)(?: not)? be submitted (?:\w+ )?to arbitration\b",
    r"\b(?:may|shall)(?: not)? (?:\w+ )?invoke\b[^.;]{0,60}\bdispute settlement\b",
)  # fmt: skip
"""How recourse is spoken of, as patterns."""

RECOURSE_WORDS: Words = ("dispute", "arbitra", "panel")
"""Beginnings of words of which recourse has one."""

BINDING: Words = (
    "shall ", "may ", "must ", "should ", "need ", "right", "entitled ", "permitted ", "allowed ", "free ", "required ", "obliged ",
    "obligated ", "encouraged ", "undertake", "agree", "commit", "reaffirm", "affirm", "confirm", "recogni", "acknowledge", "note", "share",
)  # fmt: skip
"""Beginnings of words of which a clause that binds has one; whole where a blank follows."""

CITED: Words = ("article", "chapter")
"""Beginnings of words by which a text's own provisions are cited."""

LIFTED: Words = ("depositary ", "apec ", "asia ", "acceding ")
"""Words of which each of RESIDUE has one."""

NUMBERS: Words = (*(f"{word} " for word in WORDS if word.isalpha()), "hundred ", "half ", "thirds ", "fourths ")
"""Words that are a number or part of one."""

LAPSES: Words = (
    "fail", "unable ", "cannot ", "neglect", "not ", "no ", "neither ", "unless ", "absence ", "absent ", "none ",
)  # fmt: skip
"""Beginnings of words by which something is not done."""

IN_TIME: Words = ("within ", "by ", "before ", "in ", "timely ")
"""Words of which a condition on a time limit has one."""

CONDITIONS: Words = ("if ", "where ", "when ", "should ", "unless ", "absence ", "event ", "absent ", "failing ")
"""Words of which a condition has one."""

COUNTRIES: tuple[tuple[str, str], ...] = (
    ("australia", "AUS"), ("brunei darussalam", "BRN"), ("canada", "CAN"), ("chile", "CHL"), ("japan", "JPN"), ("mexico", "MEX"),
    ("malaysia", "MYS"), ("new zealand", "NZL"), ("peru", "PER"), ("singapore", "SGP"), ("the united states", "USA"), ("viet nam", "VNM"),
    ("korea", "KOR"), ("colombia", "COL"), ("panama", "PAN"), ("costa rica", "CRI"),
)  # fmt: skip
"""Parties of the treaties kept here, by name and ISO 3166-1 code."""

PEOPLES: tuple[tuple[str, str], ...] = (
    ("australian", "AUS"), ("bruneian", "BRN"), ("canadian", "CAN"), ("chilean", "CHL"), ("japanese", "JPN"), ("mexican", "MEX"),
    ("malaysian", "MYS"), ("peruvian", "PER"), ("singaporean", "SGP"), ("vietnamese", "VNM"), ("korean", "KOR"), ("colombian", "COL"),
)  # fmt: skip
"""What is of a Party, by the same codes."""

RESIDUE: tuple[tuple[str, str, str], ...] = (
    ("Depositary", r"\bDepositary\b", r"(?:is|be|as) (?:hereby designated as )?the Depositary\b|\bDepositary (?:of|for) this Agreement\b"),
    ("link to APEC", r"\bAPEC\b|\bAsia-Pacific (?:region|Economic Cooperation)\b", r"\bAsia-Pacific Economic Cooperation \("),
    ("acceding States", r"\bacceding (?:State|Party)\b", r"\b(?:may|shall) accede to this Agreement\b|\bAccession\b"),
)  # fmt: skip
"""Words of one treaty's machinery: what they name, as patterns, and what a text has that has the thing itself."""


@dataclass(frozen=True, slots=True)
class AnnotateConfig:
    """From where on the rules speak."""

    sure: float = 0.75
    """A link's chance from which its pair is annotated where no person has decided."""
    alike: float = 0.3
    """The share of both texts' words that must have stayed for two lines to be compared word by word; below it one is gone and one is new."""
    elsewhere: float = 0.6
    """The share of a lone line's content words that one line of the other side has, from which it is not called new or gone."""
    quoted: int = 14
    """Words of a provision that a sentence quotes."""
    listed: int = 6
    """Places that a sentence lists by name."""
