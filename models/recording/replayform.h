// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/age.h"
#include "kube/net/transport.h"
#include "recording/entry.h"
#include "recording/resourcestate.h"
#include "recording/timecolumns.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fairlead::recording {

/// In what form rows are answered, made of what a request accepts, and the bodies in that form, as a server writes them.
/// Thread: any, immutable. Source: https://kubernetes.io/docs/reference/using-api/api-concepts/#receiving-resources-as-tables
class ReplayForm {
public:
    enum class Kind : std::uint8_t { Table, Metadata, Plain };
    enum class Include : std::uint8_t { None, Metadata, Object };

    /// None: 406. A resource without columns was recorded of a server that gives no Tables of it.
    [[nodiscard]] static std::optional<ReplayForm> of(const net::Request &request, const Stream &resource, std::string_view columns);

    struct Page {
        std::string version;
        std::string continueToken;
        std::size_t remaining = 0;
        std::vector<const StateRow *> rows;
    };
    /// `now`: the moment of the recording that ages are told by.
    [[nodiscard]] std::string list(const Page &page, Moment now) const;
    [[nodiscard]] std::string object(const StateRow &row, Moment now) const;
    /// With its line end. `isFirst`: the first line of a stream defines the columns.
    [[nodiscard]] std::string event(EventKind kind, const StateRow &row, Moment now, bool isFirst) const;
    [[nodiscard]] std::string bookmark(std::string_view version) const;

private:
    [[nodiscard]] std::string row(const StateRow &row, Moment now) const;
    [[nodiscard]] std::string table(std::string_view metadata, std::string_view columns, std::string_view rows) const;
    [[nodiscard]] std::string element(const StateRow &row) const;

    Kind m_kind = Kind::Plain;
    Include m_include = Include::Metadata;
    std::string m_columns;
    TimeColumns m_times;
    std::string m_kindName;
    std::string m_apiVersion;
};

/// A `kind: Status` of a refusal.
[[nodiscard]] std::string statusText(int code, std::string_view reason, std::string_view message);
/// The line that ends a watch whose version is no longer kept.
[[nodiscard]] std::string goneLine();
/// Of a request's query; empty where it has none.
[[nodiscard]] std::string queryValue(const net::Request &request, std::string_view key);

} // namespace fairlead::recording
