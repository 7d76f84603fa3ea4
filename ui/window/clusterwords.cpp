// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/clusterwords.h"

#include "items/plaintext.h"
#include "kube/session.h"
#include "ui/window/recordingframe.h"

#include <QCoreApplication>

#include <algorithm>
#include <chrono>

namespace fairlead::ui {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ClusterWords", text);
}

} // namespace

QString spanWords(Clock::Duration span)
{
    using namespace std::chrono;
    const auto milliseconds = std::max<Clock::Duration::rep>(0, span.count());
    if (milliseconds < 10'000)
        return tr("%1 s").arg(double(milliseconds) / 1000, 0, 'f', 1);
    if (milliseconds < 120'000)
        return tr("%1 s").arg(milliseconds / 1000);
    if (milliseconds < 2 * 3'600'000)
        return tr("%1 min").arg(milliseconds / 60'000);
    return tr("%1 h").arg(milliseconds / 3'600'000);
}

Freshness freshnessOf(const std::optional<kube::State> &state, Clock::TimePoint now)
{
    if (!state)
        return {};
    const auto since = spanWords(std::chrono::duration_cast<Clock::Duration>(now - state->since));
    const QString why = state->why ? items::plainText(state->why->message) : QString();
    switch (state->phase) {
    case kube::Phase::Loading:
        if (!state->why)
            return {Shape::Progress, tr("loading"), tr("Nothing has come yet.")};
        if (state->why->code == Code::Forbidden || state->why->code == Code::Unauthorized)
            return {Shape::Warn, tr("no access"), why};
        return {Shape::Bad, tr("offline"), why};
    case kube::Phase::FirstPage:
        return {Shape::Progress, tr("loading"), tr("A part is here, more comes.")};
    case kube::Phase::Live:
        return {Shape::Ok, tr("live"), tr("Every change comes by itself.")};
    case kube::Phase::Stale:
        return {
            Shape::Unknown, tr("stale"), tr("No word from the server for %1.").arg(since) + (why.isEmpty() ? QString() : QLatin1Char('\n') + why)};
    case kube::Phase::Ended:
        return {Shape::Idle, tr("ended"), why};
    }
    return {};
}

QStringList clusterFacts(const contexts::OpenCluster &cluster, const contexts::Reach &reach)
{
    QStringList facts;
    if (!reach.version.empty())
        facts << tr("Kubernetes %1").arg(items::plainText(reach.version));
    else
        facts << items::plainText(cluster.session->client().server());
    if (reach.roundTrip)
        facts << tr("%1 ms").arg(reach.roundTrip->count());
    int watches = 0;
    Clock::TimePoint lastWord{};
    for (const auto &store : cluster.session->stores()) {
        lastWord = std::max(lastWord, store->state().lastWord);
        if (store->state().phase == kube::Phase::Live)
            ++watches;
    }
    facts << (watches == 1 ? tr("1 watch") : tr("%1 watches").arg(watches));
    if (lastWord != Clock::TimePoint{})
        facts << tr("last word %1 ago").arg(spanWords(std::chrono::duration_cast<Clock::Duration>(cluster.session->clock().now() - lastWord)));
    return facts;
}

StatusWords statusWords(const contexts::OpenCluster &cluster, const Page *page, const contexts::Reach &reach)
{
    StatusWords words;
    words.facts = clusterFacts(cluster, reach);
    if (cluster.recording) {
        const RecordingWords told = recordingWords(*cluster.recording);
        words.icon = Icon::Tape;
        words.live = {.shape = Shape::Idle, .words = told.mark, .more = told.right};
        words.facts = words.facts.mid(0, 1) + told.about;
        words.right = told.right;
        return words;
    }
    words.live = freshnessOf(page != nullptr ? page->freshness() : std::nullopt, cluster.session->clock().now());
    words.shape = words.live.words.isEmpty() ? Shape::None : words.live.shape;
    words.right = page != nullptr ? page->statusText() : QString();
    return words;
}

QString titleWords(const Page *page, const std::string &context)
{
    QStringList parts;
    if (page != nullptr)
        parts << page->title();
    if (!context.empty())
        parts << items::plainText(context);
    parts << QStringLiteral("Fairlead");
    return parts.join(QStringLiteral(" – "));
}

ListWords listWords(const contexts::ContextList &list, const contexts::Reachability &reachability)
{
    using State = contexts::ContextList::State;
    if (list.state() == State::Failed)
        return {Shape::Bad, {tr("kubeconfig not readable")}, {}};
    if (list.state() == State::Empty) {
        const auto searched = list.searched.size();
        return {Shape::Idle, {tr("no cluster"), searched == 1 ? tr("1 place searched") : tr("%1 places searched").arg(searched)}, {}};
    }
    const auto contexts = qsizetype(list.contexts.size());
    ListWords words;
    words.facts << (contexts == 1 ? tr("1 context") : tr("%1 contexts").arg(contexts));
    // kubectl passes over them in silence, and then wonders why a context is missing.
    const auto missing = std::count_if(list.searched.begin(), list.searched.end(), [](const contexts::Searched &place) {
        return place.what == contexts::Searched::What::Listed && place.found == contexts::Searched::Found::Missing;
    });
    if (missing > 0)
        words.facts << (missing == 1 ? tr("1 file of KUBECONFIG is not there") : tr("%1 files of KUBECONFIG are not there").arg(missing));
    const auto reachable = std::count_if(list.contexts.begin(), list.contexts.end(),
        [&](const contexts::ContextFacts &each) { return reachability.reach(each.name).state == contexts::Reach::State::Reachable; });
    words.facts << tr("%1 reachable").arg(reachable) << tr("checked every minute");
    words.right =
        list.currentContext.empty() ? tr("no current context") : tr("kubectl's current context: %1").arg(items::plainText(list.currentContext));
    return words;
}

Message refusalMessage(const Error &error)
{
    return {.shape = Shape::Bad,
        .title = tr("The context could not be opened."),
        .text = items::plainText(error.remedy),
        .words = items::plainText(error.text())};
}

} // namespace fairlead::ui
