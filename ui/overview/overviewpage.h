// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/findingmodel.h"
#include "overview/overview.h"
#include "ui/overview/findingdetail.h"
#include "ui/overview/historycharts.h"
#include "ui/overview/used.h"
#include "ui/widgets/page.h"

#include <array>

class QHBoxLayout;
class QVBoxLayout;

namespace fairlead::ui {

class Banner;
class CapacityView;
class ChartCard;
class Chip;
class FindingsView;
class HealthyView;
class MessagePanel;
class PageHeader;
class PlaceholderRows;
class PlainLabel;
class SegmentedSwitch;
class SpacesChart;
class TileBar;

/// One cluster at a glance: six tiles, what is broken, charts. Enter goes to the object, L to its log; a part of a tile to the rows it counts.
///
/// Thread: GUI. Owner: the window's tabs. Figures and findings are worked out only while the page is seen.
class OverviewPage : public Page {
    Q_OBJECT

public:
    OverviewPage(const PageContext &context, const Destination &destination);
    ~OverviewPage() override;

    [[nodiscard]] QString title() const override { return tr("Overview"); }
    [[nodiscard]] Icon icon() const override { return Icon::Overview; }
    [[nodiscard]] Destination destination() const override { return {.page = "overview"}; }
    bool goTo(const Destination &) override { return true; }
    void setScope(const kube::Scope &scope) override;
    [[nodiscard]] bool isComplete() const override;
    [[nodiscard]] std::optional<Error> failure() const override { return m_overview.failure(); }
    [[nodiscard]] QString statusText() const override;
    void reload() override { m_overview.retry(); }
    [[nodiscard]] std::optional<kube::State> freshness() const override { return m_overview.state(); }
    [[nodiscard]] const overview::Overview &overview() const { return m_overview; }

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void update();
    void showCharts();
    void showSpaces();
    void showTiles();
    void showUsed();
    void showHeader();
    void showFailure();
    void showStale();
    void layBody();
    void planSecond();
    void chooseTwin(bool twin);
    void chooseRange(int range);
    void chooseSeverities();
    void go(const QModelIndex &finding, FindingDetail::Go where);
    void showPart(const QString &target);
    void showRows(const std::string &kind, const std::string &states);
    [[nodiscard]] Moment now() const;
    [[nodiscard]] QWidget *makeBody();
    [[nodiscard]] QWidget *makeFindingsHead();

    const PageContext m_context;
    overview::Overview m_overview;
    metrics::UsageFeed m_usage;
    Used m_used;
    items::FindingModel m_findings;
    bool m_wasComplete = false;
    bool m_twin = false;
    Clock::Timer m_seconds = 0; ///< texts that count seconds

    PageHeader *m_header;
    PlainLabel *m_updated;
    SegmentedSwitch *m_ranges;
    SegmentedSwitch *m_switch;
    Banner *m_stale;
    TileBar *m_tiles;
    QWidget *m_body = nullptr;
    QWidget *m_findingsHead = nullptr;
    PlainLabel *m_count = nullptr;
    std::array<Chip *, 3> m_chips{};
    FindingsView *m_view;
    HealthyView *m_healthy;
    PlaceholderRows *m_loading;
    QWidget *m_capacityHead = nullptr;
    PlainLabel *m_capacityNote = nullptr;
    CapacityView *m_capacity;
    SpacesChart *m_spaces;
    HistoryCharts m_events;
    ChartCard *m_spacesCard;
    QWidget *m_charts = nullptr;
    MessagePanel *m_message;
};

} // namespace fairlead::ui
