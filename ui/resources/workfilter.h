// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/tablemodel.h"
#include "kinds/workclass.h"

#include <QObject>

#include <set>
#include <string>
#include <string_view>

class QMenu;

namespace fairlead::ui {

class DropButton;
class ResourceTable;

/// Which rows of a table of workloads are shown: jobs, services, mixed ones. The button is there where there are several of these, or some are
/// chosen; what they are is looked at closely (facts) while their column, the menu or a choice is there.
///
/// Thread: GUI. Owner: the page; all that is handed in outlives it.
class WorkFilter : public QObject {
    Q_OBJECT

public:
    WorkFilter(DropButton &button, items::TableModel &rows, ResourceTable &table, QObject *parent = nullptr);

    /// After rows.show(). `asTable`: a tree has no such filter.
    void follow(bool asTable);

    [[nodiscard]] const std::set<kinds::Work::What> &chosen() const { return m_chosen; }
    void choose(const std::set<kinds::Work::What> &works);
    // The same by name, as destinations and settings have it: "job,mixed". What is no name is passed over.
    [[nodiscard]] std::string chosenNames() const;
    void chooseNamed(std::string_view names);

Q_SIGNALS:
    void chosenChanged(); ///< by a person

private:
    void fill();
    void update();

    DropButton &m_button;
    items::TableModel &m_rows;
    ResourceTable &m_table;
    QMenu *m_menu;
    std::set<kinds::Work::What> m_chosen;
    bool m_asTable = true;
    bool m_lookedAt = false; ///< the menu was, since follow()
};

} // namespace fairlead::ui
