// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/overview/overviewpage.h"

#include "base/platform/zonefile.h"
#include "items/plaintext.h"
#include "kinds/kinds.h"
#include "kinds/usage.h"
#include "ui/overview/capacityview.h"
#include "ui/overview/chartcard.h"
#include "ui/overview/findingsview.h"
#include "ui/overview/healthyview.h"
#include "ui/overview/spacerows.h"
#include "ui/overview/spaceschart.h"
#include "ui/overview/tilebar.h"
#include "ui/overview/tiles.h"
#include "ui/widgets/words.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/mark.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/messagepanel.h"
#include "ui/widgets/pageheader.h"
#include "ui/widgets/placeholderrows.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/segmentedswitch.h"
#include "ui/widgets/text.h"

#include <QCursor>
#include <QHBoxLayout>
#include <QJsonValue>
#include <QKeyEvent>
#include <QMenu>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>
#include <functional>
#include <numeric>

namespace fairlead::ui {

using kinds::Finding;

namespace {

constexpr int headHigh = 34;
constexpr int roomForCapacity = 700; // of the left part: below that all of it is the findings'
const QString twinKey = QStringLiteral("overview/twin");
const QString rangeKey = QStringLiteral("overview/range");

/// What `get` takes.
std::string kindOf(const kinds::FoundObject &object)
{
    const std::size_t slash = object.apiVersion.find('/');
    const std::string group = slash == std::string::npos ? std::string() : object.apiVersion.substr(0, slash);
    const kinds::Kind *const known = kinds::kindNamed(group, object.kind);
    if (known == nullptr)
        return group.empty() ? object.kind : object.kind + "." + group;
    return std::string(known->id.resource) + (group.empty() ? "" : "." + group);
}

} // namespace

OverviewPage::OverviewPage(const PageContext &context, const Destination &)
    : m_context(context)
    , m_overview(*context.cluster->session, platform::readZoneFile)
    , m_usage(context.cluster->session->client(), context.cluster->session->discovery(), context.cluster->session->clock())
    , m_header(new PageHeader(context.theme, title()))
    , m_updated(new PlainLabel(context.theme, FontRole::Small, &Tokens::muted, Shaping::Exact))
    , m_ranges(new SegmentedSwitch(context.theme, tr("How far back charts look"), HistoryCharts::ranges()))
    , m_switch(new SegmentedSwitch(context.theme, tr("Charts or tables"), {{tr("Charts"), Icon::Chart}, {tr("Tables"), Icon::Table}}))
    , m_stale(new Banner(context.theme))
    , m_tiles(new TileBar(context.theme))
    , m_view(new FindingsView(context.theme, m_findings))
    , m_healthy(new HealthyView(context.theme))
    , m_loading(new PlaceholderRows(context.theme))
    , m_capacity(new CapacityView(context.theme))
    , m_spaces(new SpacesChart(context.theme))
    , m_events(context.theme)
    , m_spacesCard(new ChartCard(context.theme, tr("CPU requested by namespace"), m_spaces, 1))
    , m_message(new MessagePanel(context.theme))
{
    m_header->addStretch();
    m_header->add(m_updated);
    m_header->addSpacing(measure::margin);
    m_header->add(m_ranges);
    m_header->addSpacing(measure::between);
    m_header->add(m_switch);
    m_switch->setOnlyIcons(true);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    outer->addWidget(m_header);
    outer->addWidget(m_stale);
    outer->addWidget(m_tiles);
    outer->addWidget(makeBody(), 1);
    outer->addWidget(m_message, 1);
    m_stale->hide();
    m_message->hide();
    showTiles();

    connect(m_ranges, &SegmentedSwitch::chosenChanged, this, &OverviewPage::chooseRange);
    connect(m_switch, &SegmentedSwitch::chosenChanged, this, [this](int part) { chooseTwin(part == 1); });
    connect(m_tiles, &TileBar::partChosen, this, &OverviewPage::showPart);
    connect(m_view, &FindingsView::goWanted, this, &OverviewPage::go);
    connect(m_capacity, &CapacityView::nodeWanted, this,
        [this](const std::string &name) { Q_EMIT wanted({.page = "object", .kind = "nodes", .name = name}); });
    connect(m_stale, &Banner::acted, this, &OverviewPage::reload);
    connect(m_message, &MessagePanel::acted, this, &OverviewPage::reload);
    connect(&m_overview, &overview::Overview::changed, this, &OverviewPage::update);
    connect(&m_overview, &overview::Overview::stateChanged, this, [this] {
        showStale();
        Q_EMIT statusChanged();
    });
    chooseTwin(context.settings.value(twinKey).toBool());
    chooseRange(context.settings.value(rangeKey).toInt());
    connect(&m_usage, &metrics::UsageFeed::changed, this, &OverviewPage::showUsed);
    setScope(context.scope);
    setFocusProxy(m_view);
}

void OverviewPage::setScope(const kube::Scope &scope)
{
    m_overview.setScope(scope);
    m_usage.watch(*kinds::usageKindOf("", "pods"), scope);
    m_used = {};
    m_used.take(m_usage);
}

OverviewPage::~OverviewPage()
{
    m_context.cluster->session->clock().cancel(m_seconds);
}

QWidget *OverviewPage::makeFindingsHead()
{
    auto *head = new QWidget;
    head->setFixedHeight(headHigh);
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(measure::margin, 0, measure::margin, 0);
    row->setSpacing(measure::between);
    auto *heading = new PlainLabel(m_context.theme, FontRole::Title, &Tokens::text);
    heading->setLine(tr("What is broken"));
    m_count = new PlainLabel(m_context.theme, FontRole::Body, &Tokens::muted, Shaping::Exact);
    row->addWidget(heading);
    row->addWidget(m_count);
    row->addSpacing(measure::inside);
    const std::array names = {tr("Broken"), tr("At risk"), tr("Could not look")};
    constexpr std::array shapes = {Shape::Bad, Shape::Warn, Shape::Unknown};
    for (std::size_t i = 0; i < m_chips.size(); ++i) {
        m_chips[i] = new Chip(m_context.theme, shapes[i], names[i]);
        connect(m_chips[i], &QAbstractButton::toggled, this, &OverviewPage::chooseSeverities);
        row->addWidget(m_chips[i]);
    }
    row->addStretch(1);
    return head;
}

QWidget *OverviewPage::makeBody()
{
    const Theme &theme = m_context.theme;
    m_body = new QWidget;
    auto *sides = new QHBoxLayout(m_body);
    sides->setContentsMargins(0, 0, 0, 0);
    sides->setSpacing(0);

    auto *left = new QWidget;
    auto *column = new QVBoxLayout(left);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_findingsHead = makeFindingsHead();
    column->addWidget(m_findingsHead);
    auto *line = Mark::hairline(theme);
    column->addWidget(line);
    column->addWidget(m_view, 3);
    column->addWidget(m_loading, 3);
    column->addWidget(m_healthy);
    m_capacityHead = new QWidget;
    auto *block = new QVBoxLayout(m_capacityHead);
    block->setContentsMargins(0, 0, 0, 0);
    block->setSpacing(0);
    block->addWidget(Mark::hairline(theme));
    auto *row = new QHBoxLayout;
    row->setContentsMargins(measure::margin, 0, measure::margin, 0);
    row->setSpacing(measure::between);
    auto *heading = new PlainLabel(theme, FontRole::Bold, &Tokens::text);
    heading->setLine(tr("Capacity"));
    heading->setMinimumHeight(30);
    m_capacityNote = new PlainLabel(theme, FontRole::Small, &Tokens::muted, Shaping::Exact);
    row->addWidget(heading);
    row->addWidget(m_capacityNote);
    row->addStretch(1);
    block->addLayout(row);
    block->addWidget(Mark::hairline(theme));
    column->addWidget(m_capacityHead);
    column->addWidget(m_capacity, 2);
    sides->addWidget(left, 2);

    auto *between = Mark::hairline(theme);
    between->setFixedWidth(1);
    between->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    between->setMaximumHeight(QWIDGETSIZE_MAX);
    between->setMinimumHeight(0);
    sides->addWidget(between);

    m_charts = new QWidget;
    auto *charts = new QVBoxLayout(m_charts);
    charts->setContentsMargins(0, 0, 0, 0);
    charts->setSpacing(0);
    charts->addWidget(m_events.warnings(), 10);
    charts->addWidget(m_events.restarts(), 9);
    charts->addWidget(m_spacesCard, 14);
    sides->addWidget(m_charts, 1);
    m_loading->begin();
    connect(m_loading, &PlaceholderRows::shown, m_view, &QWidget::hide);
    m_healthy->hide();
    m_capacityHead->hide();
    m_capacity->hide();
    return m_body;
}

Moment OverviewPage::now() const
{
    return std::chrono::floor<std::chrono::milliseconds>(m_context.cluster->session->clock().now());
}

void OverviewPage::chooseTwin(bool twin)
{
    m_twin = twin;
    m_switch->choose(twin ? 1 : 0);
    m_context.settings.set(twinKey, twin);
    m_tiles->setTwin(twin);
    m_events.setTwin(twin);
    m_spacesCard->setTwin(twin);
    if (m_overview.glance() != nullptr)
        showCharts();
}

void OverviewPage::chooseRange(int range)
{
    m_events.setRange(range);
    m_ranges->choose(m_events.range());
    m_context.settings.set(rangeKey, m_events.range());
    if (m_overview.glance() != nullptr)
        showCharts();
}

void OverviewPage::chooseSeverities()
{
    std::set<Finding::Severity> chosen;
    for (std::size_t i = 0; i < m_chips.size(); ++i) {
        if (m_chips[i]->isChecked())
            chosen.insert(Finding::Severity(i));
    }
    m_findings.setChosen(chosen);
}

void OverviewPage::update()
{
    const auto *glance = m_overview.glance();
    const bool failed = m_overview.failure().has_value();
    m_message->setVisible(failed);
    m_tiles->setVisible(!failed);
    m_body->setVisible(!failed);
    if (failed) {
        showFailure();
    } else if (glance != nullptr) {
        showTiles();
        m_view->setNow(glance->at);
        m_findings.show(*glance);
        for (std::size_t i = 0; i < m_chips.size(); ++i) {
            const int count = m_findings.count(Finding::Severity(i));
            m_chips[i]->setCount(count);
            m_chips[i]->setVisible(count > 0 || m_chips[i]->isChecked());
        }
        m_count->setLine(grouped(m_findings.total()));
        m_healthy->show(*glance);
        m_capacity->show(glance->figures.nodeUses);
        const auto &figures = glance->figures;
        m_capacityNote->setLine(tr("%1, %2 cores, %3; what pods ask for")
                                    .arg(figures.nodes.total == 1 ? tr("1 node") : tr("%1 nodes").arg(grouped(qsizetype(figures.nodes.total))),
                                        coresText(figures.allocatable.cpu), bytesText(figures.allocatable.memory).both()));
        showCharts();
    } else {
        showTiles();
    }
    if (!m_view->currentIndex().isValid())
        m_view->setCurrentIndex(m_findings.index(0, 0));
    showHeader();
    showStale();
    layBody();
    if (isComplete() && !m_wasComplete) {
        m_wasComplete = true;
        Q_EMIT completed();
    }
    Q_EMIT statusChanged();
}

void OverviewPage::showTiles()
{
    const auto *glance = m_overview.glance();
    const auto facts = glance != nullptr ? Tiles::of(*glance, m_overview.history(), m_used) : Tiles::empty();
    for (int i = 0; i < TileBar::tiles; ++i)
        m_tiles->tile(i).show(facts[std::size_t(i)]);
}

void OverviewPage::showUsed()
{
    m_used.take(m_usage);
    if (m_overview.glance() == nullptr || m_overview.failure())
        return; // comes with them
    showTiles();
    showSpaces();
}

void OverviewPage::layBody()
{
    const auto *glance = m_overview.glance();
    const bool loading = glance == nullptr;
    const bool healthy = !loading && m_findings.total() == 0;
    if (loading) // painted after its delay; till then the list's place is empty
        m_loading->begin();
    else
        m_loading->end();
    m_findingsHead->setVisible(!healthy);
    m_view->setVisible(loading ? m_loading->isHidden() : !healthy);
    m_healthy->setVisible(healthy);
    setFocusProxy(healthy ? static_cast<QWidget *>(m_capacity) : m_view); // where the keys are of use
    const bool known = !loading && glance->figures.nodes.known && !glance->figures.nodeUses.empty() && glance->figures.pods.known &&
                       m_context.cluster != nullptr && m_overview.state().has_value();
    const bool roomy = m_body->height() >= roomForCapacity;
    const bool capacity = known && (healthy || roomy);
    if (capacity) // no higher than its rows: the rest is the findings'
        m_capacity->setMaximumHeight(
            healthy ? QWIDGETSIZE_MAX : measure::caption + int(glance->figures.nodeUses.size()) * m_context.theme.rows().table + 2);
    m_capacityHead->setVisible(capacity);
    m_capacity->setVisible(capacity);
}

void OverviewPage::showHeader()
{
    const auto *glance = m_overview.glance();
    if (glance == nullptr) {
        m_header->setCount({});
        m_updated->setLine({});
        return;
    }
    const auto &figures = glance->figures;
    const QString spaces = !figures.pods.known       ? tr("namespaces not known")
                           : glance->namespaces == 1 ? tr("1 namespace with pods")
                                                     : tr("%1 namespaces with pods").arg(grouped(qsizetype(glance->namespaces)));
    const QString nodes = !figures.nodes.known       ? tr("nodes not known")
                          : figures.nodes.total == 1 ? tr("1 node")
                                                     : tr("%1 nodes").arg(grouped(qsizetype(figures.nodes.total)));
    m_header->setCount(tr("%1, %2").arg(spaces, nodes));
    if (m_overview.failure()) { // nothing is new
        m_updated->setLine({});
        return;
    }
    if (m_context.cluster->recording) { // its clock moves and stands as it is played: "ago" would be of nobody's time
        m_updated->setLine(tr("as of %1").arg(momentText(m_overview.isUpToDate() ? now() : glance->at)));
        return;
    }
    const auto age = std::chrono::floor<std::chrono::seconds>(now() - glance->at);
    m_updated->setLine(age.count() < 1 ? tr("updated just now") : tr("updated %1 ago").arg(QString::fromStdString(formatAge(age))));
}

void OverviewPage::showStale()
{
    const auto state = m_overview.state();
    const bool stale = state && state->phase == kube::Phase::Stale && m_overview.glance() != nullptr;
    m_stale->setVisible(stale);
    if (stale) {
        const Moment last = std::chrono::floor<std::chrono::milliseconds>(state->lastWord);
        m_stale->say(Shape::Unknown, tr("No word from the server."),
            tr("All that is shown is as of %1.").arg(clockText(last)) +
                (state->why ? QLatin1Char(' ') + items::plainText(state->why->message) : QString()));
        m_stale->offer(tr("Retry now"), Icon::Read);
    }
    m_tiles->setStale(stale);
    m_view->setStale(stale);
    m_capacity->setStale(stale);
    m_events.setStale(stale);
    m_spaces->setStale(stale);
}

void OverviewPage::showFailure()
{
    const Error &error = *m_overview.failure();
    Message message;
    const bool forbidden = error.code == Code::Forbidden || error.code == Code::Unauthorized;
    message.shape = forbidden ? Shape::Unknown : Shape::Bad;
    message.title = forbidden ? tr("You may read nothing here that could be judged.") : tr("The cluster could not be read.");
    message.text = items::plainText(error.remedy);
    message.words = items::plainText(error.server.empty() ? error.message : error.server + ": " + error.message);
    message.actions.append({.text = tr("Retry now")});
    m_message->say(message);
}

void OverviewPage::showCharts()
{
    m_events.show(m_overview.history(), m_overview.glance()->rollouts, now());
    showSpaces();
}

void OverviewPage::showSpaces()
{
    SpaceRows(m_overview.glance()->figures, m_used).show(*m_spacesCard, *m_spaces, m_twin);
}

void OverviewPage::go(const QModelIndex &finding, FindingDetail::Go where)
{
    using Go = FindingDetail::Go;
    if (const auto *unread = m_findings.unread(finding)) {
        if (where == Go::Again)
            m_overview.retry();
        else
            showRows(unread->resource.qualifiedName(), {});
        return;
    }
    const kinds::Finding *const found = m_findings.finding(finding);
    if (found == nullptr)
        return;
    const bool log = where == Go::Log;
    if (log && found->seenAt.kind != "Pod")
        return; // nothing that writes one
    const kinds::FoundObject &object = log ? found->seenAt : found->object;
    if (where == Go::Rows)
        Q_EMIT wanted({.page = "resources", .kind = kindOf(object), .select = object.name});
    else
        Q_EMIT wanted({.page = "object", .kind = kindOf(object), .space = object.space, .name = object.name, .tab = log ? "log" : ""});
}

void OverviewPage::showPart(const QString &target)
{
    if (m_overview.glance() == nullptr)
        return;
    const Tiles::Target there = Tiles::targetOf(target, m_overview.glance()->figures);
    if (there.rows.size() == 1) {
        showRows(there.rows.front().kind, there.states);
        return;
    }
    // Of several kinds: which?
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const Tiles::Target::Rows &each : there.rows) {
        const std::size_t dot = each.kind.find('.');
        const std::string_view kind = kinds::kindOf(each.kind.substr(dot + 1), each.kind.substr(0, dot)).title;
        connect(menu->addAction(
                    itemText(QStringLiteral("%1  %2").arg(QString::fromUtf8(kind.data(), qsizetype(kind.size())), grouped(qsizetype(each.count))))),
            &QAction::triggered, this, [this, each, states = there.states] { showRows(each.kind, states); });
    }
    menu->popup(QCursor::pos());
}

