// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/decode/row.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace fairlead::kube {

/// Fills one Row; texts are copied into its arena. Thread: any, one at a time.
class RowBuilder {
public:
    enum class Field { Name, Space, Uid, Version, ApiVersion, Kind, Created, Deleted };

    void set(Field field, std::string_view text);
    void setGeneration(std::int64_t generation) { m_row.m_generation = generation; }
    void addCell(std::string_view text, CellType type);
    void addLabel(std::string_view key, std::string_view value);
    void addAnnotation(std::string_view key, std::string_view value);
    void addOwner(const Owner &owner);
    void addFact(std::string_view json);
    void setBody(std::string body);
    [[nodiscard]] std::string text(Field field) const; ///< of what was set
    [[nodiscard]] std::string takeBody();

    /// As many cells as columns: fewer are filled as Null, more are cut.
    [[nodiscard]] Row build(std::size_t columns);

private:
    [[nodiscard]] Row::Span keep(std::string_view text);
    [[nodiscard]] static Row::Span Row::*spanOf(Field field);

    Row m_row;
};

} // namespace fairlead::kube
