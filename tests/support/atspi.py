# SPDX-License-Identifier: GPL-3.0-or-later
"""The window as a person with a screen reader meets it: a display, a window manager, a bus, and nothing but AT-SPI to see and act.

A test program calls run(SUITE, FUNCTIONS) at its end. It is started a second time inside a desktop of its own (Xvfb, openbox,
dbus-run-session, HOME and XDG_RUNTIME_DIR of its own), and there each function runs. /usr/bin/python3 only: another one that comes
first on PATH has no gi. Nothing here sleeps for a time: it waits for a condition, for at most 30 s.

In the test: Program(...) starts fairlead, `find` and `all_of` look below an accessible by role and name, Table reads by the Table
interface (never by child index: that counts headers), `press` and `type_text` are keys that the X server gets."""

import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

TOP = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "tests" / "lint"))

import harness  # noqa: E402

INSIDE = "FAIRLEAD_ATSPI_INSIDE"
SCREEN = "1600x1000x24"
# A test looks at content of this size; and no ancestor of the main view has more children than this (issue: at most 50).
LARGEST_TABLE = 200
DEADLINE = 30


def expect(condition, *what):
    if not condition:
        raise harness.Failed("\n".join(map(str, what)))


# --- the desktop ---


def run(suite, functions):
    """As harness.run, in a desktop."""
    if os.environ.get(INSIDE):
        _Atspi.start()
        harness.run(suite, functions)
    sys.exit(_outside())


