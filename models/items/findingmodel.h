// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kinds/findings/finding.h"
#include "overview/overview.h"

#include <QAbstractItemModel>
#include <QString>

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace fairlead::items {

/// What is broken, a row each, the worst first: findings, and kinds that could not be read. Beneath each row one more, with its evidence and
/// what usually helps.
///
/// Promise: changes by the least step: a row that stays keeps its index, its place beneath the cursor and what is open.
/// Thread: GUI. Every text passed through plainText().
class FindingModel : public QAbstractItemModel {
    Q_OBJECT

public:
    using Severity = kinds::Finding::Severity;

    enum Role {
        KeyRole = Qt::UserRole, ///< QString: rule and object; the same for as long as it is found
        SeverityRole,           ///< int(Severity)
        NameRole,               ///< QString: of the object, or of the kind that could not be read
        WhereRole,              ///< QString: "Deployment  ·  shop"
        ReasonRole,             ///< QString
        EvidenceRole,           ///< QStringList
        HelpRole,               ///< QString: what usually helps
        SinceRole,              ///< qint64: milliseconds since 1970; none: nobody tells
        DetailRole,             ///< bool: the row beneath a row
    };

    explicit FindingModel(QObject *parent = nullptr);
    ~FindingModel() override;

    void show(const overview::Overview::Glance &glance);
    /// Only these; none: all.
    void setChosen(const std::set<Severity> &chosen);
    [[nodiscard]] int count(Severity severity) const; ///< whatever is chosen
    [[nodiscard]] int total() const { return int(m_all.size()); }

    /// Of a row or the one beneath it; null: a kind that could not be read.
    [[nodiscard]] const kinds::Finding *finding(const QModelIndex &index) const;
    /// Of a kind that could not be read; null: it is a finding.
    [[nodiscard]] const overview::Overview::Glance::Unread *unread(const QModelIndex &index) const;

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &child) const override;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex & = {}) const override { return 1; }
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

Q_SIGNALS:
    void countsChanged();

private:
    struct Row {
        std::string key;
        Severity severity = Severity::Broken;
        std::optional<kinds::Finding> finding;
        std::optional<overview::Overview::Glance::Unread> unread;
        std::uint64_t number = 0; ///< names the row in indexes

        [[nodiscard]] bool sameAs(const Row &other) const;
    };

    void publish();
    [[nodiscard]] const Row *row(const QModelIndex &index) const;
    [[nodiscard]] QString said(const Row &row) const;

    std::vector<Row> m_all;
    std::vector<Row> m_rows; ///< those that are chosen
    std::set<Severity> m_chosen;
    std::uint64_t m_last = 0;
};

} // namespace fairlead::items
