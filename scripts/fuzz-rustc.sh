#!/bin/sh
# Stands before rustc for scripts/fuzz.sh and sets what libFuzzer needs, in our own code alone: libraries and the build's
# own programs are taken as the debug build has them, so that a fuzzer is built in minutes, and what guides it is ours.
rustc=$1
shift
case " $* " in
*" --crate-name build_script_"*) exec "$rustc" "$@" ;;
*" --crate-name vanthu"* | *"fuzz/targets/"* | *" targets/"*)
    exec "$rustc" "$@" --cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
        -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
        -Cllvm-args=-sanitizer-coverage-trace-compares -Cllvm-args=-simplifycfg-branch-fold-threshold=0
    ;;
*) exec "$rustc" "$@" ;;
esac
