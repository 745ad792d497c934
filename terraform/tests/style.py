#!/usr/bin/env python3
"""Checks the layout that the house keeps: names of files, order and description of what they declare."""

import pathlib
import re
import sys

TERRAFORM = pathlib.Path(__file__).resolve().parents[1]


def faults_of(name, text):
    """What is wrong with a file of variables or outputs."""
    blocks = re.findall(r'^(?:variable|output) "([a-z_]+)" \{\n(.*?)^\}', text, re.MULTILINE | re.DOTALL)
    declared = [block for block, _ in blocks]
    if declared != sorted(declared):
        yield f"{name}: not in alphabetical order"
    for block, body in blocks:
        described = re.search(r'^  description = "(.+)"$', body, re.MULTILINE)
        if not described or not described.group(1).endswith("."):
            yield f"{name}: {block} is not described by a sentence"


def faults():
    for folder in sorted(path for path in (TERRAFORM / "modules").iterdir() if path.is_dir()):
        for needed in ("README.md", "variables.tf", "outputs.tf", "versions.tf"):
            if not (folder / needed).exists():
                yield f"modules/{folder.name} has no {needed}"
    for path in sorted(TERRAFORM.glob("**/*.tf")):
        name = path.relative_to(TERRAFORM)
        if path.name == "main.tf" and name.parts[0] != "environments":
            yield f"{name}: files are named for what they make"
        if path.name in ("variables.tf", "outputs.tf"):
            yield from faults_of(name, path.read_text())
        if re.search(r'^resource "random_', path.read_text(), re.MULTILINE):
            yield f"{name}: no random names"
    if len({(TERRAFORM / "environments" / name / "variables.tf").read_text() for name in ("production", "staging")}) > 1:
        yield "the environments take different variables"


def main():
    found = list(faults())
    planted = 'variable "b" {\n  description = "Such."\n}\n\nvariable "a" {\n  type = string\n}\n'
    if len(list(faults_of("planted", planted))) != 2:
        found.append("the check does not see what was planted for it")
    print(f"{'FAILED' if found else 'passed'}  files, variables and outputs")
    for fault in found:
        print(f"        {fault}")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
