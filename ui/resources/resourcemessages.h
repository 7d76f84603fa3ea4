// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/ownertreesources.h"
#include "items/tablestanding.h"
#include "kube/resource.h"
#include "kube/source.h"
#include "ui/widgets/messagepanel.h"

#include <QCoreApplication>

#include <set>
#include <string>
#include <vector>

namespace fairlead::items {
class RowOrderModel;
}

namespace fairlead::ui {

/// What stands where the rows would stand, in words. Pure; every foreign text is made visible.
class ResourceMessages {
    Q_DECLARE_TR_FUNCTIONS(fairlead::ui::ResourceMessages)

public:
    enum class Action { ShowAllNamespaces, ClearFilter, Retry, ShowNamespace };
    struct Said {
        Message message;
        struct Offer {
            Action action = Action::Retry;
            std::string space; ///< of ShowNamespace
        };
        QList<Offer> offers; ///< as Message::actions
    };

    /// What the rows are.
    struct Subject {
        QString kinds; ///< "pods", as a sentence has it
        bool namespaced = true;
        kube::Scope scope;
        std::size_t rows = 0; ///< of the store, whatever the filter
        QString filter;       ///< as typed
        bool states = false;  ///< chips hide rows too
        Icon icon = Icon::Custom;
        std::set<std::string> allowed; ///< namespaces in which they may be listed, as far as that is known
        Clock::TimePoint since;        ///< of the failure
        std::optional<Clock::TimePoint> nextTry;
        Clock::TimePoint now;
    };

    /// For all but Loading and Content.
    [[nodiscard]] static Said of(const items::TableStanding &standing, const Subject &subject);
    /// Instead of all of it: what was typed is no kind of this cluster.
    [[nodiscard]] static Said unknownKind(const std::string &typed, const Error &error, Icon icon);
    /// Over rows without word: why, since when, and when it is tried again.
    [[nodiscard]] static QString staleSentence(const kube::State &state, const Subject &subject);
    [[nodiscard]] static QString staleText(const kube::State &state, Clock::TimePoint now);
    /// Over a tree of which some kinds could not be read (at least one): which, and what that means.
    /// For the status line: "sorted by STATUS, worst first"; empty: by nothing.
    [[nodiscard]] static QString sortedBy(const items::RowOrderModel &rows);
    [[nodiscard]] static QString missingSentence(const std::vector<items::OwnerTreeSources::Missing> &missing);
    [[nodiscard]] static QString missingText(const std::vector<items::OwnerTreeSources::Missing> &missing);
    /// "Pods" as it stands in a sentence: "pods", but "CSIDrivers".
    [[nodiscard]] static QString inSentence(QString kinds);
    /// "in namespace team-a", "in 3 namespaces", "in all namespaces".
    [[nodiscard]] static QString where(const Subject &subject);

private:
    static Said noObjects(const Subject &subject);
    static Said filtered(const Subject &subject);
    static Said noRight(const items::TableStanding &standing, const Subject &subject);
    static Said failed(const items::TableStanding &standing, const Subject &subject);
    static Said ended(const items::TableStanding &standing, const Subject &subject);
};

} // namespace fairlead::ui
