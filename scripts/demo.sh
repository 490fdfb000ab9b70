#!/bin/sh
# Run the main job on the Chartres estate, each command shown before its output.
set -eu
cd "$(dirname "$0")/.."

ESTATE=inventory/chartres
OUT=${OUT:-out/chartres}

show() {
    printf '\n$ %s\n' "$*"
    PATH="$PWD/.venv/bin:$PATH" "$@"
}

head_of() {
    lines=$1
    shift
    printf '\n$ %s | head -n %s\n' "$*" "$lines"
    PATH="$PWD/.venv/bin:$PATH" "$@" | sed -n "1,${lines}p"
}

show maille check "$ESTATE"
show maille wave status "$ESTATE"
show maille allocation verify "$ESTATE"
show maille storage size "$ESTATE"
show maille show "$ESTATE" 28085-0001
printf "\n$ maille build %s --out %s | tail -n 2\n" "$ESTATE" "$OUT"
PATH="$PWD/.venv/bin:$PATH" maille build "$ESTATE" --out "$OUT" | tail -n 2
head_of 40 cat "$OUT/configs/28085-marche.cfg"
printf '\nEverything that follows from the estate is in %s; its book begins at\n%s\n' \
    "$OUT" "$PWD/$OUT/book/index.html"
