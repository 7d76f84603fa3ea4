// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/mainwindow.h"

#include "items/plaintext.h"
#include "ui/clusters/clusterspage.h"
#include "ui/widgets/messagepanel.h"
#include "ui/window/contextband.h"
#include "ui/window/headerbar.h"
#include "ui/window/pages.h"
#include "ui/window/pagetabs.h"
#include "ui/window/statusline.h"

#include <QKeySequence>
#include <QShortcut>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace fairlead::ui {

using contexts::ContextList;

MainWindow::MainWindow(const Theme &theme, Settings &settings, contexts::Clusters &clusters, contexts::ContextBook *book, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_settings(settings)
    , m_clusters(clusters)
    , m_book(book)
    , m_band(new ContextBand(theme))
    , m_header(new HeaderBar(theme))
    , m_stack(new QStackedWidget)
    , m_clustersPage(
          book != nullptr ? new ClustersPage({theme, settings, clusters, nullptr, {}, book}, {.page = "clusters"}) : new ClustersPage(theme))
    , m_message(new MessagePanel(theme))
    , m_tabs(new PageTabs(theme))
    , m_status(new StatusLine(theme))
{
    setMinimumSize(leastWidth, leastHeight);
    m_stack->addWidget(m_clustersPage);
    m_stack->addWidget(m_message);
    m_stack->addWidget(m_tabs);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_band);
    column->addWidget(m_header);
    column->addWidget(m_stack, 1);
    column->addWidget(m_status);
    connect(new QShortcut(QKeySequence::Quit, this), &QShortcut::activated, this, &QWidget::close);
    connect(m_tabs, &PageTabs::currentChanged, this, &MainWindow::showStatus);
    connect(m_tabs, &PageTabs::statusChanged, this, &MainWindow::showStatus);
    connect(m_tabs, &PageTabs::wanted, this, &MainWindow::go);
    connect(m_tabs, &PageTabs::completed, this, &MainWindow::completed);
    connect(m_clustersPage, &Page::wanted, this, &MainWindow::go);
    connect(m_clustersPage, &Page::statusChanged, this, &MainWindow::showStatus);
    connect(m_clustersPage, &Page::completed, this, [this] {
        if (m_stack->currentWidget() == m_clustersPage)
            Q_EMIT completed();
    });
    if (book != nullptr)
        connect(book, &contexts::ContextBook::listRead, this, [this] { setList(m_book->list()); });
    setList({});
}

MainWindow::~MainWindow()
{
    m_tabs->closeAll(); // pages hold the cluster's stores, and go before it
}

void MainWindow::setList(const ContextList &list)
{
    m_list = list;
    if (m_book == nullptr) // else it follows the book by itself
        m_clustersPage->setList(list);
    if (m_cluster == nullptr) {
        m_band->setContext(list.opened());
        m_header->setContext(list.opened());
        const contexts::ContextFacts *opened = list.opened();
        setWindowTitle(opened != nullptr ? tr("%1 – Fairlead").arg(items::plainText(opened->name)) : QStringLiteral("Fairlead"));
    }
    showStatus();
}

void MainWindow::go(const Destination &destination)
{
    const std::uint64_t generation = ++m_generation;
    if (destination.page == "clusters") {
        showClusters();
        return;
    }
    if (const PageKind *const kind = pageNamed(destination.page); kind != nullptr && kind->needs == PageKind::Needs::Nothing) {
        open(destination);
        return;
    }
    std::string context = destination.context;
    if (context.empty() && m_cluster != nullptr)
        context = m_cluster->facts.name;
    if (context.empty() && m_list.opened() != nullptr)
        context = m_list.opened()->name;
    if (context.empty()) {
        showClusters();
        return;
    }
    if (m_cluster != nullptr && m_cluster->facts.name == context) {
        open(destination);
        return;
    }
    m_clusters.open(context).then(this, [this, generation, destination](Result<contexts::OpenClusterPtr> opened) {
        if (generation != m_generation)
            return;
        if (!opened) {
            showRefusal(opened.error());
            return;
        }
        setCluster(std::move(*opened));
        open(destination);
    });
}

