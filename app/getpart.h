// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "kube/changeset.h"
#include "kube/decode/table.h"
#include "kube/resource.h"

#include <optional>
#include <string>
#include <vector>

namespace fairlead::app {

/// One part of what `get` was asked for, with its answer: a whole list, or one object.
struct GetPart {
    kube::Resource resource;
    std::string name; ///< of an object; empty for a list

    bool answered = false; ///< something came, if only an empty list
    std::vector<kube::Column> columns;
    std::vector<kube::ItemPtr> items; ///< of a list, in the server's order
    kube::TablePage page;             ///< of an object asked for as a table
    std::string body;                 ///< of an object asked for as JSON
    std::vector<Error> errors;        ///< why it, or some of its namespaces, could not be had
};

/// In the order in which the server told of them: a store numbers its rows as they come.
void inOrderOfArrival(std::vector<kube::ItemPtr> &items);

} // namespace fairlead::app
