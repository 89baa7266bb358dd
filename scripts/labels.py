#!/usr/bin/env python3
"""Compare citations with independent labels of Vietnamese legal sentences.

    scripts/labels.py [--labels FILE] [--verbose] [--json] [PROGRAM]

FILE is the validation part of VNLegalText: one word and its label on each line, a blank line between sentences; it stands beside a
checkout (../shared/real/labels) and is not part of it. PROGRAM is the binary, target/release/vanthu by default. Standard library only.

How the labels are mapped to citations:

- Words are joined again: "_" inside a word and the blank before punctuation are undone, the mark-up `<L rel="none">` of nested laws is
  dropped. The file prints ";" as ".", so one sentence of it may be the end of a list item; each sentence is read as a paper of its own.
- The nine types are L, BL, PL, HP, NĐ, TT, TTLT, NQ, QĐ. Mentions of other types are left out, and so are mentions of the paper itself.
- A label covers type word, name, number and date, without the issuer behind them. A label with a symbol or a number and a year is a
  numbered reference: it is right where a citation of the same number overlaps it. Other labels are named ones: right where a citation of
  the type begins at the same word and the name is the same; date, year and issuer are not compared. Any date printed inside a label must
  be that of the citation; that is counted apart.
- The labels leave some mentions out: titles of amending acts, "(sau đây gọi tắt là Nghị định số …)", many repeats. A mention outside every
  label is counted as a gap of the labels where the same number or name is labelled elsewhere in the file, or where a type word and a whole
  symbol stand there by an independent pattern; else it is spurious. Both precisions are printed: the strict one counts the gaps as wrong.
"""
import argparse, json, re, subprocess, sys, tempfile
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TYPES = ("L", "BL", "PL", "HP", "NĐ", "TT", "TTLT", "NQ", "QĐ")
NUMBER = re.compile(r"\d+[a-zđ]?\s*[/-]\s*(?:\d{4}|[A-ZĐ])|số\s+\d+|(?:định|tư|quyết)\s+\d+$", re.I)
DATE = re.compile(r"(?:,\s*)?(?:được Quốc hội.*)?\bngày\b.*$", re.S)
NAME_END = re.compile(r"\s*(?:,\s*)?(?:\(?số\b|ngày\b|năm\s+\d|\d{4}\b|\d+/).*$", re.S | re.I)
WHOLE = re.compile(r"(?:Nghị định|Quyết định|Thông tư(?: liên tịch)?|Nghị quyết|Luật .{3,80}|Pháp lệnh .{3,80}) số \d+[a-z]?(?:/\d{4})?/[A-ZĐ]{2,}")
TIGHT_BEFORE = set(",.;:)]}”%?!")
TIGHT_AFTER = set("([{“")


def sentences(path):
    """Lists of (word, label)."""
    current = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            word, label = line.rsplit(" ", 1)
            current.append((word, label))
        elif current:
            yield current
            current = []
    if current:
        yield current


def joined(words):
    """The sentence as text, and its labelled spans as (type, start, end)."""
    text, spans, open_type, start, tight = "", [], None, 0, True
    for word, label in words:
        if word.startswith("<") or word == "rel=\"none\">":
            continue
        word = word.replace("_", " ")
        gap = "" if tight or word[0] in TIGHT_BEFORE else " "
        kind = label[2:] if label[:2] in ("B-", "I-") else None
        if open_type and (label.startswith("B-") or kind != open_type):
            spans.append((open_type, start, len(text)))
            open_type = None
        text += gap
        if kind and open_type is None:
            open_type, start = kind, len(text)
        text += word
        tight = word[-1] in TIGHT_AFTER
    if open_type:
        spans.append((open_type, start, len(text)))
    return text, spans


def fold(s):
    return re.sub(r"[^0-9a-zà-ỹđ]+", " ", s.lower()).strip()


def number(text):
    """Number and year or symbol of a printed reference, without blanks."""
    m = re.search(r"\d+[a-zđ]?\s*[/-]\s*[0-9A-Za-zĐđ&Ưư./\- ]*[0-9A-Za-zĐđ]|số\s+\d+", DATE.sub("", text))
    return re.sub(r"^số|\s", "", m.group(0)).upper() if m else None


def name(text):
    return fold(NAME_END.sub("", text))


class Count:
    def __init__(self):
        self.right = self.missed = self.spurious = self.gaps = 0

    def shares(self, strict=False):
        found = self.right + self.spurious + (self.gaps if strict else 0)
        p = self.right / found if found else 1.0
        r = self.right / (self.right + self.missed) if self.right + self.missed else 1.0
        return p, r, 2 * p * r / (p + r) if p + r else 0.0


def records(program, texts):
    with tempfile.TemporaryDirectory() as folder:
        for i, text in enumerate(texts):
            (Path(folder) / f"{i:05}.txt").write_text(text + "\n", encoding="utf-8")
        run = subprocess.run([program, "extract", folder], capture_output=True, text=True)
        if not run.stdout:
            sys.exit(f"{program}: {run.stderr.strip() or 'no output'}")
        return {int(Path(r["source"]["path"]).stem): r for r in map(json.loads, run.stdout.splitlines())}


