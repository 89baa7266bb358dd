#!/usr/bin/env python3
"""How much of the text of PDFs comes back, against Poppler's pdftotext:

    pdf-fidelity.py VANTHU PDF...

Words, numbers of papers and dates are counted as bags, whatever their order. pdftotext reads each file twice, in reading
order and with -layout: what we have is right if either has it, and what both have must be there. Not asked for is what
stands at the head of every third page or more, but for its first time (running heads, heading rows of tables), and
hyphens, which pdftotext drops at line ends. The captions of signatures stay in: they are metadata for us, and text for
pdftotext. --verbose shows what differs. Python's standard library and Poppler.
"""

import argparse
import re
import subprocess
import time
import unicodedata
from collections import Counter

WORD = re.compile(r"[^\W_]+")
# Lines at the head of a page among which running heads and heading rows stand.
HEAD = 24
CODE = re.compile(r"\d+(?:/\d{4})?/[A-ZĐ]{2}[\w&]*(?:-[A-ZĐ][\w&]*)*")
DATE = re.compile(r"\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*(?:19|20)\d\d|ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}")
KINDS = {"words": WORD, "codes": CODE, "dates": DATE}


def bag(pattern, text):
    return Counter(re.sub(r"\s+", " ", m).replace("-", "") for m in pattern.findall(text))


def words(text):
    return re.sub(r"(?<=\w)-(?=\w)", "", text)


def once(text):
    """The text with what stands at the head of many pages only where it stands there first."""
    pages = [page.splitlines() for page in text.split("\f")]
    alike = [[re.sub(r"\d+", "0", line.strip()) for line in page[:HEAD]] for page in pages]
    counts, seen, kept = Counter(key for keys in alike for key in set(keys)), set(), []
    for page, keys in zip(pages, alike):
        repeated = [counts[key] >= max(3, len(pages) / 3) and key in seen for key in keys]
        seen.update(keys)
        kept += [line for line, gone in zip(page, repeated) if not gone] + page[HEAD:]
    return "\n".join(kept)


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
        theirs = [once(printed(["pdftotext", *mode, path, "-"])) for mode in ([], ["-layout"])]
        pages += pages_of(path)
        for kind, pattern in KINDS.items():
            read = words if kind == "words" else str
            a, b, c = (bag(pattern, read(text)) for text in (ours, *theirs))
            right = (a & (b | c)).total()
            if kind != "words":
                # A number that is cut at a line end, or runs into that of a footnote, is there nevertheless.
                squeezed = [re.sub(r"[\s-]", "", text) for text in theirs]
                right = sum(count for value, count in a.items() if any(re.sub(r"\s", "", value) in text for text in squeezed))
            found = {"ours": a.total(), "right": right, "wanted": (b & c).total(), "there": (a & b & c).total()}
            sums[kind].update(found)
            if given.verbose:
                print(f"{path}: {kind}: only ours {dict((a - (b | c)).most_common(30))}; only theirs {dict(((b & c) - a).most_common(30))}")
    for kind, s in sums.items():
        precision, recall = s["right"] / max(1, s["ours"]), s["there"] / max(1, s["wanted"])
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        print(f"{kind}: F1 {100 * f1:.2f} % (right {s['right']} of {s['ours']}, there {s['there']} of {s['wanted']})")
    print(f"{pages} pages in {seconds:.2f} s: {pages / seconds:.0f} pages/s, start of the program included")


main()
