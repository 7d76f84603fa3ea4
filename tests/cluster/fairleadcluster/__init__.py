# SPDX-License-Identifier: GPL-3.0-or-later
"""A real Kubernetes for tests; tests/cluster/README.md tells what each command promises."""
