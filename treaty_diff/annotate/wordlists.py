"""What reach and machinery are told by: topics, names and patterns, in small letters.

Filled from the words of NAFTA 1994 and of the TPP; what lawyers look for first is in the project's field notes.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Topic:
    """One thing that rules look for: its name, how weighty it is, and the words of each of its forms (name, pattern).

    `swapped` is said where one form is put for another, `added` and `dropped` where one stands on one side only; empty where
    nothing is then said. `leads` is True for forms that make a sentence of their own what it is, wherever it stands; `phrase`
    is a pattern whose first group is what a form's sentence lays down, other words there being another rule; `alone` where a form in a provision
    that stands on one side only is worth a word. A line without any of the `keys` is not looked through.
    """

    name: str
    severity: int
    keys: tuple[str, ...]
    forms: tuple[tuple[str, str], ...]
    swapped: str = ""
    added: str = ""
    dropped: str = ""
    leads: bool = False
    phrase: str = ""
    alone: bool = False


REACH: tuple[Topic, ...] = (
    Topic(
        "exception", 4, ("nothing in", "not apply"),
        (
            ("nothing", r"\bnothing in (?:this|the|article|chapter|paragraph|section|subparagraph|annex)\b"),
            ("not applied", r"\b(?:shall|does|do) not apply\b(?! to disputes)"),
        ),
        added="Exception added", dropped="Exception dropped", leads=True,
    ),
    Topic(
        "exception", 4, ("except", "other than", "excluding", "excluded", "exempt", "save ", "unless"),
        (
            ("except", r"\bexcept\b|\bother than\b|\bwith the exception of\b|\bexcluding\b|\bsave (?:for|as|that|to)\b"),
            ("unless", r"\bunless\b"),
            ("exempt", r"\bexempt(?:ed|s)? from\b|\bexcluded from\b"),
        ),
        added="Exception added", dropped="Exception dropped",
    ),
    Topic(
        "limit", 3, ("subject to", "extent", "far as", "provided", "condition that", "law", "legal", "constitution", "only", "solely"),
        (
            ("subject to", r"\bsubject to\b(?! (?:dispute|arbitration|the dispute))"),
            ("to the extent", r"\bto the extent (?:that|consistent|permitted|provided|required|not|necessary|such)\b|\binsofar as\b|\bin so far as\b"),
            ("provided that", r"\bprovided that\b|\bon condition that\b|\bprovided the\b"),
            ("its law", r"\b(?:in accordance|consistent|in conformity|in a manner consistent) with (?:its|their|the party[’']s|the (?=domestic|national)) ?(?:respective |applicable |domestic |national )*(?:laws?|legal systems?|constitution)\b"),
            ("only", r"\bonly (?:to the extent|in so far|with the consent|for the purposes?)\b|\bsolely\b"),
        ),
        added="Limit added", dropped="Limit dropped",
    ),
    Topic(
        "override", 4, ("notwithstanding", "regardless", "irrespective", "without prejudice"),
        (
            ("notwithstanding", r"\bnotwithstanding\b"),
            ("regardless", r"\b(?:regardless|irrespective) of\b"),
            ("without prejudice", r"\bwithout prejudice to\b"),
        ),
        added="Overrides more", dropped="No longer overrides",
    ),
    Topic(
        "clarification", 1, ("for greater certainty",),
        (("certainty", r"\bfor greater certainty\b"),),
        added="Clarification added", dropped="Clarification dropped", leads=True,
    ),
    Topic(
        "clarification", 1, ("including", "inter alia", "among other things", "such as", "for example"),
        (
            ("including", r"\bincluding\b(?:,? but not limited to| without limitation)?|\binter alia\b|\bamong other things\b"),
            ("such as", r"\bsuch as\b|\bfor example\b"),
        ),
        added="Clarification added", dropped="Clarification dropped",
    ),
    Topic(
        "comparator", 4, ("favo", "circumstances", "restrictive", "burdensome", "necessary", "equivalent", "equal "),
        (
            ("no less favourable", r"\b(?:no|not) less favou?rabl[ey]\b|\bat least as favou?rabl[ey]\b"),
            ("like circumstances", r"\bin like circumstances\b|\bin the same circumstances\b|\bin similar circumstances\b"),
            ("no more restrictive", r"\b(?:no|not) more (?:trade[- ]?restrictive|restrictive|burdensome)(?: than)?\b"),
            ("no more than necessary", r"\bmore than (?:is )?necessary\b|\bnecessary to (?:fulfil|fulfill|achieve)\b"),
            ("equivalent", r"\b(?:equivalent|equal) (?:to|effect|in)\b|\bof equivalent effect\b"),
        ),
        swapped="Compared otherwise", added="Compared with something", dropped="No longer compared with something",
    ),
    Topic(
        "quantifier", 2, ("all ", "any ", "each ", "every ", "some ", "certain ", "several ", "one or more", "at least one"),
        (
            ("all", r"\b(?:all|any|each|every)\b"),
            ("some", r"\b(?:some|certain|several|one or more|at least one)\b"),
        ),
        swapped="Covers another number",
    ),
    Topic(
        "incorporation", 3, ("incorporated", "mutatis"),
        (("incorporated", r"\bincorporated (?:into|by reference|in)\b|\bmutatis mutandis\b"),),
        added="Another text becomes part of this one", dropped="Another text is no longer part of this one", leads=True,
    ),
    Topic(
        "incorporation-as", 3, ("amended", "revised", "modified", "successor", "as in ", "as it stands", "as adopted"),
        (
            ("as amended", r"\bas (?:may be |it may be )?(?:amended|revised|modified)(?: from time to time)?\b|\bany successor (?:agreement|provision|instrument)\b|\bas amended from time to time\b"),
            ("as in force on", r"\bas (?:in force|in effect|it stands|adopted) (?:on|at|as of)\b"),
        ),
        swapped="A text is referred to at another time", added="A text is referred to as it stands at a time", dropped="A text is referred to without a time",
    ),
)  # fmt: skip

MACHINERY: tuple[Topic, ...] = (
    Topic(
        "decision-rule", 4, ("consensus", "unanim", "majority", "by lot", "random", "mutual", "common ", "joint"),
        (
            ("consensus", r"\bby (?:\w+ )?consensus\b|\bconsensus\b"),
            ("unanimity", r"\bunanim(?:ous|ously|ity)\b(?! agreed)"),
            ("majority", r"\b(?:by|of) a (?:\w+ )?majority\b|\bmajority (?:vote|of (?:its|the|their) (?:members|parties|votes))\b|\bmajority rule\b"),
            ("lot", r"\bby lot\b|\bby random selection\b|\brandomly (?:select\w*|chosen)\b"),
            ("common agreement", r"\bby (?:mutual|common) (?:agreement|consent|accord)\b|\bjoint(?:ly)? decision\b"),
        ),
        swapped="A body decides otherwise", added="How it is decided is now said", dropped="How it is decided is no longer said", alone=True,
    ),
    Topic(
        "openness", 3, ("to the public", "publicly", "public hearing", "in public", "be public", "are public", "is public", "made public", "confidential", "in camera", "in private", "disclose"),
        (
            ("public", r"\b(?:open|available|accessible|released?|disclosed) to the public\b|\bpublicly available\b|\b(?:be|is|are) (?:\w+ )?public\b|\bin public\b|\bpublic hearings?\b"),
            ("closed", r"\bconfidential(?:ity)?\b|\bclosed to the public\b|\bin camera\b|\bin private\b|\bnot (?:be )?disclose[ds]?\b"),
        ),
        swapped="Open and closed changed places", added="Openness is now said", dropped="Openness is no longer said", alone=True,
    ),
    Topic(
        "remedy", 4, ("suspen", "compensat", "monetary", "damages", "restitution", "implementation", "removal of", "withdrawal of", "remove the", "interim ", "remand"),
        (
            ("suspension of benefits", r"\bsuspen(?:d|sion|ded|ding)\b[^.;,]{0,60}\b(?:benefits|concessions)\b"),
            ("compensation", r"\bcompensat(?:ion|e|ory)\b"),
            ("monetary assessment", r"\bmonetary assessment\b"),
            ("damages", r"\baward (?!punitive)(?:\w+ ){0,3}damages\b|\bmonetary damages\b"),
            ("punitive damages", r"\bpunitive damages\b"),
            ("restitution", r"\brestitution\b"),
            ("removal", r"\b(?:removal|withdrawal|non-implementation) of the measure\b|\bremove the measure\b|\bnon-?implementation or removal\b"),
            ("interim relief", r"\binterim (?:measures?|relief|injunctive relief)\b"),
            ("remand", r"\bremand\b"),
        ),
        swapped="Another remedy", added="A remedy is new", dropped="A remedy is gone", alone=True,
    ),
    Topic(
        "standard-of-review", 4, ("of review", "de novo", "substantial evidence", "arbitrary", "clearly err", "manifest", "objective assessment", "abuse of"),
        (
            ("standard of review", r"\bstandards? of review\b"),
            ("de novo", r"\bde novo\b"),
            ("substantial evidence", r"\bsubstantial evidence\b"),
            ("arbitrary", r"\barbitrary\b(?! or unjust)(?!, unjust)"),
            ("clear error", r"\bclearly err(?:oneous|ed)\b|\bmanifest(?:ly)? (?:err\w+|exceed\w*)\b"),
            ("objective assessment", r"\bobjective assessment\b"),
            ("abuse of discretion", r"\babuse of discretion\b"),
        ),
        swapped="Reviewed by another standard", added="A standard of review is new", dropped="A standard of review is gone", alone=True,
    ),
    Topic(
        "applicable-law", 4, ("international law", "law of", "laws of", "rules of law"),
        (
            ("international law", r"\b(?:decid|determin|govern|interpret|resolv|settl|appl)\w*\b[^.;]{0,90}?\binternational law\b"),
            ("law of a place", r"\b(?:decid|determin|govern|interpret|resolv|settl)\w*\b[^.;]{0,80}?\b(?:in accordance with|under|by) the (?:domestic |national )?laws? of (?:the|a|its)\b"),
            ("rules of law chosen", r"\brules of law (?:applicable|specified|agreed|chosen)\b"),
        ),
        swapped="Another law governs", added="The law that governs is now said", dropped="The law that governs is no longer said", alone=True,
    ),
    Topic(
        "forum", 4, ("forum", "exclusi", "solely"),
        (
            ("choice", r"\b(?:choose|select|choice of) (?:the )?(?:a )?forum\b|\beither forum\b|\bforum of its choice\b"),
            ("exclusive", r"\bto the exclusion of\b|\bexclusive jurisdiction\b|\bsolely under this agreement\b|\bsingle forum\b"),
        ),
        swapped="Another choice of forum", added="A rule on the forum is new", dropped="A rule on the forum is gone", alone=True,
    ),
    Topic(
        "conflict-rule", 4, ("inconsisten", "conflict"),
        (("prevails", r"\b(?:in the event of|in case of|where there is) (?:any |an |a )?(?:inconsistenc(?:y|ies)|conflicts?)\b|\bto the extent of the (?:inconsistency|conflict)\b"),),
        swapped="Another text prevails", added="A conflict clause is new", dropped="A conflict clause is gone", leads=True, phrase=r"([\w.()’' -]{1,60}?) (?:shall |will )?prevails?\b",
    ),
    Topic(
        "discretion", 3, ("necessary", "appropriate", "advisable", "discretion", "initiative"),
        (
            ("considers", r"\b(?:it|they|party) (?:\w+ )?(?:considers?|deems?|determines?) (?:to be |it )?(?:necessary|appropriate|advisable)\b"),
            ("discretion", r"\b(?:in|at) (?:its|his|her|his or her|their|the) (?:own |sole )?discretion\b|\bsole discretion\b"),
            ("own initiative", r"\bon its own initiative\b"),
        ),
        added="Discretion is given", dropped="Discretion is gone",
    ),
    Topic(
        "entry-into-force", 4, ("into force", "into effect", "take effect"),
        (("enters", r"\bshall (?:enter into force|come into (?:force|effect)|take effect)\b|(?<!which this )(?<!when this )(?<!until this )(?<!after this )\b(?:agreement|protocol|rules|amendments?) enters? into force\b"),),
        swapped="Enters into force otherwise", added="Entry into force is now said", dropped="Entry into force is no longer said", leads=True, phrase=r"into (?:force|effect)\b(.*)",
    ),
    Topic(
        "review", 3, ("review", "negotiat"),
        (
            ("review", r"\b(?:shall|may|will|to) (?:\w+ )?review (?:the (?:operation|implementation|functioning|application)|this|these|its|whether|each|paragraph)\b|\bperiodic reviews?\b"),
            ("renegotiation", r"\bre-?negotiate\b"),
        ),
        swapped="Looked at again otherwise", added="A review is new", dropped="A review is gone", leads=True,
    ),
    Topic(
        "termination", 4, ("terminat", "expire", "lapse", "cease", "remain", "continues in", "continue in", "withdraw", "denounce", "leave this"),
        (
            ("ends", r"\bshall terminate\b|\bshall expire\b|\bshall lapse\b|\bceases? to (?:be in force|have effect|apply)\b"),
            ("stays", r"\bremains? in (?:force|effect)\b|\bcontinues? in (?:force|effect)\b"),
            ("leaving", r"\bwithdraw(?:s|al)? from (?:this|the) agreement\b|\bdenounce\b|\bterminate (?:this|the) agreement\b|\bleave this agreement\b"),
        ),
        swapped="Ends or lasts otherwise", added="How long it lasts is now said", dropped="How long it lasts is no longer said", leads=True, alone=True,
    ),
    Topic(
        "finality", 4, ("final", "binding", "advisory"),
        (
            ("final", r"\b(?:be|is|are) (?:\w+ )?(?:final|binding)\b|\bfinal and binding\b"),
            ("advisory", r"\badvisory (?:opinion|report)s?\b|\b(?:be|is|are) (?:\w+ )?non-?binding\b|\bnot be binding\b|\bno binding force\b"),
        ),
        swapped="Binds otherwise", added="What binds is now said", dropped="What binds is no longer said", alone=True,
    ),
)  # fmt: skip
