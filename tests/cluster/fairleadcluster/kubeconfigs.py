# SPDX-License-Identifier: GPL-3.0-or-later
"""Kubeconfigs: one for each user with another kind of credentials each, and one of all clusters."""

import base64
import os

from . import paths, state

# The programs of the control plane and the node: client certificates by file.
COMPONENTS = ("kube-controller-manager", "kube-scheduler", "kubelet", "kwok")


def _data(path):
    return base64.b64encode(path.read_bytes()).decode()


def _cluster(folder, ports, by_file=None):
    authority = (
        f"certificate-authority: {by_file}/ca.crt" if by_file else f"certificate-authority-data: {_data(folder.pki / 'ca.crt')}"
    )
    return f"- name: {folder.name}\n  cluster:\n    server: https://127.0.0.1:{ports['kube-apiserver']}\n    {authority}\n"


def _user(folder, name, user, by_file):
    """admin: certificate as data; dev: bearer token; viewer and components: certificate files."""
    if user == "admin":
        lines = (
            f"    client-certificate-data: {_data(folder.pki / 'admin.crt')}\n"
            f"    client-key-data: {_data(folder.pki / 'admin.key')}\n"
        )
    elif user == "dev":
        lines = f"    token: {(folder.pki / 'dev.token').read_text()}\n"
    else:
        lines = f"    client-certificate: {by_file}/{user}.crt\n    client-key: {by_file}/{user}.key\n"
    return f"- name: {name}\n  user:\n{lines}"


def _context(name, cluster, user, namespace=None):
    text = f"- name: {name}\n  context:\n    cluster: {cluster}\n    user: {user}\n"
    return text + (f"    namespace: {namespace}\n" if namespace else "")


def _file(clusters, users, contexts, current):
    return (
        "apiVersion: v1\nkind: Config\npreferences: {}\nclusters:\n"
        + "".join(clusters)
        + "users:\n"
        + "".join(users)
        + "contexts:\n"
        + "".join(contexts)
        + f"current-context: {current}\n"
    )


def _write(path, text):
    temporary = path.with_name(f".{path.name}.new")
    temporary.write_text(text)
    temporary.chmod(0o600)
    os.replace(temporary, path)


def write(folder, ports):
    name = folder.name
    for user in ("admin", "dev", "viewer") + COMPONENTS:
        # viewer's file is all by relative paths, the programs' by absolute ones.
        where = "pki" if user == "viewer" else folder.pki
        cluster = _cluster(folder, ports, where if user == "viewer" else None)
        context = _context(_context_name(name, user), name, f"{name}-{user}", "team-a" if user == "dev" else None)
        target = folder.kubeconfig(user) if user not in COMPONENTS else folder.pki / f"{user}.kubeconfig"
        _write(
            target,
            _file([cluster], [_user(folder, f"{name}-{user}", user, where)], [context], _context_name(name, user)),
        )
    link = folder.path / "merged.kubeconfig"
    if not link.is_symlink():
        link.symlink_to("../merged.kubeconfig")


def write_component(folder, ports, user):
    """Of a program that only some clusters have."""
    name = folder.name
    content = [_cluster(folder, ports)], [_user(folder, f"{name}-{user}", user, folder.pki)]
    context = _context(_context_name(name, user), name, f"{name}-{user}")
    _write(folder.pki / f"{user}.kubeconfig", _file(*content, [context], _context_name(name, user)))


def _context_name(name, user):
    return name if user == "admin" else f"{name}-{user}"


def write_merged():
    """Call with the common lock held. All clusters that are up; none: no file."""
    path = paths.base() / "merged.kubeconfig"
    clusters, users, contexts = [], [], []
    up = [name for name, known in state.all_states().items() if known["state"] == "ready"]
    for name in up:
        folder = paths.Folder(name)
        clusters.append(_cluster(folder, state.read(folder)["ports"]))
        for user in ("admin", "dev", "viewer"):
            users.append(_user(folder, f"{name}-{user}", user, folder.pki))
            namespace = "team-a" if user == "dev" else None
            contexts.append(_context(_context_name(name, user), name, f"{name}-{user}", namespace))
    if up:
        _write(path, _file(clusters, users, contexts, up[0]))
    else:
        path.unlink(missing_ok=True)
