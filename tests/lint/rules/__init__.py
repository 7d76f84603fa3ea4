# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules, by theme; each module has a list RULES."""
