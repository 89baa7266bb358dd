#!/bin/sh
# Writes every paper of the corpus as DOCX, and from that as ODT, DOC, RTF, PDF and HTML by LibreOffice:
#   scripts/renditions.sh FOLDER [FORMAT…]
set -eu
[ $# -ge 1 ] || { echo "usage: scripts/renditions.sh FOLDER [FORMAT…]" >&2; exit 1; }
folder=$1
shift
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
cd "$(dirname "$0")/.."
[ $# -ge 1 ] || set -- odt doc rtf pdf html
command -v soffice >/dev/null 2>&1 || { echo "missing: soffice; install the Debian package libreoffice-writer, or its like" >&2; exit 1; }

cargo run --quiet --example renditions "$folder"
profile=$(mktemp -d)
trap 'rm -rf "$profile"' EXIT
for format in "$@"; do
    # The short names of LibreOffice's filters; plain "doc" and "html" may choose others.
    case $format in
        doc) filter='doc:MS Word 97' ;;
        html) filter='html:HTML (StarWriter)' ;;
        pdf) filter='pdf:writer_pdf_Export' ;;
        *) filter=$format ;;
    esac
    soffice -env:UserInstallation="file://$profile" --headless --convert-to "$filter" --outdir "$folder" "$folder"/*.docx >/dev/null 2>&1
    echo "$format: $(find "$folder" -name "*.$format" | wc -l) files"
done
