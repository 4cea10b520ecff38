#!/usr/bin/env bash
# Runs every fuzz target, or those named, for so many seconds each, and prints what each took; a crash stays in fuzz/artifacts/.
#
#     cargo install cargo-fuzz --locked && rustup toolchain install nightly
#     fuzz/run.sh 900
#     fuzz/run.sh 3600 pdf whole
#
# It starts from the specimens and from fuzz/corpus/, and leaves what it finds in fuzz/found/; fuzz/keep.sh takes the best of that into fuzz/corpus/.
# Without a sanitizer: crosstally has no unsafe code, and what is looked for are panics, sums that wrap around, time and memory.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:?"how many seconds for each target"}
shift
targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=(number period place profile text html pdf whole)
ulimit -s 16384 # as much stack as a reader has in the program
python3 fuzz/seed.py
cargo +nightly fuzz build -O -s none --codegen-units 16
failed=0
for target in "${targets[@]}"; do
  case $target in
    number | period | place) longest=2000 ;;
    text | profile) longest=60000 ;;
    *) longest=120000 ;;
  esac
  TIMEFORMAT="$target: %U s of one processor"
  time cargo +nightly fuzz run -O -s none --codegen-units 16 "$target" "fuzz/found/$target" "fuzz/corpus/$target" -- \
    -max_total_time="$seconds" -max_len="$longest" -timeout=20 -rss_limit_mb=2048 -print_final_stats=1 2>&1 |
    grep -E "^stat::(number_of_executed_units|peak_rss_mb|slowest_unit)|SUMMARY|panicked|ERROR" || true
  [ -z "$(ls "fuzz/artifacts/$target" 2>/dev/null)" ] || failed=1
done
exit $failed
