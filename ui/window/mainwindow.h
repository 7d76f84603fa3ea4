// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "contexts/contextlist.h"
#include "ui/widgets/theme.h"

#include <QWidget>

namespace fairlead::ui {

class ClustersPage;
class ContextBand;
class HeaderBar;
class StatusLine;

/// The window: band, header, the page, status line. Side bar and tabs join round the page when there is more than one.
///
/// Thread: GUI. Owner: run. `theme` outlives it.
class MainWindow : public QWidget {
    Q_OBJECT

public:
    static constexpr int leastWidth = 480; ///< logical pixels
    static constexpr int leastHeight = 320;

    explicit MainWindow(const Theme &theme, QWidget *parent = nullptr);

    /// May be called again.
    void setList(const contexts::ContextList &list);

private:
    [[nodiscard]] QStringList contentFacts(const contexts::ContextList &list) const;
    [[nodiscard]] QString rightOfStatus(const contexts::ContextList &list) const;

    ContextBand *m_band;
    HeaderBar *m_header;
    ClustersPage *m_clusters;
    StatusLine *m_status;
};

} // namespace fairlead::ui
