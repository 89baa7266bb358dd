"""Reads a workbook with openpyxl and prints its sheets."""
import datetime
import io
import json
import sys

import openpyxl

book = openpyxl.load_workbook(io.BytesIO(sys.stdin.buffer.read()))


def shown(cell):
    return "day " + cell.value.date().isoformat() if isinstance(cell.value, datetime.datetime) else cell.value


sheets = []
for sheet in book:
    rows = list(sheet.iter_rows(min_row=2))
    sheets.append({
        "name": sheet.title,
        "frozen": sheet.freeze_panes,
        "filter": sheet.auto_filter.ref,
        "formulas": sum(cell.data_type == "f" for row in rows for cell in row),
        "rows": [[shown(cell) for cell in row] for row in rows],
    })
print(json.dumps(sheets))
