#!/bin/sh
# Fuzzes the readers, so many seconds each, one after the other:
#   scripts/fuzz.sh SECONDS [TARGET…]
# Seeds are the corpus and its renditions. Stops at the first finding, which is then below fuzz/artifacts.
set -eu
[ $# -ge 1 ] || { echo "usage: scripts/fuzz.sh SECONDS [TARGET...]" >&2; exit 1; }
seconds=$1
shift
cd "$(dirname "$0")/.."
root=$PWD
command -v cargo-fuzz >/dev/null 2>&1 || { echo "missing: cargo-fuzz; install it with cargo install cargo-fuzz" >&2; exit 1; }
[ $# -ge 1 ] || set -- pdf doc docx sheet archive odt rtf html mail edxml picture text analysis

seeds=$root/fuzz/corpus/seeds
if [ ! -d "$seeds" ]; then
    sh scripts/renditions.sh "$seeds.new"
    python3 scripts/poison.py "$seeds.new/small"
    find "$seeds.new" -size +200k -delete
    mv "$seeds.new" "$seeds"
fi
# XML that stands inside packages is a seed by itself.
python3 - "$seeds" <<'PY'
import pathlib, sys, zipfile
seeds = pathlib.Path(sys.argv[1])
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
        odt) echo odt.xml ;;
        sheet) echo xlsx.xml xls ;;
        mail) echo eml ;;
        archive) echo zip gz ;;
        picture) echo png tif jpg ;;
        text | analysis) echo txt ;;
        *) echo "$1" ;;
    esac
}

# The sanitizer needs switches of a nightly compiler.
export RUSTC_BOOTSTRAP=1
for target in "$@"; do
    folder=$root/fuzz/corpus/$target
    mkdir -p "$folder"
    for ending in $(endings "$target"); do
        find "$seeds" "$root/corpus" -name "*.$ending" -exec cp -n {} "$folder/" \;
    done
    echo "$target: $(find "$folder" -type f | wc -l) seeds, $seconds seconds"
    cargo fuzz run "$target" --sanitizer none "$folder" -- -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 -max_len=400000 -print_final_stats=1
done
