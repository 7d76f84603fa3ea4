// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/controls.h"

#include <QAbstractButton>
#include <QPointer>

class QMenu;

namespace fairlead::ui {

/// A button that opens a menu, or a widget of its own kind, below itself: "Namespace payments v", "Columns v".
///
/// Space, Enter and Down open it. While it is open it looks pressed. Its accessible name is caption and text.
class DropButton : public QAbstractButton {
    Q_OBJECT

public:
    enum class Frame { Outlined, Flat };

    DropButton(const Theme &theme, Frame frame, const QString &text, QWidget *parent = nullptr);

    void setWords(const QString &text);      ///< foreign text is shown literally
    void setCaption(const QString &caption); ///< muted, before the text
    void setStrong(bool strong);             ///< the text is a name that is meant
    void showIcon(Icon icon);
    /// Before the text, how that does; `word` says it to who cannot see it.
    void showShape(Shape shape, const QString &word);
    /// The text is not drawn, only spoken and in the tool tip.
    void setOnlyIcon(bool only);
    /// Text wider than this is cut; the tool tip says the whole.
    void setMostWidth(int width);

    /// Taken: it becomes the button's. A menu pops up; any other widget is shown as a popup window below the button.
    void setMenu(QMenu *menu);
    void setPopup(QWidget *popup);
    [[nodiscard]] QMenu *menu() const;
    [[nodiscard]] QWidget *popup() const { return m_popup; } ///< the menu, or what setPopup() was given

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

public Q_SLOTS:
    void open();

Q_SIGNALS:
    /// Just before it opens: whoever fills it late does it now.
    void opening();

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void setUpPopup(QWidget *popup);
    void name();
    [[nodiscard]] ButtonLook look() const;

    const Theme &m_theme;
    ButtonLook m_look;
    QString m_shapeWord;
    QPointer<QWidget> m_popup;
    int m_mostWidth = 0;
    bool m_onlyIcon = false;
};

} // namespace fairlead::ui
