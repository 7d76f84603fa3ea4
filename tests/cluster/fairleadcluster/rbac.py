# SPDX-License-Identifier: GPL-3.0-or-later
"""The namespaces and rights of the users dev and viewer."""

GROUP = "rbac.authorization.k8s.io"

# RBAC can only add. So "all but secrets" names the core kinds one by one, and every other group
# by its name, the groups of the scenarios' CRDs included.
CORE = (
    "bindings componentstatuses configmaps endpoints events limitranges namespaces nodes persistentvolumeclaims"
    " persistentvolumes pods pods/log pods/status podtemplates replicationcontrollers replicationcontrollers/scale"
    " resourcequotas serviceaccounts services"
).split()
GROUPS = [
    group if "." in group or group in ("apps", "autoscaling", "batch", "extensions", "policy") else f"{group}.k8s.io"
    for group in (
        "admissionregistration apiextensions apiregistration apps authentication authorization autoscaling batch"
        " certificates coordination discovery events flowcontrol.apiserver.k8s.io internal.apiserver.k8s.io metrics"
        " networking node policy rbac.authorization.k8s.io resource scheduling storage storagemigration"
        " shop.example.com fleet.example.com"
    ).split()
]
READ = ["get", "list", "watch"]


def objects():
    """(path, manifest) in the order in which they are made."""
    for namespace in ("team-a", "team-b"):
        yield (
            f"/api/v1/namespaces/{namespace}",
            {
                "apiVersion": "v1",
                "kind": "Namespace",
                "metadata": {"name": namespace, "labels": {"team": namespace[-1]}},
            },
        )
    rules = [
        {"apiGroups": [""], "resources": CORE, "verbs": READ},
        {"apiGroups": GROUPS, "resources": ["*"], "verbs": READ},
    ]
    yield from (
        _object("clusterroles", "ClusterRole", "fairlead-viewer", rules=rules),
        _binding("clusterrolebindings", "ClusterRoleBinding", "fairlead-viewer", "viewer"),
        _binding("rolebindings", "RoleBinding", "admin", "dev", "team-a"),
    )


def _object(plural, kind, name, namespace=None, **content):
    place = f"/namespaces/{namespace}" if namespace else ""
    metadata = {"name": name}
    if namespace:
        metadata["namespace"] = namespace
    return (
        f"/apis/{GROUP}/v1{place}/{plural}/{name}",
        {"apiVersion": f"{GROUP}/v1", "kind": kind, "metadata": metadata, **content},
    )


def _binding(plural, kind, role, user, namespace=None):
    return _object(
        plural,
        kind,
        f"{user}-{role}" if namespace else role,
        namespace,
        roleRef={"apiGroup": GROUP, "kind": "ClusterRole", "name": role},
        subjects=[{"apiGroup": GROUP, "kind": "User", "name": user}],
    )
