// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/tamedchart.h"
#include "ui/overview/texttable.h"

#include <QWidget>

class QHBoxLayout;
class QStackedLayout;

namespace fairlead::ui {

class PlainLabel;
class TableView;

/// A chart under one line of heading (title, what its colours mean, a note), and its table twin in the same place. A hairline below.
class ChartCard : public QWidget {
    Q_OBJECT

public:
    /// Takes the chart. `numbers`: the first column of the twin that holds numbers.
    ChartCard(const Theme &theme, const QString &title, TamedChart *chart, int numbers, QWidget *parent = nullptr);

    struct Key {
        Ink ink = &Tokens::bad;
        QString name;
        bool operator==(const Key &) const = default;
    };
    void setTitle(const QString &title);
    void setKeys(const QList<Key> &keys);
    void setNote(const QString &note);
    /// Of columns of figures that the chart has at its right end, `wide` each.
    void setCaptions(const QStringList &captions, int wide);
    void setTwin(bool twin);
    [[nodiscard]] const QList<Key> &keys() const { return m_keys; }
    /// Where each of them stands: beside the title, or in lines of their own beneath it where that is too narrow for all.
    [[nodiscard]] QList<QRectF> keyPlaces() const;
    [[nodiscard]] TextTable &table() { return m_rows; }
    [[nodiscard]] TableView *view() const { return m_view; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    [[nodiscard]] bool keysFitTheHead() const;
    [[nodiscard]] int titleEnd() const;
    [[nodiscard]] int noteBegin() const;
    void layHead();

    const Theme &m_theme;
    TextTable m_rows;
    TamedChart *m_chart;
    TableView *m_view;
    PlainLabel *m_note;
    QStackedLayout *m_stack;
    QWidget *m_head;
    bool m_keysBelow = false;
    QList<Key> m_keys;
    QStringList m_captions;
    int m_captionWide = 0;
    bool m_twin = false;
    PlainLabel *m_title;
};

} // namespace fairlead::ui
