"""Reads YAML with PyYAML, a reader of YAML 1.1, and compares what it reads with what was meant.

On standard input a JSON object a line: {"yaml": the text, "json": what it means}. The exit status is 1 if a text means
something else to PyYAML.
"""

import json
import sys

import yaml

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def same(read, meant):
    """True if both are the same tree, with scalars of the same type."""
    if type(read) is not type(meant):
        return False
    if isinstance(meant, dict):
        return read.keys() == meant.keys() and all(same(read[key], meant[key]) for key in meant)
    if isinstance(meant, list):
        return len(read) == len(meant) and all(map(same, read, meant))
    return read == meant


def complaint(case):
    """What is wrong with the case, or None."""
    try:
        read = yaml.load(case["yaml"], LOADER)
    except yaml.YAMLError as error:
        return f"not read: {error}"
    return None if same(read, case["json"]) else f"read as {read!r}"


def main():
    """Compares all cases and tells of the first ten that differ."""
    sys.stdin.reconfigure(encoding="utf-8", newline="\n")
    cases = [json.loads(line) for line in sys.stdin]
    failures = [(case, found) for case in cases if (found := complaint(case))]
    for case, found in failures[:10]:
        print(f"{found}\nmeant   {case['json']!r}\nwritten {case['yaml']!r}\n", file=sys.stderr)
    print(f"PyYAML {yaml.__version__}: {len(cases) - len(failures)} of {len(cases)} documents read as meant")
    sys.exit(1 if failures or not cases else 0)


if __name__ == "__main__":
    main()
