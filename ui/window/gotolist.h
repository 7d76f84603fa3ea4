// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/gotomodel.h"
#include "ui/widgets/theme.h"

#include <QWidget>

#include <array>
#include <optional>

class QListView;

namespace fairlead::ui {

class Chip;
class PlainLabel;

/// What stands below the go-to field while it has the cursor: what matches, by what it is, and the keys that choose.
/// Lies over the window as its child: the cursor stays in the field.
class GoToList : public QWidget {
    Q_OBJECT

public:
    GoToList(const Theme &theme, items::GoToModel &model, QWidget *parent = nullptr);

    bool moveByKey(int key); ///< Up, Down and by pages; false: the key is none of these
    [[nodiscard]] QModelIndex current() const;
    /// All, objects, kinds, namespaces, contexts, and round again; past what there is none of.
    void nextScope(int by);
    /// As high as it needs, and `most` at the most.
    void fit(int width, int most);

Q_SIGNALS:
    void chosen(const QModelIndex &index, bool newTab);

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void countAnew();

    const Theme &m_theme;
    items::GoToModel &m_model;
    std::array<Chip *, items::GoToModel::types + 1> m_scopes{};
    PlainLabel *m_nothing;
    QListView *m_list;
    int m_most = 400;
};

} // namespace fairlead::ui
