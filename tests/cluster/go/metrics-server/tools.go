// SPDX-License-Identifier: GPL-3.0-or-later

//go:build tools

// Package tools is never built; its import keeps the program's module in go.mod.
package tools

import _ "sigs.k8s.io/metrics-server/cmd/metrics-server"