def _outside():
    """Xvfb picks a free number itself and says it on a descriptor, so tests side by side do not meet."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="fl-desktop-"))
    xvfb = child = None
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        reads, writes = os.pipe()
        with open(folder / "xvfb.log", "wb") as log:
            xvfb = subprocess.Popen(["Xvfb", "-displayfd", str(writes), "-screen", "0", SCREEN, "-nolisten", "tcp", "-noreset"], pass_fds=[writes], stdout=log, stderr=log)
        os.close(writes)
        with os.fdopen(reads) as file:
            number = file.readline().strip()
        if not number:
            print((folder / "xvfb.log").read_text(errors="replace"))
            print("Xvfb did not start")
            return 1
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("QT_", "WAYLAND_", "DBUS_", "AT_SPI", "GTK_", "GNOME_"))}
        for name in ("home", "run", "cache"):
            (folder / name).mkdir(mode=0o700)
        # A test may start a cluster, whose programs are built once for all.
        outer = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "fairlead-test"
        (folder / "cache" / "fairlead-test").symlink_to(outer)
        environment.update({INSIDE: str(folder), "DISPLAY": f":{number}", "HOME": str(folder / "home"), "XDG_RUNTIME_DIR": str(folder / "run"),
                            "XDG_CACHE_HOME": str(folder / "cache"), "XDG_CONFIG_HOME": str(folder / "home" / ".config"),
                            "LC_ALL": "C.UTF-8", "TZ": "UTC", "GIO_USE_VFS": "local", "GSETTINGS_BACKEND": "memory", "NO_AT_BRIDGE": "1"})
        child = subprocess.Popen(["dbus-run-session", "--", "/usr/bin/python3", "-B", *sys.argv], env=environment)
        return child.wait()
    finally:
        for process in (child, xvfb):
            if process and process.poll() is None:
                process.terminate()
                try:
                    process.wait(10)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()
        shutil.rmtree(folder, ignore_errors=True)


class _Atspi:
    """The library is loaded only inside the desktop: it looks for its bus when it is imported."""

    lib = None
    manager = None

    @classmethod
    def start(cls):
        log = open(pathlib.Path(os.environ[INSIDE]) / "openbox.log", "wb")
        cls.manager = subprocess.Popen(["openbox", "--sm-disable"], stdout=log, stderr=log)
        import gi

        gi.require_version("Atspi", "2.0")
        from gi.repository import Atspi, GLib

        cls.lib, cls.glib = Atspi, GLib
        Atspi.init()
        # A program that does not answer must not hold the test for ever.
        Atspi.set_timeout(5000, 15000)
        # Keys before a window manager is there would go nowhere.
        wait(cls._managed, "openbox manages the screen")

    @staticmethod
    def _managed():
        text = subprocess.run(["/usr/bin/python3", "-c", _MANAGED], capture_output=True, text=True).stdout
        return text.strip() == "yes"


# Whether a window manager has announced itself (EWMH: _NET_SUPPORTING_WM_CHECK on the root window), by libX11 alone.
_MANAGED = """
import ctypes
x = ctypes.CDLL("libX11.so.6")
x.XOpenDisplay.restype = ctypes.c_void_p
x.XDefaultRootWindow.argtypes = [ctypes.c_void_p]
x.XDefaultRootWindow.restype = ctypes.c_ulong
x.XInternAtom.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int]
x.XInternAtom.restype = ctypes.c_ulong
d = x.XOpenDisplay(None)
kind, form, count, after, data = ctypes.c_ulong(), ctypes.c_int(), ctypes.c_ulong(), ctypes.c_ulong(), ctypes.c_void_p()
x.XGetWindowProperty.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_ulong, ctypes.c_long, ctypes.c_long, ctypes.c_int, ctypes.c_ulong] + [ctypes.c_void_p] * 5
x.XGetWindowProperty(d, x.XDefaultRootWindow(d), x.XInternAtom(d, b"_NET_SUPPORTING_WM_CHECK", 0), 0, 1, 0, 0, *[ctypes.byref(each) for each in (kind, form, count, after, data)])
print("yes" if count.value else "no")
"""


def wait(condition, what, seconds=DEADLINE):
    """Until condition() is true; returns what it returned. Accessibles come and go meanwhile: that is 'not yet'."""
    end = time.monotonic() + seconds
    last = None
    while True:
        try:
            result = condition()
            if result:
                return result
            last = None
        except Exception as error:  # GLib.Error has no common base with what a gone accessible else raises
            if isinstance(error, (harness.Failed, harness.Skipped)) or not _is_remote(error):
                raise
            last = error
        if time.monotonic() >= end:
            raise harness.Failed(f"after {seconds} s still not: {what() if callable(what) else what}" + (f" ({last})" if last else ""))
        _events()
        time.sleep(0.03)


def _is_remote(error):
    return type(error).__module__.startswith("gi.") or type(error).__name__ == "Error"


def _events():
    if _Atspi.lib is not None:
        context = _Atspi.glib.MainContext.default()
        while context.pending():
            context.iteration(False)


# --- the program ---


class Program:
    """fairlead in this desktop. `with` ends it; ended() tells how it went."""

    def __init__(self, *arguments, kubeconfig=None, home=None, path=None):
        self.home = pathlib.Path(home or tempfile.mkdtemp(prefix="home-", dir=os.environ[INSIDE]))
        self.log = self.home / f"fairlead-{time.monotonic_ns()}.log"
        environment = {**os.environ, "HOME": str(self.home), "QT_QPA_PLATFORM": "xcb", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "QT_FONT_DPI": "96"}
        environment.pop(INSIDE)
        for name in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
            environment.pop(name, None)
        # Leaks are judged under offscreen.
        environment["ASAN_OPTIONS"] = environment.get("ASAN_OPTIONS", "").replace("detect_leaks=1", "detect_leaks=0") or "detect_leaks=0"
        if kubeconfig:
            environment["KUBECONFIG"] = str(kubeconfig)
        self.program = path or os.environ.get("FAIRLEAD_PROGRAM") or str(TOP / "build" / "ci" / "fairlead")
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen([self.program, *arguments], env=environment, cwd=self.home, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        self.app = wait(self._find, lambda: f"the program is on the bus\n{self.output()}")
        self.window = wait(self._window, lambda: f"its window is active\n{self.output()}")

    def _find(self):
        self.expect_running()
        desktop = _Atspi.lib.get_desktop(0)
        for number in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(number)
            if child is not None and child.get_process_id() == self.process.pid:
                child.set_cache_mask(_Atspi.lib.Cache.NONE)
                return child
        return None

    def _window(self):
        self.expect_running()
        for each in children(self.app):
            if has(each, "ACTIVE") and has(each, "SHOWING"):
                return each
        return None

    def expect_running(self):
        expect(self.process.poll() is None, f"the program has ended with {self.process.poll()}", self.output())

    def output(self):
        return self.log.read_text(errors="replace")

    def dialogs(self):
        """Windows of the program besides its main one: menus and dialogs."""
        return [each for each in children(self.app) if each != self.window and has(each, "SHOWING")]

    def end(self, number=signal.SIGTERM):
        if self.process.poll() is None:
            self.process.send_signal(number)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        return self.process.returncode

    def __enter__(self):
        return self

    def __exit__(self, kind, error, _trace):
        if kind is not None and kind is not SystemExit:
            self._tell()
        self.end()
        text = self.output()
        if kind is None:
            expect("ERROR: AddressSanitizer" not in text and "runtime error:" not in text, text)

    def _tell(self):
        """What was there when a test failed."""
        try:
            print("INFO   : the window was\n" + "\n".join(outline(self.app)), flush=True)
        except Exception as error:
            print(f"INFO   : the window cannot be read: {error}", flush=True)
        text = self.output()
        if text:
            print("INFO   : the program said\n" + text[-6000:], flush=True)


# --- looking ---


def role(accessible):
    """As AT-SPI calls it: "push button", "table", "tree table", "page tab"."""
    return accessible.get_role_name()


def name(accessible):
    return accessible.get_name() or ""


def has(accessible, state):
    """`state`: a name of AtspiStateType, such as SHOWING, FOCUSED, SELECTED, EXPANDED, CHECKED."""
    return accessible.get_state_set().contains(getattr(_Atspi.lib.StateType, state))


def children(accessible):
    count = accessible.get_child_count()
    found = (accessible.get_child_at_index(number) for number in range(count))
    return [child for child in found if child is not None]


# Below these nothing is looked for: their cells are read by the Table interface.
_WHOLE = {"table", "tree table", "tree"}


def walk(accessible, depth=0, hidden=False):
    """(accessible, depth), parents first; what is not showing only where asked for. Tables are not entered."""
    yield accessible, depth
    if role(accessible) in _WHOLE:
        return
    for child in children(accessible):
        if hidden or has(child, "SHOWING") or depth == 0:
            yield from walk(child, depth + 1, hidden)


def all_of(root, wanted_role=None, wanted_name=None, hidden=False):
    """`wanted_name`: the whole name, or a function of it."""
    fits = wanted_name if callable(wanted_name) else lambda text: wanted_name is None or text == wanted_name
    return [each for each, _ in walk(root, hidden=hidden) if (wanted_role is None or role(each) == wanted_role) and fits(name(each))]


def find(root, wanted_role=None, wanted_name=None, seconds=DEADLINE):
    """Waits until exactly one is there."""
    def one():
        found = all_of(root, wanted_role, wanted_name)
        return found[0] if len(found) == 1 else None

    def what():
        found = all_of(root, wanted_role, wanted_name)
        return f"one {wanted_role} {wanted_name!r} ({len(found)} found) in\n" + "\n".join(outline(root))
    return wait(one, what, seconds)


def outline(root):
    """For a failure's message: a line each, as deep as it is."""
    lines = []
    for each, depth in walk(root):
        marks = [state.lower() for state in ("FOCUSED", "SELECTED", "CHECKED", "EXPANDED") if has(each, state)]
        text = text_of(each)
        lines.append("  " * depth + f"{role(each)} {name(each)!r}" + (f" = {text[:80]!r}" if text and text != name(each) else "") + (f" [{', '.join(marks)}]" if marks else ""))
        if len(lines) > 300:
            lines.append("…")
            break
    return lines


