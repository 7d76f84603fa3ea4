// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/source.h"

#include <QAbstractListModel>

#include <set>
#include <string>
#include <vector>

namespace fairlead::items {

/// The namespaces that a window may be about, to be chosen from: all, then those chosen and those used lately, then the others by name; at
/// the end what was typed, where it is none of them (a user who may not list namespaces can still name one).
///
/// Promise: only names are checkable; the last one that is unchecked means all. Names that come and go while the list is open are
/// told as rows, a new filter as a reset.
/// Thread: GUI.
class NamespaceChoice : public QAbstractListModel {
    Q_OBJECT

public:
    enum class Type { All, Name, Typed };

    enum Role {
        TypeRole = Qt::UserRole, ///< int(Type)
        NameRole,                ///< QString: the namespace, exactly; empty for all
        ChosenRole,              ///< bool
        MatchRole,               ///< QPoint: where in the text the filter is found, and how long; none: it is not
        RecentRole,              ///< bool: stands up here because it was used lately
    };

    static constexpr int longest = 63; ///< of a namespace's name (RFC 1123 label)

    explicit NamespaceChoice(QObject *parent = nullptr);

    void setNames(std::set<std::string> names);
    void setRecent(std::vector<std::string> recent);
    void setScope(const kube::Scope &scope);
    [[nodiscard]] const kube::Scope &scope() const { return m_scope; }
    void setFilter(const QString &filter);

    /// The row's namespace alone, or all.
    void chooseOnly(const QModelIndex &index);
    /// The row's namespace too, or no longer.
    void toggle(const QModelIndex &index);

    /// Where Enter goes to: the first name that the filter finds, else what was typed, else the first row.
    [[nodiscard]] int bestRow() const;
    /// Can this be a namespace's name: a label as RFC 1123 has them.
    [[nodiscard]] static bool canBeName(const QString &text);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role = Qt::EditRole) override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;

Q_SIGNALS:
    void scopeChanged(const fairlead::kube::Scope &scope); ///< by chooseOnly(), toggle() or a check box

private:
    struct Entry {
        Type type = Type::Name;
        std::string name;
        bool recent = false;

        bool operator==(const Entry &) const = default;
    };

    [[nodiscard]] std::vector<Entry> wanted() const;
    void reset();
    void take(kube::Scope scope);

    std::set<std::string> m_names;
    std::vector<std::string> m_recent;
    std::set<std::string> m_top; ///< chosen when the list was last made anew: rows do not jump under the pointer
    kube::Scope m_scope;
    QString m_filter;
    std::vector<Entry> m_rows;
};

} // namespace fairlead::items
