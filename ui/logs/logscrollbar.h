// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "logs/logring.h"
#include "logs/logsearch.h"
#include "ui/widgets/theme.h"

#include <QScrollBar>

namespace fairlead::ui {

/// A log's scroll bar, 13 px: where the hits are (left), the errors (right), the rows of our own (across); dots at its top where older
/// lines were dropped. Costs a search a pixel, however many marks there are.
class LogScrollBar : public QScrollBar {
    Q_OBJECT

public:
    LogScrollBar(const Theme &theme, const logs::LogRing &ring, const logs::LogSearch &search, QWidget *parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    const logs::LogRing &m_ring;
    const logs::LogSearch &m_search;
};

} // namespace fairlead::ui
