#!/usr/bin/env python3
"""Writes src/lexicon/acts.tsv: laws, codes, ordinances and decrees with number, dates and short name.

    python3 scripts/acts.py ../shared/real/labels/phapdien_docs.tsv > src/lexicon/acts.tsv

The first source is a list of acts (vbpl_itemid, type, number, date_issued, issuer, effective, title, articles), one a
line; the second is MORE below, acts that the list lacks. Only the facts are taken; titles of decrees are cut short.
"""
import re
import sys

CODES = {"Luật": "L", "Bộ luật": "BL", "Pháp lệnh": "PL", "Nghị định": "NĐ"}
LONGEST = 90

# number, date, in force from, name
MORE = """\
L	63/2025/QH15	2025-02-18	2025-03-01	Tổ chức Chính phủ
L	64/2025/QH15	2025-02-19	2025-04-01	Ban hành văn bản quy phạm pháp luật
L	65/2025/QH15	2025-02-19	2025-03-01	Tổ chức chính quyền địa phương
L	72/2025/QH15	2025-06-16	2025-06-16	Tổ chức chính quyền địa phương
L	76/2015/QH13	2015-06-19	2016-01-01	Tổ chức Chính phủ
L	77/2015/QH13	2015-06-19	2016-01-01	Tổ chức chính quyền địa phương
L	80/2015/QH13	2015-06-22	2016-07-01	Ban hành văn bản quy phạm pháp luật
L	83/2015/QH13	2015-06-25	2017-01-01	Ngân sách nhà nước
L	45/2013/QH13	2013-11-29	2014-07-01	Đất đai
L	31/2024/QH15	2024-01-18	2024-08-01	Đất đai
L	28/2023/QH15	2023-11-27	2024-07-01	Tài nguyên nước
L	17/2012/QH13	2012-06-21	2013-01-01	Tài nguyên nước
L	33/2013/QH13	2013-06-19	2014-05-01	Phòng, chống thiên tai
L	79/2006/QH11	2006-11-29	2007-07-01	Đê điều
L	32/2018/QH14	2018-11-19	2020-01-01	Chăn nuôi
L	31/2018/QH14	2018-11-19	2020-01-01	Trồng trọt
L	23/2008/QH12	2008-11-13	2009-07-01	Giao thông đường bộ
L	23/2004/QH11	2004-06-15	2005-01-01	Giao thông đường thủy nội địa
L	54/2024/QH15	2024-11-29	2025-07-01	Địa chất và khoáng sản
L	50/2010/QH12	2010-06-17	2011-01-01	Sử dụng năng lượng tiết kiệm và hiệu quả
L	06/2022/QH15	2022-06-15	2024-01-01	Thi đua, khen thưởng
L	73/2025/QH15	2025-06-16	2026-01-01	Nhà giáo
"""


def date(text):
    m = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text.strip())
    return f"{m[3]}-{int(m[2]):02}-{int(m[1]):02}" if m else ""


def name(kind, title):
    title = re.sub(r"\s+", " ", title).strip(" .")
    for word in ["Bộ luật", "Pháp lệnh", "Luật", "Luât", "Nghị định"]:
        if title.lower().startswith(word.lower() + " ") and kind != "NĐ":
            title = title[len(word) + 1 :]
    title = re.sub(r"^(số )?(Về việc|về việc|Về|về|V/v) ", "", title)
    title = title[:1].upper() + title[1:]
    if kind == "NĐ" and len(title) > LONGEST:
        title = title[: title.rindex(" ", 0, LONGEST)].rstrip(",;") + " …"
    return title


def main():
    acts = {}
    for line in MORE.splitlines():
        kind, number, *rest = line.split("\t")
        acts[(kind, number)] = rest
    with open(sys.argv[1], encoding="utf-8") as source:
        next(source)
        for line in source:
            _, kind, number, issued, _, force, title, *_ = line.rstrip("\n").split("\t")
            code = CODES.get(kind)
            if code and re.fullmatch(r"\d+[a-z]?(/\d{4})?[/-][A-ZĐ].*", number) and date(issued) and title.strip():
                acts.setdefault((code, number), [date(issued), date(force), name(code, title)])
    for (kind, number), (issued, force, title) in sorted(acts.items(), key=lambda a: (a[0][0], a[1][0], a[0][1])):
        print(kind, number, issued, force, title, sep="\t")


main()
