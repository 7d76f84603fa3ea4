// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/item.h"
#include "kube/resource.h"
#include "ui/widgets/page.h"

#include <QObject>

#include <string>
#include <vector>

class QMenu;

namespace fairlead::ui {

/// What can be done with chosen rows that changes nothing: copies of them in several forms.
///
/// Thread: GUI. Owner: the page. Secret values are never copied by it: the object's page shows them when asked.
class RowActions : public QObject {
    Q_OBJECT

public:
    struct OfKind {
        kube::Resource resource;
        std::vector<kube::ItemPtr> items;
    };
    struct Rows {
        std::vector<OfKind> kinds; ///< of a tree's rows there may be several
        QString table;             ///< captions and cells that are shown, tabs between them

        [[nodiscard]] std::size_t size() const;
    };

    RowActions(const PageContext &context, QObject *parent);

    /// A "Copy" menu of these rows.
    void addCopies(QMenu &menu, const Rows &rows);
    void copyTable(const Rows &rows);

    /// The command that reads the same with kubectl, quoted for a shell.
    [[nodiscard]] static QString kubectlCommand(const std::string &context, const Rows &rows);

private:
    void copyNames(const Rows &rows);
    void copyYaml(const Rows &rows);

    const PageContext &m_context;
    std::uint64_t m_generation = 0; ///< of copyYaml(): a later one wins
};

} // namespace fairlead::ui