def same_number(a, b):
    """Equal but for what one of the two leaves out after the number and year."""
    squeeze = lambda s: re.sub(r"[^0-9A-ZĐ]", "", s.upper()).replace("Đ", "D").replace("Ư", "U")
    a, b = squeeze(a), squeeze(b)
    return a == b or a.startswith(b) or b.startswith(a)


def compare(text, labels, record, counts, dates, log, gaps):
    mentions = []
    for c in record["citations"] if record else []:
        kind = c["document_type"]
        if c["form"] == "self" or kind not in TYPES or c["rule"] in ("citation-above", "citation-alias"):
            continue
        mentions.append((kind, c["span"]["start"], c["span"]["end"], c))
    taken = [False] * len(mentions)
    offset = record["text"].find(text[:20]) if record else 0
    assert offset in (0, -1), "the text of a sentence is the record's text"
    for kind, start, end in labels:
        quote = text[start:end]
        numbered = bool(NUMBER.search(DATE.sub("", quote)))
        hit = None
        for i, (k, s, e, c) in enumerate(mentions):
            code = (c["code"] or {}).get("text")
            if taken[i] or s >= end or e <= start or bool(code) != numbered:
                continue
            if numbered and same_number(number(quote) or "", code) or not numbered and k == kind and s == start and name(c["quote"]) == name(quote):
                hit = i
                break
        group = (kind, "numbered" if numbered else "named")
        if hit is None:
            counts[group].missed += 1
            log.append(f"missed {group[1]} {kind}: {quote}  |  {[c['quote'] for _, s, e, c in mentions if s < end and e > start]}  |  {text[max(0, start-60):end+60]}")
            continue
        taken[hit] = True
        counts[group].right += 1
        day = re.search(r"ngày\s*(\d{1,2})(?:\s*[/.-]\s*|\s+tháng\s+)(\d{1,2})(?:\s*[/.-]\s*|\s+năm\s+)(\d{4})", quote)
        if day:
            want = f"{day[3]}-{int(day[2]):02}-{int(day[1]):02}"
            got = (mentions[hit][3]["date"] or {}).get("value")
            dates[want == got] += 1
            if want != got:
                log.append(f"date of {quote}: {got}")
    for i, (kind, s, e, c) in enumerate(mentions):
        if taken[i]:
            continue
        code = (c["code"] or {}).get("text")
        group = (kind, "numbered" if code else "named")
        inside = any(s >= a and e <= b for _, a, b in labels)
        if inside:
            continue
        if (number(c["quote"]) or name(c["quote"])) in gaps or WHOLE.match(c["quote"]):
            counts[group].gaps += 1
            log.append(f"gap {group[1]} {kind}: {c['quote']}  |  {text[max(0, s-60):e+60]}")
            continue
        counts[group].spurious += 1
        log.append(f"spurious {group[1]} {kind}: {c['quote']}  |  {[text[a:b] for _, a, b in labels if a < e and b > s]}  |  {text[max(0, s-60):e+60]}")


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("program", nargs="?", default=str(ROOT / "target/release/vanthu"))
    ap.add_argument("--labels", type=Path, default=ROOT / "../shared/real/labels/vnlegaltext_val.conll")
    ap.add_argument("--verbose", action="store_true", help="print every miss and every spurious mention")
    ap.add_argument("--json", action="store_true")
    args = ap.parse_args()
    if not args.labels.is_file():
        print(f"skipped: {args.labels} is missing; give the labels with --labels FILE", file=sys.stderr)
        return 3
    rows = [joined(words) for words in sentences(args.labels)]
    read = records(args.program, [text for text, _ in rows])
    gaps = {number(t[a:b]) or name(t[a:b]) for t, spans in rows for _, a, b in spans}
    counts, dates, log = defaultdict(Count), {True: 0, False: 0}, []
    for i, (text, labels) in enumerate(rows):
        compare(text, labels, read.get(i), counts, dates, log, gaps)
    if args.verbose:
        print("\n".join(log))
    figures = {}
    for form in ("numbered", "named"):
        total = Count()
        for kind in TYPES:
            c = counts.get((kind, form))
            if c is None:
                continue
            for field in ("right", "missed", "spurious", "gaps"):
                setattr(total, field, getattr(total, field) + getattr(c, field))
            figures[f"{form} {kind}"] = c
        figures[f"{form}, all"] = total
    if args.json:
        print(json.dumps({k: dict(zip(("precision", "recall", "f1"), c.shares()), right=c.right, missed=c.missed, spurious=c.spurious, gaps=c.gaps) for k, c in figures.items()}, ensure_ascii=False))
        return 0
    print(f"{'':16}{'right':>7}{'missed':>8}{'spurious':>10}{'gaps':>6}{'precision':>11}{'recall':>8}{'F1':>8}{'strict F1':>11}")
    for k, c in figures.items():
        p, r, f = c.shares()
        print(f"{k:16}{c.right:7}{c.missed:8}{c.spurious:10}{c.gaps:6}{p:11.4f}{r:8.4f}{f:8.4f}{c.shares(strict=True)[2]:11.4f}")
    print(f"dates inside labels: {dates[True]} of {dates[True] + dates[False]} right")
    return 0


if __name__ == "__main__":
    sys.exit(main())
