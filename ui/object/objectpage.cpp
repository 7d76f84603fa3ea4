// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/object/objectpage.h"

#include "items/plaintext.h"
#include "kinds/kinds.h"
#include "kube/resourcenames.h"
#include "kube/session.h"
#include "ui/object/objectview.h"
#include "ui/widgets/messagepanel.h"

#include <QStackedWidget>
#include <QVBoxLayout>

namespace fairlead::ui {

ObjectPage::ObjectPage(const PageContext &context, const Destination &destination, const ObjectTabs &tabs)
    : m_cluster(context.cluster)
    , m_wanted(destination)
    , m_stack(new QStackedWidget)
    , m_message(new MessagePanel(context.theme))
    , m_view(new ObjectView(context.theme, context.cluster, tabs, ObjectView::Where::Page))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_stack);
    m_stack->addWidget(m_message);
    m_stack->addWidget(m_view);
    connect(m_message, &MessagePanel::acted, this, &ObjectPage::reload);
    connect(m_view, &ObjectView::wanted, this, &Page::wanted);
    connect(m_view, &ObjectView::completed, this, &Page::completed);
    connect(m_view, &ObjectView::statusChanged, this, &Page::statusChanged);
    // Where it is, a restored tab remembers.
    connect(m_view, &ObjectView::tabChanged, this, &Page::statusChanged);
    m_view->setTab(destination.tab);
    setFocusProxy(m_view);
    find();
}

ObjectPage::~ObjectPage() = default;

void ObjectPage::find()
{
    m_failure.reset();
    m_message->say({.icon = Icon::Custom, .title = tr("Reading %1…").arg(items::plainText(m_wanted.name))});
    m_stack->setCurrentWidget(m_message);
    m_cluster->session->discovery().load().then(this, [this, wanted = m_wanted](Result<kube::OfferPtr> offer) {
        if (wanted != m_wanted)
            return;
        if (!offer) {
            fail(offer.error());
            return;
        }
        auto resource = kube::resolveResource(**offer, wanted.kind);
        if (!resource) {
            fail(resource.error());
            return;
        }
        m_resource = *resource;
        const std::string space = wanted.space.empty() ? m_cluster->space : wanted.space;
        m_view->showObject(*resource, space, wanted.name);
        m_stack->setCurrentWidget(m_view);
        Q_EMIT titleChanged();
    });
}

void ObjectPage::fail(const Error &error)
{
    m_failure = error;
    m_message->say({.shape = Shape::Bad,
        .title = tr("The object could not be read."),
        .text = items::plainText(error.remedy),
        .words = items::plainText(error.message),
        .actions = {{.text = tr("Retry")}}});
    m_stack->setCurrentWidget(m_message);
    Q_EMIT completed();
}

QString ObjectPage::title() const
{
    return items::plainText(m_wanted.name);
}

Icon ObjectPage::icon() const
{
    return m_resource ? iconNamed(kinds::kindOf(m_resource->id.group, m_resource->id.resource).icon) : Icon::Custom;
}

Destination ObjectPage::destination() const
{
    Destination now = m_wanted;
    now.page = "object";
    now.newTab = false;
    now.select.clear();
    if (m_resource) {
        now.kind = m_resource->qualifiedName();
        now.tab = m_view->tab();
        if (const auto *feed = m_view->feed())
            now.space = feed->space();
    }
    return now;
}

bool ObjectPage::goTo(const Destination &destination)
{
    const bool same = destination.kind == m_wanted.kind && destination.space == m_wanted.space && destination.name == m_wanted.name;
    m_wanted = destination;
    if (!destination.tab.empty())
        m_view->setTab(destination.tab);
    if (!same) {
        m_resource.reset();
        find();
        Q_EMIT titleChanged();
    }
    return true;
}

bool ObjectPage::isComplete() const
{
    return m_failure || (m_resource && m_view->isComplete());
}

std::optional<Error> ObjectPage::failure() const
{
    return m_failure ? m_failure : m_view->failure();
}

QString ObjectPage::statusText() const
{
    return m_view->statusText();
}

void ObjectPage::focusFilter()
{
    m_view->focusSearch();
}

void ObjectPage::reload()
{
    if (m_failure)
        find();
    else
        m_view->reload();
}

std::optional<kube::State> ObjectPage::freshness() const
{
    const items::ObjectFeed *const feed = m_view->feed();
    return feed != nullptr && feed->isLive() ? std::optional(feed->state()) : std::nullopt; // else it was read once
}

} // namespace fairlead::ui
