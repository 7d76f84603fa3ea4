// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/resources/resourcespage.h"

#include "items/ownertreemodel.h"
#include "items/plaintext.h"
#include "items/tablestanding.h"
#include "kinds/kinds.h"
#include "kube/access.h"
#include "kube/client.h"
#include "ui/resources/groupsmenu.h"
#include "ui/resources/ownertreeview.h"
#include "ui/resources/panedock.h"
#include "ui/resources/resourcetable.h"
#include "ui/resources/rowmenu.h"
#include "ui/resources/usagecolumns.h"
#include "ui/resources/workfilter.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/dropbutton.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/placeholderrows.h"
#include "ui/widgets/searchfield.h"

#include <QItemSelectionModel>
#include <QJsonArray>
#include <QJsonObject>
#include <QKeyEvent>
#include <QLocale>
#include <QMenu>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace fairlead::ui {

using items::OwnerTreeGrouping;
using items::TableStanding;

ResourcesPage::ResourcesPage(const PageContext &context, const Destination &destination, const DetailPaneMaker &makePane)
    : m_context(context)
    , m_scope(context.scope)
    , m_rows(context.cluster->session->clock())
    , m_order(m_rows)
    , m_finder(context.cluster->session->discovery(), context.cluster->session->clock())
    , m_actions(new RowActions(m_context, this))
    , m_bar(new ResourcesBar(context.theme))
    , m_stale(new Banner(context.theme))
    , m_missing(new Banner(context.theme))
    , m_table(new ResourceTable(context.theme, m_order, context.settings))
    , m_usage(std::make_unique<UsageColumns>(*context.cluster->session, m_rows, *m_table))
    , m_work(std::make_unique<WorkFilter>(m_bar->work(), m_rows, *m_table))
    , m_loading(new PlaceholderRows(context.theme))
    , m_message(new MessagePanel(context.theme))
{
    auto *rows = new QWidget;
    m_column = new QVBoxLayout(rows);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(0);
    m_column->addWidget(m_stale);
    m_column->addWidget(m_missing);
    m_column->addWidget(m_table, 1);
    m_column->addWidget(m_loading, 1);
    m_column->addWidget(m_message, 1);
    m_dock = new PaneDock(context.settings, rows);
    if (makePane) {
        DetailPane *const pane = makePane(m_context, m_dock);
        m_dock->setPane(pane);
        connect(pane, &DetailPane::wanted, this, &Page::wanted);
        connect(pane, &DetailPane::completed, this, &ResourcesPage::update);
    }
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    outer->addWidget(m_bar);
    outer->addWidget(m_dock, 1);
    m_loading->setHeader(m_table->horizontalHeader());
    m_stale->hide();
    m_missing->hide();
    m_missing->offer(tr("Retry now"), Icon::Read);
    m_message->hide();

    auto *columns = new QMenu(this);
    m_bar->columns().setMenu(columns);
    connect(&m_bar->columns(), &DropButton::opening, m_table, [this, columns] { m_table->fillColumnsMenu(*columns); });
    auto *groups = new GroupsMenu(this);
    m_bar->groups().setMenu(groups);
    connect(&m_bar->groups(), &DropButton::opening, this, [this, groups] { m_tree ? groups->fill(*m_tree, *m_resource) : groups->clear(); });
    connect(groups, &GroupsMenu::chosen, this, &ResourcesPage::chooseGrouping);
    connect(&m_bar->filter(), &QLineEdit::textChanged, this, &ResourcesPage::applyFilter);
    connect(m_bar, &ResourcesBar::chosenChanged, this, &ResourcesPage::applyFilter);
    connect(m_work.get(), &WorkFilter::chosenChanged, this, &ResourcesPage::applyFilter);
    connect(m_table, &ResourceTable::currentChosen, this, &ResourcesPage::showCurrent);
    connect(m_table, &ResourceTable::opened, this, [this] { openCurrent({}, false); });
    connect(m_table, &ResourceTable::menuWanted, this, &ResourcesPage::showMenu);
    connect(m_table, &ResourceTable::copyWanted, this, &ResourcesPage::copyRows);
    connect(m_bar, &ResourcesBar::viewChosen, this, &ResourcesPage::chooseView);
    connect(m_table, &QAbstractItemView::clicked, this, [this] { showPane(); });
    connect(&m_finder, &items::ResourceFinder::found, this, &ResourcesPage::open);
    connect(&m_finder, &items::ResourceFinder::failed, this, &ResourcesPage::update);
    connect(m_message, &MessagePanel::acted, this, &ResourcesPage::act);
    connect(m_stale, &Banner::acted, this, &ResourcesPage::reload);
    connect(m_missing, &Banner::acted, this, [this] {
        if (m_tree)
            m_tree->sources().retry();
    });
    connect(&m_rows, &items::TableModel::stateChanged, this, &ResourcesPage::update);
    connect(&m_rows, &items::TableModel::countsChanged, this, &ResourcesPage::showHealth);
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(&m_order, signal, this, &ResourcesPage::update);
    connect(&m_order, &QAbstractItemModel::modelReset, this, &ResourcesPage::update);
    connect(&m_order, &QAbstractItemModel::layoutChanged, this, [this] { Q_EMIT statusChanged(); });
    m_view = destination.view == "tree" ? ResourcesBar::View::Tree : ResourcesBar::View::Table;
    m_bar->setView(m_view);
    goTo(destination);
}

