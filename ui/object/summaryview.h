// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/eventmodel.h"
#include "items/objectfeed.h"
#include "items/relatedfeed.h"
#include "ui/object/factgrid.h"
#include "ui/widgets/theme.h"

#include <QPointer>
#include <QScrollArea>
#include <QSet>
#include <QTimer>

#include <vector>

class QHBoxLayout;
class QVBoxLayout;

namespace fairlead::ui {

class Button;
class Section;

/// What there is to say of an object, in parts: what its kind says, containers, conditions, data, related objects, events, labels.
///
/// The parts stand in one, two or three columns, by the room there is. Values of secrets are masked until they are asked for, one by one.
/// Changes of the object change what differs: focus and place stay. Thread: GUI. All that is handed in outlives it.
class SummaryView : public QScrollArea {
    Q_OBJECT

public:
    SummaryView(const Theme &theme, items::EventModel &events, items::RelatedFeed &related, QWidget *parent = nullptr);

    void setFeed(items::ObjectFeed *feed); ///< null: none
    void setStale(bool stale);             ///< what it says may be old, and keeps no colour
    /// How many columns there are room for; for tests.
    [[nodiscard]] int columns() const { return m_columns; }

Q_SIGNALS:
    void wanted(const fairlead::ui::Destination &destination);
    void eventsWanted(); ///< all of them

protected:
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct Part {
        Section *section = nullptr;
        FactGrid *grid = nullptr;
    };

    [[nodiscard]] Part makePart(const QString &title);
    void layOut();
    void refresh();
    void showLines(const kinds::Summary &summary, kinds::Moment now);
    void showContainers(const kinds::Summary &summary, kinds::Moment now);
    void showConditions(const kinds::Summary &summary, kinds::Moment now);
    void showData(const kinds::Summary &summary);
    void showRelated(const kinds::Summary &summary);
    void showEvents(kinds::Moment now);
    void showPairs(Part &part, const std::vector<std::pair<std::string, std::string>> &pairs, const QString &otherwise);
    void put(Part &part, const QList<FactRow> &rows, const QString &note);

    const Theme &m_theme;
    items::EventModel &m_events;
    items::RelatedFeed &m_related;
    QPointer<items::ObjectFeed> m_feed;
    QWidget *m_body;
    QHBoxLayout *m_row;
    QList<QVBoxLayout *> m_layouts;
    Part m_lines;
    Part m_containers;
    Part m_conditions;
    Part m_data;
    Part m_relatedPart;
    Part m_eventsPart;
    Part m_labels;
    Part m_annotations;
    Button *m_reveal;
    bool m_revealed = false;
    int m_columns = 0;
    int m_side = 0;
    bool m_short = false;
    QTimer m_ages;
};

} // namespace fairlead::ui
