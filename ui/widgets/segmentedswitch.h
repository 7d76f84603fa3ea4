// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/icons.h"
#include "ui/widgets/shapes.h"
#include "ui/widgets/theme.h"

#include <QList>
#include <QWidget>

#include <optional>

class QAbstractButton;

namespace fairlead::ui {

/// One of several, side by side: Table | Tree. Icons with words, or icons alone (the words are then spoken and in the tool tip).
///
/// Tab goes to the chosen part, arrow keys choose. Each part is a radio button for a screen reader.
class SegmentedSwitch : public QWidget {
    Q_OBJECT

public:
    struct Part {
        QString text;
        std::optional<Icon> icon;
        Shape shape = Shape::None; ///< drawn instead of an icon
        QString note;              ///< small and muted behind the text
    };

    SegmentedSwitch(const Theme &theme, const QString &name, const QList<Part> &parts, QWidget *parent = nullptr);

    [[nodiscard]] int chosen() const;
    /// Without a signal.
    void choose(int part);
    void setOnlyIcons(bool only);
    void setParts(const QList<Part> &parts);
    [[nodiscard]] QAbstractButton *part(int number) const;

Q_SIGNALS:
    void chosenChanged(int part); ///< by a person

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    QList<QAbstractButton *> m_parts;
    bool m_onlyIcons = false;
};

} // namespace fairlead::ui