ResourcesPage::~ResourcesPage()
{
    dropTree();
}

bool ResourcesPage::goTo(const Destination &destination)
{
    const std::string kind = destination.kind.empty() ? m_resource ? m_resource->qualifiedName() : "pods" : destination.kind;
    const bool same = m_resource && (m_resource->qualifiedName() == kind || m_wanted.kind == kind);
    m_wanted = destination;
    m_wanted.kind = kind;
    if (!same || !destination.filter.empty() || !destination.states.empty()) {
        m_bar->filter().setText(QString::fromStdString(destination.filter));
        chooseNamed({});
    }
    if (destination.scope)
        m_scope = *destination.scope;
    if (same) {
        open(*m_resource);
        return true;
    }
    m_resource.reset();
    m_wasComplete = false;
    m_bar->setTitle(title());
    Q_EMIT titleChanged();
    m_finder.find(kind);
    update();
    return true;
}

void ResourcesPage::open(const kube::Resource &resource)
{
    const bool another = !m_resource || m_resource->id != resource.id;
    m_resource = resource;
    const kube::Scope scope = resource.namespaced ? m_scope : kube::Scope::all();
    const auto store = m_context.cluster->session->store({.resource = resource.id, .scope = scope, .selector = {}});
    if (another || store != m_rows.store()) {
        m_wasComplete = false;
        m_askedRights = false;
        m_allowed.clear();
        m_rows.show(store, resource);
        m_usage->follow(resource, scope);
        m_work->follow(m_view == ResourcesBar::View::Table);
    }
    if (another) {
        const QString kind = QString::fromStdString(resource.qualifiedName());
        m_bar->setKind(m_rows.kind());
        chooseNamed(m_wanted.states);
        m_table->setKind(kind, QString::fromStdString(resource.id.resource));
        m_bar->setTitle(title());
    }
    if (m_view == ResourcesBar::View::Tree)
        showTree();
    if (!m_wanted.select.empty()) {
        m_table->selectNamed(m_wanted.select);
        m_paneWanted = true;
    }
    applyFilter();
    Q_EMIT titleChanged();
    update();
}

void ResourcesPage::setScope(const kube::Scope &scope)
{
    m_scope = scope;
    if (m_resource)
        open(*m_resource);
}

void ResourcesPage::applyFilter()
{
    const auto filter = items::RowFilter::parse(m_bar->filter().text().toStdString());
    m_bar->filter().setProblem(filter ? QString() : items::plainText(filter.error().text()));
    if (filter)
        m_text = *filter; // else the last one that could be read stays
    const auto healthy = m_text.withHealth(m_bar->chosen());
    auto whole = healthy.withWork(m_work->chosen());
    if (m_tree && !(healthy == m_tree->filter()))
        m_tree->setFilter(healthy);
    if (!(whole == m_order.filter()))
        m_order.setFilter(std::move(whole));
    Q_EMIT statusChanged();
    update();
}

