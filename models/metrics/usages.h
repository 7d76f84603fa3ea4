// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/age.h"
#include "kinds/podresources.h"
#include "kube/decode/metricslist.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace fairlead::metrics {

/// What one object used in a window of time. Whole numbers, so that sums round as kubectl's do.
struct Usage {
    std::int64_t nanoCores = 0;
    std::int64_t bytes = 0;
    Moment at;                           ///< the window's end; the server's clock
    std::chrono::milliseconds window{0}; ///< 0: not told

    [[nodiscard]] kinds::Amounts amounts() const { return {double(nanoCores) * 1e-9, double(bytes)}; }
    bool operator==(const Usage &) const = default;
};

/// What the objects of one kind used, as one answer of metrics.k8s.io says it. What stands in no entry is not known, which is not zero: a pod that
/// has just begun or has ended, a node that nobody could ask. An entry whose quantities are absurd (negative, no number, more than any machine
/// has) is left out. Immutable where it is shared. Thread: any.
class Usages {
public:
    Usages() = default;
    explicit Usages(const std::vector<kube::MetricsEntry> &entries);

    void add(Usages &&other); ///< of other namespaces

    /// Null: not known. Nodes have no namespace.
    [[nodiscard]] const Usage *of(std::string_view space, std::string_view name) const;
    [[nodiscard]] std::size_t size() const { return m_all.size(); }
    [[nodiscard]] kinds::Amounts total() const;
    [[nodiscard]] std::map<std::string, kinds::Amounts, std::less<>> bySpace() const;
    /// The longest window of all: how often there is something new. 0: none was told.
    [[nodiscard]] std::chrono::milliseconds window() const;
    /// When the newest window ended; none: nothing is known.
    [[nodiscard]] std::optional<Moment> newest() const;

private:
    struct Key {
        std::string space;
        std::string name;
        bool operator==(const Key &) const = default;
    };
    struct Hash {
        std::size_t operator()(const Key &key) const { return std::hash<std::string>()(key.space) * 31 + std::hash<std::string>()(key.name); }
    };
    std::unordered_map<Key, Usage, Hash> m_all;
};
using UsagesPtr = std::shared_ptr<const Usages>;

/// As `kubectl top` says it: "12m", rounded up; "34Mi", rounded down.
/// Source: k8s.io/kubectl/pkg/metricsutil/metrics_printer.go
[[nodiscard]] std::string cpuText(std::int64_t nanoCores);
[[nodiscard]] std::string memoryText(std::int64_t bytes);

/// "15.083s", "1m0s"; none for all else.
[[nodiscard]] std::optional<std::chrono::milliseconds> parseWindow(std::string_view text);

} // namespace fairlead::metrics
