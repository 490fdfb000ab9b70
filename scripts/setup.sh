#!/bin/sh
# Make .venv with .venv/bin/maille; done again it only checks, in a moment.
#
#   scripts/setup.sh          what running maille needs
#   scripts/setup.sh dev      also what its tests, linters and benchmarks need
#
# PYTHON=/path/to/python3 names the interpreter to use. As root on Debian (or a derivative)
# missing system packages are installed; otherwise they are named, and nothing is changed.
set -eu
cd "$(dirname "$0")/.."

level=${1:-run}
case $level in
    run) lock=requirements/runtime.lock ;;
    dev) lock=requirements/dev.lock ;;
    *)
        echo "setup: unknown level '$level'; use none or 'dev'" >&2
        exit 2
        ;;
esac

say() { printf 'setup: %s\n' "$*" >&2; }
have() { command -v "$1" >/dev/null 2>&1; }

# Give the interpreter to build on: the one asked for, else the one that .venv has already.
# Of others Debian's own goes first, for the bindings of Ceph are built for it alone.
find_python() {
    known=".venv/bin/python /usr/bin/python3 python3.13 python3.12 python3.11 python3"
    for candidate in ${PYTHON:-$known}; do
        if have "$candidate" && "$candidate" - 2>/dev/null <<'END'; then
import os, sys
sys.version_info >= (3, 11) or sys.exit(1)
print(os.path.realpath(sys.executable))
END
            return
        fi
    done
}

# What is missing, in the names of Debian's packages.
missing_packages() {
    if [ -z "$python" ]; then
        [ -n "${PYTHON:-}" ] || echo python3 python3-venv
    elif ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        echo python3-venv
    fi
    have dot || echo graphviz
    have git || echo git
    if [ "$level" = dev ] && [ "$(id -u)" = 0 ]; then
        have chromium || echo chromium
    fi
}

install_packages() {
    say "installing" "$@"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq </dev/null
    apt-get install -y -qq --no-install-recommends "$@" </dev/null >/dev/null
}

python=$(find_python)
missing=$(missing_packages | tr '\n' ' ')
missing=${missing% }
if [ -n "$missing" ]; then
    if [ "$(id -u)" = 0 ] && have apt-get; then
        # shellcheck disable=SC2086  # one word a package
        install_packages $missing
    else
        say "these system packages are missing: $missing"
        say "install them as root (on Debian 12 or newer: apt-get install $missing), then try again"
        exit 1
    fi
    python=$(find_python)
fi
if [ -z "$python" ]; then
    say "${PYTHON:-python3} is no Python 3.11 or newer; name one with PYTHON=/path/to/python3"
    exit 1
fi
if [ "$level" = dev ] && ! have chromium; then
    say "chromium is missing: the tests that look at pages will fail"
fi

# A stamp holds all that .venv was made from; the folder too, for .venv does not survive a move.
wanted=$(
    pwd
    echo "$python"
    "$python" --version
    cat pyproject.toml requirements/*.lock
)
made_for() { [ -x .venv/bin/maille ] && [ "$(cat ".venv/made-for-$1" 2>/dev/null)" = "$wanted" ]; }
if made_for dev || made_for "$level"; then
    exit 0
fi

if ! .venv/bin/python -c 'import pip' 2>/dev/null ||
    [ "$(readlink -f .venv/bin/python)" != "$python" ] ||
    ! grep -qF "$(pwd)/.venv/" .venv/bin/pip; then
    say "making .venv with $("$python" --version)"
    rm -rf .venv
    "$python" -m venv .venv
fi
pip() { .venv/bin/python -m pip --disable-pip-version-check --no-input "$@" </dev/null; }
say "installing what $lock pins"
pip install --quiet --require-hashes --requirement "$lock"
pip install --quiet --no-deps --no-build-isolation --no-index --editable .
printf '%s\n' "$wanted" >".venv/made-for-$level"
say "done: .venv/bin/maille"
