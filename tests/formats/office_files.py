"""Small office documents written by hand, as the programs write them."""

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument"
WORD = f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="{MC}" xmlns:v="urn:schemas-microsoft-com:vml"'


def archive(parts, stored=()):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            info = zipfile.ZipInfo(name, (2024, 5, 6, 7, 8, 10))
            info.external_attr = 0o644 << 16
            info.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            file.writestr(info, text)
    return buffer.getvalue()


def part(data, name):
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return file.read(name).decode("utf-8")


def parts(data):
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def relationships(*related):
    found = "".join(
        f'<Relationship Id="rId{n}" Type="{R}/{type_}" Target="{target}"{mode}/>'
        for n, (type_, target, mode) in enumerate(related, 1)
    )
    root = f'<Relationships xmlns="{PACKAGE}/relationships">{found}</Relationships>'
    return f'<?xml version="1.0"?>\n{root}'


def word(body, **more):
    """Return a Word document; `more` are the contents of footnotes, header1 and the like."""
    names = {name: f"word/{name}.xml" for name in more}
    related = [(name.rstrip("0123456789"), f"{name}.xml", "") for name in more]
    related.append(("hyperlink", "https://example.org/a?b=1&amp;c=2", ' TargetMode="External"'))
    overrides = "".join(
        f'<Override PartName="/{path}" ContentType="{TYPE}.wordprocessingml.'
        f'{name.rstrip("0123456789")}+xml"/>'
        for name, path in {"document.main": "word/document.xml", **names}.items()
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
    roots = {"footnotes": "footnotes", "endnotes": "endnotes"}
    return archive(
        {
            "[Content_Types].xml": f'{head}<Types xmlns="{PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
            'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
            f"{overrides}</Types>",
            "_rels/.rels": relationships(("officeDocument", "word/document.xml", "")),
            "word/_rels/document.xml.rels": relationships(*related),
            "word/document.xml": f"{head}<w:document {WORD}><w:body>{body}</w:body></w:document>",
            **{
                names[name]: f"{head}<w:{roots.get(name, 'hdr')} {WORD}>{text}"
                f"</w:{roots.get(name, 'hdr')}>"
                for name, text in more.items()
            },
        }
    )


def p(*contents, properties=""):
    pr = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{pr}{''.join(contents)}</w:p>"


def r(text, look=""):
    pr = f"<w:rPr>{look}</w:rPr>" if look else ""
    space = ' xml:space="preserve"' if text != text.strip() else ""
    return f"<w:r>{pr}<w:t{space}>{text}</w:t></w:r>"


def field(instruction, result):
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return (
        f"{mark.format('begin')}<w:r><w:instrText>{instruction}</w:instrText></w:r>"
        f"{mark.format('separate')}{r(result)}{mark.format('end')}"
    )


ODF = "urn:oasis:names:tc:opendocument:xmlns"
STYLES = """\
<style:style style:name="T1" style:family="text"><style:text-properties officeooo:rsid="1"/>\
</style:style><style:style style:name="T2" style:family="text"><style:text-properties \
fo:font-weight="bold" style:font-weight-asian="bold"/></style:style>"""


def odt(body, header="", styles=STYLES):
    """Return an OpenDocument text as LibreOffice writes it."""
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    names = " ".join(
        f'xmlns:{prefix}="{ODF}:{name}:1.0"'
        for prefix, name in {
            **{each: each for each in ("office", "text", "style", "table")},
            "draw": "drawing",
        }.items()
    )
    names += f' xmlns:fo="{ODF}:xsl-fo-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"'
    names += ' xmlns:officeooo="http://openoffice.org/2009/office" office:version="1.3"'
    manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{type_}"/>'
        for path, type_ in (
            ("/", "application/vnd.oasis.opendocument.text"),
            ("content.xml", "text/xml"),
            ("styles.xml", "text/xml"),
        )
    )
    return archive(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"{head}<office:document-content {names}><office:automatic-styles>"
            f"{styles}</office:automatic-styles><office:body><office:text>{body}</office:text>"
            "</office:body></office:document-content>",
            "styles.xml": f"{head}<office:document-styles {names}><office:master-styles>"
            f'<style:master-page style:name="Standard"><style:header>{header}</style:header>'
            "</style:master-page></office:master-styles></office:document-styles>",
            "META-INF/manifest.xml": f'{head}<manifest:manifest xmlns:manifest="{manifest}" '
            f'manifest:version="1.3">{entries}</manifest:manifest>',
        },
        stored=("mimetype",),
    )


def tp(contents, style="Standard"):
    return f'<text:p text:style-name="{style}">{contents}</text:p>'


def span(contents, style="T2"):
    return f'<text:span text:style-name="{style}">{contents}</text:span>'


A = "http://schemas.openxmlformats.org/drawingml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"


def pptx(slides, notes=()):
    """Return a presentation; the slides are shown in the reverse order of their parts' names."""
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
    names = f'xmlns:a="{A}" xmlns:r="{R}" xmlns:p="{P}"'
    count = len(slides)
    found = {
        "[Content_Types].xml": f'{head}<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": relationships(("officeDocument", "ppt/presentation.xml", "")),
        "ppt/presentation.xml": f"{head}<p:presentation {names}><p:sldIdLst>"
        + "".join(f'<p:sldId id="{256 + n}" r:id="rId{n}"/>' for n in range(count, 0, -1))
        + "</p:sldIdLst></p:presentation>",
        "ppt/_rels/presentation.xml.rels": relationships(
            *[("slide", f"slides/slide{n}.xml", "") for n in range(1, count + 1)]
        ),
    }
    for number, body in zip(range(count, 0, -1), slides, strict=True):
        tree = f"<p:cSld><p:spTree><p:sp><p:txBody>{body}</p:txBody></p:sp></p:spTree></p:cSld>"
        found[f"ppt/slides/slide{number}.xml"] = f"{head}<p:sld {names}>{tree}</p:sld>"
    for number, body in zip(range(count, 0, -1), notes, strict=False):
        related = relationships(("notesSlide", f"../notesSlides/notesSlide{number}.xml", ""))
        found[f"ppt/slides/_rels/slide{number}.xml.rels"] = related
        found[f"ppt/notesSlides/notesSlide{number}.xml"] = (
            f"{head}<p:notes {names}><p:txBody>{body}</p:txBody></p:notes>"
        )
    return archive(found)


def ap(*contents, properties=""):
    return f'<a:p>{properties}{"".join(contents)}<a:endParaRPr lang="en-US"/></a:p>'


def ar(text, look=""):
    return f'<a:r><a:rPr lang="en-US"{look}/><a:t>{text}</a:t></a:r>'