ResourceMessages::Subject ResourcesPage::subject() const
{
    const Clock &clock = m_context.cluster->session->clock();
    ResourceMessages::Subject subject;
    subject.kinds = ResourceMessages::inSentence(items::plainText(m_resource ? kinds::titleOf(*m_resource) : m_wanted.kind));
    subject.namespaced = !m_resource || m_resource->namespaced;
    subject.scope = m_scope;
    subject.rows = std::size_t(size());
    subject.filter = m_bar->filter().text();
    subject.states = !m_bar->chosen().empty() || !m_work->chosen().empty();
    subject.icon = icon();
    subject.allowed = m_allowed;
    subject.since = notFound() ? m_finder.failedSince() : m_rows.state().since;
    subject.nextTry = m_rows.state().nextTry;
    subject.now = clock.now();
    return subject;
}

void ResourcesPage::update()
{
    using What = TableStanding::What;
    showCount();
    const TableStanding standing = this->standing();
    const bool content = standing.what == What::Content;
    const bool message = !content && standing.what != What::Loading;
    // Without rows only the captions stay, faint: what would stand here is to be seen.
    rowsView()->setMaximumHeight(content ? QWIDGETSIZE_MAX : measure::caption);
    rowsView()->setEnabled(content);
    m_table->setVisible(m_treeView == nullptr);
    m_table->setStale(standing.stale);
    if (m_treeView != nullptr)
        m_treeView->setStale(standing.stale);
    m_message->setVisible(message);
    m_stale->setVisible(standing.stale);
    if (standing.stale) {
        m_stale->say(Shape::Unknown, ResourceMessages::staleSentence(m_rows.state(), subject()),
            ResourceMessages::staleText(m_rows.state(), m_context.cluster->session->clock().now()));
        m_stale->offer(tr("Retry now"), Icon::Read);
    }
    const auto missing = content && m_tree ? m_tree->sources().missing() : std::vector<items::OwnerTreeSources::Missing>();
    m_missing->setVisible(!missing.empty() && !standing.stale);
    if (!missing.empty())
        m_missing->say(Shape::Unknown, ResourceMessages::missingSentence(missing), ResourceMessages::missingText(missing));
    if (standing.what == What::Loading)
        m_loading->begin();
    else
        m_loading->end();
    m_loading->setVisible(standing.what == What::Loading);
    if (message) {
        const auto said = notFound() && m_finder.error()->code == Code::NotFound
                              ? ResourceMessages::unknownKind(m_wanted.kind, *m_finder.error(), icon())
                              : ResourceMessages::of(standing, subject());
        m_offers = said.offers;
        m_message->say(said.message);
        if (standing.what == What::NoRight && !m_askedRights)
            askRights();
    }
    // "next try in 8 s" goes on while it is looked at.
    auto &clock = m_context.cluster->session->clock();
    const bool counts = standing.stale || (standing.what == What::Failed && m_rows.state().nextTry);
    if (counts && m_seconds == 0)
        m_seconds = clock.after(std::chrono::seconds(1), this, [this] {
            m_seconds = 0;
            update();
        });
    if (message && standing.what != What::Filtered)
        m_dock->close();
    const bool complete = isComplete();
    if (complete && !m_wasComplete) {
        m_wasComplete = true;
        m_table->fitColumns();
        m_table->selectFirst();
        if (m_treeView != nullptr)
            m_treeView->fitColumns();
        Q_EMIT completed();
    }
    Q_EMIT statusChanged();
}

void ResourcesPage::askRights()
{
    m_askedRights = true;
    if (!m_resource || !m_resource->namespaced)
        return;
    m_askingRights = true;
    std::set<std::string> candidates = {m_context.cluster->space};
    const QJsonObject known = m_context.settings.value(contextKey(m_context.cluster->facts.name)).toObject();
    for (const QJsonValue space : known.value(QLatin1String("recent")).toArray())
        candidates.insert(space.toString().toStdString());
    kube::spacesWith(m_context.cluster->session->client(), {.verb = "list", .resource = m_resource->id}, candidates)
        .then(this, [this](Result<std::set<std::string>> allowed) {
            m_askingRights = false;
            if (allowed)
                m_allowed = std::move(*allowed); // else nothing can be offered; the server's own words stand there
            update();
        });
}

