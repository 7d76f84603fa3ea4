# SPDX-License-Identifier: GPL-3.0-or-later
"""etcd, API server, controller manager, scheduler: their command lines, and when they are ready."""

import json
import pathlib

from . import api, launch, namespaces, programs, records

AUDIT_POLICY = {
    "apiVersion": "audit.k8s.io/v1",
    "kind": "Policy",
    # Tests count requests: one line each, two for a watch (its start and its end).
    "omitStages": ["RequestReceived"],
    "rules": [
        {"level": "None", "userGroups": ["system:nodes", "system:serviceaccounts"]},
        {
            "level": "None",
            "users": ["system:kube-controller-manager", "system:kube-scheduler", "system:apiserver", "kwok", "metrics-server"],
        },
        {"level": "Metadata"},
    ],
}


def program(name):
    return programs.folder() / name


def start_etcd(folder, ports):
    client = f"http://127.0.0.1:{ports['etcd']}"
    peer = f"http://127.0.0.1:{ports['etcd-peer']}"
    launch.start(
        folder,
        "etcd",
        [program("etcd"), "--name=etcd", f"--data-dir={folder.path / 'etcd'}", "--unsafe-no-fsync", "--log-level=warn"]
        + [f"--listen-client-urls={client}", f"--advertise-client-urls={client}", f"--listen-peer-urls={peer}"]
        + [f"--initial-advertise-peer-urls={peer}", f"--initial-cluster=etcd={peer}", "--quota-backend-bytes=8589934592"],
    )


def start_apiserver(folder, known):
    pki = folder.pki
    policy = folder.path / "audit-policy.json"
    policy.write_text(json.dumps(AUDIT_POLICY, indent=2) + "\n")
    command = [
        program("kube-apiserver"),
        f"--etcd-servers=http://127.0.0.1:{known['ports']['etcd']}",
        "--bind-address=127.0.0.1",
        f"--secure-port={known['ports']['kube-apiserver']}",
        "--advertise-address=127.0.0.1",
        "--endpoint-reconciler-type=none",
        "--authorization-mode=Node,RBAC",
        "--service-cluster-ip-range=10.96.0.0/16",
        "--allow-privileged",
        f"--client-ca-file={pki / 'ca.crt'}",
        f"--tls-cert-file={pki / 'kube-apiserver.crt'}",
        f"--tls-private-key-file={pki / 'kube-apiserver.key'}",
        f"--token-auth-file={pki / 'tokens.csv'}",
        "--service-account-issuer=https://kubernetes.default.svc",
        f"--service-account-key-file={pki / 'service-account.pub'}",
        f"--service-account-signing-key-file={pki / 'service-account.key'}",
        f"--kubelet-client-certificate={pki / 'kubelet-client.crt'}",
        f"--kubelet-client-key={pki / 'kubelet-client.key'}",
        "--kubelet-preferred-address-types=Hostname",
        f"--requestheader-client-ca-file={pki / 'front-proxy-ca.crt'}",
        "--requestheader-allowed-names=front-proxy-client",
        "--requestheader-extra-headers-prefix=X-Remote-Extra-",
        "--requestheader-group-headers=X-Remote-Group",
        "--requestheader-username-headers=X-Remote-User",
        f"--proxy-client-cert-file={pki / 'front-proxy-client.crt'}",
        f"--proxy-client-key-file={pki / 'front-proxy-client.key'}",
        "--enable-aggregator-routing",
        f"--audit-policy-file={policy}",
        f"--audit-log-path={folder.audit_log}",
        f"--cert-dir={folder.path / 'apiserver'}",
        "--v=1",
    ]
    before = None
    if known["realNode"]:
        # The kubelet is asked by the node's name, which only this process and the node know.
        hosts = folder.node / "hosts"
        before = lambda: namespaces.private_mounts([(hosts, pathlib.Path("/etc/hosts"))])
    launch.start(folder, "kube-apiserver", command, before=before)


def start_controllers(folder):
    kubeconfig = folder.pki / "kube-controller-manager.kubeconfig"
    launch.start(
        folder,
        "kube-controller-manager",
        [program("kube-controller-manager"), "--use-service-account-credentials", "--leader-elect=false"]
        + ["--kube-api-qps=2000", "--kube-api-burst=2000", "--secure-port=0", f"--kubeconfig={kubeconfig}"]
        + [f"--authentication-kubeconfig={kubeconfig}", f"--authorization-kubeconfig={kubeconfig}"]
        + [f"--service-account-private-key-file={folder.pki / 'service-account.key'}"]
        + [f"--root-ca-file={folder.pki / 'ca.crt'}", f"--cluster-signing-cert-file={folder.pki / 'ca.crt'}"]
        + [f"--cluster-signing-key-file={folder.pki / 'ca.key'}", f"--cert-dir={folder.path / 'controllers'}"]
        + ["--horizontal-pod-autoscaler-sync-period=15s", "--v=1"],
    )
    kubeconfig = folder.pki / "kube-scheduler.kubeconfig"
    launch.start(
        folder,
        "kube-scheduler",
        [program("kube-scheduler"), "--leader-elect=false", "--kube-api-qps=2000", "--kube-api-burst=2000"]
        + ["--secure-port=0", f"--kubeconfig={kubeconfig}", f"--authentication-kubeconfig={kubeconfig}"]
        + [f"--authorization-kubeconfig={kubeconfig}", f"--cert-dir={folder.path / 'scheduler'}", "--v=1"],
    )


def wait_for_apiserver(folder, known, seconds=60):
    client = api.Api(folder, known["ports"])

    def settled():
        check_running(folder, ("etcd", "kube-apiserver"))
        return client.ready()

    if not records.wait_until(settled, seconds):
        raise SystemExit(f"cluster: the API server is not ready after {seconds} s; see {folder.logs}")
    return client


def check_running(folder, names):
    """A program that ended at once is told from one that is slow."""
    for record in records.read_all(folder.processes):
        if record["name"] in names and not records.alive(record):
            log = folder.logs / f"{record['name']}.log"
            tail = "\n".join(log.read_text(errors="replace").splitlines()[-10:])
            raise SystemExit(f"cluster: {record['name']} ended:\n{tail}")
