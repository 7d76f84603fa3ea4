// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/theme.h"

#include <QPlainTextEdit>

namespace fairlead::ui {

/// Another program's words or a command, in the fixed font on a sunken ground; can be selected and copied, not changed.
/// Shown literally, broken anywhere where a word is too long, as high as it needs up to 12 lines; beyond that it scrolls.
class Well : public QPlainTextEdit {
    Q_OBJECT

public:
    Well(const Theme &theme, const QString &text, QWidget *parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void takeColours();

    const Theme &m_theme;
};

} // namespace fairlead::ui
