#!/usr/bin/env bash
#SBATCH --job-name=hedgerow
#SBATCH --array=0-99
#SBATCH --cpus-per-task=1
#SBATCH --mem=1G
#SBATCH --time=01:00:00
#
# A SLURM array: a task counts every hundredth of the files named in FILES (JSON Lines with `id`, `text`, any variables; .gz and .zst,
# too). Then one job puts the parts together.
#
#   ls /data/texts/*.jsonl.gz >files
#   job=$(sbatch --parsable examples/cluster/slurm.sh files /scratch/parts)
#   sbatch --dependency=afterok:$job --mem=2G --wrap 'hedgerow merge /scratch/parts --out stats'
#
# A task that is requeued counts its files again and replaces their parts; what is there twice, merge refuses. With as many files as
# tasks or more, and some 64 MB of text in each, no task waits long for another (docs/scale.md).
set -euo pipefail
[ $# -eq 2 ] || { echo "usage: sbatch slurm.sh FILES PARTS" >&2 && exit 2; }
files=$1
parts=$2
mkdir -p "$parts"
export RAYON_NUM_THREADS=${SLURM_CPUS_PER_TASK-1}

unpacked() {
    case $1 in
        *.gz) gzip -dc "$1" ;;
        *.zst) zstd -dcq "$1" ;;
        *) cat "$1" ;;
    esac
}

number=0
while IFS= read -r file; do
    if [ $((number % SLURM_ARRAY_TASK_COUNT)) -eq $((SLURM_ARRAY_TASK_ID - SLURM_ARRAY_TASK_MIN)) ]; then
        part=$parts/$number.part
        # Two runs of a requeued task don't write into the same file.
        new=$part.new.${SLURM_JOB_ID-$$}
        unpacked "$file" | "${HEDGEROW-hedgerow}" count - --partial >"$new"
        mv "$new" "$part"
    fi
    number=$((number + 1))
done <"$files"