void MainWindow::setCluster(contexts::OpenClusterPtr cluster)
{
    m_tabs->closeAll();
    m_cluster = std::move(cluster);
    m_clustersPage->setOpened(m_cluster->facts.name);
    const contexts::ContextFacts &facts = m_cluster->facts;
    // As the context says; where it says nothing, all: what may be seen is found out by asking.
    m_scope = facts.nameSpace.empty() ? kube::Scope::all() : kube::Scope::of({facts.nameSpace});
    m_band->setContext(&facts);
    m_header->setContext(&facts);
    setWindowTitle(tr("%1 – Fairlead").arg(items::plainText(facts.name)));
}

void MainWindow::open(const Destination &destination)
{
    m_refusal.reset();
    m_stack->setCurrentWidget(m_tabs);
    const PageKind *const kind = pageNamed(destination.page.empty() ? "resources" : destination.page);
    if (kind == nullptr)
        return; // the command line has been asked; what pages want is among allPages()
    if (destination.scope)
        m_scope = *destination.scope;
    m_tabs->add(kind->make({m_theme, m_settings, m_clusters, m_cluster, m_scope, m_book}, destination));
    showStatus();
    if (isComplete()) // from the beginning: the page will not say so
        Q_EMIT completed();
}

void MainWindow::showClusters()
{
    m_refusal.reset();
    m_stack->setCurrentWidget(m_clustersPage);
    showStatus();
    Q_EMIT completed();
}

void MainWindow::showRefusal(const Error &error)
{
    m_refusal = error;
    m_message->say({.shape = Shape::Bad,
        .title = tr("The context could not be opened."),
        .text = items::plainText(error.remedy),
        .words = items::plainText(error.text())});
    m_stack->setCurrentWidget(m_message);
    showStatus();
    Q_EMIT completed();
}

bool MainWindow::isComplete() const
{
    if (m_stack->currentWidget() == m_clustersPage)
        return m_clustersPage->isComplete();
    return m_stack->currentWidget() != m_tabs || (m_tabs->current() != nullptr && m_tabs->current()->isComplete());
}

std::optional<Error> MainWindow::failure() const
{
    if (m_refusal)
        return m_refusal;
    if (m_stack->currentWidget() == m_tabs)
        return m_tabs->current() != nullptr ? m_tabs->current()->failure() : std::nullopt;
    return m_list.failure;
}

void MainWindow::showStatus()
{
    if (m_stack->currentWidget() == m_tabs) {
        m_status->say(Shape::None, m_cluster != nullptr ? QStringList{items::plainText(m_cluster->session->client().server())} : QStringList(),
            m_tabs->current() != nullptr ? m_tabs->current()->statusText() : QString());
        return;
    }
    switch (m_list.state()) {
    case ContextList::State::Failed:
        m_status->say(Shape::Bad, {tr("kubeconfig not readable")}, {});
        break;
    case ContextList::State::Empty:
        m_status->say(Shape::Idle,
            {tr("no cluster"), m_list.searched.size() == 1 ? tr("1 place searched") : tr("%1 places searched").arg(m_list.searched.size())}, {});
        break;
    case ContextList::State::Content:
        m_status->say(Shape::None, contentFacts(m_list), rightOfStatus(m_list));
        break;
    }
}

QStringList MainWindow::contentFacts(const ContextList &list) const
{
    const auto contexts = qsizetype(list.contexts.size());
    QStringList facts{contexts == 1 ? tr("1 context") : tr("%1 contexts").arg(contexts)};
    // kubectl passes over them in silence, and then wonders why a context is missing.
    const auto missing = std::count_if(list.searched.begin(), list.searched.end(), [](const contexts::Searched &place) {
        return place.what == contexts::Searched::What::Listed && place.found == contexts::Searched::Found::Missing;
    });
    if (missing > 0)
        facts << (missing == 1 ? tr("1 file of KUBECONFIG is not there") : tr("%1 files of KUBECONFIG are not there").arg(missing));
    if (m_book == nullptr)
        return facts << tr("no server was asked");
    const auto reachable = std::count_if(list.contexts.begin(), list.contexts.end(),
        [this](const contexts::ContextFacts &each) { return m_book->reachability().reach(each.name).state == contexts::Reach::State::Reachable; });
    return facts << tr("%1 reachable").arg(reachable) << tr("checked every minute");
}

QString MainWindow::rightOfStatus(const ContextList &list) const
{
    return list.currentContext.empty() ? tr("no current context") : tr("kubectl's current context: %1").arg(items::plainText(list.currentContext));
}

} // namespace fairlead::ui
