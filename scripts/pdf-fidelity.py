#!/usr/bin/env python3
"""How much of the text of PDFs comes back, against Poppler's pdftotext:

    pdf-fidelity.py VANTHU PDF...

Words, numbers of papers and dates are counted as bags, whatever their order. pdftotext reads each file twice, in reading
order and with -layout: what we have is right if either has it, and what both have must be there. Not asked for is what
we leave out by intent: words that stand at one place of three pages or more (running heads, heading rows of tables that
are printed again), which -bbox tells, and the captions of digital signatures, which are metadata. Hyphens are not
compared, since pdftotext drops them at line ends. --verbose shows what differs. Python's standard library and Poppler.
"""

import argparse
import html
import re
import subprocess
import time
import unicodedata
from collections import Counter

WORD = re.compile(r"[^\W_]+")
# What the caption of a digital signature says, a line each.
CAPTION = re.compile(r"^\s*(?:Ký bởi|Người ký|Cơ quan|Email|Ngày ký|Thời gian ký):.*$", re.M)
PLACED = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)"[^>]*>([^<]*)</word>')
# A figure behind the letters of an issuer is the mark of a footnote: "140/NQ-CP2".
CODE = re.compile(r"\d+(?:/\d{4})?/[A-ZĐ]{2}[\w&]*(?:-[A-ZĐ][A-Za-zĐđ&]*)*")
DATE = re.compile(r"\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*(?:19|20)\d\d|ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}")
KINDS = {"words": WORD, "codes": CODE, "dates": DATE}


def bag(pattern, text):
    return Counter(re.sub(r"\s+", " ", m).replace("-", "") for m in pattern.findall(text))


def words(text):
    return re.sub(r"(?<=\w)-(?=\w)", "", text)


def again(path):
    """The words that stand at the same place of three pages or more, as often as they stand there."""
    pages = printed(["pdftotext", "-bbox", path, "-"]).split("<page ")[1:]
    places = [[(text, round(float(x)), round(float(y))) for x, y, text in PLACED.findall(page)] for page in pages]
    counts = Counter(place for page in places for place in set(page))
    repeated = (html.unescape(place[0]) for page in places for place in page if counts[place] >= 3)
    return " ".join(repeated)


def printed(command):
    run = subprocess.run(command, capture_output=True)
    return unicodedata.normalize("NFC", run.stdout.decode("utf-8", "replace"))


def pages_of(path):
    found = re.search(r"Pages:\s+(\d+)", printed(["pdfinfo", path]))
    return int(found.group(1)) if found else 0


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("vanthu")
    parser.add_argument("pdf", nargs="+")
    given = parser.parse_args()
    sums = {kind: Counter() for kind in KINDS}
    pages = seconds = 0
    for path in given.pdf:
        start = time.perf_counter()
        ours = printed([given.vanthu, "text", "--no-ocr", path])
        seconds += time.perf_counter() - start
        theirs = [printed(["pdftotext", *mode, path, "-"]) for mode in ([], ["-layout"])]
        left_out = again(path) + "\n" + "\n".join(CAPTION.findall(theirs[0]))
        pages += pages_of(path)
        for kind, pattern in KINDS.items():
            read = words if kind == "words" else str
            a, b, c, d = (bag(pattern, read(text)) for text in (ours, *theirs, left_out))
            right = (a & (b | c)).total()
            if kind != "words":
                # A number that is cut at a line end, or runs into that of a footnote, is there nevertheless.
                squeezed = [re.sub(r"[\s-]", "", text) for text in theirs]
                right = sum(count for value, count in a.items() if any(re.sub(r"\s", "", value) in text for text in squeezed))
            wanted = (b & c) - d
            found = {"ours": a.total(), "right": right, "wanted": wanted.total(), "there": (a & wanted).total()}
            sums[kind].update(found)
            if given.verbose:
                print(f"{path}: {kind}: only ours {dict((a - (b | c)).most_common(30))}; only theirs {dict((wanted - a).most_common(30))}")
    for kind, s in sums.items():
        precision, recall = s["right"] / max(1, s["ours"]), s["there"] / max(1, s["wanted"])
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        print(f"{kind}: F1 {100 * f1:.2f} % (right {s['right']} of {s['ours']}, there {s['there']} of {s['wanted']})")
    print(f"{pages} pages in {seconds:.2f} s: {pages / seconds:.0f} pages/s, start of the program included")


main()
