#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""tests/cluster leaves nothing: not after `down`, not after a kill at any moment and the next `up`.

What is left is looked for without the code under test: in /proc, in the cgroup file systems, in the
list of links, in the file system. All happens in a folder of clusters of this test's own.
"""

import argparse
import json
import os
import pathlib
import random
import signal
import socket
import subprocess
import sys
import time
import traceback

sys.dont_write_bytecode = True

CLUSTER = pathlib.Path(__file__).resolve().parent.parent / "cluster"
# Folders that a node's programs make on a machine when nobody keeps them from it.
HOST_FOLDERS = ("/run/containerd", "/run/netns", "/var/lib/cni", "/var/lib/kubelet", "/var/log/pods", "/opt/containerd", "/opt/cni")
SETTINGS = ("net/ipv4/ip_forward", "vm/overcommit_memory", "vm/panic_on_oom", "kernel/panic", "kernel/panic_on_oops")
POD = {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {"name": "p", "namespace": "team-a"},
    "spec": {"containers": [{"name": "c", "image": "nginx:1.27"}]},
}



def stat_fields(pid):
    """The fields of /proc/PID/stat from the third on; none where there is no such process."""
    try:
        return pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None


# Holds the lock with a child that becomes `sleep` after some seconds.
LOCK_HOLDER = """
import os, sys, time
sys.path.insert(0, sys.argv[1])
from fairleadcluster import locks
lock = locks.Lock(sys.argv[2])
child = os.fork()
if child == 0:
    time.sleep(3)
    os.execv("/bin/sleep", ["sleep", "30"])
