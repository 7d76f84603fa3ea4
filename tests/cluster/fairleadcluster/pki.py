# SPDX-License-Identifier: GPL-3.0-or-later
"""The cluster's own certificate authority and certificates, by openssl; EC keys, since they are quick."""

import secrets

from . import launch

DAYS = "3650"


def create(folder):
    pki = folder.pki
    pki.mkdir(mode=0o700, exist_ok=True)
    _authority(pki, "ca", "fairlead-test-ca")
    _authority(pki, "front-proxy-ca", "fairlead-test-front-proxy-ca")
    _key(pki / "service-account.key")
    launch.helper(["openssl", "ec", "-in", pki / "service-account.key", "-pubout", "-out", pki / "service-account.pub"])
    _certificate(
        pki,
        "kube-apiserver",
        "/CN=kube-apiserver",
        "serverAuth",
        "IP:127.0.0.1,IP:10.96.0.1,DNS:localhost,DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc",
    )
    _certificate(pki, "kubelet-serving", f"/CN={folder.node_name}", "serverAuth", f"DNS:{folder.node_name},IP:127.0.0.1")
    for name, subject in (
        ("admin", "/O=system:masters/CN=admin"),
        ("viewer", "/CN=viewer"),
        ("kube-controller-manager", "/CN=system:kube-controller-manager"),
        ("kube-scheduler", "/CN=system:kube-scheduler"),
        ("kubelet", f"/O=system:nodes/CN=system:node:{folder.node_name}"),
        ("kwok", "/O=system:masters/CN=kwok"),
        ("kubelet-client", "/O=system:masters/CN=kube-apiserver-kubelet-client"),
    ):
        _certificate(pki, name, subject, "clientAuth")
    _certificate(pki, "front-proxy-client", "/CN=front-proxy-client", "clientAuth", authority="front-proxy-ca")
    token = secrets.token_hex(16)
    (pki / "dev.token").write_text(token)
    (pki / "tokens.csv").write_text(f"{token},dev,dev\n")


def component(folder, name):
    """The certificate of a program that only some clusters have; it may do everything."""
    _certificate(folder.pki, name, f"/O=system:masters/CN={name}", "clientAuth")


def _key(path):
    launch.helper(["openssl", "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", path])
    path.chmod(0o600)


def _authority(pki, name, subject):
    _key(pki / f"{name}.key")
    launch.helper(
        ["openssl", "req", "-x509", "-new", "-key", pki / f"{name}.key", "-subj", f"/CN={subject}", "-days", DAYS]
        + ["-addext", "keyUsage=critical,keyCertSign,cRLSign", "-out", pki / f"{name}.crt"]
    )


def _certificate(pki, name, subject, usage, names=None, authority="ca"):
    _key(pki / f"{name}.key")
    request = pki / f"{name}.csr"
    launch.helper(["openssl", "req", "-new", "-key", pki / f"{name}.key", "-subj", subject, "-out", request])
    extensions = pki / f"{name}.ext"
    lines = ["basicConstraints=critical,CA:FALSE", "keyUsage=critical,digitalSignature", f"extendedKeyUsage={usage}"]
    if names:
        lines.append(f"subjectAltName={names}")
    extensions.write_text("\n".join(lines) + "\n")
    launch.helper(
        ["openssl", "x509", "-req", "-in", request, "-CA", pki / f"{authority}.crt", "-CAkey", pki / f"{authority}.key"]
        + ["-days", DAYS, "-set_serial", f"0x{secrets.token_hex(8)}", "-extfile", extensions, "-out", pki / f"{name}.crt"]
    )
    request.unlink()
    extensions.unlink()
