"""Holds one cold run of the binary under the instruction count in cold-run.toml.

    python3 engine/cli/benches/cold_run.py target/release/riparto

Exit code 0: at or under the ceiling; 1: above it, not yet recorded, or the run failed.
Peak memory and processor time of a plain run are printed for the record, not judged.
"""

import os
import subprocess
import sys
import tomllib
from pathlib import Path
from resource import RUSAGE_SELF, getrusage

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
COUNTS = ROOT / "target" / "cold-run.callgrind"

# The count includes the walk over the environment: the same one everywhere.
ENVIRONMENT = {"LC_ALL": "C.UTF-8", "PATH": os.defpath}


def main(arguments):
    if len(arguments) != 1:
        sys.exit("usage: cold_run.py BINARY")
    binary = str(Path(arguments[0]).absolute())
    record = tomllib.loads((HERE / "cold-run.toml").read_text(encoding="utf-8"))
    command = [binary, *record["arguments"]]

    print_plain_run(command)
    measured = count_instructions(command)
    print(f"instructions: {measured:,} measured, {record['instructions']:,} recorded, "
          f"{record['ceiling']:,} ceiling")
    sys.exit(verdict(measured, record))


def verdict(measured, record):
    """Gives what is wrong, or None: `sys.exit` turns either into the exit code."""
    if record["instructions"] <= 0 or record["ceiling"] <= 0:
        return (f"cold-run.toml holds no measure yet: record instructions = {measured} "
                "and a ceiling a little above it")
    if record["ceiling"] < record["instructions"]:
        return "cold-run.toml contradicts itself: the ceiling is below the recorded instructions"
    if measured > record["ceiling"]:
        over = measured - record["ceiling"]
        return f"the cold run costs {over:,} instructions above the ceiling"
    return None


def print_plain_run(command):
    run = start(command)
    _, status, usage = os.wait4(run.pid, 0)
    run.returncode = os.waitstatus_to_exitcode(status)
    stop_on_failure(command, run.returncode)

    # A child starts as a copy of its parent, and the kernel counts that copy in its peak.
    floor = getrusage(RUSAGE_SELF).ru_maxrss
    peak = f"{usage.ru_maxrss:,} KiB" if usage.ru_maxrss > floor else f"at most {floor:,} KiB"
    print(f"peak memory: {peak}")
    print(f"processor time: {(usage.ru_utime + usage.ru_stime) * 1000:.0f} ms")


def count_instructions(command):
    COUNTS.parent.mkdir(exist_ok=True)
    COUNTS.unlink(missing_ok=True)
    tool = ["valgrind", "--quiet", "--tool=callgrind", f"--callgrind-out-file={COUNTS}"]
    stop_on_failure(command, start([*tool, *command]).wait())

    lines = COUNTS.read_text(encoding="utf-8", errors="replace").splitlines()
    fields = dict(line.split(": ", 1) for line in lines if line.startswith(("events: ", "totals: ")))
    if fields.get("events") != "Ir" or "totals" not in fields:
        sys.exit(f"{COUNTS} does not hold one total of instructions")
    return int(fields["totals"])


def start(command):
    try:
        return subprocess.Popen(command, cwd=ROOT, env=ENVIRONMENT, stdout=subprocess.DEVNULL)
    except OSError as error:
        sys.exit(f"cannot run {command[0]}: {error.strerror}")


def stop_on_failure(command, code):
    if code != 0:
        sys.exit(f"`{' '.join(command)}` ended with code {code}: there is nothing to measure")


if __name__ == "__main__":
    main(sys.argv[1:])
