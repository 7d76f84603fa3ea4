// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace fairlead::kube {

/// One object of metrics.k8s.io, with its texts as they were written: quantities, a time, a length of time.
struct MetricsEntry {
    struct Usage {
        std::string cpu;
        std::string memory;
    };
    std::string space; ///< empty: a node
    std::string name;
    std::string timestamp;     ///< RFC 3339: when the window ended
    std::string window;        ///< as Go writes lengths of time: "15.083s"
    std::vector<Usage> usages; ///< a node's own; of a pod each container's
};

/// Reads a PodMetricsList, a NodeMetricsList (v1beta1), or a single one of their objects. What is no text where a text is due is empty; an entry
/// without a name is left out. Thread: any; no state.
/// Errors: NotKubernetes if it is anything else, or was cut.
/// Source: k8s.io/metrics/pkg/apis/metrics/v1beta1/types.go
[[nodiscard]] Result<std::vector<MetricsEntry>> decodeMetrics(std::string_view json);

} // namespace fairlead::kube
