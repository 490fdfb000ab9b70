#!/bin/sh
# Make .venv with .venv/bin/maille; done again it only checks, in a moment.
#
#   scripts/setup.sh          what running maille needs
#   scripts/setup.sh demo     also a Ceph cluster and SNMP agents to run on this machine
#   scripts/setup.sh dev      also what its tests, linters and benchmarks need
#
# PYTHON=/path/to/python3 names the interpreter to use. As root on Debian (or a derivative)
# missing system packages are installed, and none of their services is started; otherwise they
# are named, and nothing is changed.
set -eu
cd "$(dirname "$0")/.."

level=${1:-run}
case $level in
    run | demo) lock=requirements/runtime.lock ;;
    dev) lock=requirements/dev.lock ;;
    *)
        echo "setup: unknown level '$level'; use none, 'demo' or 'dev'" >&2
        exit 2
        ;;
esac

bindings=/usr/lib/python3/dist-packages
policy=/usr/sbin/policy-rc.d
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

# What is missing of Ceph, in the names of Debian's packages.
missing_of_ceph() {
    for kind in mon mgr osd mds; do
        have "ceph-$kind" || echo "ceph-$kind"
    done
    have monmaptool || echo ceph-base ceph-common
    for binding in rados cephfs; do
        ls "$bindings/$binding".*.so >/dev/null 2>&1 || echo "python3-$binding"
    done
}

# What is missing of net-snmp's agents, in the names of Debian's packages; /usr/sbin is not on
# everybody's path.
missing_of_agents() {
    have snmpd || [ -x /usr/sbin/snmpd ] || echo snmpd
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
    case $level in
        demo)
            missing_of_ceph
            missing_of_agents
            ;;
        dev) ! may_install || missing_for_tests ;;
    esac
}

missing_for_tests() {
    missing_of_ceph
    missing_of_agents
    have snmpget || echo snmp
    have chromium || echo chromium
    have ffprobe || echo ffmpeg
    have initdb || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || echo postgresql
}

may_install() { [ "$(id -u)" = 0 ] && have apt-get; }

# Install packages; Debian asks policy-rc.d, if there is one, whether a service may be started.
install_packages() (
    say "installing" "$@"
    export DEBIAN_FRONTEND=noninteractive
    if [ ! -e "$policy" ]; then
        trap 'rm -f "$policy"' EXIT
        trap 'exit 130' INT TERM
        printf '#!/bin/sh\nexit 101\n' >"$policy"
        chmod 755 "$policy"
    fi
    apt-get update -qq </dev/null
    apt-get install -y -qq --no-install-recommends "$@" </dev/null >/dev/null
    case " $* " in
        *" ceph-"*) ! have systemctl || systemctl --quiet disable ceph-crash.service || : ;;
    esac
    case " $* " in
        *" snmpd "*) ! have systemctl || systemctl --quiet disable snmpd.service || : ;;
    esac
    case " $* " in
        *" postgresql "*) ! have systemctl || systemctl --quiet disable postgresql.service || : ;;
    esac
)

# Let .venv see Ceph's bindings, and nothing else of Debian's packages.
link_bindings() {
    site=$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("platlib"))')
    suffix=$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_config_var("EXT_SUFFIX"))')
    for binding in rados cephfs; do
        rm -f "$site/$binding".*.so
        [ ! -e "$bindings/$binding$suffix" ] || ln -s "$bindings/$binding$suffix" "$site/"
    done
    built_for=$(ls "$bindings"/rados.*.so 2>/dev/null | sed 's/.*cpython-\(.\)\([0-9]*\)-.*/\1.\2/')
    if [ "$level" = run ] || [ -z "$built_for" ] ||
        .venv/bin/python -c 'import rados, cephfs' 2>/dev/null; then
        return
    fi
    say "python3-rados needs Debian's python$built_for: make setup PYTHON=/usr/bin/python3"
    [ "$level" = dev ]
}

# Get the engine of `maille storage`, unless it is where maille keeps it; a long work, done once.
get_engine() {
    version=$(sed -n 's|.*pulumi/pkg/v3 v||p' infra/engine/go.mod)
    [ -x "${XDG_CACHE_HOME:-$HOME/.cache}/maille/engine/$version/bin/pulumi" ] ||
        .venv/bin/maille storage engine --install >/dev/null ||
        say "without an engine 'maille storage' sizes, and provisions nothing"
}

python=$(find_python)
missing=$(missing_packages | tr '\n' ' ')
missing=${missing% }
if [ -n "$missing" ]; then
    if may_install; then
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
if [ "$level" = dev ]; then
    lacking=$(missing_for_tests | tr '\n' ' ')
    [ -z "$lacking" ] ||
        say "tests will fail; as root: apt-get install --no-install-recommends ${lacking% }"
fi

# A stamp holds all that .venv was made from; the folder too, for .venv does not survive a move.
wanted=$(
    pwd
    echo "$python"
    "$python" --version
    cat pyproject.toml requirements/*.lock
    ls "$bindings"/rados.*.so "$bindings"/cephfs.*.so 2>/dev/null || :
)
made_for() { [ -x .venv/bin/maille ] && [ "$(cat ".venv/made-for-$1" 2>/dev/null)" = "$wanted" ]; }
if made_for dev || made_for "$level"; then
    get_engine
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
link_bindings
printf '%s\n' "$wanted" >".venv/made-for-$level"
get_engine
say "done: .venv/bin/maille"
