"""Reads a Word document with python-docx and prints its page, fonts and tables."""
import io
import json
import sys

import docx
from docx.oxml.ns import qn

document = docx.Document(io.BytesIO(sys.stdin.buffer.read()))
section = document.sections[0]
head, tasks, _ = document.tables
defaults = document.styles.element.find(qn("w:docDefaults"))
fonts = {f.get(qn("w:ascii")) for f in defaults.iter(qn("w:rFonts"))}
fonts |= {f.get(qn("w:ascii")) for f in document.element.body.iter(qn("w:rFonts"))}
rows = list(tasks._tbl.tr_lst)
print(json.dumps({
    "orientation": "landscape" if section.orientation else "portrait",
    "page": [round(section.page_width.mm), round(section.page_height.mm)],
    "margins": [round(m.mm) for m in (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)],
    "fonts": sorted(f for f in fonts if f),
    "repeated": [i for i, row in enumerate(rows) if row.find(qn("w:trPr")) is not None and row.trPr.find(qn("w:tblHeader")) is not None],
    "heading": "\n".join(cell.text for cell in head.rows[0].cells),
    # Cell by cell: a row of python-docx looks through the whole table.
    "rows": [["\n".join(p.text for p in docx.table._Cell(cell, tasks).paragraphs) for cell in row.tc_lst] for row in rows],
}))
