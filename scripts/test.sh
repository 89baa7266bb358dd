#!/bin/sh
# Formatting, lints, all tests and documentation; with the marked documents beside the project also the scorer's
# figures. Installs what the tests need from Debian's packages where it may, and says what is missing where not.
set -eu
cd "$(dirname "$0")/.."

install_packages() {
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        echo "installing $2 for $1"
        # shellcheck disable=SC2086 # several packages
        apt-get update -qq >/dev/null && apt-get install -y -qq --no-install-recommends $2 >/dev/null && return 0
    fi
    echo "missing: $1; install the Debian packages $2, or their like" >&2
    return 1
}

need() {
    command -v "$1" >/dev/null 2>&1 || install_packages "$1" "$2"
}

need_vietnamese() {
    tesseract --list-langs 2>/dev/null | grep -qx vie || install_packages "tesseract's Vietnamese" tesseract-ocr-vie
}

need cc gcc
# Recognition of characters, and LibreOffice for the renditions of the corpus; tests without them say that they are left out.
need tesseract tesseract-ocr && need_vietnamese || true
need soffice "libreoffice-writer libreoffice-calc fonts-dejavu" || true
# NetworkX, which reads the graph in a test; the test says when it is left out.
python3 -c 'import networkx' 2>/dev/null || install_packages "NetworkX" python3-networkx || true
# Readers of what is exported; tests without them say that they are left out.
need task taskwarrior || true
for module in icalendar vobject openpyxl docx; do
    python3 -c "import $module" 2>/dev/null || /usr/bin/python3 -c "import $module" 2>/dev/null || install_packages "Python's $module" "python3-$module" || true
done
if ! command -v cargo >/dev/null 2>&1; then
    echo "missing: cargo; install Rust 1.92 or newer" >&2
    exit 1
fi
for part in fmt clippy; do
    if ! cargo "$part" --version >/dev/null 2>&1; then
        echo "missing: cargo $part; install it with rustup component add $part" >&2
        exit 1
    fi
done

cargo fmt --check
cargo clippy --all-targets --quiet -- -D warnings
cargo test --quiet
RUSTDOCFLAGS="-D warnings" cargo doc --no-deps --quiet

if [ -f ../shared/tools/score.py ]; then
    if need python3 python3; then
        cargo build --release --quiet
        python3 ../shared/tools/score.py --gold ../shared/gold --docs ../shared -- target/release/vanthu extract
    fi
elif [ -n "${CI:-}" ]; then
    echo "the marked real documents (../shared) are not here; they must be there when CI is set" >&2
    exit 1
else
    echo "the marked real documents (../shared) are not here; their scores were left out"
fi
echo "all checks passed"