void ResourcesPage::act(int action)
{
    if (action < 0 || action >= m_offers.size())
        return;
    const ResourceMessages::Said::Offer offer = m_offers[action];
    Destination there = {.page = "resources", .kind = m_wanted.kind};
    switch (offer.action) {
    case ResourceMessages::Action::ShowAllNamespaces:
        there.scope = kube::Scope::all();
        Q_EMIT wanted(there);
        break;
    case ResourceMessages::Action::ShowNamespace:
        there.scope = kube::Scope::of({offer.space});
        Q_EMIT wanted(there);
        break;
    case ResourceMessages::Action::ClearFilter:
        chooseNamed({});
        m_bar->filter().clear();
        applyFilter();
        break;
    case ResourceMessages::Action::Retry:
        reload();
        break;
    }
}

void ResourcesPage::reload()
{
    m_askedRights = false;
    if (!m_resource || m_rows.state().phase == kube::Phase::Ended) {
        m_resource.reset();
        m_finder.again();
        return;
    }
    if (m_rows.store())
        m_rows.store()->retry();
}

bool ResourcesPage::isComplete() const
{
    if (notFound())
        return true;
    return m_resource && standing().whole && !m_askingRights && m_dock->isComplete();
}

std::optional<Error> ResourcesPage::failure() const
{
    if (notFound())
        return m_finder.error();
    const TableStanding is = standing();
    using What = TableStanding::What;
    return is.what == What::NoRight || is.what == What::Failed || is.what == What::Ended ? is.error : std::nullopt;
}

QWidget *ResourcesPage::rowsView() const
{
    return m_treeView != nullptr ? static_cast<QWidget *>(m_treeView) : m_table;
}

void ResourcesPage::chooseNamed(const std::string &states)
{
    m_bar->chooseNamed(states);
    m_work->chooseNamed(states);
}

void ResourcesPage::chooseView(ResourcesBar::View view)
{
    m_view = view;
    m_work->follow(view == ResourcesBar::View::Table);
    m_bar->setView(view);
    m_wasComplete = false;
    if (view == ResourcesBar::View::Table)
        dropTree();
    else if (m_resource)
        showTree();
    showHealth();
    m_bar->setTitle(title());
    applyFilter();
    rowsView()->setFocus();
    Q_EMIT titleChanged();
}

void ResourcesPage::makeTree()
{
    m_tree = std::make_unique<items::OwnerTreeModel>(m_context.cluster->session->clock());
    m_treeView = new OwnerTreeView(m_context.theme);
    m_treeView->setTree(*m_tree);
    m_column->insertWidget(m_column->indexOf(m_table), m_treeView, 1);
    connect(m_tree.get(), &items::OwnerTreeModel::stateChanged, this, &ResourcesPage::update);
    connect(m_tree.get(), &items::OwnerTreeModel::countsChanged, this, &ResourcesPage::update);
    connect(m_tree.get(), &items::OwnerTreeModel::countsChanged, this, &ResourcesPage::showHealth);
    connect(m_tree.get(), &QAbstractItemModel::modelReset, this, &ResourcesPage::update);
    connect(m_treeView, &OwnerTreeView::activatedRow, this, [this] { openCurrent({}, false); });
    connect(m_treeView, &OwnerTreeView::copyWanted, this, &ResourcesPage::copyRows);
    connect(m_treeView, &QAbstractItemView::clicked, this, [this] { showPane(); });
    connect(m_treeView->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &ResourcesPage::showCurrent);
    m_treeView->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_treeView, &QWidget::customContextMenuRequested, this, [this](const QPoint &at) { showMenu(m_treeView->viewport()->mapToGlobal(at)); });
}

void ResourcesPage::dropTree()
{
    if (m_treeView == nullptr)
        return;
    rememberTree();
    delete std::exchange(m_treeView, nullptr);
    m_tree.reset();
}

void ResourcesPage::rememberTree()
{
    if (!m_treeView->treeName().isEmpty())
        m_context.settings.set(QStringLiteral("trees/") + m_treeView->treeName(), QJsonArray::fromStringList(m_treeView->opened()));
}

void ResourcesPage::showTree()
{
    if (!m_tree)
        makeTree();
    const QString name = QString::fromStdString(m_resource->qualifiedName());
    m_treeView->setAccessibleName(QString::fromStdString(m_resource->id.resource));
    if (m_treeView->treeName() != name) {
        rememberTree();
        QStringList opened;
        for (const QJsonValue key : m_context.settings.value(QStringLiteral("trees/") + name).toArray())
            opened.append(key.toString());
        m_treeView->setTreeName(name, opened);
    }
    chooseGrouping(OwnerTreeGrouping::named(m_context.settings.value(GroupsMenu::settingsKey(*m_resource)).toString().toStdString()));
    const auto session = m_context.cluster->session;
    m_tree->show([session](const kube::Source &source) { return session->store(source); }, session->discovery().offer(), *m_resource,
        m_resource->namespaced ? m_scope : kube::Scope::all());
}

