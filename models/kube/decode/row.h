// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fairlead::kube {

/// One column as the server names it (metav1.TableColumnDefinition).
struct Column {
    std::string name;
    std::string type;   ///< string, integer, number, boolean, date
    std::string format; ///< "name" marks the name's column
    std::string description;
    int priority = 0; ///< 0 is always shown, above it only with "wide"

    bool operator==(const Column &) const = default;
};

enum class CellType : std::uint8_t { Text, Integer, Real, Boolean, Null, Structure };

struct Owner {
    std::string_view apiVersion;
    std::string_view kind;
    std::string_view name;
    std::string_view uid;
    bool controller = false;
};

/// A row of a Table with its object's metadata, as compact as it gets: all texts lie in one arena. Immutable once built
/// (RowBuilder, in table.cpp). Views are valid as long as the Row lives. UTF-8; may hold anything a server sent.
class Row {
public:
    Row() = default;
    Row(Row &&) noexcept = default;
    Row &operator=(Row &&) noexcept = default;
    Row(const Row &) = delete;
    Row &operator=(const Row &) = delete;

    [[nodiscard]] std::string_view name() const { return view(m_name); }
    [[nodiscard]] std::string_view space() const { return view(m_space); } ///< the namespace, empty where the kind has none
    [[nodiscard]] std::string_view uid() const { return view(m_uid); }
    [[nodiscard]] std::string_view version() const { return view(m_version); }       ///< metadata.resourceVersion
    [[nodiscard]] std::string_view apiVersion() const { return view(m_apiVersion); } ///< Whole and Facts only
    [[nodiscard]] std::string_view kind() const { return view(m_kind); }             ///< Whole and Facts only
    [[nodiscard]] std::string_view created() const { return view(m_created); }       ///< RFC 3339, as sent
    [[nodiscard]] std::string_view deleted() const { return view(m_deleted); }       ///< deletionTimestamp, empty if it is not being deleted
    [[nodiscard]] std::int64_t generation() const { return m_generation; }

    /// Fewer cells than columns are possible: a missing cell is empty.
    [[nodiscard]] std::size_t cellCount() const { return m_cells.size(); }
    [[nodiscard]] std::string_view cell(std::size_t column) const;
    [[nodiscard]] CellType cellType(std::size_t column) const;

    [[nodiscard]] std::size_t labelCount() const { return m_labels.size(); }
    [[nodiscard]] std::pair<std::string_view, std::string_view> label(std::size_t i) const;
    [[nodiscard]] std::string_view labelValue(std::string_view key) const; ///< empty if it is not there
    [[nodiscard]] std::size_t annotationCount() const { return m_annotations.size(); }
    [[nodiscard]] std::pair<std::string_view, std::string_view> annotation(std::size_t i) const;
    [[nodiscard]] std::size_t ownerCount() const { return m_owners.size(); }
    [[nodiscard]] Owner owner(std::size_t i) const;

    /// The projection's values in its order, as JSON text; empty where the object has no such field, or none was asked for.
    [[nodiscard]] std::size_t factCount() const { return m_facts.size(); }
    [[nodiscard]] std::string_view fact(std::size_t i) const;

    /// The whole object as JSON without managedFields; empty unless it was asked for.
    [[nodiscard]] std::string_view body() const { return m_body; }

    /// Bytes held, for bounds that count what things cost.
    [[nodiscard]] std::size_t cost() const;

private:
    friend class RowBuilder;
    struct Span {
        std::uint32_t begin = 0;
        std::uint32_t size = 0;
    };
    struct Cell {
        Span text;
        CellType type = CellType::Null;
    };
    struct OwnerSpans {
        Span apiVersion, kind, name, uid;
        bool controller = false;
    };
    [[nodiscard]] std::string_view view(Span span) const { return std::string_view(m_arena).substr(span.begin, span.size); }

    std::string m_arena;
    std::string m_body;
    Span m_name, m_space, m_uid, m_version, m_apiVersion, m_kind, m_created, m_deleted;
    std::int64_t m_generation = 0;
    std::vector<Cell> m_cells;
    std::vector<std::pair<Span, Span>> m_labels;
    std::vector<std::pair<Span, Span>> m_annotations;
    std::vector<OwnerSpans> m_owners;
    std::vector<Span> m_facts;
};

} // namespace fairlead::kube
