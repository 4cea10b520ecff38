#!/usr/bin/env bash
# Takes into fuzz/corpus/ what fuzz/run.sh found for the targets named, or for all: inputs that reach code no specimen and no input there reaches.
#
#     fuzz/keep.sh
#     fuzz/keep.sh pdf whole
#
# Only so many as keep each folder small: `cargo test --test corpus` reads them on every machine.
set -euo pipefail
cd "$(dirname "$0")/.."
most=75 # inputs of each target
targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=(number period place profile text html pdf whole)
known=$(mktemp -d)
trap 'rm -r "$known"' EXIT
python3 fuzz/seed.py "$known"
cargo +nightly fuzz build -O -s none --codegen-units 16
for target in "${targets[@]}"; do
  case $target in
    pdf) room=400000 ;;
    whole) room=300000 ;;
    *) room=100000 ;;
  esac
  kept="fuzz/corpus/$target"
  mkdir -p "$kept"
  find "$kept" -type f -exec cp -t "$known/$target" {} +
  touch "$known/mark"
  # What reaches new code is put beside what is known.
  cargo +nightly fuzz run -O -s none --codegen-units 16 "$target" "$known/$target" "fuzz/found/$target" -- -merge=1 2>/dev/null
  count=$(find "$kept" -type f | wc -l)
  bytes=$(find "$kept" -type f -printf '%s\n' | awk '{ sum += $1 } END { print sum + 0 }')
  find "$known/$target" -type f -newer "$known/mark" -printf '%s %f\n' | sort -n > "$known/new"
  # Of more than there is room for, every so many: small and large ones alike.
  step=$((1 + $(wc -l < "$known/new") / (most - count + 1)))
  while read -r size name; do
    if [ "$count" -lt "$most" ] && [ $((bytes + size)) -le "$room" ]; then
      cp "$known/$target/$name" "$kept/$name"
      count=$((count + 1)) bytes=$((bytes + size))
    fi
  done < <(awk -v step="$step" 'NR % step == 0' "$known/new")
  echo "$target: $count inputs, $bytes bytes"
done