void ResourcesPage::chooseGrouping(const OwnerTreeGrouping &grouping)
{
    if (!m_tree || !m_resource)
        return;
    const QString name = QString::fromStdString(grouping.name());
    m_context.settings.set(GroupsMenu::settingsKey(*m_resource), name.isEmpty() ? QJsonValue(QJsonValue::Undefined) : QJsonValue(name));
    m_bar->setGrouping(GroupsMenu::wordsOf(grouping));
    m_wasComplete = m_wasComplete && grouping == m_tree->grouping();
    m_tree->setGrouping(grouping);
    m_bar->setTitle(title());
    Q_EMIT titleChanged();
    update();
}

void ResourcesPage::keyTyped(int key)
{
    const auto object = chosen();
    if (!object)
        return;
    if (key == Qt::Key_Y)
        openCurrent("yaml", false);
    else if (key == Qt::Key_L && kinds::kindOf(object->resource.id.group, object->resource.id.resource).hasLogs())
        openCurrent("log", false);
}

QString ResourcesPage::statusText() const
{
    return m_treeView == nullptr && m_resource ? ResourceMessages::sortedBy(m_order) : QString();
}

QString ResourcesPage::title() const
{
    const QString kinds = items::plainText(m_resource ? kinds::titleOf(*m_resource) : m_wanted.kind);
    if (m_treeView == nullptr)
        return kinds;
    return tr("%1 by %2").arg(kinds, m_tree->grouping().isOn() ? GroupsMenu::wordsOf(m_tree->grouping()) : tr("owner"));
}

Icon ResourcesPage::icon() const
{
    return m_resource ? iconNamed(kinds::kindOf(m_resource->id.group, m_resource->id.resource).icon) : Icon::Custom;
}

Destination ResourcesPage::destination() const
{
    Destination there = {.page = "resources", .kind = m_resource ? m_resource->qualifiedName() : m_wanted.kind};
    there.filter = m_bar->filter().text().toStdString();
    there.states = m_bar->chosenNames();
    if (const std::string works = m_work->chosenNames(); !works.empty())
        there.states += (there.states.empty() ? "" : ",") + works;
    there.view = m_view == ResourcesBar::View::Tree ? "tree" : "table";
    return there;
}

void ResourcesPage::focusFilter()
{
    m_bar->filter().setFocus(Qt::ShortcutFocusReason);
    m_bar->filter().selectAll();
}

void ResourcesPage::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && m_dock->isOpen()) {
        m_dock->close();
        rowsView()->setFocus();
        return;
    }
    if (event->modifiers() == Qt::NoModifier && event->key() >= Qt::Key_A && event->key() <= Qt::Key_Z)
        keyTyped(event->key());
    Page::keyPressEvent(event);
}

void ResourcesPage::showCurrent()
{
    if (m_paneWanted || m_dock->isOpen())
        showPane();
}

void ResourcesPage::showPane()
{
    const auto object = chosen();
    if (!object)
        return;
    m_dock->open(object->resource, object->space, object->name, std::exchange(m_wanted.tab, {}));
    m_paneWanted = false;
}

void ResourcesPage::showMenu(const QPoint &global)
{
    const auto object = chosen();
    if (!object)
        return;
    const bool hasLogs = kinds::kindOf(object->resource.id.group, object->resource.id.resource).hasLogs();
    QMenu *const menu = makeRowMenu(
        m_context.theme, hasLogs, [this](const std::string &tab, bool newTab) { openCurrent(tab, newTab); }, this);
    if (object->item)
        m_actions->addCopies(*addCopyMenu(*menu, m_context.theme), chosenRows());
    menu->popup(global);
}

void ResourcesPage::openCurrent(const std::string &tab, bool newTab)
{
    const auto object = chosen();
    if (!object)
        return;
    Q_EMIT wanted(
        {.page = "object", .kind = object->resource.qualifiedName(), .space = object->space, .name = object->name, .tab = tab, .newTab = newTab});
}

} // namespace fairlead::ui