print(child, flush=True)
time.sleep(30)
"""


class Skip(Exception):
    pass


class Machine:
    """What can be left of a cluster, as the kernel tells it."""

    def __init__(self, folder):
        self.folder = str(folder)
        self.hosts = pathlib.Path("/etc/hosts").read_bytes()
        self.settings = self._settings()
        self.host_folders = {path for path in HOST_FOLDERS if os.path.exists(path)}
        self.bridges, self.cgroups, self.ports, self.networks = set(), set(), set(), set()

    def learn(self, status):
        """Remembers names and numbers of a running cluster, to look for them afterwards."""
        for each in status["clusters"]:
            self.bridges.update(filter(None, [each["bridge"]]))
            self.ports.update(each["ports"].values())
        # The control plane stays in the cgroup and network of whoever starts it.
        own = self._cgroups("self")
        for pid in list(self._processes()):
            try:
                self.networks.add(os.readlink(f"/proc/{pid}/ns/net"))
                self.cgroups.update(self._cgroups(pid) - own)
            except OSError:
                continue
        self.networks.discard(os.readlink("/proc/self/ns/net"))

    def left(self):
        found = [f"process {pid}: {self._command(pid)}" for pid in self._processes()]
        with open("/proc/self/mountinfo") as file:
            found += [f"mount {line.split()[4]}" for line in file if self.folder in line]
        found += [f"link {name}" for name in self.bridges if os.path.exists(f"/sys/class/net/{name}")]
        for name in self.cgroups:
            tops = [f"/sys/fs/cgroup{name}"] + [f"/sys/fs/cgroup/{each}{name}" for each in os.listdir("/sys/fs/cgroup")]
            found += [f"cgroup {top}" for top in tops if os.path.exists(top)]
        found += [f"network namespace {each}" for each in self.networks & set(self._all_networks())]
        found += [f"port {port}" for port in self.ports if self._listening(port)]
        if pathlib.Path("/etc/hosts").read_bytes() != self.hosts:
            found.append("/etc/hosts has changed")
        if self._settings() != self.settings:
            found.append(f"kernel settings {self._settings()} instead of {self.settings}")
        found += [f"folder {path}" for path in HOST_FOLDERS if os.path.exists(path) and path not in self.host_folders]
        if os.path.isdir(self.folder):
            found += [f"file {path}" for path in pathlib.Path(self.folder).rglob("*")]
        if os.geteuid() == 0:
            rules = subprocess.run(["iptables-save"], capture_output=True, text=True).stdout
            found += [f"iptables rule {line}" for line in rules.splitlines() if any(each in line for each in self.bridges)]
        return found

    @staticmethod
    def _cgroups(pid):
        """The cgroups of the process, in whatever hierarchy, and those above them."""
        found = set()
        for line in pathlib.Path(f"/proc/{pid}/cgroup").read_text().splitlines():
            path = line.split(":", 2)[2]
            while path != "/":
                found.add(path)
                path = os.path.dirname(path)
        return found

    @staticmethod
    def _settings():
        return [pathlib.Path(f"/proc/sys/{name}").read_text().strip() for name in SETTINGS]

    def _processes(self):
        """By command line, mounts (a container's root is below the folder) and cgroup."""
        own = {os.getpid(), os.getppid()}
        for entry in os.listdir("/proc"):
            if not entry.isdigit() or int(entry) in own:
                continue
            try:
                text = b"".join(
                    pathlib.Path(f"/proc/{entry}/{name}").read_bytes() for name in ("cmdline", "mountinfo", "cgroup")
                )
            except OSError:
                continue
            state = (stat_fields(entry) or "X")[0]
            ours = self.folder.encode() in text or any(each.encode() in text for each in self.cgroups)
            if ours and state not in "ZX":
                yield int(entry)

    @staticmethod
    def _command(pid):
        try:
            return pathlib.Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")[:150]
        except OSError:
            return "gone meanwhile"

    @staticmethod
    def _all_networks():
        for entry in os.listdir("/proc"):
            if entry.isdigit():
                try:
                    yield os.readlink(f"/proc/{entry}/ns/net")
                except OSError:
                    continue

    @staticmethod
    def _listening(port):
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0


class UpDown:
    def __init__(self, rounds, seed):
        self.rounds = rounds
        self.random = random.Random(seed)
        own = stat_fields(os.getpid())
        # The name tells whose it is: the next run of this test removes what a killed one left.
        self.folder = pathlib.Path(f"/tmp/fairlead-updown-{os.getpid()}-{own[19]}")
        self.environment = dict(os.environ, FAIRLEAD_CLUSTER_DIR=str(self.folder))
        self.machine = Machine(self.folder)
        self.real = os.geteuid() == 0
        self.options = ["--real-node"] if self.real else []
        self.seconds = 5.0

    # Commands

    def start(self, command, *arguments):
        return subprocess.Popen(
            [CLUSTER / command, *arguments],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            # A Ctrl+C here is not one there.
            start_new_session=True,
        )

    def run(self, command, *arguments, code=0):
        process = self.start(command, *arguments)
        output, _ = process.communicate(timeout=240)
        assert process.returncode == code, f"{command} {' '.join(arguments)}: exit code {process.returncode}\n{output}"
        return output

    def up(self, name):
        self.run("up", name, *self.options)
        status = self.status()
        self.machine.learn(status)
        found = next(each for each in status["clusters"] if each["name"] == name)
        assert found["state"] == "ready", found
        return found

    def up_at_once(self, *names):
        """As two terminals would: both choose their ports and subnets in the same moments."""
        started = [self.start("up", name, *self.options) for name in names]
        for name, process in zip(names, started):
            output, _ = process.communicate(timeout=240)
            assert process.returncode == 0, f"up {name} beside another: exit code {process.returncode}\n{output}"
        status = self.status()
        self.machine.learn(status)
        found = {each["name"]: each for each in status["clusters"]}
        assert all(found[name]["state"] == "ready" for name in names), found
        return [found[name] for name in names]

    def status(self):
        return json.loads(self.run("status", "-o", "json"))

    def kubectl(self, cluster, *arguments, text=None):
        program = pathlib.Path(self.status()["programs"]) / "kubectl"
        result = subprocess.run(
            [program, f"--kubeconfig={cluster['kubeconfigs']['admin']}", *arguments], input=text, capture_output=True, text=True
        )
        assert result.returncode == 0, f"kubectl {arguments}: {result.stderr}"
        return result.stdout

    def run_pod(self, cluster):
        """A container in its own network namespace, so that there is something to leave behind."""
        self.kubectl(cluster, "apply", "-f", "-", text=json.dumps(POD))
        self.kubectl(cluster, "wait", "-n", "team-a", "pod/p", "--for=condition=Ready", "--timeout=60s")
        self.machine.learn(self.status())

    def assert_nothing_left(self, what):
        # Dead processes' network namespaces are cleared away by the kernel some moments later.
        deadline = time.monotonic() + 10
        while (left := self.machine.left()) and time.monotonic() < deadline:
            time.sleep(0.2)
        assert not left, f"after {what} there is left:\n  " + "\n  ".join(left[:30])

    # Tests

    def nothing_is_left_after_down(self):
        self.run("up", "one")
        status = self.status()
        self.machine.learn(status)
        processes = status["clusters"][0]["processes"]
        assert len(processes) == 4 and all(each["alive"] for each in processes), processes
        assert self.machine.left(), "the search for what is left finds nothing even while a cluster runs"
        self.run("down", "one")
        self.assert_nothing_left("down")

    def nothing_is_left_of_a_real_node(self):
        if not self.real:
            raise Skip("a real node needs root")
        began = time.monotonic()
        cluster = self.up("one")
        self.seconds = time.monotonic() - began
        self.run_pod(cluster)
        assert self.machine.bridges and self.machine.cgroups and self.machine.networks, vars(self.machine)
        self.run("down", "one")
        self.assert_nothing_left("down")

    def control_plane_starts_in_ten_seconds(self):
        began = time.monotonic()
        self.run("up", "warm")
        taken = time.monotonic() - began
        self.run("down", "warm")
        print(f"INFO   : a warm control plane took {taken:.1f} s")
        assert taken < 10, f"{taken:.1f} s"

    def two_stand_side_by_side(self):
        first, second = self.up_at_once("staging", "production")
        assert not set(first["ports"].values()) & set(second["ports"].values())
        for each in (first, second):
            assert self.kubectl(each, "get", "namespace", "team-a", "-o", "name").strip() == "namespace/team-a"
        if self.real:
            self.run_pod(first)
            self.run_pod(second)
        merged = self.kubectl({"kubeconfigs": {"admin": self.status()["merged"]}}, "config", "get-contexts", "-o", "name")
        wanted = [name + suffix for name in ("production", "staging") for suffix in ("", "-dev", "-viewer")]
        assert sorted(merged.split()) == sorted(wanted), merged
        self.run("down", "staging")
        assert [each["state"] for each in self.status()["clusters"]] == ["ready"]
        self.kubectl(second, "get", "--raw", "/readyz")
        if self.real:
            assert "nginx" in self.kubectl(second, "get", "--raw", "/api/v1/namespaces/team-a/pods/p:80/proxy/")
        self.run("down", "--all")
        self.assert_nothing_left("down --all")

    def a_process_of_somebody_else_survives(self):
        """Same id, another start time: the id was given to another process meanwhile."""
        self.run("up", "one")
        self.machine.learn(self.status())
        other = subprocess.Popen(["sleep", "300"])
        try:
            record = self.folder / "one" / "processes" / "kube-scheduler.json"
            forged = json.loads(record.read_text())
            os.kill(forged["pid"], signal.SIGKILL)
            record.write_text(json.dumps(dict(forged, pid=other.pid)))
            self.run("down", "one")
            time.sleep(0.2)
            assert other.poll() is None, "down ended a process by its id alone"
        finally:
            other.kill()
            other.wait()
        self.assert_nothing_left("down")

    def an_interrupted_up_cleans_up_at_once(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            process = self.start("up", "one", *self.options)
            time.sleep(self.random.uniform(0.5, 0.8) * self.seconds)
            process.send_signal(number)
            output, _ = process.communicate(timeout=120)
            # The `up` may have been quicker than the signal.
            if process.returncode == 0:
                self.run("down", "one")
            else:
                assert process.returncode == 128 + number, output
            self.assert_nothing_left(f"{number.name} of up")

    def a_lock_lasts_until_children_run(self):
        """A killed holder's child that has not yet become its program (and so may not have its record) keeps the lock."""
        path = self.folder / "lasting.lock"
        holder = subprocess.Popen([sys.executable, "-B", "-c", LOCK_HOLDER, CLUSTER, path], env=self.environment, stdout=subprocess.PIPE)
        child = int(holder.stdout.readline())
        sys.path.insert(0, str(CLUSTER))
        from fairleadcluster import locks

        os.environ["FAIRLEAD_CLUSTER_DIR"] = str(self.folder)
        try:
            holder.kill()
            holder.wait()
            assert b"sleep" not in pathlib.Path(f"/proc/{child}/comm").read_bytes()
            try:
                locks.Lock(path, wait=False)
                raise AssertionError("the lock was free before the child had become its program")
            except locks.Busy:
                pass
            lock = locks.Lock(path)
            assert b"sleep" in pathlib.Path(f"/proc/{child}/comm").read_bytes(), "the lock was not free afterwards"
            lock.remove()
        finally:
            del os.environ["FAIRLEAD_CLUSTER_DIR"]
            os.kill(child, signal.SIGKILL)
        self.run("down", "--all")
        self.assert_nothing_left("the lock's end")

    def kills_at_random_moments(self):
        for number in range(1, self.rounds + 1):
            wound = self.random.choice([self.kill_up, self.kill_up, self.interrupt_up, self.kill_a_process, self.kill_down])
            heal = self.random.choice([self.heal_by_up, self.heal_by_down, self.heal_by_another_up])
            began = time.monotonic()
            what = f"{wound()}, then {heal.__name__}"
            try:
                heal()
                self.run("down", "--all")
                self.assert_nothing_left(what)
            except AssertionError as error:
                raise AssertionError(f"round {number}, {what}: {error}") from None
            print(f"INFO   : round {number} of {self.rounds}: {what}: {time.monotonic() - began:.1f} s", flush=True)

    # Wounds

    def kill_up(self):
        process = self.start("up", "one", *self.options)
        moment = self.random.uniform(0, 1.1) * self.seconds
        time.sleep(moment)
        process.kill()
        process.communicate()
        return f"SIGKILL of up after {moment:.2f} s"

    def interrupt_up(self):
        process = self.start("up", "one", *self.options)
        moment = self.random.uniform(0.1, 1.1) * self.seconds
        number = self.random.choice([signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
        time.sleep(moment)
        process.send_signal(number)
        name = number.name
        if self.random.random() < 0.5:
            # The impatient second one, in the middle of the cleaning up.
            time.sleep(self.random.uniform(0, 0.3))
            process.kill()
            name = f"{number.name} and SIGKILL"
        process.communicate(timeout=120)
        return f"{name} of up after {moment:.2f} s"

    def kill_a_process(self):
        cluster = self.up("one")
        if self.real:
            self.run_pod(cluster)
        victims = self.random.sample(cluster["processes"], self.random.choice([1, 1, 2, len(cluster["processes"])]))
        for victim in victims:
            # Some may be gone already with the node's first process.
            try:
                os.kill(victim["pid"], signal.SIGKILL)
            except ProcessLookupError:
                pass
        return "SIGKILL of " + ", ".join(victim["name"] for victim in victims)

    def kill_down(self):
        cluster = self.up("one")
        if self.real:
            self.run_pod(cluster)
        process = self.start("down", "one")
        moment = self.random.uniform(0, 0.6)
        time.sleep(moment)
        process.kill()
        process.communicate()
        return f"SIGKILL of down after {moment:.2f} s"

    # What comes next

    def heal_by_up(self):
        cluster = self.up("one")
        self.kubectl(cluster, "get", "--raw", "/readyz")

    def heal_by_down(self):
        self.run("down", "one")

    def heal_by_another_up(self):
        self.run("up", "two")
        states = {each["name"]: each["state"] for each in self.status()["clusters"]}
        self.machine.learn(self.status())
        # What was interrupted is gone; what had come up, broken or not, is its owner's.
        assert states.pop("two") == "ready" and states.get("one", "ready") in ("ready", "broken"), states

    def end(self):
        subprocess.run([CLUSTER / "down", "--all"], env=self.environment, capture_output=True)
        try:
            os.rmdir(self.folder)
        except FileNotFoundError:
            pass


def remove_what_killed_runs_left():
    for folder in pathlib.Path("/tmp").glob("fairlead-updown-*"):
        _, _, pid, started = folder.name.split("-")
        fields = stat_fields(pid)
        if folder.owner() == pathlib.Path("/proc/self").owner() and (fields is None or fields[19] != started):
            subprocess.run([CLUSTER / "down", "--all"], env=dict(os.environ, FAIRLEAD_CLUSTER_DIR=str(folder)))


TESTS = (
    "nothing_is_left_after_down",
    "nothing_is_left_of_a_real_node",
    "control_plane_starts_in_ten_seconds",
    "two_stand_side_by_side",
    "a_process_of_somebody_else_survives",
    "an_interrupted_up_cleans_up_at_once",
    "a_lock_lasts_until_children_run",
    "kills_at_random_moments",
)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    # tests/run tells both by the environment.
    parser.add_argument("--rounds", type=int, default=int(os.environ.get("FAIRLEAD_ROUNDS", 3)), help="of kills at random moments; 20 is the whole")
    parser.add_argument("--seed", type=int, default=os.environ.get("FAIRLEAD_SEED"))
    parser.add_argument("tests", nargs="*", metavar="TEST", help=", ".join(TESTS))
    arguments = parser.parse_args()
    seed = arguments.seed if arguments.seed is not None else random.SystemRandom().randrange(1 << 31)
    print(f"INFO   : --rounds {arguments.rounds} --seed {seed}", flush=True)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    remove_what_killed_runs_left()
    subprocess.run([CLUSTER / "build"], check=True, stdout=subprocess.DEVNULL)
    passed = failed = skipped = 0
    suite = UpDown(arguments.rounds, seed)
    try:
        for name in arguments.tests or TESTS:
            try:
                getattr(suite, name)()
                passed += 1
                print(f"PASS   : tst_cluster_updown::{name}()", flush=True)
            except Skip as reason:
                skipped += 1
                print(f"SKIP   : tst_cluster_updown::{name}() {reason}", flush=True)
            except Exception:
                failed += 1
                print(f"FAIL!  : tst_cluster_updown::{name}()\n{traceback.format_exc()}", flush=True)
                subprocess.run([CLUSTER / "down", "--all"], env=suite.environment, capture_output=True)
    finally:
        suite.end()
    print(f"Totals: {passed} passed, {failed} failed, {skipped} skipped, 0 blacklisted")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
