// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kinds/containers.h"
#include "kinds/health.h"
#include "kinds/kind.h"
#include "kinds/kinds.h"
#include "kinds/problem.h"
#include "kinds/selector.h"
#include "kube/decode/json.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fairlead::kinds {

/// How the value at a field's path becomes words.
enum class Format : std::uint8_t {
    Text,    ///< texts, numbers as they stand; several are put in a row
    Time,    ///< RFC 3339
    Seconds, ///< a number of seconds as a length of time
    Flag,    ///< true is "yes", false "no"
    Count,   ///< how many entries a list or map has
    Pairs,   ///< a map as "key=value", a selector's expressions after it
    Of,      ///< "2 of 3": this of the number at `of`; not there counts as 0
    Ports,   ///< maps with name, port, targetPort, nodePort, protocol: "http 80 to 8080"
    Name,    ///< the name of an object of `target`
    Kinded,  ///< a reference: a map with kind and name
};

/// One line of a kind's summary: data.
struct SummaryField {
    std::string_view label;
    std::string_view path; ///< JSON pointer, "*" is every entry of a list
    Format format = Format::Text;
    std::string_view of = {}; ///< of Of: the whole; of Text: a value to be put behind it, "of 3"; of Name: the namespace of the target
    KindKey target = {};      ///< of Format::Name
};

/// What an object's page is told by its kind.
struct SummaryKind {
    KindKey kind;
    std::span<const SummaryField> fields;
    /// JSON pointers of values that are not to be seen unless they are asked for.
    std::span<const std::string_view> secrets = {};
    /// Its events name it by its name: their involvedObject.uid is not its uid.
    bool eventsByName = false;
};

/// Null: no entry. Constant, lives as long as the program.
[[nodiscard]] const SummaryKind *summaryKind(const Kind &kind);
/// SummaryKind::secrets of the kind, empty where it has none.
[[nodiscard]] std::span<const std::string_view> secretPaths(const Kind &kind);

/// A line of a summary: what a field of the table has become.
struct SummaryLine {
    std::string label;
    std::string text;                ///< empty where `moment` says it
    std::optional<Moment> moment;    ///< of Format::Time
    std::optional<Reference> target; ///< where it leads

    bool operator==(const SummaryLine &) const = default;
};

struct ConditionLine {
    std::string type;
    std::string status;
    std::string reason;
    std::string message;
    std::optional<Moment> since;
    std::optional<Health> health; ///< none: nobody has agreed on what it means

    bool operator==(const ConditionLine &) const = default;
};

/// An entry of a config map's or secret's data.
struct DataLine {
    std::string key;
    std::string value;     ///< decoded; empty where it is no text
    std::size_t bytes = 0; ///< decoded
    bool binary = false;   ///< no text
    bool secret = false;   ///< to be masked until asked for

    bool operator==(const DataLine &) const = default;
};

/// What there is to say of one object, computed from the whole of it. A value; all texts are foreign.
struct Summary {
    std::string apiVersion;
    std::string kind;
    std::string name;
    std::string space;
    std::string uid;
    std::optional<Moment> created;
    std::optional<Moment> deleted; ///< it is being deleted, since
    std::vector<SummaryLine> lines;
    std::vector<Container> containers;
    std::vector<ConditionLine> conditions;
    std::vector<DataLine> data;
    std::vector<std::pair<std::string, std::string>> labels;
    Labels selector; ///< of what makes pods: what they all bear; empty where expressions say more than labels
    std::vector<std::pair<std::string, std::string>> annotations; ///< without the last applied configuration
    std::vector<Reference> owners;                                ///< the controller first
    std::vector<Reference> uses;                                  ///< references() without those that are lines already
    std::vector<Problem> problems;
};

/// Of any kind: what its table names, or, for kinds without one, the plain values right below its spec and status.
/// `object`: the whole object. Values of `secrets` are in `data` only, and marked. Thread: any. Cost: in proportion to the object.
[[nodiscard]] Summary summarize(const Kind &kind, const kube::Json &object);

/// As a sentence's word: "readyReplicas" is "Ready replicas", "clusterIP" "Cluster IP", "podCIDRs" "Pod CIDRs".
[[nodiscard]] std::string labelOf(std::string_view member);

} // namespace fairlead::kinds
