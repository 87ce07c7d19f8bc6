"""What reach and machinery are told by: topics, names and patterns, in small letters.

Filled from the words of NAFTA 1994 and of the TPP; what lawyers look for first is in the project's field notes.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Form:
    """A form of a topic: its name, its pattern in small letters.

    A line without a word that begins as one of the `keys` (that is one, where a blank follows) does not have it.
    """

    name: str
    keys: tuple[str, ...]
    pattern: str


@dataclass(frozen=True, slots=True)
class Topic:
    """One thing that rules look for: its name, how weighty it is, and its forms.

    `swapped` is said where one form is put for another, `added` and `dropped` where one stands on one side only; empty where
    nothing is then said. `leads` is True for forms that make a sentence of their own what it is, wherever it stands; `phrase`
    is a pattern whose first group is what a form's sentence lays down, other words there being another rule; `alone` where a form in a provision
    that stands on one side only is worth a word.
    """

    name: str
    severity: int
    forms: tuple[Form, ...]
    swapped: str = ""
    added: str = ""
    dropped: str = ""
    leads: bool = False
    phrase: str = ""
    alone: bool = False


REACH: tuple[Topic, ...] = (
    Topic(
        "exception", 4,
        (
            Form("nothing", ("nothing ",), r"\bnothing in (?:this|the|article|chapter|paragraph|section|subparagraph|annex)\b"),
            Form("not applied", ("apply ",), r"\b(?:shall|does|do) not apply\b(?! to disputes)"),
        ),
        added="Exception added", dropped="Exception dropped", leads=True,
    ),
    Topic(
        "exception", 4,
        (
            Form("except", ("except ", "exception ", "other ", "excluding ", "save "), r"\bexcept\b|\bother than\b|\bwith the exception of\b|\bexcluding\b|\bsave (?:for|as|that|to)\b"),
            Form("unless", ("unless ",), r"\bunless\b"),
            Form("exempt", ("exempt", "excluded "), r"\bexempt(?:ed|s)? from\b|\bexcluded from\b"),
        ),
        added="Exception added", dropped="Exception dropped",
    ),
    Topic(
        "limit", 3,
        (
            Form("subject to", ("subject ",), r"\bsubject to\b(?! (?:dispute|arbitration|the dispute))"),
            Form("to the extent", ("extent ", "insofar ", "far "), r"\bto the extent (?:that|consistent|permitted|provided|required|not|necessary|such)\b|\binsofar as\b|\bin so far as\b"),
            Form("provided that", ("provided ", "condition "), r"\bprovided that\b|\bon condition that\b|\bprovided the\b"),
            Form("its law", ("law ", "laws ", "legal ", "constitution "), r"\b(?:in accordance|consistent|in conformity|in a manner consistent) with (?:its|their|the party[’']s|the (?=domestic|national)) ?(?:respective |applicable |domestic |national )*(?:laws?|legal systems?|constitution)\b"),
            Form("only", ("only ", "solely "), r"\bonly (?:to the extent|in so far|with the consent|for the purposes?)\b|\bsolely\b"),
        ),
        added="Limit added", dropped="Limit dropped",
    ),
    Topic(
        "override", 4,
        (
            Form("notwithstanding", ("notwithstanding ",), r"\bnotwithstanding\b"),
            Form("regardless", ("regardless ", "irrespective "), r"\b(?:regardless|irrespective) of\b"),
            Form("without prejudice", ("prejudice ",), r"\bwithout prejudice to\b"),
        ),
        added="Overrides more", dropped="No longer overrides",
    ),
    Topic(
        "clarification", 1,
        (Form("certainty", ("certainty ",), r"\bfor greater certainty\b"),),
        added="Clarification added", dropped="Clarification dropped", leads=True,
    ),
    Topic(
        "clarification", 1,
        (
            Form("including", ("including ", "alia ", "among "), r"\bincluding\b(?:,? but not limited to| without limitation)?|\binter alia\b|\bamong other things\b"),
            Form("such as", ("such ", "example "), r"\bsuch as\b|\bfor example\b"),
        ),
        added="Clarification added", dropped="Clarification dropped",
    ),
    Topic(
        "comparator", 4,
        (
            Form("no less favourable", ("favo",), r"\b(?:no|not) less favou?rabl[ey]\b|\bat least as favou?rabl[ey]\b"),
            Form("like circumstances", ("circumstances ",), r"\bin like circumstances\b|\bin the same circumstances\b|\bin similar circumstances\b"),
            Form("no more restrictive", ("restrictive ", "burdensome "), r"\b(?:no|not) more (?:trade[- ]?restrictive|restrictive|burdensome)(?: than)?\b"),
            Form("no more than necessary", ("necessary ",), r"\bmore than (?:is )?necessary\b|\bnecessary to (?:fulfil|fulfill|achieve)\b"),
            Form("equivalent", ("equivalent ", "equal "), r"\b(?:equivalent|equal) (?:to|effect|in)\b|\bof equivalent effect\b"),
        ),
        swapped="Compared otherwise", added="Compared with something", dropped="No longer compared with something",
    ),
    Topic(
        "quantifier", 2,
        (
            Form("all", ("all ", "any ", "each ", "every "), r"\b(?:all|any|each|every)\b"),
            Form("some", ("some ", "certain ", "several ", "one "), r"\b(?:some|certain|several|one or more|at least one)\b"),
        ),
        swapped="Covers another number",
    ),
    Topic(
        "incorporation", 3,
        (Form("incorporated", ("incorporated ", "mutatis "), r"\bincorporated (?:into|by reference|in)\b|\bmutatis mutandis\b"),),
        added="Another text becomes part of this one", dropped="Another text is no longer part of this one", leads=True,
    ),
    Topic(
        "incorporation-as", 3,
        (
            Form("as amended", ("amended ", "revised ", "modified ", "successor "), r"\bas (?:may be |it may be )?(?:amended|revised|modified)(?: from time to time)?\b|\bany successor (?:agreement|provision|instrument)\b|\bas amended from time to time\b"),
            Form("as in force on", ("force ", "effect ", "stands ", "adopted "), r"\bas (?:in force|in effect|it stands|adopted) (?:on|at|as of)\b"),
        ),
        swapped="A text is referred to at another time", added="A text is referred to as it stands at a time", dropped="A text is referred to without a time",
    ),
)  # fmt: skip

MACHINERY: tuple[Topic, ...] = (
    Topic(
        "decision-rule", 4,
        (
            Form("consensus", ("consensus ",), r"\bby (?:\w+ )?consensus\b|\bconsensus\b"),
            Form("unanimity", ("unanim",), r"\bunanim(?:ous|ously|ity)\b(?! agreed)"),
            Form("majority", ("majority ",), r"\b(?:by|of) a (?:\w+ )?majority\b|\bmajority (?:vote|of (?:its|the|their) (?:members|parties|votes))\b|\bmajority rule\b"),
            Form("lot", ("lot ", "random"), r"\bby lot\b|\bby random selection\b|\brandomly (?:select\w*|chosen)\b"),
            Form("common agreement", ("mutual ", "common ", "joint"), r"\bby (?:mutual|common) (?:agreement|consent|accord)\b|\bjoint(?:ly)? decision\b"),
        ),
        swapped="A body decides otherwise", added="How it is decided is now said", dropped="How it is decided is no longer said", alone=True,
    ),
    Topic(
        "openness", 3,
        (
            Form("public", ("public",), r"\b(?:open|available|accessible|released?|disclosed) to the public\b|\bpublicly available\b|\b(?:be|is|are) (?:(?!an?\b|the\b)\w+ )?public\b|\bin public\b|\bpublic hearings?\b"),
            Form("closed", ("confidential", "closed ", "camera ", "private ", "disclose"), r"\bconfidential(?:ity)?\b|\bclosed to the public\b|\bin camera\b|\bin private\b|\bnot (?:be )?disclose[ds]?\b"),
        ),
        swapped="Open and closed changed places", added="Openness is now said", dropped="Openness is no longer said", alone=True,
    ),
    Topic(
        "remedy", 4,
        (
            Form("suspension of benefits", ("suspen",), r"\bsuspen(?:d|sion|ded|ding)\b[^.;,]{0,60}\b(?:benefits|concessions)\b"),
            Form("compensation", ("compensat",), r"\bcompensat(?:ion|e|ory)\b"),
            Form("monetary assessment", ("monetary ",), r"\bmonetary assessment\b"),
            Form("damages", ("damages ",), r"\baward (?!punitive)(?:\w+ ){0,3}damages\b|\bmonetary damages\b"),
            Form("punitive damages", ("punitive ",), r"\bpunitive damages\b"),
            Form("restitution", ("restitution ",), r"\brestitution\b"),
            Form("removal", ("removal ", "withdrawal ", "implementation ", "nonimplementation ", "remove "), r"\b(?:removal|withdrawal|non-implementation) of the measure\b|\bremove the measure\b|\bnon-?implementation or removal\b"),
            Form("interim relief", ("interim ",), r"\binterim (?:measures?|relief|injunctive relief)\b"),
            Form("remand", ("remand ",), r"\bremand\b"),
        ),
        swapped="Another remedy", added="A remedy is new", dropped="A remedy is gone", alone=True,
    ),
    Topic(
        "standard-of-review", 4,
        (
            Form("standard of review", ("review ",), r"\bstandards? of review\b"),
            Form("de novo", ("novo ",), r"\bde novo\b"),
            Form("substantial evidence", ("substantial ",), r"\bsubstantial evidence\b"),
            Form("arbitrary", ("arbitrary ",), r"\barbitrary\b(?! or unjust)(?!, unjust)"),
            Form("clear error", ("clearly ", "manifest"), r"\bclearly err(?:oneous|ed)\b|\bmanifest(?:ly)? (?:err\w+|exceed\w*)\b"),
            Form("objective assessment", ("objective ",), r"\bobjective assessment\b"),
            Form("abuse of discretion", ("abuse ",), r"\babuse of discretion\b"),
        ),
        swapped="Reviewed by another standard", added="A standard of review is new", dropped="A standard of review is gone", alone=True,
    ),
    Topic(
        "applicable-law", 4,
        (
            Form("international law", ("law ",), r"\b(?:decid|determin|govern|interpret|resolv|settl|appl)\w*\b[^.;]{0,90}?\binternational law\b"),
            Form("law of a place", ("law ", "laws "), r"\b(?:decid|determin|govern|interpret|resolv|settl)\w*\b[^.;]{0,80}?\b(?:in accordance with|under|by) the (?:domestic |national )?laws? of (?:the|a|its)\b"),
            Form("rules of law chosen", ("law ",), r"\brules of law (?:applicable|specified|agreed|chosen)\b"),
        ),
        swapped="Another law governs", added="The law that governs is now said", dropped="The law that governs is no longer said", alone=True,
    ),
    Topic(
        "forum", 4,
        (
            Form("choice", ("forum ",), r"\b(?:choose|select|choice of) (?:the )?(?:a )?forum\b|\beither forum\b|\bforum of its choice\b"),
            Form("exclusive", ("exclusi", "solely ", "forum "), r"\bto the exclusion of\b|\bexclusive jurisdiction\b|\bsolely under this agreement\b|\bsingle forum\b"),
        ),
        swapped="Another choice of forum", added="A rule on the forum is new", dropped="A rule on the forum is gone", alone=True,
    ),
    Topic(
        "conflict-rule", 4,
        (Form("prevails", ("inconsisten", "conflict"), r"\b(?:in the event of|in case of|where there is) (?:any |an |a )?(?:inconsistenc(?:y|ies)|conflicts?)\b|\bto the extent of the (?:inconsistency|conflict)\b"),),
        swapped="Another text prevails", added="A conflict clause is new", dropped="A conflict clause is gone", leads=True, phrase=r"([\w.()’' -]{1,60}?) (?:shall |will )?prevails?\b",
    ),
    Topic(
        "discretion", 3,
        (
            Form("considers", ("necessary ", "appropriate ", "advisable "), r"\b(?:it|they|party) (?:\w+ )?(?:considers?|deems?|determines?) (?:to be |it )?(?:necessary|appropriate|advisable)\b"),
            Form("discretion", ("discretion ",), r"\b(?:in|at) (?:its|his|her|his or her|their|the) (?:own |sole )?discretion\b|\bsole discretion\b"),
            Form("own initiative", ("initiative ",), r"\bon its own initiative\b"),
        ),
        added="Discretion is given", dropped="Discretion is gone",
    ),
    Topic(
        "entry-into-force", 4,
        (Form("enters", ("force ", "effect "), r"\bshall (?:enter into force|come into (?:force|effect)|take effect)\b|(?<!which this )(?<!when this )(?<!until this )(?<!after this )\b(?:agreement|protocol|rules|amendments?) enters? into force\b"),),
        swapped="Enters into force otherwise", added="Entry into force is now said", dropped="Entry into force is no longer said", leads=True, phrase=r"into (?:force|effect)\b(.*)",
    ),
    Topic(
        "review", 3,
        (
            Form("review", ("review",), r"\b(?:shall|may|will|to) (?:\w+ )?review (?:the (?:operation|implementation|functioning|application)|this|these|its|whether|each|paragraph)\b|\bperiodic reviews?\b"),
            Form("renegotiation", ("negotiat", "renegotiat"), r"\bre-?negotiate\b"),
        ),
        swapped="Looked at again otherwise", added="A review is new", dropped="A review is gone", leads=True,
    ),
    Topic(
        "termination", 4,
        (
            Form("ends", ("terminate ", "expire ", "lapse ", "cease"), r"\bshall terminate\b|\bshall expire\b|\bshall lapse\b|\bceases? to (?:be in force|have effect|apply)\b"),
            Form("stays", ("remain", "continue"), r"\bremains? in (?:force|effect)\b|\bcontinues? in (?:force|effect)\b"),
            Form("leaving", ("withdraw", "denounce ", "terminate ", "leave "), r"\bwithdraw(?:s|al)? from (?:this|the) agreement\b|\bdenounce\b|\bterminate (?:this|the) agreement\b|\bleave this agreement\b"),
        ),
        swapped="Ends or lasts otherwise", added="How long it lasts is now said", dropped="How long it lasts is no longer said", leads=True, alone=True,
    ),
    Topic(
        "finality", 4,
        (
            Form("final", ("final ", "binding "), r"\b(?:be|is|are) (?:\w+ )?(?:final|binding)\b|\bfinal and binding\b"),
            Form("advisory", ("advisory ", "binding ", "nonbinding "), r"\badvisory (?:opinion|report)s?\b|\b(?:be|is|are) (?:\w+ )?non-?binding\b|\bnot be binding\b|\bno binding force\b"),
        ),
        swapped="Binds otherwise", added="What binds is now said", dropped="What binds is no longer said", alone=True,
    ),
)  # fmt: skip
