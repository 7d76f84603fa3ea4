// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "contexts/contextlist.h"
#include "contexts/reach.h"

#include <QString>

#include <chrono>
#include <string>

namespace fairlead::items {

// The few words that a row of the contexts has room for. Pure; foreign parts have gone through plainText().

/// "client certificate", "token in the file", "exec kubelogin (not yet)".
[[nodiscard]] QString signInWords(const kube::SignIn &signIn);
/// How the server did: "12 ms", "No answer", "Checking…".
[[nodiscard]] QString reachWords(const contexts::ContextFacts &facts, const contexts::Reach &reach);
/// From when that is, or what is odd about it: "checked 14:02:11", "since 13:12", "slow: 3x the usual".
[[nodiscard]] QString sinceWords(const contexts::ContextFacts &facts, const contexts::Reach &reach);
/// The last checks, oldest first: "Round trips of the last 4 checks: 12, 13, –, 12 ms."; empty where there were none.
[[nodiscard]] QString tripWords(const contexts::Reach &reach);
/// "v1.33.6-gke.1100" as "1.33.6", and what its maker adds: "gke.1100".
[[nodiscard]] QString versionWords(const std::string &version);
[[nodiscard]] QString versionSuffix(const std::string &version);
/// What it is that ends: "certificate", "token", "expired".
[[nodiscard]] QString endingWords(const kube::SignIn &signIn, bool over);
/// "2026-11-24 14:02:11 CET, 13:02:11 UTC".
[[nodiscard]] QString momentWords(std::chrono::system_clock::time_point moment);

} // namespace fairlead::items
