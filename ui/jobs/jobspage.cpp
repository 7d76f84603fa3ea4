// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/jobspage.h"

#include "base/platform/zonefile.h"
#include "ui/jobs/interferenceview.h"
#include "ui/jobs/runcockpit.h"
#include "ui/jobs/runlog.h"
#include "ui/jobs/timelineview.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/button.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/dropbutton.h"
#include "ui/widgets/messagepanel.h"
#include "ui/widgets/pageheader.h"
#include "ui/widgets/placeholderrows.h"
#include "ui/widgets/rowdelegate.h"
#include "ui/widgets/segmentedswitch.h"
#include "ui/widgets/tableview.h"
#include "ui/widgets/text.h"

#include <QActionGroup>
#include <QFileDialog>
#include <QMenu>
#include <QResizeEvent>
#include <QShortcut>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <chrono>

namespace fairlead::ui {

using namespace std::chrono;
using jobs::Lane;
using jobs::Moment;
using jobs::Run;

namespace {

struct Span {
    const char *text;
    milliseconds length;
};
constexpr std::array<Span, 6> spans = {
    {{QT_TRANSLATE_NOOP("fairlead::ui::JobsPage", "5 min"), minutes(5)}, {QT_TRANSLATE_NOOP("fairlead::ui::JobsPage", "1 h"), hours(1)},
        {QT_TRANSLATE_NOOP("fairlead::ui::JobsPage", "5 h"), hours(5)}, {QT_TRANSLATE_NOOP("fairlead::ui::JobsPage", "1 d"), hours(24)},
        {QT_TRANSLATE_NOOP("fairlead::ui::JobsPage", "7 d"), hours(24 * 7)}, {QT_TRANSLATE_NOOP("fairlead::ui::JobsPage", "30 d"), hours(24 * 30)}}};
constexpr int usualSpan = 1;
constexpr milliseconds between(200); // updates
constexpr int wordsFrom = 1240;      // px of width; below it the header has only icons for some

constexpr std::array<const char *, 3> groupings = {QT_TRANSLATE_NOOP("fairlead::ui::JobsPage", "by namespace"),
    QT_TRANSLATE_NOOP("fairlead::ui::JobsPage", "by owner"), QT_TRANSLATE_NOOP("fairlead::ui::JobsPage", "by node")};

QString viewKey()
{
    return QStringLiteral("jobs/view");
}

// As settings and destinations have it, by JobsPage::View.
constexpr std::array<const char *, 3> viewNames = {"timeline", "table", "beside"};

std::optional<JobsPage::View> viewNamed(const std::string &name)
{
    const auto found = std::find(viewNames.begin(), viewNames.end(), name);
    return found == viewNames.end() ? std::nullopt : std::optional(JobsPage::View(found - viewNames.begin()));
}

bool anyGoesOn(const Lane &lane)
{
    return std::any_of(lane.runs.begin(), lane.runs.end(), goesOn);
}

RowRoles roles()
{
    RowRoles made;
    made.health = RunTable::HealthRole;
    made.speaksOfHealth = RunTable::SpeaksRole;
    made.number = RunTable::NumberRole;
    made.quiet = RunTable::QuietRole;
    made.shape = [](int shape) { return Shape(shape); };
    return made;
}

} // namespace

JobsPage::JobsPage(const PageContext &context, const Destination &destination)
    : m_context(context)
    , m_scope(context.scope)
    , m_header(new PageHeader(context.theme, tr("Jobs")))
    , m_running(new Chip(context.theme, Shape::Progress, tr("Running")))
    , m_failed(new Chip(context.theme, Shape::Bad, tr("Failed")))
    , m_overlapping(new Chip(context.theme, Shape::Warn, tr("Overlapping")))
    , m_lanes(new DropButton(context.theme, DropButton::Frame::Flat, tr("by namespace")))
    , m_export(new DropButton(context.theme, DropButton::Frame::Flat, tr("Export")))
    , m_notice(new Banner(context.theme))
    , m_loading(new PlaceholderRows(context.theme))
    , m_message(new MessagePanel(context.theme))
    , m_view(new TimelineView(context.theme))
    , m_table(new TableView(context.theme))
    , m_cockpit(new RunCockpit(context.theme, context.cluster))
    , m_beside(new InterferenceView(context))
{
    makeHeader();
    makeBody();
    m_select = destination.select.empty() ? destination.name : destination.select;
    if (destination.scope)
        m_scope = *destination.scope;
    setView(viewNamed(destination.view).value_or(viewNamed(context.settings.value(viewKey()).toString().toStdString()).value_or(View::Timeline)));
    second();
    open();
}

JobsPage::~JobsPage()
{
    m_context.cluster->session->clock().cancel(m_second);
    m_context.cluster->session->clock().cancel(m_soon);
    m_view->setTimeline(nullptr);
}

void JobsPage::makeHeader()
{
    m_views = new SegmentedSwitch(m_context.theme, tr("How runs are shown"),
        {{.text = tr("Timeline"), .icon = Icon::Chart}, {.text = tr("Table"), .icon = Icon::Table},
            {.text = tr("Beside services"), .icon = Icon::Service}});
    m_views->setOnlyIcons(true);
    QList<SegmentedSwitch::Part> parts;
    for (const Span &each : spans)
        parts.append({.text = tr(each.text)});
    m_spans = new SegmentedSwitch(m_context.theme, tr("How much time is shown"), parts);
    m_spans->choose(usualSpan);
    m_nowButton = new Button(m_context.theme, ButtonKind::Normal, tr("Now"));
    for (Chip *const chip : {m_running, m_failed, m_overlapping}) {
        chip->setCheckable(true);
        m_header->add(chip);
        connect(chip, &QAbstractButton::toggled, this, &JobsPage::chooseWanted);
    }
    m_header->addStretch();

    auto *const lanes = new QMenu;
    auto *const group = new QActionGroup(lanes);
    for (std::size_t i = 0; i < groupings.size(); ++i) {
        QAction *const action = lanes->addAction(tr(groupings[i]), this, [this, i] {
            m_lanes->setWords(tr(groupings[i]));
            m_view->setGrouping(TimelineView::Grouping(i));
        });
        action->setCheckable(true);
        action->setChecked(i == 0);
        group->addAction(action);
    }
    m_lanes->setCaption(tr("Lanes"));
    m_lanes->setStrong(true);
    m_lanes->showIcon(Icon::Tree);
    m_lanes->setMenu(lanes);
    m_header->add(m_lanes);

    auto *const files = new QMenu;
    files->addAction(tr("Picture (PNG)…"), this, [this] { chooseFile(ExportForm::Png); });
    files->addAction(tr("Drawing (SVG)…"), this, [this] { chooseFile(ExportForm::Svg); });
    files->addAction(tr("Table (CSV)…"), this, [this] { chooseFile(ExportForm::Csv); });
    m_export->showIcon(Icon::Save);
    m_export->setOnlyIcon(true);
    m_export->setMenu(files);
    m_header->add(m_export);
    m_header->add(m_views);
    m_header->add(m_spans);
    m_header->add(m_nowButton);

    connect(m_views, &SegmentedSwitch::chosenChanged, this, [this](int part) {
        m_context.settings.set(viewKey(), QLatin1String(viewNames[std::size_t(part)]));
        setView(View(part));
    });
    connect(m_spans, &SegmentedSwitch::chosenChanged, this, &JobsPage::chooseSpan);
    connect(m_nowButton, &QAbstractButton::clicked, m_view, &TimelineView::goToNow);
    connect(new QShortcut(QKeySequence::Save, this, nullptr, nullptr, Qt::WidgetWithChildrenShortcut), &QShortcut::activated, m_export,
        &DropButton::open);
}

void JobsPage::makeBody()
{
    auto *const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addWidget(m_notice);
    column->addWidget(m_view, 1);
    column->addWidget(m_table, 1);
    column->addWidget(m_loading, 1);
    column->addWidget(m_message, 1);
    column->addWidget(m_beside, 1);
    column->addWidget(m_cockpit);
    for (QWidget *const each : {static_cast<QWidget *>(m_notice), static_cast<QWidget *>(m_message), static_cast<QWidget *>(m_view),
             static_cast<QWidget *>(m_table), static_cast<QWidget *>(m_cockpit), static_cast<QWidget *>(m_beside)})
        each->hide();
    m_notice->offer(tr("Retry now"), Icon::Read);
    setFocusProxy(m_view);

    m_table->setAccessibleName(tr("Runs"));
    m_table->setModel(&m_runs);
    auto *const delegate = new RowDelegate(m_context.theme, roles(), m_table);
    delegate->setMarkedColumn(RunTable::RunColumn);
    m_table->setItemDelegate(delegate);
    m_table->setKeptColumn(RunTable::RunColumn);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex &row) {
        const std::string uid = m_runs.index(row.row(), 0).data(RunTable::UidRole).toString().toStdString();
        const Run *const before = m_view->chosenRun();
        if (m_shown == View::Table && (!before || before->uid != uid))
            m_view->choose(uid);
    });

    connect(m_beside, &InterferenceView::wanted, this, &Page::wanted);
    connect(m_beside, &InterferenceView::completed, this, &JobsPage::update);
    connect(m_notice, &Banner::acted, this, &JobsPage::reload);
    connect(m_message, &MessagePanel::acted, this, &JobsPage::reload);
    connect(m_view, &TimelineView::chosenChanged, this, &JobsPage::showRun);
    connect(m_view, &TimelineView::spanChanged, this, [this] {
        const auto found = std::find_if(spans.begin(), spans.end(), [this](const Span &each) { return each.length >= m_view->span(); });
        m_spans->choose(int(std::min<std::ptrdiff_t>(found - spans.begin(), std::ptrdiff_t(spans.size()) - 1)));
    });
    const auto openJob = [this] {
        if (const Run *const run = m_view->chosenRun(); run && !run->gone)
            Q_EMIT wanted({.page = "object", .kind = "jobs.batch", .space = run->space, .name = run->name});
    };
    connect(m_view, &TimelineView::opened, this, openJob);
    connect(m_table, &QAbstractItemView::activated, this, openJob);
    connect(m_cockpit, &RunCockpit::openWanted, this, openJob);
    connect(&m_cockpit->log(), &RunLog::linesChanged, this, &JobsPage::completeOnce);
    connect(m_cockpit, &RunCockpit::closeWanted, this, [this] {
        m_view->choose({});
        m_table->clearSelection();
        m_view->setFocus();
    });
    connect(m_cockpit, &RunCockpit::logWanted, this, [this](const std::string &pod) {
        if (const Run *const run = m_view->chosenRun())
            Q_EMIT wanted({.page = "object", .kind = "pods", .space = run->space, .name = pod, .tab = "log"});
    });
}

