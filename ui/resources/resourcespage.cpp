// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/resources/resourcespage.h"

#include "items/plaintext.h"
#include "kinds/kinds.h"
#include "kube/resourcenames.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/messagepanel.h"
#include "ui/widgets/pageheader.h"
#include "ui/widgets/tableview.h"

#include <QHeaderView>
#include <QLocale>
#include <QVBoxLayout>

namespace fairlead::ui {

ResourcesPage::ResourcesPage(const PageContext &context, const Destination &destination)
    : m_theme(context.theme)
    , m_cluster(context.cluster)
    , m_scope(context.scope)
    , m_wanted(destination.kind.empty() ? "pods" : destination.kind)
    , m_rows(context.cluster->session->clock())
    , m_order(m_rows)
    , m_header(new PageHeader(context.theme, QString()))
    , m_table(new TableView(context.theme))
    , m_message(new MessagePanel(context.theme))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addWidget(m_table, 1);
    column->addWidget(m_message, 1);
    m_message->hide();
    m_table->setModel(&m_order);
    connect(&m_rows, &items::TableModel::stateChanged, this, &ResourcesPage::update);
    connect(&m_order, &QAbstractItemModel::rowsInserted, this, &ResourcesPage::update);
    connect(&m_order, &QAbstractItemModel::rowsRemoved, this, &ResourcesPage::update);
    connect(&m_order, &QAbstractItemModel::modelReset, this, &ResourcesPage::update);
    find();
}

ResourcesPage::~ResourcesPage() = default;

void ResourcesPage::find()
{
    m_cluster->session->discovery().load().then(this, [this](Result<kube::OfferPtr> offer) {
        if (!offer) {
            fail(offer.error());
            return;
        }
        auto resource = kube::resolveResource(**offer, m_wanted);
        if (!resource) {
            fail(resource.error());
            return;
        }
        open(*resource);
    });
}

void ResourcesPage::open(const kube::Resource &resource)
{
    m_resource = resource;
    const kube::Scope scope = resource.namespaced ? m_scope : kube::Scope::all();
    m_rows.show(m_cluster->session->store({.resource = resource.id, .scope = scope, .selector = {}}), resource);
    m_table->setAccessibleName(QString::fromStdString(resource.id.resource));
    Q_EMIT titleChanged();
    update();
}

void ResourcesPage::setScope(const kube::Scope &scope)
{
    m_scope = scope;
    if (m_resource)
        open(*m_resource);
}

void ResourcesPage::update()
{
    m_header->setCount(QLocale().toString(m_rows.rowCount()));
    const kube::State &state = m_rows.state();
    if (state.phase == kube::Phase::Loading && state.why) {
        fail(*state.why);
        return;
    }
    if (state.phase == kube::Phase::Live && !m_complete) {
        m_complete = true;
        m_failure.reset();
        m_message->hide();
        m_table->show();
        for (int i = 0; i < m_order.columnCount(); ++i)
            m_table->setColumnHidden(i, m_order.headerData(i, Qt::Horizontal, items::TableModel::WideRole).toBool());
        m_table->fitColumns();
        Q_EMIT completed();
    }
}

void ResourcesPage::fail(const Error &error)
{
    m_failure = error;
    m_complete = true;
    m_table->hide();
    m_message->show();
    m_message->say({.shape = Shape::Bad,
        .title = tr("%1 could not be read.").arg(title()),
        .text = items::plainText(error.remedy),
        .words = items::plainText(error.message)});
    Q_EMIT completed();
}

QString ResourcesPage::title() const
{
    return m_resource ? items::plainText(kinds::titleOf(*m_resource)) : items::plainText(m_wanted);
}

Icon ResourcesPage::icon() const
{
    return Icon::File;
}

Destination ResourcesPage::destination() const
{
    return {.page = "resources", .kind = m_resource ? m_resource->qualifiedName() : m_wanted};
}

void ResourcesPage::reload()
{
    if (m_rows.store())
        m_rows.store()->retry();
    else
        find();
}

} // namespace fairlead::ui
