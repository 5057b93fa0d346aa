"""Counts the instructions of each stage over the sample corpus, and compares them with recorded.json.

    compare.py            fails where a stage takes more instructions a morpheme than recorded, by more than its margin
    compare.py --write    records the figures of this machine instead; the margins stay

Instructions are counted in valgrind's callgrind: unlike times, they do not depend on what else the machine does.
They do depend on the compiler, the lexicon and the corpus: after a change of these, look at the change and record it.
Run from anywhere in the repository. On Debian valgrind is installed where that is allowed; where there is none, and on
another kind of processor than the recorded one, nothing is compared, and the output says so.
"""

import json
import os
import pathlib
import platform
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
RECORDED = HERE / "recorded.json"
REFRESH = "python3 benches/instructions/compare.py --write"
# Callgrind counts below this function of main.rs only.
MEASURED = "*instructions*measured*"


def output(*command):
    return subprocess.run(command, cwd=HERE, check=True, stdout=subprocess.PIPE, text=True).stdout


def can_install():
    """Containers run as root; the machines of a CI service have sudo. Nobody's own machine is changed unasked."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    return ["sudo", "-n"] if os.environ.get("CI") and shutil.which("sudo") else None


def why_not():
    """Makes sure of valgrind; gives the reason where it can't be had."""
    if sys.platform != "linux":
        return "valgrind is used on Linux only"
    prefix = can_install()
    if not shutil.which("valgrind") and prefix is not None:
        install = ["apt-get", "install", "-y", "-q", "--no-install-recommends", "valgrind"]
        for command in (["apt-get", "update", "-q"], install):
            # Its messages are no part of the comparison; a failure shows in what is missing afterwards.
            subprocess.run(prefix + ["env", "DEBIAN_FRONTEND=noninteractive"] + command, stdout=sys.stderr)
    return None if shutil.which("valgrind") else "valgrind is not installed"


def build():
    messages = output("cargo", "bench", "--bench", "instructions", "--no-run", "--message-format=json")
    for message in map(json.loads, messages.splitlines()):
        if message.get("executable") and message["target"]["name"] == "instructions":
            return message["executable"]
    sys.exit("error: cargo has built no bench of the name instructions")


def count(program, stage):
    """The instructions of a stage, and what it says that it has worked on."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["valgrind", "--tool=callgrind", f"--toggle-collect={MEASURED}", program, stage]
        command.insert(2, f"--callgrind-out-file={folder}/out")
        run = subprocess.run(command, cwd=HERE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    collected = re.search(r"Collected : (\d+)", run.stderr)
    if run.returncode != 0 or not collected or collected[1] == "0":
        sys.exit(f"error: callgrind counted nothing for {stage}\n{run.stdout}{run.stderr}")
    return int(collected[1]), {name: int(number) for number, name in re.findall(r"(\d+) (\w+)", run.stdout)}


def compare(recorded, write):
    program = build()
    tools = {
        "processor": platform.machine(),
        "rustc": output("rustc", "--version").split()[1],
        "valgrind": output("valgrind", "--version").strip().removeprefix("valgrind-"),
    }
    is_comparable = tools["processor"] == recorded["tools"]["processor"]
    counted, wrong = {}, []
    print("stage      instructions   a morpheme     recorded   change   margin")
    for stage, margin in recorded["margin in percent"].items():
        instructions, worked_on = count(program, stage)
        counted[stage] = round(instructions / worked_on["morphemes"], 2)
        before = recorded["instructions a morpheme"][stage]
        change = 100 * (counted[stage] / before - 1)
        print(f"{stage:9} {instructions:13,} {counted[stage]:12.2f} {before:12.2f} {change:+7.2f}% {margin:7}%")
        if is_comparable and change > margin:
            wrong.append(f"{stage} takes {change:.1f} % more instructions than recorded")
        elif is_comparable and change < -margin and not write:
            print(f"note: {stage} takes less than recorded by more than its margin; to keep that: {REFRESH}")
    print(f"count / tokenise {counted['count'] / counted['tokenise']:.3f}")

    if write:
        recorded |= {"tools": tools, "worked on": worked_on, "instructions a morpheme": counted}
        RECORDED.write_text(json.dumps(recorded, indent=4) + "\n", encoding="utf-8", newline="\n")
        return []
    changed = [
        f"{name}: recorded with {then}, now {now}"
        for key, found in (("tools", tools), ("worked on", worked_on))
        for name, now in found.items()
        if (then := recorded[key].get(name)) != now
    ]
    print("".join(f"note: {line}\n" for line in changed), end="")
    if not is_comparable:
        print("not compared: the figures were recorded on another kind of processor")
    if wrong:
        wrong.append(f"if the change is meant, or due to what is noted above: {REFRESH}")
    return wrong


def main(arguments):
    if arguments not in ([], ["--write"]):
        sys.exit(__doc__)
    reason = why_not()
    if reason:
        print(f"skipped, no instructions counted: {reason}")
        sys.exit(bool(arguments))
    wrong = compare(json.loads(RECORDED.read_text(encoding="utf-8")), bool(arguments))
    for line in wrong:
        print(f"error: {line}", file=sys.stderr)
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main(sys.argv[1:])