Moment JobsPage::now() const
{
    return floor<milliseconds>(m_context.cluster->session->clock().now());
}

Destination JobsPage::destination() const
{
    Destination there{.page = "jobs"};
    there.view = viewNames[std::size_t(m_shown)];
    if (const Run *const run = m_view->chosenRun())
        there.select = run->name;
    return there;
}

bool JobsPage::goTo(const Destination &destination)
{
    m_select = destination.select.empty() ? destination.name : destination.select;
    if (destination.scope)
        setScope(*destination.scope);
    if (const auto view = viewNamed(destination.view))
        setView(*view);
    update();
    return true;
}

void JobsPage::setScope(const kube::Scope &scope)
{
    if (scope == m_scope)
        return;
    m_scope = scope;
    m_beside->setScope(scope);
    open();
}

void JobsPage::open()
{
    m_view->setTimeline(nullptr);
    m_sources.reset();
    m_error.reset();
    m_wasComplete = false;
    m_asker = std::make_unique<QObject>();
    m_context.cluster->session->discovery().load().then(m_asker.get(), [this](Result<kube::OfferPtr> offer) {
        if (offer) {
            start(**offer);
        } else {
            m_error = offer.error();
            update();
        }
    });
    update();
}

void JobsPage::start(const kube::Offer &offer)
{
    kube::Session &session = *m_context.cluster->session;
    m_sources = std::make_unique<jobs::JobSources>(session.clock(), platform::readZoneFile);
    connect(m_sources.get(), &jobs::JobSources::changed, this, &JobsPage::updateSoon);
    connect(m_sources.get(), &jobs::JobSources::stateChanged, this, &JobsPage::updateSoon);
    connect(m_sources.get(), &jobs::JobSources::ready, this, &JobsPage::update);
    const auto started = m_sources->start([&session](const kube::Source &source) { return session.store(source); }, offer, m_scope);
    if (!started)
        m_error = started.error();
    m_view->setTimeline(&m_sources->timeline());
    update();
}

