// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/gotomodel.h"
#include "ui/widgets/searchfield.h"

namespace fairlead::ui {

class GoToList;

/// The field in the header's middle: a name leads to a kind, a namespace, a context or an object. While it has the cursor it is wider, and
/// what matches lies below it.
///
/// Enter opens the chosen row, Ctrl+Enter in a new tab, Alt+2 to Alt+9 the rows below the first; Up and Down choose, Tab narrows to
/// one sort of thing, Esc empties the field, then gives the cursor back to where it was.
class GoToField : public SearchField {
    Q_OBJECT

public:
    static constexpr int narrow = 380; ///< logical pixels
    static constexpr int wide = 640;

    explicit GoToField(const Theme &theme, QWidget *parent = nullptr);
    ~GoToField() override;

    [[nodiscard]] items::GoToModel &model() { return m_model; }
    /// The room that it has, and where its middle would best be.
    void placeIn(int left, int right, int centre, int top);
    /// Puts the cursor there.
    void open();
    [[nodiscard]] bool isOpen() const;

Q_SIGNALS:
    void opened(); ///< now names are wanted
    void textTyped(const QString &text);
    void chosen(const fairlead::items::GoToModel::Target &target, bool newTab);

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void arrange();
    void choose(const QModelIndex &index, bool newTab);
    void giveBack();
    void showList();

    const Theme &m_theme;
    items::GoToModel m_model;
    QPointer<GoToList> m_list;
    QPointer<QWidget> m_before; ///< had the cursor
    int m_left = 0;
    int m_right = 0;
    int m_centre = 0;
    int m_top = 0;
};

} // namespace fairlead::ui
