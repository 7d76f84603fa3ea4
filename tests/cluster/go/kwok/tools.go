// SPDX-License-Identifier: GPL-3.0-or-later

//go:build tools

// Package tools is never built; its imports keep the programs' modules in go.mod.
package tools

import (
	_ "sigs.k8s.io/kwok/cmd/kwok"
)
