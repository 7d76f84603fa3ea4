// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "overview/figures.h"
#include "ui/overview/spaceschart.h"
#include "ui/overview/used.h"

#include <QCoreApplication>
#include <QList>
#include <QStringList>

#include <vector>

namespace fairlead::ui {

class ChartCard;

/// What namespaces ask for and use, as rows of the chart and of its table twin: the largest first, by what is used where that is known. A value.
/// Thread: GUI.
class SpaceRows {
    Q_DECLARE_TR_FUNCTIONS(fairlead::ui::SpaceRows)

public:
    SpaceRows(const overview::Figures &figures, const Used &used);

    [[nodiscard]] bool isEmpty() const { return m_spaces.empty(); }
    [[nodiscard]] QList<SpacesChart::Row> chart() const; ///< at most SpacesChart::most; the rest as one
    [[nodiscard]] QStringList captions() const;
    [[nodiscard]] QList<QStringList> table() const;
    /// All of it, with what is to be said of it. `twin`: the table instead of the chart.
    void show(ChartCard &card, SpacesChart &chart, bool twin) const;

private:
    struct Space {
        QString name;
        kinds::PodResources asked;
        kinds::Amounts used;
    };
    std::vector<Space> m_spaces;
    bool m_isUsedKnown;
    QString m_note;
};

} // namespace fairlead::ui
