#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads YAML texts from standard input, separated by NUL, and prints what PyYAML, a reader of YAML 1.1, makes of each, as a
line of JSON: the judge of what our writer prints. Dates, sets and bytes print as {"!": TYPE}, which equals no JSON of ours."""

import json
import sys

import yaml

loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
for text in sys.stdin.buffer.read().split(b"\0")[:-1]:
    try:
        value = yaml.load(text.decode(), Loader=loader)
    except (yaml.YAMLError, ValueError) as error:
        value = {"!": str(error)}
    print(json.dumps(value, default=lambda other: {"!": type(other).__name__}))
