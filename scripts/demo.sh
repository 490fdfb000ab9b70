#!/bin/sh
# Run the main job on the Chartres estate, each command shown before its output.
set -eu
cd "$(dirname "$0")/.."

show() {
    printf '\n$ %s\n' "$*"
    PATH="$PWD/.venv/bin:$PATH" "$@"
}

show maille --version
show maille --help
