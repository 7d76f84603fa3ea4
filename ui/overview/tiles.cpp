// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/overview/tiles.h"

#include "kinds/kinds.h"
#include "ui/widgets/words.h"
#include "ui/widgets/healthshape.h"
#include "ui/widgets/text.h"

#include <QStringList>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <functional>

namespace fairlead::ui {

using kinds::Health;
using overview::Census;
using overview::History;
using overview::Overview;
using overview::ValueSeries;
using Phase = metrics::UsageFeed::Phase;

namespace {

// As bars are stacked: what does its work first, what does not at the right end.
constexpr std::array order = {Health::Healthy, Health::Progressing, Health::Idle, Health::Degraded, Health::Failed, Health::Unknown};

Ink inkOf(Health health)
{
    constexpr std::array<Ink, kinds::healthCount> inks = {
        &Tokens::ok, &Tokens::progress, &Tokens::warn, &Tokens::bad, &Tokens::idle, &Tokens::unknown};
    return inks[static_cast<std::size_t>(health)];
}

void takeTrend(TileFacts &facts, const ValueSeries &series, const std::function<QString(double)> &words)
{
    constexpr std::size_t mostShown = 60; // an hour
    const auto &points = series.points();
    const std::size_t first = points.size() > mostShown ? points.size() - mostShown : 0;
    for (std::size_t i = first; i < points.size(); ++i)
        facts.trend.append(points[i].value);
    if (facts.trend.size() < 2)
        return;
    const auto [low, high] = std::minmax_element(facts.trend.begin(), facts.trend.end());
    facts.trendHigh = words(*high);
    facts.trendLow = words(*low);
}

QString resource(const std::string &qualifiedName)
{
    const std::size_t dot = qualifiedName.find('.');
    const kinds::Kind &kind = kinds::kindOf(dot == std::string::npos ? "" : qualifiedName.substr(dot + 1), qualifiedName.substr(0, dot));
    QString title = QString::fromUtf8(kind.title.data(), qsizetype(kind.title.size()));
    return title.isEmpty() ? QString::fromStdString(qualifiedName) : title.toLower();
}

// The last hour in one word: only where it is as long.
QString changeText(const ValueSeries &series)
{
    if (series.points().size() < 2)
        return {};
    const auto &now = series.points().back();
    const auto begin =
        std::find_if(series.points().begin(), series.points().end(), [&](const auto &point) { return now.at - point.at <= std::chrono::hours(1); });
    const auto span = std::chrono::duration_cast<std::chrono::seconds>(now.at - begin->at);
    if (span < std::chrono::minutes(1))
        return {};
    const auto difference = std::llround(now.value - begin->value);
    const QString time = QString::fromStdString(formatAge(span));
    return difference == 0
               ? Tiles::tr("same for %1").arg(time)
               : Tiles::tr("%1%2 in %3").arg(difference > 0 ? QStringLiteral("+") : QStringLiteral("−"), grouped(std::abs(difference)), time);
}

QString usedText(const Used &used, const QString &amount)
{
    if (used.total)
        return Tiles::tr("Used by pods: %1.").arg(amount);
    if (used.phase == Phase::Absent)
        return Tiles::tr("What is used is not known: the server has no metrics API.");
    if (used.phase == Phase::Failing)
        return Tiles::tr("What is used is not known: the metrics API fails.");
    return Tiles::tr("What is used is not known yet.");
}

} // namespace

TileFacts Tiles::census(
    const QString &title, const Census &census, const ValueSeries &trend, const std::string &kind, const std::vector<std::string> &kindNames)
{
    TileFacts facts;
    facts.title = title;
    if (!census.known) {
        facts.figure = QStringLiteral("–");
        const bool forbidden = census.why && census.why->code == Code::Forbidden;
        facts.note = !census.offered ? tr("not served") : forbidden ? tr("may not list") : tr("could not be read");
        facts.noteInk = &Tokens::unknown;
        facts.unknown = tr("not known");
        facts.spoken = tr("%1: not known").arg(title);
        return facts;
    }
    facts.figure = grouped(qsizetype(census.total));
    facts.note = changeText(trend);
    QStringList spoken;
    const QString one = kindNames.size() == 1 ? resource(kindNames.front()) : title.toLower();
    const kinds::Kind *known = nullptr;
    if (!kindNames.empty()) {
        const std::size_t dot = kindNames.front().find('.');
        known = &kinds::kindOf(dot == std::string::npos ? "" : kindNames.front().substr(dot + 1), kindNames.front().substr(0, dot));
    }
    for (const Health health : order) {
        const std::int64_t count = census.of(health);
        if (count == 0)
            continue;
        TileFacts::Part part;
        part.share = double(count);
        part.ink = inkOf(health);
        part.shape = shapeOf(health);
        part.words = grouped(qsizetype(count));
        const QString word =
            known != nullptr ? QString::fromUtf8(known->word(health).data(), qsizetype(known->word(health).size())).toLower() : QString();
        part.name = tr("%1 of %2 %3: %4").arg(grouped(qsizetype(count)), grouped(qsizetype(census.total)), one, word);
        const std::string_view state = kinds::name(health);
        part.target = QString::fromStdString(kind) + QLatin1Char(' ') + QString::fromUtf8(state.data(), qsizetype(state.size()));
        spoken << QStringLiteral("%1 %2").arg(grouped(qsizetype(count)), word);
        facts.parts.append(part);
    }
    facts.spoken = tr("%1 %2: %3").arg(facts.figure, one, spoken.join(QStringLiteral(", ")));
    const bool bad = census.of(Health::Failed) > 0;
    facts.trendInk = bad ? &Tokens::idle : &Tokens::ok;
    takeTrend(facts, trend, [](double value) { return grouped(qsizetype(std::llround(value))); });
    return facts;
}

TileFacts Tiles::capacity(const QString &title, const Overview::Glance &glance, const ValueSeries &trend, const Used &used, bool memory)
{
    const auto amount = [memory](const kinds::Amounts &amounts) { return memory ? amounts.memory : amounts.cpu; };
    const overview::Figures &figures = glance.figures;
    TileFacts facts;
    facts.title = title;
    if (!figures.pods.known) {
        facts.figure = QStringLiteral("–");
        facts.note = tr("pods not known");
        facts.noteInk = &Tokens::unknown;
        facts.unknown = tr("not known");
        facts.spoken = tr("%1: not known").arg(title);
        return facts;
    }
    const double asked = amount(figures.asked.requests);
    const double limits = amount(figures.asked.limits);
    const double there = amount(figures.allocatable);
    const bool isUsedKnown = used.total.has_value();
    const double taken = isUsedKnown ? amount(*used.total) : 0;
    const BytesText bytes = bytesText(isUsedKnown ? taken : asked);
    const QString word = isUsedKnown ? tr("used") : tr("req.");
    facts.figure = memory ? bytes.figure : coresText(isUsedKnown ? taken : asked);
    facts.unit = memory ? QStringLiteral("%1 %2").arg(bytes.unit, word) : word;
    const bool known = figures.nodes.known && there > 0;
    facts.note = known ? memory ? tr("of %1").arg(bytesText(there).both()) : tr("of %1 cores").arg(coresText(there)) : tr("nodes not known");
    facts.noteInk = known ? &Tokens::muted : &Tokens::unknown;
    facts.whole = known ? there : 0;
    const auto square = [&](double share, Ink ink, double strength, const QString &words) {
        TileFacts::Part part;
        part.share = share;
        part.ink = ink;
        part.strength = strength;
        part.words = words;
        facts.parts.append(part);
    };
    if (known) {
        const bool tooMuch = asked > there;
        // The bar goes from the left in steps, each as far as its own figure; what is less than the one before it has no step.
        double end = 0;
        const auto step = [&](double until, Ink ink, double strength, const QString &words) {
            const double share = std::max(0.0, std::min(until, there) - end);
            end += share;
            square(share, ink, strength, words);
        };
        if (isUsedKnown)
            step(taken, taken > there ? &Tokens::warn : &Tokens::progress, 1, tr("used %1").arg(percentText(taken, there)));
        else if (used.phase == Phase::Absent || used.phase == Phase::Failing)
            square(0, &Tokens::unknown, 0.6, used.phase == Phase::Absent ? tr("no metrics") : tr("metrics fail"));
        step(asked, tooMuch ? &Tokens::warn : &Tokens::progress, isUsedKnown ? 0.55 : 1, tr("req. %1").arg(percentText(asked, there)));
        // Limits may add up to more than there is: the bar ends there, the figure says it.
        step(limits, &Tokens::progress, isUsedKnown ? 0.25 : 0.30, tr("limits %1").arg(percentText(limits, there)));
    } else {
        facts.unknown = tr("of what, is not known");
    }
    const auto whole = [memory](double value) { return memory ? bytesText(value).both() : tr("%1 cores").arg(coresText(value)); };
    facts.spoken = tr("%1: %2 requested %3; limits %4. %5")
                       .arg(title, whole(asked), facts.note, known ? percentText(limits, there) : tr("not known"), usedText(used, whole(taken)));
    facts.trendInk = &Tokens::progress;
    takeTrend(facts,
        !isUsedKnown ? trend
        : memory     ? used.memoryTrend
                     : used.cpuTrend,
        [memory](double value) { return memory ? bytesText(value).both() : coresText(value); });
    return facts;
}

std::array<TileFacts, 6> Tiles::of(const Overview::Glance &glance, const History &history, const Used &used)
{
    const overview::Figures &figures = glance.figures;
    std::vector<std::string> workloads;
    for (const kinds::KindKey key : overview::workloadKinds())
        workloads.push_back(std::string(key.resource) + "." + std::string(key.group));
    std::array<TileFacts, 6> all = {
        census(tr("Pods"), figures.pods, history.figure(History::Pods), "pods", {"pods"}),
        census(tr("Workloads"), figures.workloads, history.figure(History::Workloads), "workloads", workloads),
        census(tr("Jobs"), figures.jobs, history.figure(History::Jobs), "jobs.batch", {"jobs.batch"}),
        census(tr("Nodes"), figures.nodes, history.figure(History::Nodes), "nodes", {"nodes"}),
        capacity(tr("CPU"), glance, history.figure(History::Cpu), used, false),
        capacity(tr("Memory"), glance, history.figure(History::Memory), used, true),
    };
    TileFacts &jobs = all[2];
    if (figures.jobs.known) {
        jobs.figure = grouped(qsizetype(figures.jobs.of(Health::Progressing)));
        jobs.unit = tr("running");
        jobs.note = tr("of %1").arg(grouped(qsizetype(figures.jobs.total)));
        jobs.trendInk = &Tokens::progress;
    }
    return all;
}

std::array<TileFacts, 6> Tiles::empty()
{
    std::array<TileFacts, 6> all;
    const std::array names = {tr("Pods"), tr("Workloads"), tr("Jobs"), tr("Nodes"), tr("CPU"), tr("Memory")};
    for (std::size_t i = 0; i < all.size(); ++i)
        all[i].title = names[i];
    return all;
}

Tiles::Target Tiles::targetOf(const QString &target, const overview::Figures &figures)
{
    Target out;
    const QStringList words = target.split(QLatin1Char(' '));
    if (words.size() != 2)
        return out;
    out.states = words[1].toStdString();
    std::vector<std::string> names = {words[0].toStdString()};
    if (names.front() == "workloads") {
        names.clear();
        for (const kinds::KindKey key : overview::workloadKinds())
            names.push_back(std::string(key.resource) + "." + std::string(key.group));
    }
    for (const std::string &kind : names) {
        const auto census = figures.byKind.find(kind);
        if (census == figures.byKind.end())
            continue;
        for (std::size_t i = 0; i < kinds::healthCount; ++i) {
            if (kinds::name(Health(i)) == out.states && census->second.healths[i] > 0)
                out.rows.push_back({kind, census->second.healths[i]});
        }
    }
    return out;
}

} // namespace fairlead::ui
