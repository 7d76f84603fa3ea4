#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`packaging/run --cluster` as on the first day: a fresh copy of the checkout, the release build, a cluster that is really started.

The copy holds what git knows or would take, so a file that is only in somebody's build folder is missed here. The compiler's
cache answers what tests/run has built as preset release before; the cluster lives beside the run's shared one."""

import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
TOP = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(TOP / "tests" / "support"), str(TOP / "tests" / "lint")]

import harness  # noqa: E402
from packagingrun import call, is_picture  # noqa: E402

CLUSTER = f"run-{os.getpid()}"


def expect(condition, *what):
    if not condition:
        raise harness.Failed("\n".join(map(str, what)))


class FirstDay:
    def __init__(self, folder):
        self.home = folder / "home"
        self.home.mkdir()
        self.copy = folder / "fairlead"
        names = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=TOP, capture_output=True, check=True)
        for name in filter(None, names.stdout.decode().split("\0")):
            source, target = TOP / name, self.copy / name
            if source.is_symlink() or source.is_file():
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(source, target, follow_symlinks=False)
        self.config = pathlib.Path(os.environ["FAIRLEAD_CLUSTER_DIR"]) / CLUSTER / "admin.kubeconfig"

    def call(self, *arguments):
        began = time.monotonic()
        code, text, pictures = call(self.home, *arguments, top=self.copy, preset=None, seconds=800, FAIRLEAD_RUN_CLUSTER=CLUSTER)
        print(f"INFO   : packaging/run {' '.join(arguments)}: {time.monotonic() - began:.0f} s", flush=True)
        return code, text, pictures

    def kubectl(self, *arguments):
        command = [os.environ["FAIRLEAD_KUBECTL"], "--kubeconfig", str(self.config), *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    # Tests, in their order

    def starts_from_nothing(self):
        code, text, pictures = self.call("--cluster")
        expect(code == 0, f"exit code {code}", text)
        expect((self.copy / "build" / "release" / "fairlead").is_file(), "no release build", text)
        cache = (self.copy / "build" / "release" / "CMakeCache.txt").read_text()
        expect("CMAKE_BUILD_TYPE:STRING=RelWithDebInfo" in cache, "the build is no release")
        expect("control plane ready" in text and "is up already" not in text, "no cluster was started", text)
        expect(f"KUBECONFIG={self.config}" in text, "the kubeconfig is not named", text)
        self._shows_pods(text)
        self._writes_pictures(text, pictures)

    def _shows_pods(self, text):
        table = text.partition("$ fairlead get pods -A")[2].splitlines()[1:]
        expect(table and table[0].split()[:4] == ["NAMESPACE", "NAME", "READY", "STATUS"], "no table of pods", text)
        shown = {tuple(line.split()[:2]) for line in table[1:] if len(line.split()) > 4}
        listed = {tuple(line.split()[:2]) for line in self.kubectl("get", "pods", "-A", "--no-headers").splitlines()}
        # Rollouts and jobs go on between the two lists; most of the pods stay.
        expect(len(listed) >= 40 and len(shown & listed) * 10 >= len(listed) * 8, f"{len(shown & listed)} of kubectl's {len(listed)} pods are shown", text)

    def _pages(self):
        """As the program names them to whoever asks for another; the gallery shows controls, not a cluster."""
        said = subprocess.run([self.copy / "build" / "release" / "fairlead", "--screenshot", os.devnull, "--page", "none-such"], capture_output=True, text=True)
        expect(said.returncode == 2 and "There are: " in said.stderr, f"exit code {said.returncode}", said.stderr)
        return set(said.stderr.partition("There are: ")[2].strip().rstrip(".").split(", ")) - {"gallery"}

    def _writes_pictures(self, text, pictures):
        pages = self._pages()
        wanted = {f"{page}-{theme}.png" for page in pages for theme in ("light", "dark")}
        found = {path.name for path in pictures.glob("*.png")}
        expect(wanted and found == wanted, f"pictures {sorted(found)} instead of {sorted(wanted)}", text)
        expect(all(is_picture(pictures / name) for name in found), "not all are pictures")
        expect(f"pictures: {len(wanted)} in {pictures}" in text, "the folder is not named", text)
        for page in pages:
            expect(f"no picture of {page}" not in text, text)
            light, dark = ((pictures / f"{page}-{theme}.png").read_bytes() for theme in ("light", "dark"))
            expect(light != dark, f"{page}: light and dark are one picture")

    def is_quick_when_there_is_nothing_to_do(self):
        """Second call: nothing is built, the cluster is used again, the scenario is not loaded again; a command needs no picture."""
        before = self.kubectl("get", "namespace", "team-a", "-o", "jsonpath={.metadata.uid}")
        code, text, pictures = self.call("--cluster", "--", "get", "namespaces", "-o", "name")
        expect(code == 0 and "namespace/team-a" in text.splitlines(), f"exit code {code}", text)
        expect("is up already" in text and "scenario" not in text and "configuring" not in text and "s left" not in text, "something was done again", text)
        expect(self.kubectl("get", "namespace", "team-a", "-o", "jsonpath={.metadata.uid}") == before, "another cluster")

    def without_root_it_says_so(self):
        """A stand-in for `id`, since the folder may be closed to other users."""
        stand_ins = self.home / "bin"
        stand_ins.mkdir()
        (stand_ins / "id").write_text("#!/bin/bash\necho 1000\n")
        (stand_ins / "id").chmod(0o755)
        path = os.environ["PATH"]
        os.environ["PATH"] = f"{stand_ins}:{path}"
        try:
            code, text, _ = self.call("--cluster", "--", "--version")
        finally:
            os.environ["PATH"] = path
        expect(code == 0 and "not root, so without a node that runs containers" in text, f"exit code {code}", text)

    def a_broken_source_is_a_failure(self):
        """Last: from here on this copy does not build."""
        with (self.copy / "app" / "main.cpp").open("a", encoding="utf-8") as file:
            file.write("\n#error this stands where a mistake would\n")
        code, text, _ = self.call("--cluster")
        expect(code == 1 and "The build failed" in text and "this stands where a mistake would" in text, f"exit code {code}", text)
        expect("$ fairlead" not in text, "an old program was shown", text)


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # the cluster goes with us
    with tempfile.TemporaryDirectory() as folder:
        day = FirstDay(pathlib.Path(folder))
        try:
            harness.run("PackagingRelease", [
                ("startsFromNothing", day.starts_from_nothing),
                ("isQuickWhenThereIsNothingToDo", day.is_quick_when_there_is_nothing_to_do),
                ("withoutRootItSaysSo", day.without_root_it_says_so),
                ("aBrokenSourceIsAFailure", day.a_broken_source_is_a_failure),
            ])
        finally:
            subprocess.run([TOP / "tests" / "cluster" / "down", CLUSTER], capture_output=True)


if __name__ == "__main__":
    main()
