// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/detailpane.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/shapes.h"
#include "ui/widgets/theme.h"

#include <QWidget>

class QHBoxLayout;

namespace fairlead::ui {

class Button;
class DetailTabs;
class PlainLabel;

/// The top of an object: its state's shape, its kind's icon, its name with the made-up tail muted, kind and namespace, the tabs, and what can be
/// done with the pane. Tabs stand beside the name where there is room, else below it.
class ObjectHeader : public QWidget {
    Q_OBJECT

public:
    enum class Buttons { Page, Pane };

    ObjectHeader(const Theme &theme, DetailTabs *tabs, Buttons buttons, QWidget *parent = nullptr);

    void say(Shape shape, const QString &word, Icon icon, const QString &stem, const QString &tail, const QString &where);
    void setStale(bool stale); ///< the state may be old, and keeps no colour
    void setDock(DetailPane::Dock dock);

Q_SIGNALS:
    void openWanted(); ///< in a tab of its own
    void closeWanted();
    void dockWanted(fairlead::ui::DetailPane::Dock dock);
    void copyNameWanted();
    void copyCommandWanted();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void layOut();
    [[nodiscard]] qreal nameWidth() const;

    const Theme &m_theme;
    DetailTabs *m_tabs;
    QWidget *m_buttons;
    Button *m_dockButton = nullptr;
    DetailPane::Dock m_dock = DetailPane::Dock::Below;
    Shape m_shape = Shape::None;
    Icon m_icon = Icon::Custom;
    QString m_stem;
    QString m_tail;
    QString m_where;
    QString m_word;
    bool m_twoLines = false;
    bool m_stale = false;
    qreal m_nameRoom = 0;
};

} // namespace fairlead::ui
