// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/eventmodel.h"
#include "ui/widgets/theme.h"

#include <QWidget>

namespace fairlead::ui {

class PlainLabel;
class RowDelegate;
class TableView;

/// The events of an object as a table, newest first; the chosen one's whole message below it. Or why there are none.
class EventsView : public QWidget {
    Q_OBJECT

public:
    EventsView(const Theme &theme, items::EventModel &events, QWidget *parent = nullptr);

    void focusTable();
    void setStale(bool stale); ///< what it says may be old, and keeps no colour

protected:
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void update();
    void showChosen();
    void fit();

    const Theme &m_theme;
    items::EventModel &m_events;
    TableView *m_table;
    RowDelegate *m_delegate;
    PlainLabel *m_message;
    PlainLabel *m_chosen;
};

/// Why no event is shown; empty where there are some, or nothing is known yet.
[[nodiscard]] QString noEventsText(const items::EventModel &events);

} // namespace fairlead::ui