void OverviewPage::showRows(const std::string &kind, const std::string &states)
{
    Q_EMIT wanted({.page = "resources", .kind = kind, .states = states, .view = "table"});
}

bool OverviewPage::isComplete() const
{
    return m_overview.failure().has_value() || m_overview.glance() != nullptr;
}

QString OverviewPage::statusText() const
{
    const auto *glance = m_overview.glance();
    if (glance == nullptr || glance->unread.empty())
        return {};
    return glance->unread.size() == 1 ? tr("1 kind could not be read") : tr("%1 kinds could not be read").arg(glance->unread.size());
}

void OverviewPage::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_L && event->modifiers() == Qt::NoModifier && m_view->currentFinding().isValid()) {
        go(m_view->currentFinding(), FindingDetail::Go::Log);
        return;
    }
    Page::keyPressEvent(event);
}

void OverviewPage::showEvent(QShowEvent *event)
{
    Page::showEvent(event);
    m_overview.setShown(true);
    m_usage.setShown(true);
    // "2 s ago", and what moves out of the charts at the left, go on without a word of the cluster.
    auto &clock = m_context.cluster->session->clock();
    clock.cancel(m_seconds);
    planSecond();
}

void OverviewPage::planSecond()
{
    m_seconds = m_context.cluster->session->clock().after(std::chrono::seconds(1), this, [this] {
        planSecond();
        showHeader();
        if (m_overview.glance() == nullptr || m_overview.failure())
            return;
        m_view->setNow(now());
        showCharts();
    });
}

void OverviewPage::hideEvent(QHideEvent *event)
{
    m_overview.setShown(false);
    m_usage.setShown(false);
    m_context.cluster->session->clock().cancel(m_seconds);
    m_seconds = 0;
    Page::hideEvent(event);
}

void OverviewPage::resizeEvent(QResizeEvent *event)
{
    Page::resizeEvent(event);
    layBody();
}

} // namespace fairlead::ui
