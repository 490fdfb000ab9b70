#!/bin/sh
# Run the main job on the Chartres estate: each step says what it shows, then the command.
# Whatever it starts has ended when it ends, in whichever way; all that it writes is in out/.
set -eu
cd "$(dirname "$0")/.."

OUT=${OUT:-out}
PATH=$PWD/.venv/bin:$PATH
MAILLE_ESTATE=inventory/chartres
export PATH MAILLE_ESTATE

# Tell why, show the command, run it.
step() {
    printf '\n# %s\n$ %s\n' "$1" "$2"
    sh -c "$2"
}

# The same for a command that finds something, and so ends with 1.
finding() {
    step "$1" "$2" || [ $? -eq 1 ]
}

# End the cluster and the agents, if they run still.
stop() {
    for folder in "$LAB" "$NET"; do
        [ ! -d "$folder" ] || maille twin down --folder "$folder" --erase --quiet || :
        rm -rf "$folder"
    done
}

rm -rf "$OUT/demo"
mkdir -p "$OUT/demo"
LAB=$(mktemp -d "${TMPDIR:-/tmp}/maille-demo.XXXXXX")
NET=$(mktemp -d "${TMPDIR:-/tmp}/maille-demo.XXXXXX")
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
printf '%s\n' \
    "Chartres: 64 communes, 500 cameras and 130 switches in YAML, one file a commune." \
    "Every command below is about it; its places are invented."

step "Is it sound? Every rule: law, network, power, fibre, storage, every single failure." \
    "maille check"
step "How far is the roll-out, wave by wave?" \
    "maille wave status"
step "Has everything its numbers (VLANs, addresses, ports), and none twice? Then nothing is found." \
    "maille allocation verify"
step "Does the cluster hold fifteen days, and until when?" \
    "maille storage size | head -n 23"
step "One camera: its port, its address, its way, its recordings, who may see it by which text." \
    "maille show 28085-0001 | head -n 60"
step "Everything that follows: configurations, hardening, exports, the book." \
    "maille build --quiet --out $OUT/chartres && ls $OUT/chartres"
step "One of the 130 configurations: the port of that camera." \
    "grep -A 19 'interface GigabitEthernet1/3' $OUT/chartres/configs/28085-marche.cfg"
step "What does it change if a commune joins? In a copy it gets a file, then its numbers." \
    "cp -r inventory $OUT/demo/ && cd $OUT/demo &&
  maille commune add 28999 Exemple --position 48.31,1.52 --cameras 2 --since 2026-12-01 \\
    --authorisation 28-2026-0917 --granted 2026-11-15 --quiet &&
  maille allocation settle | head -n 6"
step "And what that means for the rest of the estate, before anything is done." \
    "maille plan $OUT/demo/inventory/chartres --against inventory/chartres | tail -n 28"
step "Somebody turns a web server on at night. What runs is compared with what is intended." \
    "cp -r $OUT/chartres/configs $OUT/demo/runs &&
  sed -i 's/^no ip http server/ip http server/' $OUT/demo/runs/28085-marche.cfg
  maille audit config --running $OUT/demo/runs --switch 28085-marche | head -n 18"

# The recordings, on a cluster and an estate of their own; every size is a part of the real one.
mkdir "$OUT/demo/storage"
cp -r inventory "$OUT/demo/storage"
MAILLE_ESTATE=$OUT/demo/storage/inventory/chartres
rm -rf "$MAILLE_ESTATE/.maille"
MAILLE_STORAGE_SCALE=1/2000
CEPH_CONF=$LAB/ceph.conf
RECORDED="--commune 28104 --commune 28158 --commune 28177"
export MAILLE_ESTATE MAILLE_STORAGE_SCALE CEPH_CONF

storage() {
    step "A real Ceph cluster on this machine, of seven hosts; a disk takes room as it fills." \
        "maille twin up --folder $LAB --osd-gib 80 --quiet"
    step "Each member commune gets its share of it, its quota, and a key that opens it alone." \
        "maille storage up --yes --quiet | head -n 8"
    step "Three communes record for a minute: H.264 that plays, at the planned rates." \
        "maille twin record $RECORDED \\
    --segment-s 10 --ledger $OUT/demo/ledger.jsonl --quiet"
    finding "Does a share fill before its images may go, is a camera silent, may a host be lost?" \
        "maille storage status $RECORDED"
    finding "Are images kept as long as promised? Not yet, and the proof says from when on." \
        "maille storage verify --commune 28177 --quiet | fold -s -w 99"
    finding "Somebody changes a quota behind the inventory's back: who is affected?" \
        "ceph fs subvolume resize enregistrements chartres-28104 900000000 \\
    --group_name chartres >$OUT/demo/resized.json
  maille storage refresh --quiet"
    step "The inventory is right, so the cluster is made what it says." \
        "maille storage up --yes --quiet"
    step "Everything that was started is stopped, and its disks are removed." \
        "maille twin down --folder $LAB --erase 2>&1"
}

if maille storage engine >/dev/null 2>&1; then
    storage
else
    printf '\n%s\n' "The recordings are left out, for there is no engine: maille storage engine"
fi

# The health of the whole estate, as an agent for each of its devices tells it.
MAILLE_ESTATE=inventory/chartres
MAILLE_HEALTH_AT=$NET/agents.json
CHARTRES_SNMP_AUTH=only-for-this-demonstration
CHARTRES_SNMP_PRIVACY=and-for-nothing-else
XDG_STATE_HOME=$(cd "$OUT/demo" && pwd)/state
export XDG_STATE_HOME MAILLE_HEALTH_AT CHARTRES_SNMP_AUTH CHARTRES_SNMP_PRIVACY

health() {
    step "Every switch, camera and host in service gets an SNMP agent of its own on this machine." \
        "maille twin up --only agents --folder $NET --quiet"
    step "How are they? All are asked by SNMPv3, twice, for rates need two readings." \
        "maille health sweep --quiet"
    step "A street cabinet loses its power, and a ring a cable elsewhere." \
        "maille twin fault switch-dead 28085-marche --folder $NET &&
  maille twin fault link-cut chartres-nord/2 --folder $NET"
    finding "One cause is named, with what hangs behind it; the ring is told although nobody is down." \
        "maille health sweep --quiet"
    step "Both are mended, and are seen to be." \
        "maille twin fault clear --folder $NET && maille health sweep --quiet"
    step "The agents are stopped." \
        "maille twin down --folder $NET --erase 2>&1"
}

if command -v snmpd >/dev/null || [ -x /usr/sbin/snmpd ]; then
    health
else
    printf '\n%s\n' "Health is left out, for net-snmp's agent is missing: apt-get install snmpd"
fi

cat <<END

Where to go on
  the estate book     $(cd "$OUT" && pwd)/chartres/book/index.html
  all that was built  $OUT/chartres
  a change in it      inventory/chartres/communes/28085-chartres.yaml, then: maille check
  your own estate     maille init inventory/mine
  step by step        runbooks/README.md
  the command itself  export PATH="$PWD/.venv/bin:\$PATH"; maille --help
END
