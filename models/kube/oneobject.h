// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/reply.h"
#include "kube/decode/table.h"
#include "kube/item.h"

#include <string>

namespace fairlead::kube {

class Client;

// One object by its name, asked for once. Thread: the GUI thread, or the only thread of a command; `client` outlives the asking.
// Errors: NotFound, Forbidden, Unreachable, … and NotKubernetes for an answer that is no object.

/// The whole object as JSON, byte for byte as the server sent it, managedFields included.
[[nodiscard]] Reply<std::string> getObject(Client &client, const ObjectRef &ref);

/// The object as a page of one row with its metadata.
[[nodiscard]] Reply<TablePage> getRow(Client &client, const ObjectRef &ref);

} // namespace fairlead::kube
