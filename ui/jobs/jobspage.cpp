// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/jobspage.h"

#include "base/platform/zonefile.h"
#include "ui/jobs/runcockpit.h"
#include "ui/jobs/timelineview.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/button.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/messagepanel.h"
#include "ui/widgets/pageheader.h"
#include "ui/widgets/placeholderrows.h"
#include "ui/widgets/segmentedswitch.h"
#include "ui/widgets/text.h"

#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <chrono>

namespace fairlead::ui {

using namespace std::chrono;
using jobs::RunState;

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

bool goesOn(const jobs::Run &run)
{
    return run.state == RunState::Running || run.state == RunState::Retrying || run.state == RunState::Waiting || run.state == RunState::Ending;
}

// The last run that has ended is the one that counts.
bool hasFailed(const jobs::Lane &lane)
{
    const auto last = std::find_if(lane.runs.rbegin(), lane.runs.rend(), [](const jobs::Run &run) { return run.hasEnded(); });
    return last != lane.runs.rend() && last->state == RunState::Failed;
}

bool runs(const jobs::Lane &lane)
{
    return std::any_of(lane.runs.begin(), lane.runs.end(), goesOn);
}

} // namespace

JobsPage::JobsPage(const PageContext &context, const Destination &destination)
    : m_context(context)
    , m_scope(context.scope)
    , m_header(new PageHeader(context.theme, tr("Jobs")))
    , m_running(new Chip(context.theme, Shape::Progress, tr("Running")))
    , m_failed(new Chip(context.theme, Shape::Bad, tr("Failed")))
    , m_notice(new Banner(context.theme))
    , m_loading(new PlaceholderRows(context.theme))
    , m_message(new MessagePanel(context.theme))
    , m_view(new TimelineView(context.theme))
    , m_cockpit(new RunCockpit(context.theme))
{
    QList<SegmentedSwitch::Part> parts;
    for (const Span &each : spans)
        parts.append({.text = tr(each.text)});
    m_spans = new SegmentedSwitch(context.theme, tr("How much time is shown"), parts);
    m_spans->choose(usualSpan);
    auto *const now = new Button(context.theme, ButtonKind::Normal, tr("Now"));
    for (Chip *const chip : {m_running, m_failed}) {
        chip->setCheckable(true);
        m_header->add(chip);
        connect(chip, &QAbstractButton::toggled, this, [this] {
            m_view->setWanted([this](const jobs::Lane &lane) {
                if (!m_running->isChecked() && !m_failed->isChecked())
                    return true;
                return (m_running->isChecked() && runs(lane)) || (m_failed->isChecked() && hasFailed(lane));
            });
            update();
        });
    }
    m_header->addStretch();
    m_header->add(m_spans);
    m_header->add(now);

    auto *const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addWidget(m_notice);
    column->addWidget(m_view, 1);
    column->addWidget(m_loading, 1);
    column->addWidget(m_message, 1);
    column->addWidget(m_cockpit);
    m_notice->hide();
    m_message->hide();
    m_view->hide();
    m_cockpit->hide();
    m_notice->offer(tr("Retry now"), Icon::Read);

    connect(m_notice, &Banner::acted, this, &JobsPage::reload);
    connect(m_message, &MessagePanel::acted, this, &JobsPage::reload);
    connect(m_spans, &SegmentedSwitch::chosenChanged, this, &JobsPage::chooseSpan);
    connect(now, &QAbstractButton::clicked, m_view, &TimelineView::goToNow);
    connect(m_view, &TimelineView::chosenChanged, this, &JobsPage::showRun);
    connect(m_view, &TimelineView::spanChanged, this, [this] {
        const auto found = std::find_if(spans.begin(), spans.end(), [this](const Span &each) { return each.length >= m_view->span(); });
        m_spans->choose(int(std::min<std::ptrdiff_t>(found - spans.begin(), std::ptrdiff_t(spans.size()) - 1)));
    });
    m_select = destination.select.empty() ? destination.name : destination.select;
    if (destination.scope)
        m_scope = *destination.scope;
    second();
    open();
}

JobsPage::~JobsPage()
{
    m_context.cluster->session->clock().cancel(m_second);
    m_view->setTimeline(nullptr);
}

Destination JobsPage::destination() const
{
    Destination there{.page = "jobs"};
    if (const jobs::Run *const run = m_view->chosenRun())
        there.select = run->name;
    return there;
}

bool JobsPage::goTo(const Destination &destination)
{
    m_select = destination.select.empty() ? destination.name : destination.select;
    if (destination.scope)
        setScope(*destination.scope);
    update();
    return true;
}

