"""What the specifications ask of XLIFF 2.1 and TMX 1.4b, and pairs to be written in them."""

import itertools

from reviewer.formats.text_pair import Marked, TextPair
from reviewer.model import Code, CodeKind, IssueType, Severity, Side

XLIFF = "{urn:oasis:names:tc:xliff:document:2.0}"
ITS = "{http://www.w3.org/2005/11/its}"
OPEN, CLOSE, ALONE = CodeKind.OPEN, CodeKind.CLOSE, CodeKind.PLACEHOLDER
BOLD = (Code("\U000f0000", "1", OPEN, "<b>", "b"), Code("\U000f0001", "1", CLOSE, "</b>", "/b"))
BREAK = Code("\U000f0002", "2", ALONE, "<br/>", "↵")
HALF = Code("\U000f0003", "9", CLOSE, "</i>", "/i")
LOST = Code("\U000f0004", "8", OPEN, "<u>", "u")


def sample_pairs():
    """Return pairs with all that a writer can meet."""
    codes = (*BOLD, BREAK, HALF, LOST)
    a, b, br, half, lost = (code.character for code in codes)
    marks = (
        Marked(Side.TARGET, 0, 4, IssueType.MISTRANSLATION, Severity.MAJOR, 'Is "it" <so>?'),
        Marked(Side.TARGET, 2, 9, IssueType.SPELLING, Severity.MINOR, "Spelling."),
        Marked(Side.SOURCE, 3, 3, IssueType.OMISSION, Severity.NEUTRAL, "Gone."),
    )
    return [
        TextPair("One & two.", "Un & <deux>."),
        TextPair("Not yet.", "", state="initial"),
        TextPair(
            f"The {a}old{b} one.{br}",
            f"Le {b}vieil{a} ancien.{br}{br}",
            codes,
            codes,
            shares_codes=True,
            state="reviewed",
            notes=("Short!", "a < b"),
            comments=(("Ann", "Which <one>?"),),
            marks=marks,
        ),
        TextPair(f"{half}x{lost}", f"{a}y{b}{half}", codes, codes, marks=marks[:1]),
        TextPair("\x01 odd \ufffe", "\x02 drôle \U0001f600", (), ()),
        TextPair("", "Alone."),
    ]


def xliff_faults(root):
    """Yield what of an XLIFF 2.1 document is not as OASIS's specification has it."""
    if root.tag != f"{XLIFF}xliff" or root.get("version") != "2.1" or not root.get("srcLang"):
        yield "root"
    uses_its = any(key.startswith(ITS) for e in root.iter() for key in e.attrib)
    if uses_its and root.get(f"{ITS}version") != "2.0":
        yield "its:version is missing"
    names = [file.get("id") for file in root]
    if not names or len(set(names)) != len(names):
        yield "ids of files"
    for file in root:
        units = [unit.get("id") for unit in file.iter(f"{XLIFF}unit")]
        if not units or len(set(units)) != len(units):
            yield "ids of units"
        for unit in file.iter(f"{XLIFF}unit"):
            yield from (f"unit {unit.get('id')}: {fault}" for fault in _unit_faults(unit))


ORDER = ["notes", "originalData", "segment"]
STATES = {"initial", "translated", "reviewed", "final"}


def _unit_faults(unit):
    order = [ORDER.index(child.tag.removeprefix(XLIFF)) for child in unit]
    if order != sorted(order) or order.count(2) < 1 or order.count(0) > 1 or order.count(1) > 1:
        yield "order of elements"
    data = [e.get("id") for e in unit.iter(f"{XLIFF}data")]
    if len(set(data)) != len(data):
        yield "ids of data"
    for segment in unit.iter(f"{XLIFF}segment"):
        if segment.get("state", "initial") not in STATES:
            yield "state"
        if [e.tag.removeprefix(XLIFF) for e in segment] not in (["source"], ["source", "target"]):
            yield "content of the segment"
    for note in unit.iter(f"{XLIFF}note"):
        if not note.text or note.get("appliesTo", "source") not in {"source", "target"}:
            yield "note"
    for side in ("source", "target"):
        inline = [e for s in unit.iter(XLIFF + side) for e in s.iter() if e is not s]
        yield from _inline_faults(inline, set(data))


def _inline_faults(inline, data):
    kinds = {f"{XLIFF}{name}" for name in ("sc", "ec", "ph", "sm", "em")}
    if not {e.tag for e in inline} <= kinds:
        yield "unknown inline element"
    ids = [e.get("id") for e in inline if e.get("id")]
    if len(set(ids)) != len(ids):
        yield "ids of codes"
    opened = set()
    for element in inline:
        name = element.tag.removeprefix(XLIFF)
        if element.get("dataRef") and element.get("dataRef") not in data:
            yield "dataRef"
        if name in {"sc", "ph", "sm"} and not element.get("id"):
            yield f"{name} without id"
        isolated = element.get("isolated") == "yes"
        if name in {"sc", "sm"} and not isolated:
            opened.add(element.get("id"))
        elif name == "ec" and isolated != bool(element.get("id")):
            yield "ec has either an id or a startRef"
        elif name in {"ec", "em"} and not isolated:
            if element.get("startRef") not in opened:
                yield f"{name} before its beginning"
            opened.discard(element.get("startRef"))
        if name == "sm" and not any(key.startswith(ITS) for key in element.attrib):
            yield "an ITS annotation without ITS"
    if opened:
        yield "something is never closed"


HEADER = {
    *("creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "srclang"),
    "datatype",
}
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def tmx_faults(root):
    """Yield what of a TMX document is not as the specification of 1.4b has it."""
    if (
        root.tag != "tmx"
        or root.get("version") != "1.4"
        or [e.tag for e in root]
        != [
            "header",
            "body",
        ]
    ):
        yield "root"
    if not set(root[0].attrib) >= HEADER:
        yield "header"
    for unit in root[1]:
        if unit.tag != "tu" or len({v.get(LANG) for v in unit.iter("tuv")}) != 2:
            yield "tu"
        for seg in unit.iter("seg"):
            yield from _seg_faults(seg)


def _seg_faults(seg):
    codes = list(itertools.islice(seg.iter(), 1, None))
    begins = [e.get("i") for e in codes if e.tag == "bpt"]
    ends = [e.get("i") for e in codes if e.tag == "ept"]
    if sorted(begins) != sorted(ends) or len(set(begins)) != len(begins):
        yield "bpt and ept"
    for code in codes:
        if code.tag == "it" and code.get("pos") not in {"begin", "end"}:
            yield "pos of it"
        if code.get("x") is not None and not code.get("x").isdigit():
            yield "x"
        if code.tag not in {"bpt", "ept", "ph", "it"}:
            yield code.tag