def text_of(accessible):
    """What the Text interface holds; empty where there is none."""
    text = accessible.get_text_iface()
    if text is None:
        return ""
    return text.get_text(0, text.get_character_count())


def value_of(accessible):
    """Text where there is some, else the name: a label's or a line edit's contents."""
    return text_of(accessible) or name(accessible)


def depth_of(accessible):
    """Levels below the application."""
    depth = 0
    while accessible is not None and role(accessible) != "application":
        accessible = accessible.get_parent()
        depth += 1
    return depth


# What is used, or names a part of the window.
_NAMED = {"push button", "toggle button", "check box", "radio button", "combo box", "text", "page tab", "page tab list", "table", "tree table", "tree", "list", "list item",
          "menu item", "scroll bar", "frame", "dialog", "tool bar", "status bar"}


def expect_named(program):
    """Whatever can be used has a name."""
    nameless = [f"{role(each)} at depth {depth}" for each, depth in walk(program.app) if role(each) in _NAMED and not name(each).strip()]
    expect(not nameless, "without a name:", *nameless, *outline(program.app))


def expect_near(view):
    """The main view lies at most ten levels below the application, and no ancestor of it has more than 50 children."""
    expect(depth_of(view) <= 10, f"{role(view)} {name(view)!r} is {depth_of(view)} levels below the application")
    above = view.get_parent()
    while above is not None and role(above) != "application":
        expect(above.get_child_count() <= 50, f"{role(above)} {name(above)!r} has {above.get_child_count()} children")
        above = above.get_parent()