void JobsPage::setScope(const kube::Scope &scope)
{
    if (scope == m_scope)
        return;
    m_scope = scope;
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
    connect(m_sources.get(), &jobs::JobSources::changed, this, &JobsPage::update);
    connect(m_sources.get(), &jobs::JobSources::stateChanged, this, &JobsPage::update);
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
    Clock &clock = m_context.cluster->session->clock();
    m_view->setNow(floor<milliseconds>(clock.now()));
    if (isVisible()) {
        m_view->refresh();
        showRun();
    }
    m_second = clock.after(Clock::Duration(1000), this, [this] { second(); });
}

void JobsPage::update()
{
    const bool any = m_sources && !m_sources->timeline().lanes().empty();
    const auto why = failure();
    const bool loading = !any && !why && !(m_sources && m_sources->isReady());
    m_view->setNow(floor<milliseconds>(m_context.cluster->session->clock().now())); // the server may just have said what time it is
    m_view->refresh();
    const bool shown = any && m_view->laneCount() > 0;
    m_view->setVisible(shown);
    m_loading->setVisible(loading);
    if (loading)
        m_loading->begin();
    else
        m_loading->end();
    Message message;
    if (why) {
        message = {.shape = Shape::Bad, .title = tr("The jobs cannot be read"), .words = QString::fromStdString(why->message)};
        message.text = QString::fromStdString(why->remedy);
        message.actions = {{tr("Retry")}};
    } else if (any) {
        message = {.icon = Icon::Job, .title = tr("No lane has runs of these states"), .text = tr("Chips above the timeline hide the others.")};
    } else {
        message = {
            .icon = Icon::Job, .title = m_scope.isAll() ? tr("There are no jobs in this cluster") : tr("There are no jobs in these namespaces")};
    }
    m_message->setVisible(!loading && !shown);
    if (!loading && !shown)
        m_message->say(message);
    const std::vector<Error> errors = m_sources ? m_sources->errors() : std::vector<Error>();
    m_notice->setVisible(any && !errors.empty());
    if (any && !errors.empty())
        m_notice->say(Shape::Unknown, tr("Not all of it can be told"), QString::fromStdString(errors.front().message));
    count();
    if (!m_select.empty() && any) {
        for (const auto &[key, lane] : m_sources->timeline().lanes()) {
            const auto found = std::find_if(lane.runs.begin(), lane.runs.end(), [this](const jobs::Run &run) { return run.name == m_select; });
            if (found == lane.runs.end())
                continue;
            m_select.clear();
            m_view->choose(found->uid);
            break;
        }
    }
    showRun();
    Q_EMIT statusChanged();
    if (isComplete() && !m_wasComplete) {
        m_wasComplete = true;
        Q_EMIT completed();
    }
}

void JobsPage::count()
{
    qsizetype lanes = 0;
    qsizetype all = 0;
    qsizetype running = 0;
    qsizetype failed = 0;
    if (m_sources) {
        for (const auto &[key, lane] : m_sources->timeline().lanes()) {
            lanes += lane.cron ? 1 : 0;
            all += qsizetype(lane.runs.size());
            running += runs(lane) ? 1 : 0;
            failed += hasFailed(lane) ? 1 : 0;
        }
    }
    m_header->setCount(tr("%1 cron jobs, %2 runs").arg(grouped(lanes), grouped(all)));
    m_running->setCount(running);
    m_failed->setCount(failed);
}

void JobsPage::showRun()
{
    const bool shown = !m_view->isHidden();
    m_cockpit->setRun(shown ? m_view->chosenLane() : nullptr, shown ? m_view->chosenRun() : nullptr,
        floor<milliseconds>(m_context.cluster->session->clock().now()));
}

void JobsPage::chooseSpan(int part)
{
    m_view->setSpan(spans[static_cast<std::size_t>(part)].length);
}

bool JobsPage::isComplete() const
{
    return m_error || (m_sources && m_sources->isReady());
}

std::optional<Error> JobsPage::failure() const
{
    if (m_error)
        return m_error;
    if (m_sources && m_sources->timeline().lanes().empty() && !m_sources->source(jobs::JobSources::Part::Jobs).errors.empty())
        return m_sources->source(jobs::JobSources::Part::Jobs).errors.front();
    return std::nullopt;
}

void JobsPage::reload()
{
    if (m_error || !m_sources)
        open();
    else
        m_sources->retry();
}

std::optional<kube::State> JobsPage::freshness() const
{
    return m_sources ? std::optional<kube::State>(m_sources->state()) : std::nullopt;
}

} // namespace fairlead::ui