// Now moves on, and with it all that is counted from it.
void JobsPage::second()
{
    if (isVisible()) {
        m_view->setNow(now());
        showRun();
        if (m_shown == View::Table)
            showTable();
    }
    m_second = m_context.cluster->session->clock().after(Clock::Duration(1000), this, [this] { second(); });
}

// The timeline's lanes have changed: what the view holds of them is worth nothing until it has been told, so it is told at once; all that costs
// more waits for its turn.
void JobsPage::updateSoon()
{
    Clock &clock = m_context.cluster->session->clock();
    m_view->refresh();
    if (m_soon != 0)
        return;
    const auto wait = m_updatedAt + between - clock.steady();
    if (wait <= Clock::Duration(0)) {
        update();
        return;
    }
    m_soon = clock.after(wait, this, [this] {
        m_soon = 0;
        update();
    });
}

void JobsPage::update()
{
    Clock &clock = m_context.cluster->session->clock();
    clock.cancel(m_soon);
    m_soon = 0;
    m_updatedAt = clock.steady();
    const bool any = m_sources && !m_sources->timeline().lanes().empty();
    const bool loading = !any && !failure() && !(m_sources && m_sources->isReady());
    m_view->setNow(now()); // the server may just have said what time it is
    m_view->refresh();
    const bool beside = m_shown == View::Beside;
    const bool shown = any && m_view->laneCount() > 0;
    m_view->setVisible(shown && m_shown == View::Timeline);
    m_table->setVisible(shown && m_shown == View::Table);
    m_beside->setVisible(beside);
    if (loading && !beside)
        m_loading->begin();
    else
        m_loading->end();
    m_loading->setVisible(loading && !beside);
    m_message->setVisible(!loading && !shown && !beside);
    if (!loading && !shown)
        showMessage(any);
    showNotice();
    count();
    if (!m_select.empty() && any) {
        for (const auto &[key, lane] : m_sources->timeline().lanes()) {
            const auto found = std::find_if(lane.runs.begin(), lane.runs.end(), [this](const Run &run) { return run.name == m_select; });
            if (found == lane.runs.end())
                continue;
            m_select.clear();
            m_view->choose(found->uid);
            break;
        }
    }
    if (m_shown == View::Table)
        showTable();
    showRun();
    Q_EMIT statusChanged();
    completeOnce();
}

