#!/bin/sh
# Fuzzes the readers, so many seconds each, one after the other:
#   scripts/fuzz.sh SECONDS [TARGET…]
# Seeds are the corpus and its renditions, and what earlier runs found new. A finding does not end the run: it is kept
# below fuzz/artifacts, and the script then ends with 1. FUZZ_SEEDS names a folder of renditions that are made already.
set -eu
[ $# -ge 1 ] || { echo "usage: scripts/fuzz.sh SECONDS [TARGET...]" >&2; exit 1; }
seconds=$1
shift
cd "$(dirname "$0")/.."
root=$PWD
[ $# -ge 1 ] || set -- doc rtf docx pdf attachment odt edxml html sheet mail archive text analysis picture

seeds=${FUZZ_SEEDS:-$root/fuzz/corpus/seeds}
if [ ! -d "$seeds" ]; then
    sh scripts/renditions.sh "$seeds.new"
    python3 scripts/poison.py "$seeds.new/small"
    find "$seeds.new" -size +200k -delete
    mv "$seeds.new" "$seeds"
fi
# XML that stands inside packages is a seed by itself; so are small PDFs with files attached, plain or packed, that hang on the
# list of names, below a node of it or on a page.
python3 - "$seeds" <<'PY'
import pathlib, sys, zipfile, zlib
seeds = pathlib.Path(sys.argv[1])


def attached(letter, packed, names, notes=b""):
    held = zlib.compress(letter) if packed else letter
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles " + names + b">>>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Annots[" + notes + b"]>>",
        b"<</Type/Filespec/F(a.txt)/UF(a.txt)/EF<</F 5 0 R>>>>",
        b"<</Type/EmbeddedFile%b/Length %d>>stream\n%b\nendstream" % (b"/Filter/FlateDecode" * packed, len(held), held),
        b"<</Names[(a)4 0 R]>>",
    ]
    pdf, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(pdf))
        pdf += b"%d 0 obj%b endobj\n" % (number, body)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    count, table = len(objects) + 1, len(pdf)
    return pdf + b"xref\n0 %d\n0000000000 65535 f \n%btrailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (count, rows, count, table)


letter = "Số: 12/UBND-VX\nGiao Sở Y tế báo cáo trước ngày 05/3/2020.\n".encode()
on_page = b"<</Type/Annot/Subtype/FileAttachment/FS 4 0 R>>"
places = {"list": (b"<</Names[(a)4 0 R]>>",), "node": (b"<</Kids[6 0 R]>>",), "page": (b"<<>>", on_page)}
for place, where in places.items():
    for packed in (False, True):
        (seeds / f"{place}{'-packed' * packed}.attached").write_bytes(attached(letter, packed, *where))
parts = {"docx": "word/document.xml", "odt": "content.xml", "xlsx": "xl/worksheets/sheet1.xml"}
for ending, part in parts.items():
    for path in seeds.rglob(f"*.{ending}"):
        try:
            data = zipfile.ZipFile(path).read(part)
        except Exception:
            continue
        if len(data) < 300_000:
            path.with_name(path.name + ".xml").write_bytes(data)
PY

endings() {
    case $1 in
        docx) echo docx.xml ;;
        attachment) echo attached ;;
        odt) echo odt.xml ;;
        sheet) echo xlsx.xml xls ;;
        mail) echo eml ;;
        archive) echo zip gz ;;
        picture) echo png tif jpg ;;
        text | analysis) echo txt ;;
        *) echo "$1" ;;
    esac
}

# By cargo alone: neither cargo-fuzz nor another compiler is needed. Debug builds check what would pass unseen.
built=${CARGO_TARGET_DIR:-$root/fuzz/target}
RUSTC_WRAPPER=$root/scripts/fuzz-rustc.sh CARGO_TARGET_DIR=$built cargo build --quiet --manifest-path fuzz/Cargo.toml

# As the program's own threads have.
ulimit -s 16384
findings=0
for target in "$@"; do
    folder=$root/fuzz/corpus/$target
    found=$root/fuzz/artifacts/$target
    mkdir -p "$folder" "$found"
    for ending in $(endings "$target"); do
        find "$seeds" "$root/corpus" -name "*.$ending" -size -400k -exec cp -n {} "$folder/" \;
    done
    echo "$target: $(find "$folder" -type f | wc -l) seeds, $seconds seconds"
    # A fork of its own goes on where one ends with a finding. Without a path no other program is found, so that no time
    # goes into LibreOffice.
    PATH=/nonexistent "$built/debug/$target" "$folder" -fork=1 -ignore_crashes=1 -ignore_timeouts=1 -ignore_ooms=1 -max_total_time="$seconds" \
        -timeout=60 -rss_limit_mb=2048 -max_len=400000 -artifact_prefix="$found/" >"$found.log" 2>&1 || true
    grep '^#' "$found.log" | tail -n 1
    count=$(find "$found" -type f | wc -l)
    [ "$count" -eq 0 ] || echo "$target: $count findings in $found"
    findings=$((findings + count))
done
[ "$findings" -eq 0 ]
