// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/contextview.h"

#include "items/plaintext.h"
#include "kinds/commonkinds.h"
#include "kube/resourcenames.h"
#include "ui/window/destinationjson.h"
#include "ui/window/namespacepopup.h"
#include "ui/window/pagekind.h"
#include "ui/window/pagetabs.h"
#include "ui/window/waitingpage.h"

#include <QJsonArray>

#include <algorithm>
#include <iterator>
#include <utility>

namespace fairlead::ui {

namespace {

constexpr int mostRecent = 8;
constexpr int mostTabs = 100; // of a file that somebody wrote by hand
const QString titleKey = QStringLiteral("title");
const QString iconKey = QStringLiteral("icon");

} // namespace

ContextView::ContextView(const Shared &shared, contexts::OpenClusterPtr cluster, QObject *parent)
    : QObject(parent)
    , m_shared(shared)
    , m_cluster(std::move(cluster))
    , m_tabs(new PageTabs(shared.theme))
{
    if (m_cluster != nullptr) {
        m_names = std::make_unique<items::NamespaceNames>(*m_cluster->session);
        m_counts = std::make_unique<items::KindCounts>(*m_cluster->session);
        readScope();
        m_counts->setScope(m_scope);
        kube::Discovery &discovery = m_cluster->session->discovery();
        connect(&discovery, &kube::Discovery::changed, this, &ContextView::countKinds);
        countKinds(discovery.offer());
        m_cluster->session->discovery().load().then(this, [](const auto &) {}); // there may be no page that asks
        m_cluster->session->discovery().follow();
    }
    connect(m_tabs, &PageTabs::tabsChanged, this, &ContextView::changed);
    connect(m_tabs, &PageTabs::currentChanged, this, &ContextView::changed);
    connect(m_tabs, &PageTabs::statusChanged, this, &ContextView::changed); // a filter is part of where a page is
}

ContextView::~ContextView()
{
    // Pages hold the cluster's stores and go before it; the widget may have gone with the window.
    if (m_tabs != nullptr)
        m_tabs->closeAll();
}

void ContextView::readScope()
{
    const QJsonObject known = m_shared.settings.value(contextKey(name())).toObject();
    if (const auto scope = scopeOf(known.value(QStringLiteral("namespaces")))) {
        m_scope = *scope;
        return;
    }
    // As the context says; where it says nothing, all: what may be seen is found out by asking.
    const std::string &own = m_cluster->facts.nameSpace;
    m_scope = own.empty() ? kube::Scope::all() : kube::Scope::of({own});
}

void ContextView::countKinds(const kube::OfferPtr &offer)
{
    std::vector<kube::Resource> kinds;
    if (offer != nullptr) {
        std::copy_if(offer->resources.begin(), offer->resources.end(), std::back_inserter(kinds), [](const kube::Resource &resource) {
            return resource.preferred && resource.can("list") && kinds::isCommon(resource.id.group, resource.id.resource);
        });
    }
    m_counts->setKinds(std::move(kinds));
}

std::vector<std::string> ContextView::recentNamespaces() const
{
    std::vector<std::string> recent;
    const QJsonObject known = m_shared.settings.value(contextKey(name())).toObject();
    const QJsonArray names = known.value(QStringLiteral("recent")).toArray();
    for (const auto &name : names) {
        if (!name.toString().isEmpty())
            recent.push_back(name.toString().toStdString());
    }
    return recent;
}

void ContextView::fill(NamespacePopup &popup)
{
    m_names->follow();
    if (!popup.isVisible()) {
        popup.choice().setScope(m_scope);
        popup.choice().setRecent(recentNamespaces());
    }
    popup.choice().setNames(knownNamespaces());
    const auto &refusal = m_names->refusal();
    popup.setNote(refusal ? tr("The namespaces cannot be listed: %1").arg(items::plainText(refusal->message)) : QString());
}

std::set<std::string> ContextView::knownNamespaces() const
{
    std::set<std::string> known = m_names->names();
    if (m_names->refusal())
        known.insert(m_cluster->space); // who may not list them finds the context's own
    return known;
}

void ContextView::setScope(const kube::Scope &scope)
{
    if (m_cluster == nullptr || scope == m_scope)
        return;
    m_scope = scope;
    QJsonArray recent;
    for (const std::string &name : scope.namespaces)
        recent.append(QString::fromStdString(name));
    const QJsonObject known = m_shared.settings.value(contextKey(name())).toObject();
    const QJsonArray before = known.value(QStringLiteral("recent")).toArray();
    for (const auto &name : before) {
        if (recent.size() < mostRecent && !recent.contains(name))
            recent.append(name);
    }
    m_shared.settings.set(contextKey(name()), QJsonObject{{QStringLiteral("namespaces"), toJson(scope)}, {QStringLiteral("recent"), recent}});
    for (int tab = 0; tab < m_tabs->count(); ++tab)
        m_tabs->page(tab)->setScope(scope);
    m_counts->setScope(scope);
    Q_EMIT scopeChanged();
    Q_EMIT changed();
}

std::string ContextView::canonical(const std::string &kind) const
{
    const kube::OfferPtr offer = m_cluster != nullptr ? m_cluster->session->discovery().offer() : nullptr;
    if (offer == nullptr)
        return kind;
    const auto resource = kube::resolveResource(*offer, kind);
    return resource ? resource->qualifiedName() : kind;
}

int ContextView::tabOf(const Destination &destination) const
{
    const std::string kind = canonical(destination.kind);
    const auto shows = [&](int tab) {
        const Destination shown = m_tabs->page(tab)->destination();
        if (shown.page != destination.page || canonical(shown.kind) != kind)
            return false;
        // Rows of a kind are one page, whichever of them is chosen; an object is a page of its own.
        return destination.page == "resources" || (shown.space == destination.space && shown.name == destination.name);
    };
    if (m_tabs->currentTab() >= 0 && shows(m_tabs->currentTab()))
        return m_tabs->currentTab();
    for (int tab = 0; tab < m_tabs->count(); ++tab) {
        if (shows(tab))
            return tab;
    }
    return -1;
}

void ContextView::open(const Destination &asked)
{
    Destination destination = asked;
    // Where nothing is asked for: what is broken, first.
    if (destination.page.empty())
        destination.page = destination.kind.empty() && destination.select.empty() && destination.filter.empty() && destination.view.empty()
                               ? "overview"
                               : "resources";
    if (destination.page == "resources" && destination.kind.empty())
        destination.kind = "pods";
    if (destination.scope)
        setScope(*destination.scope);
    if (!destination.newTab) {
        if (const int tab = tabOf(destination); tab >= 0) {
            m_tabs->select(tab);
            m_tabs->page(tab)->goTo(destination);
            return;
        }
        Page *const front = m_tabs->current();
        if (front != nullptr && destination.page == "resources" && front->destination().page == "resources" && front->goTo(destination)) {
            Q_EMIT changed();
            return;
        }
    }
    if (has(destination.page)) // the command line has been asked; what pages want is among allPages()
        m_tabs->add(make(destination));
}

bool ContextView::has(const std::string &page) const
{
    const PageKind *const kind = pageNamed(page);
    return kind != nullptr && (kind->needs == PageKind::Needs::Nothing || m_cluster != nullptr);
}

std::unique_ptr<Page> ContextView::make(const Destination &destination) const
{
    return pageNamed(destination.page)->make({m_shared.theme, m_shared.settings, m_shared.clusters, m_cluster, m_scope, m_shared.book}, destination);
}

std::optional<kube::Resource> ContextView::resourceInFront() const
{
    const Page *const front = m_tabs->current();
    if (front == nullptr || m_cluster == nullptr)
        return std::nullopt;
    const Destination shown = front->destination();
    const kube::OfferPtr offer = m_cluster->session->discovery().offer();
    if (shown.kind.empty() || offer == nullptr)
        return std::nullopt;
    auto resource = kube::resolveResource(*offer, shown.kind);
    return resource ? std::optional(std::move(*resource)) : std::nullopt;
}

QJsonObject ContextView::state() const
{
    QJsonArray tabs;
    for (int tab = 0; tab < m_tabs->count(); ++tab) {
        const Page &page = *m_tabs->page(tab);
        QJsonObject json = toJson(page.destination());
        json.insert(titleKey, page.title());
        json.insert(iconKey, QString::fromUtf8(iconName(page.icon()).data(), qsizetype(iconName(page.icon()).size())));
        tabs.append(json);
    }
    return {{QStringLiteral("tabs"), tabs}, {QStringLiteral("current"), m_tabs->currentTab()}};
}

void ContextView::restore(const QJsonObject &state)
{
    const QJsonArray tabs = state.value(QStringLiteral("tabs")).toArray();
    for (int tab = 0; tab < tabs.size() && tab < mostTabs; ++tab) {
        const QJsonObject json = tabs[tab].toObject();
        const Destination destination = destinationOf(json);
        if (!has(destination.page))
            continue;
        // A server is asked for what is looked at, not for all that was open once.
        const QByteArray icon = json.value(iconKey).toString().toUtf8();
        m_tabs->addBehind(std::make_unique<WaitingPage>(destination, json.value(titleKey).toString(),
            iconNamed({icon.constData(), std::size_t(icon.size())}), [this](const Destination &wanted) { return make(wanted); }));
    }
    if (m_tabs->count() > 0)
        m_tabs->select(std::clamp(state.value(QStringLiteral("current")).toInt(), 0, m_tabs->count() - 1));
}

} // namespace fairlead::ui
