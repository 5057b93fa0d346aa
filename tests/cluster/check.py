#!/usr/bin/env python3
"""Runs the scripts of examples/cluster, and demands of each the tables of one run over all texts, byte for byte.

    check.py PROGRAM

GNU parallel is needed for the one; SLURM is none for the other: its tasks are run one after the other with the variables that SLURM sets. Python 3.9,
standard library only, not for Windows.
"""

import gzip
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SCRIPTS = ROOT / "examples" / "cluster"
TASKS = 4

SENTENCES = [
    "効果が期待される。", "必ず実現します。", "明日は雨かもしれない。", "駅前に新しい店ができた。", "彼はもう帰ったはずだ。",
    "そうとは限らないでしょうか。", "「間違いない」と店長は言った。", "資料によると、人口は増えているという。",
]


def rows(number):
    """Documents of some sentences in no order of their ids, some of them empty, with a variable."""
    own = random.Random(19)
    found = [
        {"id": f"text-{at:04}", "text": "".join(own.choices(SENTENCES, k=own.choice([0, 1, 3, 40]))), "genre": own.choice(["blog", "clinic"])}
        for at in range(number)
    ]
    own.shuffle(found)
    return found


def lines(rows):
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def run(command, stdin=None, **environment):
    done = subprocess.run(
        command, input=stdin, text=True, encoding="utf-8", stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=dict(os.environ, **environment)
    )
    return done.returncode, done.stderr


def demand(what, done):
    status, errors = done
    if status != 0:
        sys.exit(f"{what} ended with status {status}: {errors}")


def compare(what, expected, found):
    """All files are the same but run.json, which names the inputs of the one and the parts of the other."""
    names, others = ([str(path.relative_to(folder)) for path in sorted(folder.rglob("*")) if path.is_file()] for folder in (expected, found))
    if names != others:
        sys.exit(f"{what}: other files: {others}")
    differing = [name for name in names if name != "run.json" and (expected / name).read_bytes() != (found / name).read_bytes()]
    if differing:
        sys.exit(f"{what}: other tables than those of one run: {', '.join(differing)}")
    print(f"{what}: the tables of one run")


def has_gnu_parallel():
    if not shutil.which("parallel"):
        return False
    done = subprocess.run(["parallel", "--version"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, text=True)
    return "GNU" in done.stdout


def parallel(program, texts, folder, expected):
    if not has_gnu_parallel():
        print("examples/cluster/parallel.sh was not run: there is no GNU parallel")
        return
    out = folder / "parallel"
    demand("parallel.sh", run([SCRIPTS / "parallel.sh", texts, out], HEDGEROW=program, BLOCK="20k", JOBS="2"))
    if len(list((folder / "parallel.parts").glob("*.part"))) < 3:
        sys.exit("parallel.sh: fewer than three parts, so nothing was put together")
    compare("parallel.sh", expected, out)
    # A job that fails is no result.
    broken = folder / "broken.jsonl"
    broken.write_text(texts.read_text(encoding="utf-8") + "{\n", encoding="utf-8")
    status, _ = run([SCRIPTS / "parallel.sh", broken, folder / "broken"], HEDGEROW=program, BLOCK="20k", JOBS="2")
    if status == 0 or (folder / "broken").exists():
        sys.exit("parallel.sh: a broken line was passed over")


def slurm(program, rows, folder, expected):
    """Seven files, one of them compressed, in an array of four tasks of which the third is run twice."""
    names = []
    for number in range(7):
        name = folder / f"{number}.jsonl"
        own = lines(rows[number::7])
        if number == 3:
            name = folder / "3.jsonl.gz"
            name.write_bytes(gzip.compress(own.encode()))
        else:
            name.write_text(own, encoding="utf-8")
        names.append(f"{name}\n")
    files, parts = folder / "files", folder / "parts"
    files.write_text("".join(names), encoding="utf-8")
    for job, task in enumerate([0, 1, 2, 2, 3]):
        variables = {
            "SLURM_ARRAY_TASK_ID": str(task), "SLURM_ARRAY_TASK_MIN": "0", "SLURM_ARRAY_TASK_COUNT": str(TASKS),
            "SLURM_CPUS_PER_TASK": "1", "SLURM_JOB_ID": str(100 + job),
        }
        demand(f"task {task} of slurm.sh", run(["bash", SCRIPTS / "slurm.sh", files, parts], HEDGEROW=program, **variables))
    out = folder / "slurm"
    demand("merge", run([program, "merge", parts, "--out", out]))
    compare("slurm.sh", expected, out)


def main():
    program = str(pathlib.Path(sys.argv[1]).resolve())
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        found = rows(600)
        texts = folder / "texts.jsonl"
        texts.write_text(lines(found), encoding="utf-8")
        expected = folder / "expected"
        ordered = sorted(found, key=lambda row: row["id"])
        demand("count", run([program, "count", "-", "--id-column", "id", "--out", expected], lines(ordered)))
        parallel(program, texts, folder, expected)
        slurm(program, found, folder, expected)


if __name__ == "__main__":
    main()
