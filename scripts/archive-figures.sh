#!/bin/sh
# Measures the archive run: 20,000 papers of about 5 KB into a store, the same again, and search in 100,000 papers. Prints
# the figures of README, "The store". Needs the release build, Python 3 and about 2 GB in the folder given (default: a
# temporary one). Run it on a quiet machine.
set -eu
cd "$(dirname "$0")/.."
vanthu="$PWD/target/release/vanthu"
corpus="$PWD/corpus"
folder=$(mktemp -d "${1:-${TMPDIR:-/tmp}}/vanthu-figures.XXXXXX")
trap 'rm -rf "$folder"' EXIT
[ -x "$vanthu" ] || { echo "missing: target/release/vanthu; run cargo build --release" >&2; exit 1; }

# Papers of the corpus, cut to about 5 KB at a line, each with a number, a day and a province of its own.
make_papers() {
    python3 - "$corpus" "$1" "$2" "$3" <<'PYTHON'
import pathlib, re, sys
corpus, out, first, last = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
places = "Long An|Đắk Lắk|Nghệ An|Hà Giang|Cà Mau|Bình Định|Lâm Đồng|Thái Bình|Quảng Ninh|Sóc Trăng|Tây Ninh|Yên Bái".split("|")
# The one in UTF-16 is left out.
files = [p.read_bytes() for p in sorted(corpus.glob("*.txt"))]
texts = [f.decode("utf-8") for f in files if not f.startswith((b"\xff\xfe", b"\xfe\xff"))]
def cut(text):
    lines, size = [], 0
    for line in text.splitlines():
        lines.append(line)
        size += len(line.encode()) + 1
        if size > 4900:
            break
    return "\n".join(lines) + "\n"
texts = [cut(t) for t in texts]
for i in range(first, last):
    text = texts[i % len(texts)]
    # Also the numbers of the Party's papers ("Số 12-CT/TW"), of letterheads in two columns, of scans and of lines cut behind "Số:".
    text = re.sub(r"((?:Số|So\u0302\u0301) ?:?)[\s*]*\d*[\s*]*(?=[-/])", lambda m: f"{m[1]} {i + 1}", text, count=1)
    text = re.sub("|".join(places), places[i // len(texts) % len(places)], text)
    text = re.sub(r"năm 20[12]\d", lambda m: f"năm {2012 + i % 13}", text)
    folder = out / f"{i // 1000:03}"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{i:06}.txt").write_text(f"{text}Mã hồ sơ {i}.\n", encoding="utf-8")
PYTHON
}

# Seconds and megabytes of a command, whose output goes to a file.
measure() {
    python3 - "$@" <<'PYTHON'
import resource, subprocess, sys, time
start = time.monotonic()
code = subprocess.run(sys.argv[2:], stdout=open(sys.argv[1], "w"), stderr=subprocess.STDOUT).returncode
seconds = time.monotonic() - start
use = resource.getrusage(resource.RUSAGE_CHILDREN)
print(f"{seconds:.3f} {use.ru_maxrss / 1024:.0f} {use.ru_utime + use.ru_stime:.2f}")
sys.exit(code if code not in (0, 2) else 0)
PYTHON
}

bytes_of() { find "$1" -type f -printf '%s\n' | awk '{ s += $1 } END { print s }'; }

make_papers "$folder/papers" 0 20000
text=$(bytes_of "$folder/papers")
cd "$folder"
figures=$(measure first.log "$vanthu" ingest papers)
echo "$figures" | awk -v t="$text" '{ printf "first run: 20,000 papers of %d bytes, %.1f s, %d papers/s, %d MB, %.1f s of processor time\n", t / 20000, $1, 20000 / $1, $2, $3 }'
size=$(cat vanthu.db* | wc -c)
awk -v s="$size" -v t="$text" 'BEGIN { printf "store: %.2f times the text (%d of %d bytes)\n", s / t, s, t }'
figures=$(measure second.log "$vanthu" ingest papers)
echo "$figures" | awk '{ printf "second run: %.2f s, %d files/s, %d MB\n", $1, 20000 / $1, $2 }'

cd - >/dev/null
make_papers "$folder/papers" 20000 100000
cd "$folder"
figures=$(measure third.log "$vanthu" ingest papers)
echo "$figures" | awk '{ printf "80,000 more: %.1f s, %d papers/s, %d MB\n", $1, 80000 / $1, $2 }'
while IFS= read -r words; do
    # The first time reads the store from the disk.
    measure search.log "$vanthu" search "$words" >/dev/null
    figures=$(for _ in 1 2 3 4 5; do measure search.log "$vanthu" search "$words"; done | sort -n | sed -n 3p)
    echo "$figures" | awk -v w="$words" '{ printf "search in 100,000 papers: %d ms  %s\n", $1 * 1000, w }'
done <<'WORDS'
xã hội học tập
phong chay chua chay
bảo trì công trình thủy lợi
2614/QĐ-TTg
"Mã hồ sơ 54321"
kế hoạch
báo cáo kết quả thực hiện
bão
WORDS