class Table:
    """A table or tree table, read by rows."""

    def __init__(self, accessible):
        self.accessible = accessible
        self.iface = accessible.get_table_iface()
        expect(self.iface is not None, f"{role(accessible)} {name(accessible)!r} has no Table interface")

    @property
    def rows(self):
        return self.iface.get_n_rows()

    @property
    def columns(self):
        return [self.iface.get_column_description(number) or name(self.iface.get_column_header(number) or self.accessible) for number in range(self.iface.get_n_columns())]

    def cell(self, row, column):
        return self.iface.get_accessible_at(row, column)

    def text(self, row, column):
        cell = self.cell(row, column)
        return name(cell) if cell is not None else ""

    def read(self):
        """All rows as dicts by column. Read twice where it changes meanwhile is the caller's: wait(lambda: …)."""
        count = self.rows
        expect(count <= LARGEST_TABLE, f"{count} rows are not read one by one")
        columns = self.columns
        return [{column: self.text(row, number) for number, column in enumerate(columns)} for row in range(count)]

    def number_of(self, column):
        """-1 where there is none (yet). As captions and kubectl write it, in capitals or not."""
        captions = [each.lower() for each in self.columns]
        return captions.index(column.lower()) if column.lower() in captions else -1

    def column(self, wanted):
        number = self.number_of(wanted)
        return [self.text(row, number) for row in range(self.rows)] if number >= 0 else []

    def row_of(self, text, column=0):
        for row in range(self.rows):
            if self.text(row, column) == text:
                return row
        return -1


# --- acting ---

_MODIFIERS = {"Ctrl": "Control_L", "Shift": "Shift_L", "Alt": "Alt_L"}
_KEYSYMS = {"Enter": 0xFF0D, "Esc": 0xFF1B, "Tab": 0xFF09, "Backspace": 0xFF08, "Space": 0x20, "Delete": 0xFFFF, "Home": 0xFF50, "Left": 0xFF51, "Up": 0xFF52,
            "Right": 0xFF53, "Down": 0xFF54, "PageUp": 0xFF55, "PageDown": 0xFF56, "End": 0xFF57, "Control_L": 0xFFE3, "Shift_L": 0xFFE1, "Alt_L": 0xFFE9,
            "Menu": 0xFF67, **{f"F{number}": 0xFFBE + number - 1 for number in range(1, 13)}}


def press(keys):
    """"Ctrl+F", "Enter", "Shift+F10": to whatever has the focus, as from a keyboard."""
    *modifiers, key = keys.split("+") if keys != "+" else ["+"]
    held = [_keycode(_KEYSYMS[_MODIFIERS[each]]) for each in modifiers]
    sym = _KEYSYMS.get(key) or ord(key.lower())  # the key, not the capital letter
    kind = _Atspi.lib.KeySynthType
    for code in held:
        _Atspi.lib.generate_keyboard_event(code, None, kind.PRESS)
    _Atspi.lib.generate_keyboard_event(sym, None, kind.SYM)
    for code in reversed(held):
        _Atspi.lib.generate_keyboard_event(code, None, kind.RELEASE)
    _events()


def type_text(text):
    for character in text:
        _Atspi.lib.generate_keyboard_event(ord(character), None, _Atspi.lib.KeySynthType.SYM)
        _events()


def _keycode(sym):
    import ctypes
    if not hasattr(_keycode, "display"):
        x = ctypes.CDLL("libX11.so.6")
        x.XOpenDisplay.restype = ctypes.c_void_p
        x.XKeysymToKeycode.argtypes = [ctypes.c_void_p, ctypes.c_ulong]
        x.XKeysymToKeycode.restype = ctypes.c_ubyte
        _keycode.x, _keycode.display = x, x.XOpenDisplay(None)
    return _keycode.x.XKeysymToKeycode(_keycode.display, sym)


def actions(accessible):
    action = accessible.get_action_iface()
    return [action.get_action_name(number) for number in range(action.get_n_actions())] if action is not None else []


def act(accessible, wanted=None):
    """Does the named action, or the first; "Press" of a button, for example."""
    names = actions(accessible)
    expect(names and (wanted is None or wanted in names), f"{role(accessible)} {name(accessible)!r} has the actions {names}, not {wanted}")
    accessible.get_action_iface().do_action(names.index(wanted) if wanted else 0)
    _events()


def focus(accessible):
    accessible.get_component_iface().grab_focus()
    wait(lambda: has(accessible, "FOCUSED"), f"{role(accessible)} {name(accessible)!r} has the focus")


def focused(root):
    """The accessible with the focus, or None; a table's cell counts as its table."""
    return next((each for each, _ in walk(root) if has(each, "FOCUSED")), None)
