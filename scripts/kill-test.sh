#!/bin/sh
# Kills the archive run at 200 points (or as many as are given) and compares the store with that of an undisturbed run.
set -eu
cd "$(dirname "$0")/.."
VANTHU_KILLS="${1:-200}" cargo test --release --test archive a_killed_run -- --nocapture
