// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/theme.h"

#include <QWidget>

namespace fairlead::ui {

/// Words that hang below a field while what stands in it is refused. Lies over what is below; takes no key and no click.
class ProblemBubble : public QWidget {
    Q_OBJECT

public:
    ProblemBubble(const Theme &theme, QWidget *window);

    /// `field`: in the window's coordinates.
    void say(const QString &words, const QRect &field);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    QString m_words;
};

} // namespace fairlead::ui
