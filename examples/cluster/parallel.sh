#!/usr/bin/env bash
# Counts a large file of JSON Lines (`id`, `text`, any variables) with GNU parallel, and writes the tables of one run over all of it.
#
#   examples/cluster/parallel.sh TEXTS.jsonl OUT
#
# PARTS     the folder for the partial results (default: OUT.parts); it stays, as OUT can be made of it again
# BLOCK     how much text a job takes (default: 64M)
# JOBS      how many run at once (default: one a core)
# HEDGEROW  the program (default: hedgerow)
#
# On several machines, which share the folders: GNU parallel's --sshloginfile, and --pipe for --pipepart.
# A compressed file: zstdcat TEXTS.jsonl.zst | parallel --pipe --block 64M … in the place of --pipepart -a TEXTS.jsonl.
set -euo pipefail
[ $# -eq 2 ] || { echo "usage: parallel.sh TEXTS.jsonl OUT" >&2 && exit 2; }
texts=$1
out=$2
PARTS=${PARTS-$out.parts}
HEDGEROW=${HEDGEROW-hedgerow}
export PARTS HEDGEROW

# A job that is killed leaves no .part, and what it had written is no part, as its last line is missing.
count() {
    local part=$PARTS/$1.part
    RAYON_NUM_THREADS=1 "$HEDGEROW" count - --partial >"$part.new"
    mv "$part.new" "$part"
}
export -f count

mkdir -p "$PARTS"
rm -f "$PARTS"/*.part "$PARTS"/*.part.new
SHELL=$BASH parallel --jobs "${JOBS-100%}" --halt now,fail=1 --pipepart --block "${BLOCK-64M}" -a "$texts" count '{#}'
"$HEDGEROW" merge "$PARTS" --out "$out"
