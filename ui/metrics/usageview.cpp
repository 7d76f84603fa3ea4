// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/metrics/usageview.h"

#include "items/plaintext.h"
#include "kinds/kinds.h"
#include "ui/metrics/usagechart.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/messagepanel.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/words.h"

#include <QHBoxLayout>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <cmath>
#include <tuple>
#include <utility>

namespace fairlead::ui {

using Phase = metrics::UsageFeed::Phase;

namespace {

QString milliText(double cores)
{
    return QString::fromStdString(metrics::cpuText(std::llround(cores * 1e9)));
}

QString memoryText(double bytes)
{
    return bytesText(bytes).both();
}

} // namespace

UsageView::UsageView(const Theme &theme, contexts::OpenClusterPtr cluster, const kube::Resource &resource, const std::string &space,
    const std::string &name, QWidget *parent)
    : QWidget(parent)
    , m_cluster(std::move(cluster))
    , m_kind(kinds::usageKindOf(resource.id.group, resource.id.resource))
    , m_space(resource.namespaced ? space : std::string())
    , m_name(name)
    , m_feed(m_cluster->session->client(), m_cluster->session->discovery(), m_cluster->session->clock())
    , m_stack(new QStackedWidget)
    , m_message(new MessagePanel(theme))
    , m_charts(new QWidget)
    , m_cpuText(new PlainLabel(theme, FontRole::Small, &Tokens::muted, Shaping::Exact))
    , m_memoryText(new PlainLabel(theme, FontRole::Small, &Tokens::muted, Shaping::Exact))
    , m_note(new PlainLabel(theme, FontRole::Small, &Tokens::muted, Shaping::Exact))
    , m_cpu(new UsageChart(theme, milliText))
    , m_memory(new UsageChart(theme, memoryText))
{
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_stack);
    auto *column = new QVBoxLayout(m_charts);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *sides = new QHBoxLayout;
    sides->setSpacing(0);
    for (const auto &[title, text, chart] : {std::tuple(tr("CPU"), m_cpuText, m_cpu), {tr("Memory"), m_memoryText, m_memory}}) {
        auto *side = new QVBoxLayout;
        side->setSpacing(0);
        auto *line = new QHBoxLayout;
        line->setContentsMargins(measure::margin, measure::inside, measure::margin, 0);
        line->setSpacing(measure::between);
        auto *heading = new PlainLabel(theme, FontRole::Bold, &Tokens::text);
        heading->setLine(title);
        line->addWidget(heading);
        line->addStretch(1);
        line->addWidget(text);
        side->addLayout(line);
        side->addWidget(chart, 1);
        chart->setAccessibleName(title); // what it says stands in words above it
        chart->setMaximumHeight(260);
        side->addStretch(0);
        sides->addLayout(side, 1);
    }
    column->addLayout(sides, 1);
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(measure::margin, 0, measure::margin, measure::inside);
    foot->addWidget(m_note);
    foot->addStretch(1);
    column->addLayout(foot);
    column->addStretch(0);
    m_stack->addWidget(m_message);
    m_stack->addWidget(m_charts);

    connect(&m_feed, &metrics::UsageFeed::changed, this, &UsageView::take);
    connect(m_message, &MessagePanel::acted, this, [this] {
        m_feed.setShown(false);
        m_feed.stop();
        m_feed.setShown(isVisible());
        m_feed.watch(*m_kind, m_space.empty() ? kube::Scope::all() : kube::Scope::of({m_space}), m_name);
        take();
    });
    // One row, by its name: what the object may use, as facts.
    m_store = m_cluster->session->store({.resource = resource.id,
        .scope = m_space.empty() ? kube::Scope::all() : kube::Scope::of({m_space}),
        .selector = {.labels = {}, .fields = "metadata.name=" + m_name}});
    m_subscription = m_store->subscribe(
        kube::Detail::Facts, this, [this](const kube::ChangeSet &) { takeBounds(); }, [](const kube::State &) {});
    m_feed.watch(*m_kind, m_space.empty() ? kube::Scope::all() : kube::Scope::of({m_space}), m_name);
    take();
}

UsageView::~UsageView() = default;

void UsageView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_feed.setShown(true);
}

void UsageView::hideEvent(QHideEvent *event)
{
    m_feed.setShown(false);
    QWidget::hideEvent(event);
}

