// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/sidebarmodel.h"
#include "kinds/kind.h"
#include "kube/session.h"

#include <QObject>

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace fairlead::items {

/// How many objects there are of each of some kinds, and how many of them do badly, as cheaply as it can be known.
///
/// Promise: of a kind whose rows somebody follows anyway both are told, from those rows, and nothing is asked. Of the others the
/// number alone, by a list of one row that says how many remain: at most `parallel` requests at a time, in the background, once in
/// `interval` while active. What may not be listed has no number. A kind without health has no problems.
/// Thread: GUI; rows are judged on the pool. The session outlives it.
class KindCounts : public QObject {
    Q_OBJECT

public:
    using Problems = SideBarModel::Problems;

    static constexpr int parallel = 4;
    static constexpr Clock::Duration interval{30'000};
    static constexpr Clock::Duration lookInterval{2'000}; ///< at the rows that are followed

    explicit KindCounts(kube::Session &session, QObject *parent = nullptr);
    ~KindCounts() override;

    void setKinds(std::vector<kube::Resource> kinds);
    void setScope(const kube::Scope &scope);
    /// Whether anybody looks.
    void setActive(bool active);
    /// Looks at the rows that are followed at once: some have just come.
    void lookNow();

    [[nodiscard]] std::optional<std::int64_t> count(const std::string &qualifiedName) const;
    [[nodiscard]] std::optional<Problems> problems(const std::string &qualifiedName) const;
    /// Whether each kind has been counted or refused since the scope or the kinds were set.
    [[nodiscard]] bool isSettled() const;

Q_SIGNALS:
    void changed(const std::string &qualifiedName);
    void settled();

private:
    struct Known {
        kube::Resource resource;
        std::optional<std::int64_t> count;
        std::optional<Problems> problems;
        kube::Revision judged = 0;   ///< the rows' revision that `problems` is of
        const void *store = nullptr; ///< whose revision; compared, never used
        bool judging = false;
        bool followed = false;
        bool answered = false;
        std::int64_t sum = 0; ///< of the namespaces that have answered in this round
        int open = 0;         ///< that have not
        bool failed = false;
    };
    struct Ask {
        std::string kind;
        std::string space;
    };

    void startAnew();
    void round();
    void next();
    void ask(const Ask &ask);
    void answer(const std::string &kind, const std::optional<std::int64_t> &count);
    void look();
    void lookAt(Known &known, const kube::Store &store);
    void judge(Known &known, const kube::Store &store);
    void set(Known &known, std::optional<std::int64_t> count, std::optional<Problems> problems);
    void planLook();
    void planRound();

    kube::Session &m_session;
    Dispatcher::Number m_number;
    std::map<std::string, Known> m_known; ///< by qualified name
    kube::Scope m_scope;
    std::deque<Ask> m_waiting;
    int m_asked = 0;
    std::uint64_t m_generation = 0; ///< of scope and kinds: an answer for others finds nobody
    bool m_active = false;
    bool m_saidSettled = false;
    Clock::Timer m_round = 0;
    Clock::Timer m_look = 0;
};

} // namespace fairlead::items
