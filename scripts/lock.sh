#!/bin/sh
# Write requirements/*.lock anew from pyproject.toml: every version with the hashes of all its
# published files, for every supported Python and platform, and no address.
#
#   scripts/lock.sh              keep the versions that still fit
#   scripts/lock.sh --upgrade    take the newest of everything (other options go to uv as well)
set -eu
cd "$(dirname "$0")/.."

compile() {
    .venv/bin/uv pip compile --quiet --no-config \
        --universal --python-version 3.11 --fork-strategy fewest \
        --generate-hashes --no-header --no-annotate "$@"
}

compile "$@" pyproject.toml requirements/build.in --output-file requirements/runtime.lock
compile "$@" pyproject.toml requirements/build.in --extra dev \
    --constraint requirements/runtime.lock --output-file requirements/dev.lock
