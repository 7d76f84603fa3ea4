// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "kube/decode/table.h"
#include "kube/net/transport.h"
#include "kube/source.h"

#include <cstdint>
#include <string>

namespace fairlead::kube {

/// In what form rows are asked for. Either may be answered with plain objects: decode/table.h reads both.
enum class RowForm : std::uint8_t {
    Table, ///< with the server's own columns
    Plain, ///< of a server that refuses to be asked for Tables
};

/// A list, a watch or one object as rows, asked for as kubectl asks. Thread: any; no state.
[[nodiscard]] net::Request rowRequest(net::Verb verb, std::string path, Detail detail, RowForm form, const Selector &selector = {});

/// The server refused the form (406): the same is to be asked for in plain.
[[nodiscard]] bool isRefused(RowForm form, const Error &error);

} // namespace fairlead::kube
