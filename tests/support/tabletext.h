// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace fairlead::test {

/// The bytes of Tables and watch events as an API server writes them, for scripts below the decoder.
struct RowText {
    std::string name;
    std::string space = "team-a";
    std::string uid;
    std::string version = "1";
    std::string status = "Running"; ///< the second cell
    std::string spec = "{}";        ///< JSON, sent where whole objects are asked for

    /// The object, whole or its metadata.
    [[nodiscard]] std::string object() const;
    [[nodiscard]] std::string row() const;
};

[[nodiscard]] std::string columnsText(const std::vector<std::string> &names = {"Name", "Status"});
[[nodiscard]] std::string tableText(
    const std::vector<RowText> &rows, const std::string &version, const std::string &continueToken = {}, const std::string &columns = columnsText());
/// A line of a watch, with its line end. `type` as on the wire: ADDED.
[[nodiscard]] std::string eventText(const std::string &type, const RowText &row, const std::string &columns = "null");
/// The same of a server that does not know Tables.
[[nodiscard]] std::string plainListText(const std::vector<RowText> &rows, const std::string &version);
[[nodiscard]] std::string plainEventText(const std::string &type, const RowText &row);
[[nodiscard]] std::string bookmarkText(const std::string &version);
[[nodiscard]] std::string errorText(int code, const std::string &reason);

} // namespace fairlead::test
