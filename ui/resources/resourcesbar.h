// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kinds/kind.h"
#include "kinds/ownergraph.h"
#include "ui/widgets/theme.h"

#include <QWidget>

#include <set>
#include <string>
#include <string_view>

class QHBoxLayout;

namespace fairlead::ui {

class Chip;
class DropButton;
class PlainLabel;
class SearchField;
class SegmentedSwitch;

/// The 36 px over the rows: title and count, filter, a chip for each health with how many there are, table or tree, columns or what the tree is
/// grouped by.
///
/// Thread: GUI. Owner: the page. Where there is little room chips lose their names, worst ones last, and the switch shows icons only.
class ResourcesBar : public QWidget {
    Q_OBJECT

public:
    enum class View { Table, Tree };

    explicit ResourcesBar(const Theme &theme, QWidget *parent = nullptr);

    void setTitle(const QString &title);
    /// "1,204", or "12 of 1,204" where a filter hides some, or "500 so far".
    void setCount(const QString &count);
    /// Which chips there are; none for a kind without health.
    void setKind(const kinds::Kind &kind);
    void setCounts(const kinds::HealthCounts &counts);
    void setView(View view);
    /// Of the table: which work its rows do. Its menu, and whether it is there, are the page's.
    [[nodiscard]] DropButton &work() { return *m_work; }
    /// Of the tree: what its rows are gathered by. Its menu is the page's.
    [[nodiscard]] DropButton &groups() { return *m_groups; }
    /// "namespace"; empty: by nothing.
    void setGrouping(const QString &words);
    /// The tree has its own columns: none to choose from.
    [[nodiscard]] DropButton &columns() { return *m_columns; }
    [[nodiscard]] SearchField &filter() { return *m_filter; }
    [[nodiscard]] std::set<kinds::Health> chosen() const;
    void choose(const std::set<kinds::Health> &healths);
    // The same by name, as destinations and settings have it: "degraded,failed". What is no name is passed over.
    [[nodiscard]] std::string chosenNames() const;
    void chooseNamed(std::string_view names);

Q_SIGNALS:
    void chosenChanged(); ///< by a person
    void viewChosen(fairlead::ui::ResourcesBar::View view);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool event(QEvent *event) override;

private:
    void arrange();

    const Theme &m_theme;
    QHBoxLayout *m_row;
    PlainLabel *m_title;
    PlainLabel *m_count;
    SearchField *m_filter;
    std::vector<std::pair<kinds::Health, Chip *>> m_chips;
    SegmentedSwitch *m_view;
    DropButton *m_work;
    DropButton *m_groups;
    DropButton *m_columns;
    int m_chipsAt = 0; ///< place in the row
    int m_workWidth = 0;
};

} // namespace fairlead::ui
