#!/bin/sh
# Run every benchmark, one after the other; each writes its raw results to benchmarks/results.
set -eu
cd "$(dirname "$0")/.."

for script in benchmarks/*.py; do
    printf '== %s\n' "$script"
    .venv/bin/python "$script"
done
