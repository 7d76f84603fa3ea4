// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "contexts/contextlist.h"
#include "contexts/reach.h"

#include <QAbstractTableModel>

#include <array>
#include <chrono>
#include <functional>
#include <map>
#include <set>
#include <vector>

namespace fairlead::items {

/// The contexts as a table, one row each, in the files' order, with what their servers told. A cell has two lines: DisplayRole and
/// SecondRole.
///
/// Promise: changes come by the least step: rows of the same name stay the same rows (selection and scroll survive), only what
/// differs is told. Both lines are whole texts, made visible by plainText(); AccessibleTextRole is both.
/// Thread: GUI. States facts; colours and shapes are the view's.
class ContextModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Name, Cluster, User, Namespace, Version, Reachable, Expires, Columns };

    /// What a row comes down to, worst first; what people filter by.
    enum class Kind {
        Failing,   ///< broken in the kubeconfig, or the server does not answer as it should
        SignIn,    ///< the server does not let us in, or we cannot sign in that way yet
        Unknown,   ///< not asked yet
        Reachable, ///< the server answers
    };
    static constexpr int kindCount = 4;

    /// Of certificate or token.
    enum class Ending { None, Later, Soon, Over };
    static constexpr std::chrono::hours soon{14 * 24};

    enum Role {
        SecondRole = Qt::UserRole, ///< QString, of the cell: its second line
        CurrentRole,               ///< bool, of the row: the kubeconfig's current-context
        OpenedRole,                ///< bool, of the row: this window's
        IdentityRole,              ///< int, of the row: which colour
        ProductionRole,            ///< bool, of the row
        StandingRole,              ///< int(contexts::Standing), of the row
        StateRole,                 ///< int(contexts::Reach::State), of the row
        CheckingRole,              ///< bool, of the row
        KindRole,                  ///< int(Kind), of the row
        EndingRole,                ///< int(Ending), of the row
        SignInRole,                ///< int(kube::SignIn::By), of the row
        ImpliedRole,               ///< bool, of the cell: its first line does not stand in the file
        PastRole,                  ///< bool, of the cell: it was told by a server that no longer answers
        ServerRole,                ///< QString, of the row: the address as it stands in the file
        PaceRole,                  ///< int(contexts::Pace), of the row: of its last round trip
        TripsRole,                 ///< QVariantList, of the row: the last checks' round trips in ms, oldest first; -1: it was not reached
        TripPacesRole,             ///< QVariantList of int(contexts::Pace), one for each of TripsRole
        WhyRole,                   ///< QString, of the row: why it is not usable, or the server's words
        RemedyRole,                ///< QString, of the row: what to do about it
        WherePlaceRole,            ///< QString, of the row: the place of the reason, in a file
    };

    explicit ContextModel(QObject *parent = nullptr);

    void setList(const contexts::ContextList &list);
    void setReach(const std::string &context, const contexts::Reach &reach);
    /// For "in 5d": what time it is. Tells of the cells that read differently now.
    void setNow(std::chrono::system_clock::time_point now);
    /// This window's context; beats the list's own `opened`.
    void setOpened(const std::string &context);

    enum class Expiring { Any, Only /**< what has ended or ends soon */ };
    /// Rows that hold each of these words somewhere (letters of either case), and are of one of the kinds, where any are named.
    void setFilter(const QString &text, const std::set<Kind> &kinds = {}, Expiring expiring = Expiring::Any);
    [[nodiscard]] int all() const { return int(m_facts.size()); } ///< rows without the filter
    /// How many of each kind there are, whatever the filter says.
    [[nodiscard]] std::array<int, std::size_t(kindCount)> counts() const;
    [[nodiscard]] int expiring() const; ///< how many have ended or end soon

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    [[nodiscard]] const contexts::ContextFacts &facts(int row) const { return m_rows[std::size_t(row)]; }
    [[nodiscard]] contexts::Reach reach(int row) const { return reachOf(facts(row).name); }
    /// The row of the context that this window is about, else of the current one, else -1.
    [[nodiscard]] int preferredRow() const;

private:
    [[nodiscard]] contexts::Reach reachOf(const std::string &context) const;
    [[nodiscard]] QString text(const contexts::ContextFacts &facts, int column) const;
    [[nodiscard]] QString secondText(const contexts::ContextFacts &facts, int column) const;
    [[nodiscard]] QString toolTip(const contexts::ContextFacts &facts, int column) const;
    [[nodiscard]] Kind kindOf(const contexts::ContextFacts &facts) const;
    [[nodiscard]] Ending endingOf(const contexts::ContextFacts &facts) const;
    [[nodiscard]] bool isShown(const contexts::ContextFacts &facts) const;
    void rebuild(bool allChanged);

    std::vector<contexts::ContextFacts> m_facts; ///< all of them
    std::vector<contexts::ContextFacts> m_rows;  ///< that the filter lets through
    std::map<std::string, contexts::Reach> m_reach;
    std::string m_opened;
    QStringList m_words;
    std::set<Kind> m_kinds;
    Expiring m_expiring = Expiring::Any;
    std::chrono::system_clock::time_point m_now;
    std::string m_home;
};

} // namespace fairlead::items
