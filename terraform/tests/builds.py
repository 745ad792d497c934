#!/usr/bin/env python3
"""Checks that the builds run scripts that are there, and name substitutions that triggers give them."""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILDS = ("cloudbuild.yaml", "terraform/deploy/deployment.yaml")
# Given by Cloud Build itself: https://docs.cloud.google.com/build/docs/configuring-builds/substitute-variable-values
BUILT_IN = {"BUILD_ID", "COMMIT_SHA", "PROJECT_ID"}


def faults(text, given, exists):
    for path in {found.rstrip(".") for found in re.findall(r"terraform/[a-z]+/[a-z.]+", text)}:
        if not exists(path):
            yield f"{path} is not there"
    for name in set(re.findall(r"(?<!\$)\$([A-Z_]+)", text)):
        if name not in given | BUILT_IN:
            yield f"${name} is given by nobody"
    steps = re.findall(r"^  - id: (.+)$", text, re.MULTILINE)
    if len(steps) != len(set(steps)):
        yield "two steps have one name"
    for awaited in re.findall(r"waitFor: \[(.*)\]", text):
        for step in awaited.split(", "):
            if step != "'-'" and step not in steps:
                yield f"waits for {step}, which is no step"
    for image in re.findall(r"^    name: (.+)$", text, re.MULTILINE):
        if image.endswith(":latest"):
            yield f"{image} may be another one tomorrow"


def main():
    triggers = (ROOT / "terraform/modules/build/triggers.tf").read_text()
    given = set(re.findall(r"^ +(_[A-Z_]+) += ", triggers, re.MULTILINE))
    failed = 0
    for name in BUILDS:
        text = (ROOT / name).read_text()
        found = sorted(faults(text, given, lambda path: (ROOT / path).exists()))
        blind = not list(faults(text + "\n$_NOBODY", given, lambda path: True)) or not list(
            faults("terraform/deploy/nothing", given, lambda path: False)
        )
        print(f"{'FAILED' if found or blind else 'passed'}  {name}")
        for fault in found:
            print(f"        {fault}")
        failed += bool(found or blind)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