void UsageView::takeBounds()
{
    const kinds::Kind &kind = kinds::kindOf(m_kind->kind.group, m_kind->kind.resource);
    m_store->snapshot().forEach([this, &kind](const kube::ItemPtr &item) {
        if (item->name() == m_name && kind.holdsFacts(item->meta()))
            m_bounds = kinds::usageBoundsOf(*m_kind, kinds::Facts(kind.facts, item->meta()));
    });
    draw();
}

void UsageView::take()
{
    if (m_feed.usages()) {
        if (const metrics::Usage *const usage = m_feed.usages()->of(m_space, m_name))
            m_series.put(*usage);
    }
    draw();
    say();
    if (isComplete() && !m_completed) {
        m_completed = true;
        Q_EMIT completed();
    }
}

bool UsageView::isComplete() const
{
    return m_feed.phase() != Phase::Asking;
}

QString UsageView::ofText(double value, double most, double asked, bool memory) const
{
    const auto words = [memory](double amount) { return memory ? memoryText(amount) : milliText(amount); };
    QString text = tr("now %1").arg(words(value));
    if (m_kind->whole == kinds::UsageKind::Whole::Allocatable)
        return most > 0 ? text + tr(", %1 of %2").arg(percentText(value, most), words(most)) : text;
    text += most > 0 ? tr(", %1 of the limit %2").arg(percentText(value, most), words(most)) : tr(", no limit");
    return asked > 0 ? text + tr(", requested %1").arg(words(asked)) : text;
}

void UsageView::draw()
{
    if (m_series.samples().empty())
        return;
    UsageChart::Shown cpu{.samples = {}, .most = m_bounds.most.cpu, .asked = m_bounds.asked.cpu};
    UsageChart::Shown memory{.samples = {}, .most = m_bounds.most.memory, .asked = m_bounds.asked.memory};
    // Of a node the line of what there is would press that of what is used to the ground: the words above say it.
    if (m_kind->whole == kinds::UsageKind::Whole::Allocatable)
        cpu.most = memory.most = 0;
    for (const metrics::Usage &usage : m_series.samples()) {
        cpu.samples.append({usage.at, usage.amounts().cpu});
        memory.samples.append({usage.at, usage.amounts().memory});
    }
    const kinds::Amounts last = m_series.samples().back().amounts();
    m_cpuText->setLine(ofText(last.cpu, m_bounds.most.cpu, m_bounds.asked.cpu, false));
    m_memoryText->setLine(ofText(last.memory, m_bounds.most.memory, m_bounds.asked.memory, true));
    m_cpu->show(cpu);
    m_memory->show(memory);
    for (UsageChart *chart : {m_cpu, m_memory})
        chart->setStale(m_feed.phase() != Phase::Known);
    m_cpu->setAccessibleDescription(m_cpuText->text());
    m_memory->setAccessibleDescription(m_memoryText->text());
    QString note = tr("watched since %1, %2 samples").arg(clockText(m_series.samples().front().at)).arg(m_series.samples().size());
    if (m_feed.phase() == Phase::Failing && m_feed.why())
        note += tr("; the metrics API fails: %1").arg(items::plainText(m_feed.why()->message));
    else if (m_feed.phase() == Phase::Absent)
        note += tr("; the server has no metrics API any more");
    m_note->setLine(note);
}

void UsageView::say()
{
    if (!m_series.samples().empty()) {
        m_stack->setCurrentWidget(m_charts);
        return;
    }
    Message message;
    message.icon = Icon::Chart;
    switch (m_feed.phase()) {
    case Phase::Asking:
        message.title = tr("Asking the metrics API …");
        break;
    case Phase::Absent:
        message.title = tr("This cluster has no metrics API.");
        message.text = tr("What is used is told by metrics.k8s.io, which a metrics server brings; without it nothing can be shown here.");
        break;
    case Phase::Known:
        message.title = tr("Nothing is known of what it uses.");
        message.text = tr("The metrics API knows what runs, some half a minute after it began. It is asked again while this is shown.");
        break;
    case Phase::Failing:
        message.shape = Shape::Unknown;
        message.title = tr("The metrics API fails.");
        if (m_feed.why()) {
            message.text = items::plainText(m_feed.why()->remedy);
            message.words = items::plainText(m_feed.why()->message);
        }
        message.actions.append({.text = tr("Retry now")});
        break;
    }
    m_message->say(message);
    m_stack->setCurrentWidget(m_message);
}

} // namespace fairlead::ui
