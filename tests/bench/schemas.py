"""What is written, held against the schemas and DTDs of its formats.

    python -m tests.bench.schemas FOLDER

FOLDER holds any of xliff-core-1.2*.xsd, xliff-core-2.0.xsd, tmx14.dtd, tbx*.xsd (TBX 2) and
xml.xsd, as packages of Debian carry them: php-symfony-translation has those of XLIFF, omegat those
of TMX and TBX inside its OmegaT.jar. Nothing is fetched. Files are made with codes, comments,
marks, edits and missing translations. Exit status 1 where one does not fit.
"""

import argparse
import io
import sys
from pathlib import Path

from lxml import etree

from reviewer.formats.termbases import written as written_termbase
from reviewer.formats.tmx_out import write_tmx
from reviewer.formats.xliff import mark_xliff, read_xliff, write_xliff
from reviewer.formats.xliff_out import write_xliff as write_new_xliff
from reviewer.model import Concept, Term, TermStatus, Verdict
from tests.bench.clients import edits
from tests.formats.structure import sample_pairs

GOLDEN = Path(__file__).parent.parent / "golden"


class Local(etree.Resolver):
    """Finds what a schema imports in the folder, by its name alone."""

    def __init__(self, folder):
        super().__init__()
        self.folder = folder

    def resolve(self, address, public_id, context):
        file = self.folder / Path(address).name
        return self.resolve_filename(str(file), context) if file.exists() else None


def schema(path):
    if path.suffix == ".dtd":
        return etree.DTD(str(path))
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(Local(path.parent))
    tree = etree.parse(str(path), parser)
    # What stands elsewhere by its address is looked for beside the schema.
    for element in tree.iter("{*}import"):
        address = element.get("schemaLocation", "")
        element.set("schemaLocation", Path(address).name)
    return etree.XMLSchema(tree)


def edited_xliff(name):
    data = (GOLDEN / name).read_bytes()
    content = read_xliff(data, {})
    changed, added, _ = edits(content.target, content.source)
    out = write_xliff(data, content.recipe, changed, added)
    verdicts = {number: list(Verdict)[number % 3] for number in range(len(content.source))}
    return mark_xliff(out, content.recipe, verdicts)[0]


def termbase(version):
    terms = (
        Term("en", "keel", note="of a ship"),
        Term("fr", "quille", TermStatus.ADMITTED),
        Term("fr", "carène", TermStatus.DEPRECATED),
    )
    out = io.BytesIO()
    concepts = [Concept(terms, "ab" * 16, "ships")]
    for part in written_termbase(concepts, Path("a.tbx"), ("en", "fr"), tbx_version=version):
        out.write(part)
    return out.getvalue()


def made():
    """Return (pattern of the schema's name, what it is, bytes) of what is written."""
    pairs = sample_pairs()
    return [
        ("xliff-core-2.0*.xsd", "XLIFF 2.1 made anew", write_new_xliff(pairs, ("en", "fr"), "a")),
        ("xliff-core-2.0*.xsd", "XLIFF 2.1 edited", edited_xliff("segments.xliff")),
        ("xliff-core-1.2*.xsd", "XLIFF 1.2 edited", edited_xliff("codes.xlf")),
        ("tmx14.dtd", "TMX 1.4 made anew", write_tmx(pairs, ("en", "fr"), "a")),
        ("tbx*.xsd", "TBX 2", termbase(2)),
    ]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    arguments = parser.parse_args()
    wrong = 0
    for pattern, what, data in made():
        for path in sorted(arguments.folder.glob(pattern)):
            known = schema(path)
            root = etree.fromstring(data, etree.XMLParser(no_network=True))
            fits = known.validate(root)
            wrong += not fits
            print(f"{what:22} {path.name:28} {'fits' if fits else 'DOES NOT FIT'}")
            for error in list(known.error_log)[:5] if not fits else ():
                print(f"    line {error.line}: {error.message[:200]}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
