#!/usr/bin/env python3
"""Writes files made to hurt a reader, and good files beside them: scripts/poison.py FOLDER.

Good files begin with "good-". Python's standard library is all that it needs; the same bytes come out every time.
"""

import base64
import gzip
import io
import struct
import sys
import zipfile
import zlib
from pathlib import Path

LETTER = (
    "ỦY BAN NHÂN DÂN\nTỈNH MẪU\nSố: 129/UBND-VX\nV/v báo cáo kết quả\nTỉnh Mẫu, ngày 05 tháng 3 năm 2020\n\nKính gửi: Sở Y tế\n\n"
    "Giao Sở Y tế chủ trì, báo cáo trước ngày 20 tháng 12 năm 2020.\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n"
)
DATE = (2020, 1, 1, 0, 0, 0)


def packed(*entries, method=zipfile.ZIP_DEFLATED):
    """A ZIP of (name, bytes)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method, compresslevel=9) as archive:
        for name, data in entries:
            info = zipfile.ZipInfo(name, DATE)
            info.compress_type = method
            archive.writestr(info, data, compresslevel=9)
    return out.getvalue()


def docx(body, **parts):
    document = f'<w:document xmlns:w="w"><w:body>{body}</w:body></w:document>'
    return packed(("[Content_Types].xml", "<Types/>"), ("word/document.xml", document), *parts.items())


def paragraphs(text):
    return "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.splitlines())


def xlsx(rows):
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    content = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    types = (
        f'<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{content}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{content}.worksheet+xml"/></Types>'
    )
    root = f'<Relationships xmlns="{package}/relationships"><Relationship Id="r" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    book = f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="1" sheetId="1" r:id="r1"/></sheets></workbook>'
    relations = f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
    sheet = f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>'
    return packed(
        ("[Content_Types].xml", types),
        ("_rels/.rels", root),
        ("xl/workbook.xml", book),
        ("xl/_rels/workbook.xml.rels", relations),
        ("xl/worksheets/sheet1.xml", sheet),
    )


def cell(address, text):
    return f'<c r="{address}" t="inlineStr"><is><t>{text}</t></is></c>'


def rtf(text):
    escaped = "".join("\\par " if c == "\n" else c if ord(c) < 128 else f"\\u{ord(c)}?" for c in text)
    return ("{\\rtf1\\ansi " + escaped + "}").encode("ascii")


def html(body):
    return f"<!DOCTYPE html><html><head><meta charset=utf-8></head><body>{body}</body></html>".encode()


def pdf(objects, root=1, table=None):
    """A PDF of {number: bytes}; `table` replaces its table of places."""
    out = b"%PDF-1.7\n"
    places = {}
    for number, content in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    start = len(out)
    if table is not None:
        return out + table(start)
    top = max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % top
    for number in range(1, top):
        out += b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 00000 f \n"
    return out + b"trailer\n<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (top, root, start)


def stream(data, extra=b"", deflated=False):
    if deflated:
        data, extra = zlib.compress(data, 9), extra + b"/Filter/FlateDecode"
    return b"<<%b/Length %d>>\nstream\n%b\nendstream" % (extra, len(data), data)


def page(content, font=b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", **more):
    """A PDF of one page."""
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>>>",
        4: content,
        5: font,
        6: b"null",
    }
    objects.update({int(k[1:]): v for k, v in more.items()})
    return pdf(objects)


def text_page():
    lines = ["So: 129/UBND-VX", "Giao So Y te chu tri, bao cao truoc ngay 20 thang 12 nam 2020."] * 8
    drawn = b"BT /F 12 Tf 72 770 Td 16 TL " + b" ".join(b"(%b) Tj T*" % line.encode() for line in lines) + b" ET"
    return page(stream(drawn))


def pdfs():
    yield "pdf-deflate-bomb.pdf", page(stream(b"q Q " * (48 << 20), deflated=True))
    twice = zlib.compress(zlib.compress(b" " * (1 << 28), 9), 9)
    yield "pdf-deflate-twice.pdf", page(b"<</Length %d/Filter[/FlateDecode/FlateDecode]>>\nstream\n%b\nendstream" % (len(twice), twice))
    yield "pdf-page-tree-loop.pdf", pdf({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[2 0 R 3 0 R]/Count 9>>", 3: b"<</Type/Pages/Kids[2 0 R]/Count 9>>"})
    kids = {n: b"<</Type/Pages/Kids[%d 0 R %d 0 R]/Count 9>>" % (n + 1, n + 1) for n in range(2, 60)}
    yield "pdf-page-tree-doubling.pdf", pdf({1: b"<</Type/Catalog/Pages 2 0 R>>", **kids, 60: b"<</Type/Page/MediaBox[0 0 9 9]>>"})
    prev = lambda start: b"xref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 3/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (start, start)
    yield "pdf-xref-loop.pdf", pdf({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[]/Count 0>>"}, table=prev)
    yield "pdf-deep-arrays.pdf", page(stream(b"[" * 2_000_000))
    yield "pdf-deep-dictionaries.pdf", pdf({1: b"<</A" * 500_000 + b">>" * 500_000})
    yield "pdf-form-in-itself.pdf", page(stream(b"/X Do " * 9), o6=stream(b"/X Do /X Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>"))
    forms = {f"o{n}": stream(b"/X Do " * 10, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>" % (n + 1)) for n in range(6, 26)}
    yield "pdf-forms-by-tens.pdf", page(stream(b"/X Do"), **forms)
    cmap = b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange\n" + b"".join(
        b"100 beginbfrange\n" + b"<0000> <FFFF> <0041>\n" * 100 + b"endbfrange\n" for _ in range(300)
    ) + b"endcmap"
    font = b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType2/BaseFont/A/CIDSystemInfo<</Registry(A)/Ordering(I)/Supplement 0>>>>]/ToUnicode 7 0 R>>"
    yield "pdf-tounicode-ranges.pdf", page(stream(b"BT /F 12 Tf 72 700 Td <00410042> Tj ET"), font, o7=stream(cmap, deflated=True))
    picture = b"/Type/XObject/Subtype/Image/Width 200000/Height 200000/ColorSpace/DeviceRGB/BitsPerComponent 8"
    yield "pdf-huge-picture.pdf", page(stream(b"q 595 0 0 842 0 0 cm /X Do Q"), o6=stream(b"\0" * 1000, picture, deflated=True))
    yield "pdf-huge-page.pdf", pdf({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>", 3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 1e30 1e30]/Contents 4 0 R>>", 4: stream(b"0 0 1e30 1e30 re f")})
    yield "pdf-count-lies.pdf", pdf({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[]/Count 2147483647>>"})
    many = pdf({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Count 100000/Kids[" + b"3 0 R " * 100_000 + b"]>>", 3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"})
    yield "pdf-too-many-pages.pdf", many
    predictor = b"/DecodeParms<</Predictor 15/Columns 2147483647/Colors 32/BitsPerComponent 16>>"
    yield "pdf-predictor.pdf", page(stream(b"\0" * 4096, predictor, deflated=True))
    yield "pdf-dashes.pdf", page(stream(b"[0.0000001] 0 d 0 0 m 1e9 1e9 l S " * 1000))


def archives():
    zeros = packed(("0.txt", b"0" * (1 << 28)))
    yield "zip-bomb.zip", zeros
    yield "zip-of-bombs.zip", packed(*((f"{i}.zip", zeros) for i in range(16)))
    deep = LETTER.encode()
    for level in range(40):
        deep = packed((f"{level}.zip" if level else "k.txt", deep))
    yield "zip-forty-deep.zip", deep
    yield "zip-paths.zip", packed(("../../../etc/cron.d/x.txt", LETTER), ("/etc/x.txt", LETTER), ("C:\\x.txt", LETTER), ("a/../../y.txt", LETTER), ("\x1b[2J.txt", LETTER))
    many = io.BytesIO()
    with zipfile.ZipFile(many, "w", zipfile.ZIP_STORED) as archive:
        for i in range(70_000):
            archive.writestr(zipfile.ZipInfo(f"{i}", DATE), b"")
    yield "zip-too-many-entries.zip", many.getvalue()
    yield "zip-overlapping.zip", overlapping()
    yield "gzip-bomb.gz", gzip.compress(b"\0" * (1 << 28), 9, mtime=0)
    yield "gzip-in-gzip.gz", gzip.compress(gzip.compress(gzip.compress(b"\0" * (1 << 28), 9, mtime=0), 9, mtime=0), 9, mtime=0)
    yield "zip-lying-size.zip", lying_size()


def overlapping():
    """Two thousand names for one packed megabyte of zeros."""
    data = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = data.compress(b"0" * (64 << 20)) + data.flush()
    crc = zlib.crc32(b"0" * (64 << 20))
    local = struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, 0, 8, 0, 33, crc, len(body), 64 << 20, 1, 0) + b"a" + body
    lines = b"".join(
        struct.pack("<IHHHHHHIIIHHHHHII", 0x02014B50, 20, 20, 0, 8, 0, 33, crc, len(body), 64 << 20, 8, 0, 0, 0, 0, 0, 0) + b"%08d" % i for i in range(2000)
    )
    return local + lines + struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 2000, 2000, len(lines), len(local), 0)


def lying_size():
    """An entry that says it holds ten bytes and holds 256 MiB."""
    data = bytearray(packed(("k.txt", b"0" * (1 << 28))))
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = data.find(mark) + at
        data[place : place + 4] = struct.pack("<I", 10)
    return bytes(data)


def office():
    row = "<w:tr>" + "<w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>" * 1000 + "</w:tr>"
    yield "docx-million-cells.docx", docx(f"<w:tbl>{row * 1000}</w:tbl>")
    yield "docx-deep-tables.docx", docx("<w:tbl><w:tr><w:tc>" * 50_000 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 50_000)
    yield "docx-wide-spans.docx", docx('<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="4294967295"/></w:tcPr><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc></w:tr></w:tbl>' * 100)
    entities = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa">' + "".join(f'<!ENTITY {chr(98 + i)} "{("&" + chr(97 + i) + ";") * 10}">' for i in range(12)) + "]>"
    bomb = f'{entities}<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>&m;</w:t></w:r></w:p></w:body></w:document>'
    yield "docx-entities.docx", packed(("[Content_Types].xml", "<Types/>"), ("word/document.xml", bomb))
    outside = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document xmlns:w="w"><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>'
    yield "docx-outside-entity.docx", packed(("[Content_Types].xml", "<Types/>"), ("word/document.xml", outside))
    yield "docx-bomb.docx", docx(" " * (1 << 28))
    far = "".join(f'<row r="{r}">{cell(f"XFD{r}", "a")}</row>' for r in (1, 1_048_576))
    yield "xlsx-far-cells.xlsx", xlsx(f'<row r="1">{cell("A1", "Số")}</row>{far}')
    yield "xlsx-odd-addresses.xlsx", xlsx(f'<row r="4294967295">{cell("ZZZZZZZ99999999999", "a")}{cell("A0", "b")}{cell("", "c")}</row>')
    many = "".join(f'<row r="{r}">{cell(f"A{r}", "a")}</row>' for r in range(1, 1_000_000))
    yield "xlsx-million-rows.xlsx", xlsx(many)
    yield "odt-repeated.odt", odt('<table:table><table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="16384"><text:p>a</text:p></table:table-cell></table:table-row></table:table>')
    yield "odt-spaces.odt", odt('<text:p>a<text:s text:c="4000000000"/>b</text:p>')
    yield "rtf-deep-groups.rtf", b"{\\rtf1 " + b"{" * 5_000_000
    yield "rtf-binary.rtf", b"{\\rtf1 {\\pict\\bin2147483647 abc}" + LETTER.encode() + b"}"
    yield "rtf-tables.rtf", b"{\\rtf1 " + b"\\trowd" + b"\\cellx9" * 200_000 + b"\\intbl a\\cell" * 200_000 + b"\\row}"
    yield "html-deep.html", html("<div>" * 1_000_000 + "a")
    yield "html-tables.html", html("<table><tr><td>" * 100_000 + "a")
    yield "html-spans.html", html('<table><tr><td colspan=1000000000 rowspan=1000000000>a<td>b</table>' * 50)
    yield "xml-deep.xml", b"<?xml version='1.0'?>" + b"<a>" * 1_000_000


def odt(body):
    content = f'<office:document-content xmlns:office="o" xmlns:text="t" xmlns:table="b"><office:body><office:text>{body}</office:text></office:body></office:document-content>'
    return packed(("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", content), method=zipfile.ZIP_DEFLATED)


def compound():
    """Compound files (the container of Word 97): chains of sectors in a ring, and a directory that is its own child."""
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIIII", header, 40, 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    struct.pack_into("<I", header, 76, 0)
    for i in range(1, 109):
        struct.pack_into("<I", header, 76 + 4 * i, 0xFFFFFFFF)

    def entry(name, kind, child, left=0xFFFFFFFF, start=0, size=1 << 30):
        raw = name.encode("utf-16-le")
        return struct.pack("<64sHBBIII16sIQQIQ", raw, len(raw) + 2, kind, 1, left, left, child, b"", 0, 0, 0, start, size)

    ring = struct.pack("<128I", 0xFFFFFFFD, 2, 1, *([3] * 125))
    own_child = entry("Root Entry", 5, 0) + entry("WordDocument", 2, 1, 1, 2) * 3
    chain = entry("Root Entry", 5, 1, start=0xFFFFFFFE, size=0) + entry("WordDocument", 2, 0xFFFFFFFF, start=3) + entry("1Table", 2, 0xFFFFFFFF, start=3) * 2
    yield "cfb-fat-loop.doc", bytes(header) + ring + chain.ljust(512, b"\0") + b"\0" * 1024
    yield "cfb-directory-loop.doc", bytes(header) + ring + own_child.ljust(512, b"\0") + b"\0" * 1024
    struct.pack_into("<II", header, 68, 0, 0x7FFFFFFF)
    yield "cfb-difat-loop.xls", bytes(header) + ring + chain.ljust(512, b"\0") + b"\0" * 1024


def pictures():
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    def png(width, height, data):
        return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) + chunk(b"IDAT", data) + chunk(b"IEND", b"")

    yield "png-huge.png", png(2_000_000_000, 2_000_000_000, zlib.compress(b"\0" * 1000))
    yield "png-bomb.png", png(30_000, 30_000, zlib.compress(b"\0" * (1 << 28), 9))

    def tiff(fields, following=0):
        body = struct.pack("<H", len(fields)) + b"".join(struct.pack("<HHII", tag, 4, count, value) for tag, count, value in fields)
        return b"II*\0" + struct.pack("<I", 8) + body + struct.pack("<I", following)

    size = [(256, 1, 4_000_000_000), (257, 1, 4_000_000_000), (258, 1, 8), (259, 1, 1), (262, 1, 1), (273, 1, 8), (277, 1, 1), (278, 1, 4_000_000_000), (279, 1, 4_000_000_000)]
    yield "tiff-huge.tif", tiff(size)
    yield "tiff-pages-loop.tif", tiff([(256, 1, 8), (257, 1, 8), (258, 1, 8), (259, 1, 1), (262, 1, 1), (273, 1, 8), (277, 1, 1), (278, 1, 8), (279, 1, 64)], following=8)
    yield "tiff-many-strips.tif", tiff([(256, 1, 8), (257, 1, 8), (273, 0x3FFFFFFF, 8), (279, 0x3FFFFFFF, 8)])
    yield "jpeg-huge.jpg", b"\xff\xd8\xff\xc0\x00\x11\x08\xff\xff\xff\xff\x03\x01\x11\x00\x02\x11\x00\x03\x11\x00\xff\xd9"


def messages():
    nested = b""
    for i in range(2000):
        nested += b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (i, i)
    yield "mail-deep.eml", b"From: a@b.vn\r\nTo: a@b.vn\r\nSubject: x\r\nMIME-Version: 1.0\r\n" + nested + b"\r\na"
    message = b"From: a@b.vn\r\nTo: a@b.vn\r\nSubject: x\r\n\r\na"
    for _ in range(60):
        message = b"From: a@b.vn\r\nTo: a@b.vn\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: message/rfc822\r\n\r\n" + message
    yield "mail-in-mail.eml", message
    yield "mail-headers.eml", b"From: a@b.vn\r\nTo: " + b"a@b.vn, " * 2_000_000 + b"\r\nSubject: x\r\n\r\na"
    deep = "<a>" * 200_000
    yield "edxml-deep.edxml", f'<?xml version="1.0"?><edXML xmlns="http://www.mic.gov.vn/TBT/QCVN_102_2016"><edXMLEnvelope>{deep}'.encode()


def others():
    yield "binary-named.txt", bytes((i * 7919 + i // 251) % 256 for i in range(200_000))
    yield "zeros-named.docx", b"\0" * 1_000_000
    yield "line.txt", "Sở Y tế ".encode() * 1_000_000
    yield "open-brackets.txt", ("(“" * 500_000).encode()
    yield "marks.txt", ("a" + "\u0301" * 2_000_000).encode()


def truncated(name, data):
    for i, part in enumerate((0.1, 0.5, 0.9, 0.99)):
        yield f"cut-{i}-{name}", data[: int(len(data) * part)]


def good():
    yield "good-letter.txt", LETTER.encode()
    yield "good-letter.docx", docx(paragraphs(LETTER))
    yield "good-letter.rtf", rtf(LETTER)
    yield "good-letter.html", html("".join(f"<p>{line}</p>" for line in LETTER.splitlines()))
    yield "good-letter.odt", odt("".join(f"<text:p>{line}</text:p>" for line in LETTER.splitlines()))
    yield "good-letter.pdf", text_page()
    rows = "".join(f'<row r="{i}">{cell(f"A{i}", line)}</row>' for i, line in enumerate(LETTER.split("\n"), 1) if line)
    yield "good-letter.xlsx", xlsx(rows)
    yield "good-letter.zip", packed(("k.txt", LETTER))
    attached = base64.encodebytes(LETTER.encode())
    head = b"From: a@b.vn\r\nTo: a@b.vn\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\nContent-Type: text/plain\r\n\r\nxin gui\r\n--B\r\n"
    yield "good-letter.eml", head + b"Content-Type: text/plain; name=k.txt\r\nContent-Disposition: attachment; filename=k.txt\r\nContent-Transfer-Encoding: base64\r\n\r\n" + attached + b"\r\n--B--\r\n"


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: scripts/poison.py FOLDER")
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    whole = list(good())
    for makers in (whole, pdfs(), archives(), office(), compound(), pictures(), messages(), others(), *(truncated(*file) for file in whole)):
        for name, data in makers:
            (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode())
    print(f"{len(list(folder.iterdir()))} files, {len(whole)} of them good")


if __name__ == "__main__":
    main()
