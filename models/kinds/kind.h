// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kinds/cells.h"
#include "kinds/facts.h"
#include "kinds/health.h"
#include "kinds/sortkey.h"
#include "kube/decode/table.h"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fairlead::kinds {

/// What the side bar is divided into.
enum class Group : std::uint8_t { Workloads, Network, ConfigAndStorage, Access, Cluster, Custom };

/// Names a resource whatever its version; the group is empty for the core group.
struct KindKey {
    std::string_view group;
    std::string_view resource; ///< plural, as it stands in paths

    bool operator==(const KindKey &) const = default;
};

struct KindId {
    std::string_view group;
    std::string_view resource;
    std::string_view kind;

    [[nodiscard]] KindKey key() const { return {group, resource}; }
};

/// A column whose text is, or holds, a length of time that the server has written for people.
struct DurationColumn {
    enum class Grows : std::uint8_t {
        Always,    ///< counted from a moment to now: "Age"
        UntilDone, ///< until the object is healthy: the "Duration" of a job, which the server stops when it is complete, not when it failed
        Never,     ///< a length that was asked for
    };
    std::string_view column; ///< as the server names it
    Grows grows = Grows::Always;
    std::string_view fact;  ///< the time that it counts from; empty: none is held ("Age": the row's creation)
    bool bracketed = false; ///< inside the bracket of "14 (2m ago)"
};

/// A column whose cells are not compared as its declared type says.
struct SortColumn {
    std::string_view column;
    SortType type = SortType::Text;
};

/// Where an object names another one.
struct Link {
    enum class By : std::uint8_t {
        Name,      ///< the value is a name; in the object's own namespace if the target has namespaces
        Reference, ///< the value is a map with kind, name and perhaps apiVersion or apiGroup, namespace
        Labels,    ///< the value selects: a map of labels, or {matchLabels, matchExpressions}
    };
    KindKey target;        ///< empty with Reference
    std::string_view path; ///< JSON pointer, "*" is every entry of a list
    By by = By::Name;
    /// In a word or two, for people: "volume", "env". Links that say it are asked the other way round, too: who uses this?
    std::string_view how = {};
};

/// What a kind is, as data. Everything that depends on a kind stands here, and nowhere else is asked which kind it is.
/// Constant, lives as long as the program. Thread: any.
struct Kind {
    KindId id;
    Group group = Group::Custom;
    std::string_view title; ///< the plural as people say it, "Volume claims"; empty for a kind that the registry does not know
    std::string_view icon;  ///< ui's icon of this name
    std::span<const Fact> facts;
    std::span<const DurationColumn> durations;
    std::span<const SortColumn> sorts;
    /// Columns that the server calls wide and people ask for all the same: shown unless somebody has hidden them.
    std::span<const std::string_view> shownWide;
    /// None: nothing can be told of this object by that. A null function: this form does not exist.
    std::optional<Health> (*healthOfCells)(const Cells &cells) = nullptr;
    std::optional<Health> (*healthOfFacts)(const Facts &facts) = nullptr;
    /// For kinds whose columns are anybody's: whether cells of these say anything of health. Null: they do wherever healthOfCells is.
    bool (*cellsTell)(const std::vector<kube::Column> &columns) = nullptr;
    /// The kind's own word for each Health, in its order.
    std::array<std::string_view, healthCount> words = {"Healthy", "Progressing", "Degraded", "Failed", "Idle", "Unknown"};
    std::span<const KindKey> owns; ///< what its objects make and own
    std::span<const Link> uses;
    std::string_view podSpec; ///< JSON pointer of the pod's spec in it, whose links are those of every pod; empty: none

    /// Config maps, secrets, roles have no health at all: no shape is drawn for them, no chip.
    [[nodiscard]] bool hasHealth() const { return healthOfCells || healthOfFacts; }
    /// Only facts say how its objects do: for a table of some hundred rows they are worth their price, for one of many thousand they are not.
    [[nodiscard]] bool needsFacts(const std::vector<kube::Column> &columns) const;
    /// Runs containers itself: its own spec is the pod's.
    [[nodiscard]] bool hasLogs() const { return podSpec == "/spec"; }
    [[nodiscard]] std::string_view word(Health health) const { return words[static_cast<std::size_t>(health)]; }
    /// For a store of this kind: the paths of `facts`, then of its links (`uses`, then those of its pod's spec), then of its podSpecFacts().
    [[nodiscard]] kube::Projection projection() const;
    /// Whether a row was read with that projection.
    [[nodiscard]] bool holdsFacts(const kube::Row &row) const;
    /// From facts where the row holds them, else from cells. None: no health, or nothing can be told.
    [[nodiscard]] std::optional<Health> health(const std::vector<kube::Column> &columns, const kube::Row &row) const;
    [[nodiscard]] const DurationColumn *duration(std::string_view column) const; ///< null if it is none
    /// The cell of a row as the server would write it now: lengths of time go on, from the moment that they count from where metadata or
    /// facts hold it, else from what the server said at `receivedAt`. Every other cell as it is.
    [[nodiscard]] std::string textNow(
        const std::vector<kube::Column> &columns, std::size_t column, const kube::Row &row, Moment receivedAt, Moment now) const;
    /// How to compare a column: as the kind says, as all kinds say ("Age"), as its declared type says, else as text.
    [[nodiscard]] SortType sortType(const kube::Column &column) const;
};

/// Side bar titles: "Config and storage".
[[nodiscard]] std::string_view title(Group group);

} // namespace fairlead::kinds
