#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`fairlead cron next` refuses the schedules and time zones that the API server refuses, and takes those that it takes."""

import json
import pathlib
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))

from commands import Cluster, Failed, harness, no_cluster  # noqa: E402

SCHEDULES = ("* * * * *", "*/5 0-4,22 1,15 jan-MAR/2 mon", "0 0 1 * ?", "5/20 * * * *", "@hourly", "@every 1h30m", "@every -5m", "@every 0", "0 0 30 2 *",
             ", * * * *", "*-x * * * *", "+5 * * * *", "\t0\u00a00 1\u3000* *\n", "0\u200b0 1 * *", "", "  ", "* * * *", "* * * * * *", " @daily", "@daily ",
             "@Daily", "@reboot", "@every", "@every 1d", "@every 5", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * * 13 *", "* * * * 7", "* * * * fri-mon",
             "*/0 * * * *", "*/x * * * *", "1-2-3 * * * *", "*/1/2 * * * *", "-5 * * * *", "* * * january *", "0 12 * * FR\u0130",
             "0/9223372036854775807 * * * *", "0/9223372036854775808 * * * *", "TZ=UTC * * * * *", "CRON_TZ=Europe/Berlin 0 0 * * *", "* * * * * TZ")
ZONES = ("UTC", "Europe/Berlin", "Etc/GMT+5", "America/Argentina/Buenos_Aires", "posix/Europe/Berlin", "EST5EDT", "", "Local", "LOCAL", "local", "utc", "europe/berlin",
         "Mars/Olympus", "Europe", "Europe/", "/Europe/Berlin", "Europe//Berlin", "../etc/passwd", "Europe/./Berlin", "Europe/Ber lin", "-Europe", "zone.tab",
         "UTC\n", "Europe/B\u00e9rlin", "America/North_Dakota_Beulah")

cluster = None


def taken_by_server(pairs):
    """The numbers of those that it would make."""
    job = {"template": {"spec": {"restartPolicy": "Never", "containers": [{"name": "a", "image": "a"}]}}}
    items = [{"apiVersion": "batch/v1", "kind": "CronJob", "metadata": {"name": f"asked-{number}", "namespace": "team-a"},
              "spec": {"schedule": schedule, "timeZone": zone, "jobTemplate": {"spec": job}}} for number, (schedule, zone) in enumerate(pairs)]
    body = json.dumps({"apiVersion": "v1", "kind": "List", "items": items})
    told = cluster.kubectl("admin", "create", "--dry-run=server", "-o", "name", "-f", "-", stdin=body.encode())
    refused = sum("is invalid" in line for line in told.errors)
    names = told.text.split()
    if len(names) + refused != len(pairs):
        raise Failed(f"{len(names)} taken and {refused} refused are not {len(pairs)}: {told}")
    return {int(name.rsplit("-", 1)[1]) for name in names}


def compare(pairs):
    taken = taken_by_server(pairs)
    wrong = []
    for number, (schedule, zone) in enumerate(pairs):
        ours = cluster.fairlead("admin", "cron", "next", f"--zone={zone}", "--count=1", "--", schedule)
        if ours.code != (0 if number in taken else 2):
            wrong.append(f"{schedule!r} in {zone!r}: exit code {ours.code}, {ours.errors}; the server {'takes' if number in taken else 'refuses'} it")
    if wrong:
        raise Failed("\n".join(wrong))
    if not 0 < len(taken) < len(pairs):
        raise Failed(f"{len(taken)} of {len(pairs)} are taken: nothing was compared")


def main():
    global cluster
    try:
        cluster = Cluster()
    except Failed as failed:
        no_cluster("CronApi", failed)
    harness.run("CronApi", [
        ("schedules", lambda: compare([(schedule, "UTC") for schedule in SCHEDULES])),
        ("zones", lambda: compare([("0 5 * * *", zone) for zone in ZONES])),
    ])


if __name__ == "__main__":
    main()