void JobsPage::completeOnce()
{
    if (m_wasComplete || !isComplete())
        return;
    m_wasComplete = true;
    Q_EMIT completed();
}

void JobsPage::showMessage(bool any)
{
    Message message;
    if (const auto why = failure()) {
        message = {.shape = Shape::Bad, .title = tr("The jobs cannot be read"), .words = QString::fromStdString(why->message)};
        message.text = QString::fromStdString(why->remedy);
        message.actions = {{tr("Retry")}};
    } else if (any) {
        message = {.icon = Icon::Job, .title = tr("No lane has runs of these states"), .text = tr("Chips above the timeline hide the others.")};
    } else {
        message = {
            .icon = Icon::Job, .title = m_scope.isAll() ? tr("There are no jobs in this cluster") : tr("There are no jobs in these namespaces")};
    }
    m_message->say(message);
}

void JobsPage::showNotice()
{
    const bool any = m_sources && !m_sources->timeline().lanes().empty();
    const std::vector<Error> errors = m_sources ? m_sources->errors() : std::vector<Error>();
    const auto state = freshness();
    const bool stale = any && state && state->phase == kube::Phase::Stale;
    const Moment last = state ? floor<milliseconds>(state->lastWord) : Moment();
    m_view->setStale(stale ? std::optional<Moment>(last) : std::nullopt);
    m_notice->setVisible(m_shown != View::Beside && (stale || (any && !errors.empty()))); // that view has its own
    if (stale)
        m_notice->say(Shape::Unknown, tr("No word from the server."),
            tr("All that is shown is as of %1.").arg(localTime(last, now())) +
                (state->why ? QLatin1Char(' ') + QString::fromStdString(state->why->message) : QString()));
    else if (any && !errors.empty())
        m_notice->say(Shape::Unknown, tr("Not all of it can be told."), QString::fromStdString(errors.front().message));
}

void JobsPage::count()
{
    qsizetype cron = 0;
    qsizetype all = 0;
    qsizetype running = 0;
    qsizetype failed = 0;
    qsizetype overlapping = 0;
    if (m_sources) {
        for (const auto &[key, lane] : m_sources->timeline().lanes()) {
            cron += lane.cron ? 1 : 0;
            all += qsizetype(lane.runs.size());
            running += anyGoesOn(lane) ? 1 : 0;
            failed += lastFailed(lane) ? 1 : 0;
            overlapping += overlapsSoon(lane, m_view->now()) ? 1 : 0;
        }
    }
    if (width() < wordsFrom)
        m_header->setCount(all == 1 ? tr("1 run") : tr("%1 runs").arg(grouped(all)));
    else
        m_header->setCount(cron == 1 ? tr("1 cron job, %1 runs").arg(grouped(all)) : tr("%1 cron jobs, %2 runs").arg(grouped(cron), grouped(all)));
    m_running->setCount(running);
    m_failed->setCount(failed);
    m_overlapping->setCount(overlapping);
}

