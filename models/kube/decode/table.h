// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "kube/decode/row.h"

#include <cstdint>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace fairlead::kube {

/// How much of each object a list or a watch carries; each level holds all of those before it.
enum class Detail {
    Cells, ///< the first page only, without a watch
    Meta,  ///< cells and metadata
    Facts, ///< and a projection whose paths the kind names
    Whole, ///< and the whole object, without managedFields
};

/// Paths of values that Facts keep of an object: JSON pointers (RFC 6901); "/spec/containers/*/resources": a list of that of each entry, or null;
/// "/spec/containers/+/env/+/valueFrom": a list of those there, however deep, empty where none is; ending in "+": of entries. One may begin another.
using Projection = std::vector<std::string>;

/// One page of a list, or one object: a metav1.Table, decoded, or what came in its place.
struct TablePage {
    std::vector<Column> columns; ///< empty in later pages and watch events of some servers: keep the last ones
    std::vector<Row> rows;
    std::string version;         ///< of the list
    std::string continueToken;   ///< empty on the last page
    std::int64_t remaining = -1; ///< remainingItemCount, -1 if not said
    bool isPlain = false;        ///< no Table came: the columns are our own, Name and Age, as kubectl shows such objects
};

/// Decodes a `kind: Table` of meta.k8s.io/v1. Thread: any; no state. Error: Code::NotKubernetes names what came.
/// A server that does not know Tables answers with a list, or the object itself: rows of a name and an age, by this machine's
/// clock as it is read. Fewer cells than columns are filled as Null, more are cut: a broken row never hides the others. Sources:
/// https://kubernetes.io/docs/reference/using-api/api-concepts/#receiving-resources-as-tables, k8s.io/cli-runtime pkg/printers
/// `knownColumns`: how many cells a row has where the text does not define columns (all but the first event of a watch).
/// `stop`: who wanted it has gone; looked at with each row. Then Code::Cancelled.
[[nodiscard]] Result<TablePage> decodeTable(
    std::string_view json, Detail detail, const Projection &projection, std::size_t knownColumns = 0, const std::stop_token &stop = {});

} // namespace fairlead::kube
