#!/bin/sh
# Run every benchmark, one after the other; each writes its raw results to benchmarks/results.
# The exit code tells whether all of them kept within their limits.
set -eu
cd "$(dirname "$0")/.."

failed=0
for script in benchmarks/*.py; do
    printf '== %s\n' "$script"
    .venv/bin/python "$script" || failed=1
done
exit "$failed"