void JobsPage::chooseWanted()
{
    m_view->setWanted([this](const Lane &lane) {
        if (!m_running->isChecked() && !m_failed->isChecked() && !m_overlapping->isChecked())
            return true;
        return (m_running->isChecked() && anyGoesOn(lane)) || (m_failed->isChecked() && lastFailed(lane)) ||
               (m_overlapping->isChecked() && overlapsSoon(lane, m_view->now()));
    });
    update();
}

void JobsPage::showRun()
{
    const bool shown = !m_view->isHidden() || !m_table->isHidden();
    const bool was = m_cockpit->isVisible();
    m_cockpit->setRun(shown ? m_view->chosenLane() : nullptr, shown ? m_view->chosenRun() : nullptr, now());
    if (m_shown != View::Table || !m_view->chosenRun())
        return;
    const int row = m_runs.rowOf(m_view->chosenRun()->uid);
    if (row >= 0 && row != m_table->currentIndex().row())
        m_table->setCurrentIndex(m_runs.index(row, RunTable::RunColumn));
    if (!was)
        m_table->scrollTo(m_table->currentIndex());
}

void JobsPage::showTable()
{
    m_runs.show(m_view->rows().lanes(), now());
    m_table->fitColumns();
}

void JobsPage::setView(View view)
{
    m_shown = view;
    m_views->choose(int(view));
    m_spans->setEnabled(view == View::Timeline);
    // What is about runs alone is not there where runs are not.
    for (QWidget *const each : {static_cast<QWidget *>(m_running), static_cast<QWidget *>(m_failed), static_cast<QWidget *>(m_overlapping),
             static_cast<QWidget *>(m_lanes), static_cast<QWidget *>(m_export), static_cast<QWidget *>(m_spans), static_cast<QWidget *>(m_nowButton)})
        each->setVisible(view != View::Beside);
    m_wasComplete = m_wasComplete && view != View::Beside;
    setFocusProxy(view == View::Beside ? static_cast<QWidget *>(m_beside) : view == View::Table ? static_cast<QWidget *>(m_table) : m_view);
    update();
}

void JobsPage::chooseSpan(int part)
{
    m_view->setSpan(spans[static_cast<std::size_t>(part)].length);
}

void JobsPage::resizeEvent(QResizeEvent *event)
{
    Page::resizeEvent(event);
    m_lanes->setOnlyIcon(event->size().width() < wordsFrom);
    count();
}

void JobsPage::chooseFile(ExportForm form)
{
    auto *const dialog = new QFileDialog(this, tr("Export"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setOption(QFileDialog::DontUseNativeDialog); // it would block in its own loop on some desktops
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(QStringLiteral("jobs") + suffixOf(form));
    connect(dialog, &QFileDialog::fileSelected, this, [this, form](const QString &file) { exportTo(form, file); });
    dialog->open();
}

void JobsPage::exportTo(ExportForm form, const QString &file)
{
    if (form == ExportForm::Csv)
        showTable();
    const auto done = exportTimeline(*m_view, m_runs, form, file);
    m_told = done ? tr("Saved %1").arg(file) : tr("Not saved: %1").arg(QString::fromStdString(done.error().text()));
    Q_EMIT statusChanged();
}

bool JobsPage::isComplete() const
{
    if (m_shown == View::Beside)
        return m_error || m_beside->isComplete();
    return m_error || (m_sources && m_sources->isReady() && m_cockpit->isComplete());
}

std::optional<Error> JobsPage::failure() const
{
    if (m_error || m_shown == View::Beside)
        return m_error ? m_error : m_beside->failure();
    if (m_sources && m_sources->timeline().lanes().empty() && !m_sources->source(jobs::JobSources::Part::Jobs).errors.empty())
        return m_sources->source(jobs::JobSources::Part::Jobs).errors.front();
    return std::nullopt;
}

void JobsPage::reload()
{
    if (m_error || !m_sources)
        open();
    else if (m_shown == View::Beside)
        m_beside->retry();
    else
        m_sources->retry();
}

std::optional<kube::State> JobsPage::freshness() const
{
    return m_sources ? std::optional<kube::State>(m_sources->state()) : std::nullopt;
}

} // namespace fairlead::ui
