// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/mainwindow.h"

#include "playback/player.h"
#include "ui/recording/recordbar.h"
#include "ui/widgets/accessiblerole.h"
#include "ui/widgets/appearance.h"
#include "ui/widgets/dropbutton.h"
#include "ui/widgets/messagepanel.h"
#include "ui/widgets/treeview.h"
#include "ui/window/clusterwords.h"
#include "ui/window/commandsmenu.h"
#include "ui/window/contextband.h"
#include "ui/window/contextview.h"
#include "ui/window/gotofield.h"
#include "ui/window/gototarget.h"
#include "ui/window/headerbar.h"
#include "ui/window/looksmenu.h"
#include "ui/window/namespacepopup.h"
#include "ui/window/pagekind.h"
#include "ui/window/pagetabs.h"
#include "ui/window/recordcontrol.h"
#include "ui/window/recordingframe.h"
#include "ui/window/shortcutlist.h"
#include "ui/window/shortcuts.h"
#include "ui/window/sidebar.h"
#include "ui/window/statusline.h"
#include "ui/window/switchform.h"

#include <QCloseEvent>
#include <QHBoxLayout>
#include <QJsonArray>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>
#include <utility>

namespace fairlead::ui {

using contexts::ContextList;

static constexpr int beginsAt = 2; // letters of a name that is looked for on the server too

MainWindow::MainWindow(
    const Theme &theme, Settings &settings, contexts::Clusters &clusters, contexts::ContextBook &book, Appearance *appearance, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_settings(settings)
    , m_clusters(clusters)
    , m_book(book)
    , m_appearance(appearance)
    , m_band(new ContextBand(theme))
    , m_header(new HeaderBar(theme))
    , m_sideBar(new SideBar(theme, settings))
    , m_stack(new QStackedWidget)
    , m_message(new MessagePanel(theme))
    , m_status(new StatusLine(theme))
    , m_recording(new RecordingFrame(theme, this))
    , m_record(new RecordControl(theme, *m_header->recordButton(), this))
    , m_drop(*this)
{
    speakAs(*this, QAccessible::Window);
    setMinimumSize(leastWidth, leastHeight);
    m_stack->addWidget(m_message);
    auto *row = new QHBoxLayout;
    row->setSpacing(0);
    row->addWidget(m_sideBar);
    row->addWidget(m_stack, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_band);
    column->addWidget(m_header);
    column->addWidget(m_recording->above());
    column->addWidget(m_record->bar());
    column->addLayout(row, 1);
    column->addWidget(m_recording->below());
    column->addWidget(m_status);
    connectParts();
    if (m_appearance != nullptr)
        addLooks(*m_header->settingsButton(), *m_appearance, m_settings);
    addCommands(*m_header->settingsButton(), [this](Command command) { run(command); });
    m_tick.setInterval(std::chrono::seconds(1));
    connect(&m_tick, &QTimer::timeout, this, &MainWindow::showStatus);
    if (m_book.isRead())
        takeList();
    else
        showStatus();
}

MainWindow::~MainWindow()
{
    m_names.reset();
    m_views.clear(); // pages hold the clusters' stores, and go before them
}

void MainWindow::connectParts()
{
    installShortcuts(*this, [this](Command command) { run(command); });
    connect(m_header, &HeaderBar::sideBarToggled, this, [this] { showSideBar(m_sideBar->isHidden()); });
    connect(m_header, &HeaderBar::clustersWanted, this, [this] { go({.page = "clusters"}); });
    connect(m_header, &HeaderBar::contextChosen, this, [this](const std::string &name, bool newWindow) {
        if (newWindow)
            Q_EMIT newWindowWanted({.context = name});
        else
            go({.context = name});
    });
    connect(m_sideBar, &SideBar::contextChosen, this, [this](const std::string &name) { // the one that is open: its first page
        go({.page = m_view != nullptr && m_view->name() == name ? "overview" : "", .context = name});
    });
    connect(m_sideBar, &SideBar::kindChosen, this,
        [this](const std::string &kind, bool newTab) { go({.page = "resources", .kind = kind, .newTab = newTab}); });
    connect(m_header, &HeaderBar::namespacesOpening, this, &MainWindow::takeNamespaces);
    connect(&m_header->namespaces()->choice(), &items::NamespaceChoice::scopeChanged, this, [this](const kube::Scope &scope) {
        if (m_view != nullptr)
            m_view->setScope(scope);
    });
    connect(m_header->field(), &GoToField::opened, this, [this] { feedGoTo({}); });
    connect(m_header->field(), &GoToField::textTyped, this, &MainWindow::feedGoTo);
    connect(m_header->field(), &GoToField::chosen, this, &MainWindow::goToTarget);
    connect(m_recording, &RecordingFrame::changed, this, &MainWindow::showStatus);
    connect(m_recording, &RecordingFrame::completed, this, &MainWindow::tellIfComplete);
    connect(m_recording, &RecordingFrame::wanted, this, &MainWindow::go);
    connect(m_record, &RecordControl::openWanted, this, &MainWindow::openFile);
    connect(&m_drop, &FileDrop::dropped, this, &MainWindow::openFile);
    connect(&m_book, &contexts::ContextBook::listRead, this, &MainWindow::takeList);
    connect(&m_book.reachability(), &contexts::Reachability::changed, this, [this](const std::string &context) {
        takeReach(context);
        showStatus();
    });
    connect(&m_book.reachability(), &contexts::Reachability::settled, this, [this] { tellIfComplete(); });
}

void MainWindow::run(Command command)
{
    PageTabs *const tabs = isTabs() ? m_view->tabs() : nullptr;
    Page *const page = tabs != nullptr ? tabs->current() : nullptr;
    switch (command) {
    case Command::GoTo:
        if (m_header->field()->isVisible())
            m_header->field()->open();
        break;
    case Command::Filter:
        if (page != nullptr)
            page->focusFilter();
        break;
    case Command::Reload:
        if (page != nullptr)
            page->reload();
        else
            m_book.reload();
        break;
    case Command::NewTab:
        if (m_view != nullptr && m_view->cluster() != nullptr) {
            go({.page = "resources", .newTab = true});
            m_header->field()->open();
        }
        break;
    case Command::CloseTab:
        if (tabs != nullptr && tabs->count() > 0)
            tabs->close(tabs->currentTab());
        break;
    case Command::NextTab:
    case Command::PreviousTab:
        if (tabs != nullptr)
            tabs->selectNext(command == Command::NextTab ? 1 : -1);
        break;
    case Command::NewWindow:
        Q_EMIT newWindowWanted({.context = m_view != nullptr ? m_view->name() : std::string()});
        break;
    case Command::Contexts:
        m_header->openContexts();
        break;
    case Command::Namespaces:
        if (m_header->namespaceButton()->isVisible())
            m_header->namespaceButton()->open();
        break;
    case Command::SideBar:
        showSideBar(m_sideBar->isHidden());
        break;
    case Command::NextPart:
        focusNextPart();
        break;
    case Command::Shortcuts:
        if (m_shortcuts == nullptr)
            m_shortcuts = new ShortcutList(m_theme, this);
        m_shortcuts->show();
        m_shortcuts->raise();
        m_shortcuts->activateWindow();
        break;
    case Command::Quit:
        Q_EMIT quitWanted();
        break;
    }
}

void MainWindow::focusNextPart()
{
    if (!m_sideBar->isHidden() && !m_sideBar->isAncestorOf(focusWidget()))
        m_sideBar->view()->setFocus(Qt::TabFocusReason);
    else if (!isTabs() || !m_view->tabs()->focusRows(Qt::TabFocusReason))
        m_stack->currentWidget()->setFocus(Qt::TabFocusReason);
}

void MainWindow::showSideBar(bool shown)
{
    m_sideBar->setVisible(shown);
    Q_EMIT stateChanged();
}

void MainWindow::takeList()
{
    const ContextList &list = m_book.list();
    m_header->contexts()->setList(list);
    m_sideBar->model().setContexts(list.contexts);
    m_header->field()->model().setContexts(list.contexts);
    for (const contexts::ContextFacts &facts : list.contexts)
        takeReach(facts.name);
    if (m_view == nullptr || m_view->cluster() == nullptr)
        showNoContext();
    showStatus();
}

void MainWindow::takeReach(const std::string &context)
{
    const contexts::Reach reach = m_book.reachability().reach(context);
    m_sideBar->model().setReach(context, reach);
    m_header->contexts()->setReach(context, reach);
}

void MainWindow::go(const Destination &destination)
{
    ++m_generation;
    m_isOpening = false;
    if (const PageKind *const kind = pageNamed(destination.page); kind != nullptr && kind->needs == PageKind::Needs::Nothing) {
        showPage(destination);
        return;
    }
    std::string context = destination.context;
    if (context.empty() && m_view != nullptr)
        context = m_view->name(); // empty where it is about none
    if (context.empty() && m_book.list().opened() != nullptr)
        context = m_book.list().opened()->name;
    if (context.empty())
        showPage({.page = "clusters"});
    else
        openContext(context, destination);
}

void MainWindow::openFile(const QString &file)
{
    if (file.endsWith(contexts::recordingEnding)) {
        if (const std::string name = m_book.addRecording(file.toStdString()); !name.empty())
            go({.context = name});
        return;
    }
    go({.page = "clusters"});
    m_view->tabs()->current()->openFile(file);
}

void MainWindow::openContext(const std::string &name, const Destination &destination)
{
    if (const auto known = m_views.find(name); known != m_views.end()) {
        showView(*known->second);
        open(destination);
        return;
    }
    m_isOpening = true;
    m_clusters.open(name).then(this, [this, generation = m_generation, destination](Result<contexts::OpenClusterPtr> opened) {
        if (generation != m_generation)
            return;
        m_isOpening = false;
        if (!opened) {
            showRefusal(opened.error());
            return;
        }
        showView(viewOf(std::move(*opened)));
        open(destination);
    });
}

// Versions go back with a recording: what shows it begins anew, where it was, on another session.
void MainWindow::beginAgain(const std::string &name)
{
    const auto known = m_views.find(name);
    if (known == m_views.end())
        return; // it has been given up, and will be opened
    m_unopened[name] = known->second->state();
    if (m_view != known->second.get()) {
        m_views.erase(known);
        return;
    }
    m_stack->setUpdatesEnabled(false); // till something is shown again
    m_stack->setCurrentWidget(m_message);
    m_names.reset();
    m_view = nullptr;
    m_views.erase(known);
    QTimer::singleShot(0, this, [this, name] { go({.context = name}); });
}

ContextView &MainWindow::viewOf(contexts::OpenClusterPtr cluster)
{
    const std::string name = cluster != nullptr ? cluster->facts.name : std::string();
    auto &view = m_views[name];
    if (view != nullptr)
        return *view;
    view = std::make_unique<ContextView>(ContextView::Shared{m_theme, m_settings, m_clusters, &m_book}, std::move(cluster));
    ContextView *const made = view.get();
    PageTabs *const tabs = made->tabs();
    m_stack->addWidget(tabs);
    listenTo(*made);
    if (const auto known = m_unopened.extract(name))
        made->restore(known.mapped());
    return *made;
}

void MainWindow::listenTo(ContextView &view)
{
    ContextView *const made = &view;
    PageTabs *const tabs = view.tabs();
    const auto ifFront = [this, made](auto action) {
        return [this, made, action] {
            if (made == m_view)
                action();
        };
    };
    connect(tabs, &PageTabs::currentChanged, this, ifFront([this] { showFront(); }));
    connect(tabs, &PageTabs::tabsChanged, this, ifFront([this] { showFront(); }));
    connect(tabs, &PageTabs::statusChanged, this, ifFront([this] { showStatus(); }));
    connect(tabs, &PageTabs::completed, this, ifFront([this] {
        if (m_view->counts() != nullptr)
            m_view->counts()->lookNow();
        showFront();
        if (focusWidget() != nullptr && focusWidget() == m_view->tabs()->current())
            takeCursor();
        tellIfComplete();
    }));
    connect(tabs, &PageTabs::wanted, this, &MainWindow::go);
    connect(tabs, &PageTabs::newTabWanted, this, [this] { run(Command::NewTab); });
    connect(made, &ContextView::changed, this, &MainWindow::stateChanged);
    connect(made, &ContextView::scopeChanged, this, ifFront([this] {
        m_header->setScope(m_view->scope());
        m_record->setCluster(m_view->cluster(), m_view->scope());
        m_names->setScope(m_view->scope());
        showFront();
    }));
    if (made->cluster() == nullptr)
        return;
    connect(made->counts(), &items::KindCounts::changed, this, [this, made](const std::string &kind) {
        if (made != m_view)
            return;
        m_sideBar->model().setCount(kind, made->counts()->count(kind));
        m_sideBar->model().setProblems(kind, made->counts()->problems(kind));
    });
    connect(made->counts(), &items::KindCounts::settled, this, ifFront([this] { tellIfComplete(); }));
    if (const auto &recording = made->cluster()->recording)
        connect(recording->player.get(), &playback::Player::wentBack, made, [this, made] { beginAgain(made->name()); });
    connect(made->names(), &items::NamespaceNames::changed, this, ifFront([this] { takeNamespaces(); }));
    kube::Discovery &discovery = made->cluster()->session->discovery();
    connect(&discovery, &kube::Discovery::changed, this, [this, made](const kube::OfferPtr &offer) {
        if (made != m_view)
            return;
        m_sideBar->model().setOffer(offer);
        m_sideBar->setCounts(m_view->counts());
        m_header->field()->model().setOffer(offer);
        showFront();
        tellIfComplete();
    });
}

void MainWindow::showNoContext()
{
    const contexts::ContextFacts *opened = m_book.list().opened();
    m_band->setContext(opened);
    m_header->setContext(opened);
    if (opened != nullptr)
        m_header->setScope(opened->nameSpace.empty() ? kube::Scope::all() : kube::Scope::of({opened->nameSpace}));
    m_sideBar->model().setOpenedContext(opened != nullptr ? opened->name : std::string());
}

void MainWindow::showView(ContextView &view)
{
    m_refusal.reset();
    m_stack->setUpdatesEnabled(true);
    m_stack->setCurrentWidget(view.tabs());
    if (m_view == &view) {
        showFront();
        return;
    }
    if (m_view != nullptr && m_view->counts() != nullptr)
        m_view->counts()->setActive(false);
    m_names.reset();
    m_view = &view;
    m_recording->show(view.cluster());
    m_record->setCluster(view.cluster(), view.scope());
    if (view.cluster() == nullptr) {
        m_sideBar->model().setOffer(nullptr);
        showNoContext();
        showFront();
        return;
    }
    view.counts()->setActive(true);
    m_names = std::make_unique<items::GoToNames>(*view.cluster()->session, m_header->field()->model());
    m_names->setScope(view.scope());
    const contexts::ContextFacts &facts = view.cluster()->facts;
    m_band->setContext(&facts);
    m_header->setContext(&facts);
    m_header->setScope(view.scope());
    m_sideBar->model().setOpenedContext(facts.name);
    const kube::OfferPtr offer = view.cluster()->session->discovery().offer();
    m_sideBar->model().setOffer(offer);
    m_sideBar->setCounts(m_view->counts());
    m_header->field()->model().setOffer(offer);
    m_header->field()->model().clearObjects();
    m_tick.start();
    m_book.reachability().check(facts.name);
    showFront();
    Q_EMIT stateChanged();
}

void MainWindow::open(const Destination &destination)
{
    // Only the context was named: what it showed is there still, or comes back.
    if (destination.page.empty() && destination.kind.empty() && m_view->tabs()->count() > 0) {
        if (destination.scope)
            m_view->setScope(*destination.scope);
        showFront();
        takeCursor();
        return;
    }
    m_view->open(destination);
    showFront();
    takeCursor();
    tellIfComplete(); // from the beginning: the page will not say so
}

// What was opened has the cursor in its rows, unless one is at the side bar or asks where to go. Until there are rows the page itself holds it:
// if it is put elsewhere meanwhile, it stays there.
void MainWindow::takeCursor()
{
    const QWidget *const now = focusWidget();
    if (!isTabs() || (now != nullptr && (now == m_header->field() || m_sideBar->isAncestorOf(now))))
        return;
    if (PageTabs *const tabs = m_view->tabs(); !tabs->focusRows(Qt::OtherFocusReason) && tabs->current() != nullptr)
        tabs->current()->setFocus();
}

void MainWindow::goToTarget(const items::GoToModel::Target &target, bool newTab)
{
    using Type = items::GoToModel::Type;
    if (target.type == Type::Context && newTab)
        Q_EMIT newWindowWanted(destinationOf(target, false));
    else if (target.type != Type::Namespace)
        go(destinationOf(target, newTab));
    else if (m_view != nullptr)
        m_view->setScope(kube::Scope::of({target.name}));
}

void MainWindow::takeNamespaces()
{
    if (m_view == nullptr || m_view->names() == nullptr)
        return;
    m_view->fill(*m_header->namespaces());
    m_header->field()->model().setNamespaces(m_view->names()->names());
}

void MainWindow::feedGoTo(const QString &text)
{
    if (m_names == nullptr)
        return;
    if (text.isEmpty()) {
        takeNamespaces();
        m_names->takeFollowed();
        for (const auto &[name, view] : m_views) {
            if (view.get() != m_view && view->cluster() != nullptr)
                m_header->field()->model().setElsewhere(name, items::GoToNames::followedIn(*view->cluster()->session));
        }
    } else if (text.size() >= beginsAt) {
        m_names->want();
    }
}

void MainWindow::showPage(const Destination &destination)
{
    showView(m_view != nullptr ? *m_view : viewOf(nullptr));
    open(destination);
}

void MainWindow::showRefusal(const Error &error)
{
    m_refusal = error;
    m_stack->setUpdatesEnabled(true);
    m_message->say(refusalMessage(error));
    m_stack->setCurrentWidget(m_message);
    showFront();
    Q_EMIT completed();
}

bool MainWindow::isTabs() const
{
    return m_view != nullptr && m_stack->currentWidget() == m_view->tabs();
}

bool MainWindow::isComplete() const
{
    if (m_isOpening || !isTabs()) // while it opens, what is in front is not what was asked for
        return !m_isOpening;
    const Page *const page = m_view->tabs()->current();
    if (page == nullptr || !page->isComplete())
        return false;
    if (page->failure() || m_view->cluster() == nullptr)
        return true;
    return m_view->cluster()->session->discovery().offer() != nullptr && m_view->counts()->isSettled() && m_book.reachability().isSettled() &&
           m_recording->isComplete();
}

void MainWindow::tellIfComplete()
{
    if (isComplete())
        Q_EMIT completed();
}

std::optional<Error> MainWindow::failure() const
{
    if (m_refusal)
        return m_refusal;
    if (isTabs())
        return m_view->tabs()->current() != nullptr ? m_view->tabs()->current()->failure() : std::nullopt;
    return m_book.list().failure;
}

void MainWindow::showFront()
{
    std::string kind;
    if (isTabs()) {
        if (const auto resource = m_view->resourceInFront())
            kind = resource->qualifiedName();
    }
    m_sideBar->setOpenedKind(kind);
    setWindowTitle(titleWords(isTabs() ? m_view->tabs()->current() : nullptr, m_view != nullptr ? m_view->name() : std::string()));
    showStatus();
}

void MainWindow::showStatus()
{
    if (!isTabs() || m_view->cluster() == nullptr) {
        m_header->setLive(Shape::None, {}, {});
        const ListWords words = listWords(m_book.list(), m_book.reachability());
        m_status->say(words.shape, words.facts, words.right);
        return;
    }
    const contexts::OpenCluster &cluster = *m_view->cluster();
    const StatusWords words = statusWords(cluster, m_view->tabs()->current(), m_book.reachability().reach(cluster.facts.name));
    m_header->setLive(words.live.shape, words.live.words, words.live.more, words.icon);
    m_status->say(words.shape, words.facts, words.right, words.icon);
}

QJsonObject MainWindow::state() const
{
    QJsonObject views;
    for (const auto &[name, state] : m_unopened)
        views.insert(QString::fromStdString(name), state);
    for (const auto &[name, view] : m_views)
        views.insert(QString::fromStdString(name), view->state());
    return {{QStringLiteral("geometry"), QString::fromLatin1(saveGeometry().toBase64())}, {QStringLiteral("sideBar"), !m_sideBar->isHidden()},
        {QLatin1String(frontKey), m_view != nullptr ? QString::fromStdString(m_view->name()) : QString()}, {QStringLiteral("contexts"), views}};
}

void MainWindow::restore(const QJsonObject &state, const std::string &context)
{
    restoreGeometry(QByteArray::fromBase64(state.value(QStringLiteral("geometry")).toString().toLatin1()));
    m_sideBar->setVisible(state.value(QStringLiteral("sideBar")).toBool(true));
    const QJsonObject views = state.value(QStringLiteral("contexts")).toObject();
    for (auto view = views.begin(); view != views.end(); ++view)
        m_unopened[view.key().toStdString()] = view.value().toObject();
    std::string front = context.empty() ? state.value(QLatin1String(frontKey)).toString().toStdString() : context;
    const auto &all = m_book.list().contexts;
    const bool isThere = std::any_of(all.begin(), all.end(), [&](const contexts::ContextFacts &facts) { return facts.name == front; });
    if (context.empty() && !isThere)
        front.clear(); // it has gone from the files meanwhile
    go({.context = front});
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    event->accept();
    Q_EMIT closed();
}

bool MainWindow::event(QEvent *event)
{
    const bool taken = QWidget::event(event);
    if (event->type() == QEvent::Resize || event->type() == QEvent::Move || event->type() == QEvent::WindowStateChange)
        Q_EMIT stateChanged();
    return taken;
}

} // namespace fairlead::ui
