// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/icons.h"
#include "ui/widgets/theme.h"

#include <QLineEdit>
#include <QPointer>

#include <optional>

namespace fairlead::ui {

class Button;

/// A field to filter, search or choose a name in: an icon, what to type, the key that leads here, and a cross that empties it.
///
/// Esc empties it first, and is passed on when it is empty. What was refused is said by setProblem(): a red outline, and the words below
/// the field while the cursor is in it, in the tool tip else; a screen reader hears them as the field's description.
class SearchField : public QLineEdit {
    Q_OBJECT

public:
    /// `name`: what a screen reader calls it, and the placeholder.
    SearchField(const Theme &theme, const QString &name, QWidget *parent = nullptr);

    void setShortcutHint(const QString &keys); ///< "Ctrl+F"; shown while the field is empty
    /// At the right, while there is a text: "44 of 46".
    void setResult(const QString &result);
    /// Without an icon it is a plain field.
    void showIcon(std::optional<Icon> icon);
    /// Empty: nothing is wrong.
    void setProblem(const QString &problem);
    [[nodiscard]] const QString &problem() const { return m_problem; }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void emptied(); ///< by the cross or Esc

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void moveEvent(QMoveEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void arrange();
    void empty();
    void showProblem();

    const Theme &m_theme;
    std::optional<Icon> m_icon = Icon::Search;
    QString m_hint;
    QString m_result;
    QString m_problem;
    Button *m_cross;
    QPointer<QWidget> m_bubble;
};

} // namespace fairlead::ui
