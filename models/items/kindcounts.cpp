// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/kindcounts.h"

#include "kinds/kinds.h"
#include "kube/rowrequest.h"

#include <algorithm>
#include <utility>

namespace fairlead::items {

namespace {

Result<std::int64_t> countOf(kube::Answer &&answer)
{
    auto page = kube::decodeTable(answer.body, kube::Detail::Cells, {});
    if (!page)
        return failure(std::move(page.error()));
    // A server may leave out how many remain; then the one row says nothing.
    if (page->remaining < 0 && !page->continueToken.empty())
        return failure({.code = Code::Unsupported, .message = "the server does not say how many there are"});
    return std::int64_t(page->rows.size()) + std::max<std::int64_t>(page->remaining, 0);
}

std::optional<SideBarModel::Problems> problemsOf(const kinds::Kind &kind, const kube::Snapshot &rows)
{
    std::int64_t failed = 0;
    std::int64_t degraded = 0;
    rows.forEach([&](const kube::ItemPtr &item) {
        const auto health = kind.health(rows.columns(), item->meta());
        failed += health == kinds::Health::Failed ? 1 : 0;
        degraded += health == kinds::Health::Degraded ? 1 : 0;
    });
    if (failed > 0)
        return SideBarModel::Problems{kinds::Health::Failed, failed};
    if (degraded > 0)
        return SideBarModel::Problems{kinds::Health::Degraded, degraded};
    return std::nullopt;
}

} // namespace

KindCounts::KindCounts(kube::Session &session, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_number(session.client().dispatcher().open())
{
}

KindCounts::~KindCounts()
{
    m_session.client().dispatcher().close(m_number);
}

void KindCounts::setKinds(std::vector<kube::Resource> kinds)
{
    std::map<std::string, Known> known;
    for (kube::Resource &resource : kinds) {
        const std::string name = resource.qualifiedName();
        const auto before = m_known.find(name);
        if (before != m_known.end() && before->second.resource == resource) {
            known.emplace(name, before->second);
            known[name].judging = false; // the generation is over
        } else {
            known[name].resource = std::move(resource);
        }
    }
    const bool same = known.size() == m_known.size() && std::equal(known.begin(), known.end(), m_known.begin(), [](const auto &a, const auto &b) {
        return a.first == b.first && a.second.resource == b.second.resource;
    });
    if (same)
        return;
    m_known = std::move(known);
    startAnew();
}

void KindCounts::setScope(const kube::Scope &scope)
{
    if (scope == m_scope)
        return;
    m_scope = scope;
    for (auto &[name, known] : m_known) {
        if (!known.resource.namespaced)
            continue;
        known.answered = false;
        known.judging = false;
        set(known, std::nullopt, std::nullopt); // those of elsewhere say nothing here
    }
    startAnew();
}

void KindCounts::setActive(bool active)
{
    if (active == m_active)
        return;
    m_active = active;
    if (active) {
        startAnew();
        return;
    }
    m_session.clock().cancel(std::exchange(m_round, 0));
    m_session.clock().cancel(std::exchange(m_look, 0));
    m_waiting.clear();
}

void KindCounts::lookNow()
{
    if (m_active)
        look();
}

void KindCounts::startAnew()
{
    ++m_generation;
    m_asked = 0;
    m_waiting.clear();
    m_saidSettled = false;
    if (!m_active)
        return;
    look();
    round();
}

void KindCounts::planRound()
{
    m_session.clock().cancel(std::exchange(m_round, 0));
    m_round = m_session.clock().after(interval, this, [this] {
        m_round = 0;
        round();
    });
}

void KindCounts::planLook()
{
    m_session.clock().cancel(std::exchange(m_look, 0));
    m_look = m_session.clock().after(lookInterval, this, [this] {
        m_look = 0;
        look();
    });
}

void KindCounts::round()
{
    planRound();
    if (!m_waiting.empty() || m_asked > 0)
        return; // a slow server is not asked twice
    for (auto &[name, known] : m_known) {
        if (known.followed)
            continue;
        known.sum = 0;
        known.failed = false;
        known.open = 1;
        if (!known.resource.namespaced || m_scope.isAll()) {
            m_waiting.push_back({name, {}});
            continue;
        }
        known.open = int(m_scope.namespaces.size());
        for (const std::string &space : m_scope.namespaces)
            m_waiting.push_back({name, space});
    }
    next();
}

void KindCounts::next()
{
    while (m_asked < parallel && !m_waiting.empty()) {
        const Ask one = std::move(m_waiting.front());
        m_waiting.pop_front();
        ask(one);
    }
    if (!m_saidSettled && isSettled()) {
        m_saidSettled = true;
        Q_EMIT settled();
    }
}

void KindCounts::ask(const Ask &ask)
{
    const auto found = m_known.find(ask.kind);
    if (found == m_known.end())
        return;
    auto request =
        kube::rowRequest(net::Verb::List, kube::collectionPath(found->second.resource.id, ask.space), kube::Detail::Cells, kube::RowForm::Table);
    request.query.emplace_back("limit", "1");
    ++m_asked;
    m_session.client().ask<std::int64_t>(std::move(request), countOf).then(this, [this, kind = ask.kind, generation = m_generation](auto count) {
        if (generation != m_generation)
            return;
        --m_asked;
        answer(kind, count ? std::optional(*count) : std::nullopt);
        next();
    });
}

void KindCounts::answer(const std::string &kind, const std::optional<std::int64_t> &count)
{
    const auto found = m_known.find(kind);
    if (found == m_known.end())
        return;
    Known &known = found->second;
    known.failed = known.failed || !count;
    known.sum += count.value_or(0);
    if (--known.open > 0)
        return;
    known.answered = true;
    if (!known.followed)
        set(known, known.failed ? std::nullopt : std::optional(known.sum), std::nullopt);
}

void KindCounts::look()
{
    planLook();
    const auto stores = m_session.stores();
    for (auto &[name, known] : m_known) {
        const kube::Source source{.resource = known.resource.id, .scope = known.resource.namespaced ? m_scope : kube::Scope::all(), .selector = {}};
        const auto store = std::find_if(stores.begin(), stores.end(), [&](const auto &each) { return each->source() == source; });
        const bool there = store != stores.end() && ((*store)->state().phase == kube::Phase::Live || (*store)->state().phase == kube::Phase::Stale);
        if (there) {
            known.followed = true;
            known.answered = true;
            lookAt(known, **store);
        } else if (known.followed) {
            known.followed = false; // its number stays till the next round
            known.store = nullptr;
            set(known, known.count, std::nullopt);
        }
    }
}

void KindCounts::lookAt(Known &known, const kube::Store &store)
{
    const kube::Snapshot rows = store.snapshot();
    set(known, std::int64_t(rows.size()), known.problems);
    const bool stale = known.store != &store || known.judged != rows.revision();
    if (stale && !known.judging && kinds::kindOf(known.resource.id.group, known.resource.id.resource).hasHealth())
        judge(known, store);
}

void KindCounts::judge(Known &known, const kube::Store &store)
{
    known.judging = true;
    known.judged = store.snapshot().revision();
    known.store = &store;
    const kinds::Kind &kind = kinds::kindOf(known.resource.id.group, known.resource.id.resource);
    // What crosses is a number and a snapshot: the pool touches nothing of ours.
    m_session.client().pool().start([this, &dispatcher = m_session.client().dispatcher(), number = m_number, generation = m_generation, &kind,
                                        rows = store.snapshot(), name = known.resource.qualifiedName()] {
        const auto problems = problemsOf(kind, rows);
        dispatcher.post(number, [this, generation, name, problems] {
            const auto found = m_known.find(name);
            if (generation != m_generation || found == m_known.end())
                return;
            found->second.judging = false;
            if (found->second.followed)
                set(found->second, found->second.count, problems);
            if (isSettled())
                Q_EMIT settled();
        });
    });
}

void KindCounts::set(Known &known, std::optional<std::int64_t> count, std::optional<Problems> problems)
{
    if (known.count == count && known.problems == problems)
        return;
    known.count = count;
    known.problems = problems;
    Q_EMIT changed(known.resource.qualifiedName());
}

std::optional<std::int64_t> KindCounts::count(const std::string &qualifiedName) const
{
    const auto found = m_known.find(qualifiedName);
    return found == m_known.end() ? std::nullopt : found->second.count;
}

std::optional<KindCounts::Problems> KindCounts::problems(const std::string &qualifiedName) const
{
    const auto found = m_known.find(qualifiedName);
    return found == m_known.end() ? std::nullopt : found->second.problems;
}

bool KindCounts::isSettled() const
{
    return std::all_of(m_known.begin(), m_known.end(), [](const auto &each) { return each.second.answered && !each.second.judging; });
}

} // namespace fairlead::items
