// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/overview/historycharts.h"

#include "items/plaintext.h"
#include "ui/overview/chartcard.h"
#include "ui/overview/restartschart.h"
#include "ui/overview/warningschart.h"
#include "ui/widgets/words.h"
#include "ui/widgets/text.h"

#include <algorithm>
#include <chrono>
#include <functional>
#include <numeric>

namespace fairlead::ui {

using overview::CountSeries;
using overview::History;
using overview::Rollout;

namespace {

/// How far back charts look, and in how wide steps, in those of the series.
struct Span {
    const char *name;
    const char *ago;
    const char *warnings;
    const char *restarts;
    const char *unit;
    int warningSteps;
    int warningFold;
    int restartSteps;
    int restartFold;
    bool restartsLong; ///< of the series that reaches back a day
};
constexpr Span spans[] = {
    {QT_TRANSLATE_NOOP("fairlead::ui::HistoryCharts", "1 h"), QT_TRANSLATE_NOOP("fairlead::ui::HistoryCharts", "none in the last hour"),
        QT_TRANSLATE_NOOP("fairlead::ui::HistoryCharts", "Warnings per 5 min"),
        QT_TRANSLATE_NOOP("fairlead::ui::HistoryCharts", "Restarts per minute"), QT_TRANSLATE_NOOP("fairlead::ui::HistoryCharts", "/ min"), 12, 1, 60,
        1, false},
    {QT_TRANSLATE_NOOP("fairlead::ui::HistoryCharts", "6 h"), QT_TRANSLATE_NOOP("fairlead::ui::HistoryCharts", "none in the last 6 h"),
        QT_TRANSLATE_NOOP("fairlead::ui::HistoryCharts", "Warnings per 15 min"),
        QT_TRANSLATE_NOOP("fairlead::ui::HistoryCharts", "Restarts per 5 min"), QT_TRANSLATE_NOOP("fairlead::ui::HistoryCharts", "/ 5 min"), 24, 3,
        72, 1, true},
    {QT_TRANSLATE_NOOP("fairlead::ui::HistoryCharts", "24 h"), QT_TRANSLATE_NOOP("fairlead::ui::HistoryCharts", "none in the last 24 h"),
        QT_TRANSLATE_NOOP("fairlead::ui::HistoryCharts", "Warnings per hour"),
        QT_TRANSLATE_NOOP("fairlead::ui::HistoryCharts", "Restarts per 15 min"), QT_TRANSLATE_NOOP("fairlead::ui::HistoryCharts", "/ 15 min"), 24, 12,
        96, 3, true},
};

QStringList edges(Moment from, Moment until)
{
    return {clockText(from), clockText(from + (until - from) / 2), clockText(until)};
}

QString words(const Rollout &rollout)
{
    return HistoryCharts::tr("%1 revision %2").arg(items::plainText(rollout.name)).arg(rollout.revision);
}

QString wordsBetween(const std::vector<Rollout> &rollouts, Moment from, Moment until)
{
    QStringList all;
    for (const Rollout &each : rollouts) {
        if (each.at >= from && each.at < until)
            all << words(each);
    }
    return all.join(QStringLiteral(", "));
}

} // namespace

HistoryCharts::HistoryCharts(const Theme &theme)
    : m_warnings(new WarningsChart(theme))
    , m_restarts(new RestartsChart(theme))
    , m_warningsCard(new ChartCard(theme, tr(spans[0].warnings), m_warnings, 1))
    , m_restartsCard(new ChartCard(theme, tr(spans[0].restarts), m_restarts, 2))
{
}

QList<SegmentedSwitch::Part> HistoryCharts::ranges()
{
    QList<SegmentedSwitch::Part> parts;
    for (const Span &each : spans)
        parts.append({.text = tr(each.name)});
    return parts;
}

void HistoryCharts::setRange(int range)
{
    m_range = std::clamp(range, 0, int(std::size(spans)) - 1);
    m_warningsCard->setTitle(tr(spans[m_range].warnings));
    m_restartsCard->setTitle(tr(spans[m_range].restarts));
}

void HistoryCharts::setTwin(bool twin)
{
    m_twin = twin;
    m_warningsCard->setTwin(twin);
    m_restartsCard->setTwin(twin);
}

void HistoryCharts::setStale(bool stale)
{
    m_warnings->setStale(stale);
    m_restarts->setStale(stale);
}

void HistoryCharts::show(const History &history, const std::vector<Rollout> &rollouts, Moment now)
{
    showWarnings(history, now);
    showRestarts(history, rollouts, now);
}

void HistoryCharts::showWarnings(const History &history, Moment at)
{
    const auto &all = history.warnings();
    struct Named {
        QString name;
        std::vector<std::int64_t> counts;
        std::int64_t sum = 0;
    };
    const Span &range = spans[m_range];
    std::vector<Named> named;
    for (const auto &[reason, series] : all) {
        auto counts = series.last(std::size_t(range.warningSteps), at, range.warningFold);
        const auto sum = std::accumulate(counts.begin(), counts.end(), std::int64_t(0));
        if (sum > 0)
            named.push_back({reason.empty() ? tr("other") : items::plainText(reason), std::move(counts), sum});
    }
    std::stable_sort(named.begin(), named.end(), [](const Named &a, const Named &b) { return a.sum > b.sum; });
    if (named.size() > std::size_t(WarningsChart::most)) {
        Named &rest = named[WarningsChart::most - 1];
        rest.name = tr("%1 others").arg(named.size() - WarningsChart::most + 1);
        for (std::size_t i = WarningsChart::most; i < named.size(); ++i)
            std::transform(rest.counts.begin(), rest.counts.end(), named[i].counts.begin(), rest.counts.begin(), std::plus<>());
        named.resize(WarningsChart::most);
    }
    const auto step = History::warningStep * range.warningFold;
    const Moment end = CountSeries(step).beginOf(at) + step;
    const Moment begin = end - step * range.warningSteps;
    WarningsChart::Shown shown;
    shown.times = edges(begin, at);
    QList<ChartCard::Key> keys;
    QStringList captions = {tr("From")};
    for (std::size_t i = 0; i < named.size(); ++i) {
        shown.names << named[i].name;
        QList<double> counts;
        for (const std::int64_t count : named[i].counts)
            counts << double(count);
        shown.counts << counts;
        keys.append({WarningsChart::inkOf(int(i)), named[i].name});
        captions << named[i].name;
    }
    if (shown.counts.isEmpty())
        shown.counts << QList<double>(range.warningSteps, 0);
    captions << tr("All");
    m_warningsCard->setKeys(keys);
    const auto since = history.warningsSince();
    const bool whole = since && *since <= begin;
    // "None in the last hour" is said by who has looked for an hour.
    const QString from = since ? clockText(*since) : QString();
    m_warningsCard->setNote(whole    ? named.empty() ? tr(range.ago) : QString()
                               : !since ? QString()
                                     : (named.empty() ? tr("none since %1") : tr("since %1")).arg(from));
    if (!m_twin) {
        m_warnings->show(shown);
        return;
    }
    QList<QStringList> rows;
    for (int i = range.warningSteps - 1; i >= 0; --i) {
        QStringList row = {clockText(begin + step * i)};
        std::int64_t sum = 0;
        for (const Named &each : named) {
            row << grouped(qsizetype(each.counts[std::size_t(i)]));
            sum += each.counts[std::size_t(i)];
        }
        rows << (row << grouped(qsizetype(sum)));
    }
    m_warningsCard->table().show(captions, rows);
}

void HistoryCharts::showRestarts(const History &history, const std::vector<Rollout> &rollouts, Moment at)
{
    const Span &range = spans[m_range];
    const CountSeries &series = range.restartsLong ? history.restartsLong() : history.restarts();
    const auto counts = series.last(std::size_t(range.restartSteps), at, range.restartFold);
    const auto step = series.width() * range.restartFold;
    const Moment begin = series.beginOf(at, range.restartFold) - step * (range.restartSteps - 1);
    const auto since = history.restartsSince();
    m_restartsCard->setNote(since && *since > begin ? tr("since %1").arg(clockText(*since)) : QString());
    if (!m_twin) {
        RestartsChart::Shown shown;
        for (const std::int64_t count : counts)
            shown.counts << double(count);
        shown.times = edges(begin, at);
        shown.unit = tr(range.unit);
        for (const Rollout &each : rollouts) {
            if (each.at >= begin && each.at <= at)
                shown.marks.append(
                    {qreal((each.at - begin) / std::chrono::duration<double>(step)), clockText(each.at) + QStringLiteral("  ") + words(each)});
        }
        m_restarts->show(shown);
        return;
    }
    QList<QStringList> rows;
    for (int i = range.restartSteps - 1; i >= 0; --i)
        rows << QStringList{clockText(begin + step * i), wordsBetween(rollouts, begin + step * i, begin + step * (i + 1)),
            grouped(qsizetype(counts[std::size_t(i)]))};
    m_restartsCard->table().show({tr("At"), tr("Rolled out"), tr("Restarts")}, rows);
}

} // namespace fairlead::ui
