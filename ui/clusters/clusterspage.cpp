// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/clusters/clusterspage.h"

#include "items/plaintext.h"
#include "ui/clusters/contextdelegate.h"
#include "ui/clusters/contextpane.h"
#include "ui/clusters/startprogress.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/button.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/messagepanel.h"
#include "ui/widgets/pageheader.h"
#include "ui/widgets/placeholderrows.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/tableview.h"

#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QFileDialog>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QKeyEvent>
#include <QMenu>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace fairlead::ui {

using contexts::ContextList;
using contexts::LocalCluster;
using contexts::Standing;
using items::ContextModel;

namespace {

constexpr const char *paneKey = "clusters/pane-closed";

} // namespace

ClustersPage::ClustersPage(const PageContext &context, const Destination &destination, QWidget *parent)
    : Page(parent)
    , m_theme(context.theme)
    , m_settings(context.settings)
    , m_ownClock(context.book == nullptr ? std::make_unique<SystemClock>() : nullptr)
    , m_ownBook(context.book == nullptr ? std::make_unique<contexts::ContextBook>(context.clusters, *m_ownClock, context.settings) : nullptr)
    , m_book(context.book != nullptr ? *context.book : *m_ownBook)
    , m_wanted(destination.select)
    , m_paneClosed(context.settings.value(QLatin1String(paneKey)).toBool())
    , m_header(new PageHeader(m_theme, tr("Clusters")))
    , m_filter(new SearchField(m_theme, tr("Filter")))
    , m_checkAll(new Button(m_theme, ButtonKind::Flat, Icon::Read, tr("Check all")))
    , m_addFile(new Button(m_theme, ButtonKind::Normal, Icon::Plus, tr("Add file…")))
    , m_warning(new Banner(m_theme))
    , m_table(new TableView(m_theme))
    , m_below(new QStackedWidget)
    , m_loading(new PlaceholderRows(m_theme))
    , m_message(new MessagePanel(m_theme))
    , m_progress(new StartProgress(m_theme))
    , m_pane(new ContextPane(m_theme))
{
    if (context.cluster != nullptr)
        m_model.setOpened(context.cluster->facts.name);
    build();
    setCheckout(qEnvironmentVariable("FAIRLEAD_CHECKOUT"));
    follow();
    if (destination.view == startView)
        startCluster();
}

ClustersPage::~ClustersPage() = default;

void ClustersPage::build()
{
    setObjectName(QStringLiteral("clusters"));
    setAccessibleName(tr("Clusters"));
    m_table->setObjectName(QStringLiteral("contexts"));
    m_table->setAccessibleName(QStringLiteral("contexts"));
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    m_loading->setObjectName(QStringLiteral("loading"));
    m_loading->setAccessibleName(tr("The kubeconfig is being read"));
    m_loading->setTwoLines();
    m_message->setObjectName(QStringLiteral("message"));
    m_warning->setObjectName(QStringLiteral("warning"));
    m_pane->setObjectName(QStringLiteral("chosen"));
    m_table->setTwoLines();
    m_table->setItemDelegate(new ContextDelegate(m_theme, m_table));
    m_table->setModel(&m_model);
    m_loading->setHeader(m_table->horizontalHeader());
    m_loading->setMarkedColumn(ContextModel::Name);
    m_warning->hide();
    m_pane->hide();
    m_filter->setShortcutHint(QStringLiteral("Ctrl+F"));
    m_filter->setFixedWidth(168);
    m_filter->installEventFilter(this);
    m_table->installEventFilter(this); // the view itself takes the space bar for choosing

    m_header->add(m_filter);
    const std::pair<Shape, QString> chips[] = {{Shape::Bad, tr("Unreachable")}, {Shape::Unknown, tr("Sign-in needed")},
        {Shape::Idle, tr("Not asked")}, {Shape::Ok, tr("Reachable")}, {Shape::Warn, tr("Expires soon")}};
    for (const auto &[shape, name] : chips) {
        auto *chip = new Chip(m_theme, shape, name);
        chip->setCheckable(true);
        connect(chip, &Chip::toggled, this, &ClustersPage::applyFilter);
        m_chips.append(chip);
        m_header->add(chip);
    }
    m_header->addStretch();
    m_header->add(m_checkAll);
    m_header->add(m_addFile);

    m_below->addWidget(new QWidget);
    m_below->addWidget(m_loading);
    m_below->addWidget(m_message);
    m_below->addWidget(m_progress);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addWidget(m_warning);
    column->addWidget(m_table, 1);
    column->addWidget(m_below, 1);
    column->addWidget(m_pane);

    connect(m_loading, &PlaceholderRows::shown, this, &ClustersPage::showState);
    connect(m_filter, &QLineEdit::textChanged, this, &ClustersPage::applyFilter);
    connect(m_checkAll, &Button::clicked, this, &ClustersPage::reload);
    connect(m_addFile, &Button::clicked, this, &ClustersPage::chooseFile);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &ClustersPage::showChosen);
    connect(&m_model, &QAbstractItemModel::dataChanged, this, &ClustersPage::showChosen);
    connect(&m_model, &QAbstractItemModel::rowsRemoved, this, &ClustersPage::showChosen);
    connect(m_table, &TableView::activated, this, [this] { openChosen(false); });
    connect(m_table, &TableView::customContextMenuRequested, this, &ClustersPage::showMenu);
    connect(m_message, &MessagePanel::stepWanted, this, [this](int step) { take(m_actions.value(step, Action::None)); });
    connect(m_progress, &StartProgress::cancelWanted, this, [this] {
        m_progress->showEnding();
        m_cluster->cancel();
    });
    connect(m_pane, &ContextPane::openWanted, this, [this] { openChosen(false); });
    connect(m_pane, &ContextPane::checkWanted, this, [this] { m_book.reachability().check(chosen()); });
    connect(m_pane, &ContextPane::copyWanted, this, &ClustersPage::copyServer);
    connect(m_pane, &ContextPane::closeWanted, this, [this] { closePane(true); });
}

void ClustersPage::follow()
{
    connect(&m_book, &contexts::ContextBook::listRead, this, &ClustersPage::takeList);
    connect(&m_book.reachability(), &contexts::Reachability::changed, this, &ClustersPage::takeReach);
    connect(&m_book.reachability(), &contexts::Reachability::settled, this, &ClustersPage::tellIfComplete);
    if (m_book.isRead()) {
        takeList();
    } else {
        m_loading->begin();
        showState();
        showCounts();
    }
}

void ClustersPage::takeList()
{
    m_list = m_book.list();
    // Without a kubeconfig it is played, and this page still says how one's own clusters come here.
    std::erase_if(m_list.contexts, [](const contexts::ContextFacts &facts) { return facts.isDemo(); });
    m_isRead = true;
    m_loading->end();
    m_model.setNow(m_book.clock().now());
    m_model.setList(m_list); // rows of the same context stay, with selection and scroll
    for (const contexts::ContextFacts &facts : m_list.contexts)
        m_model.setReach(facts.name, m_book.reachability().reach(facts.name));
    showCounts();
    showWarnings();
    showState();
    if (m_model.rowCount() > 0) {
        m_table->fitColumns();
        int row = -1;
        for (int i = 0; i < m_model.rowCount() && !m_wanted.empty(); ++i) {
            if (m_model.facts(i).name == m_wanted)
                row = i;
        }
        if (row >= 0)
            m_wanted.clear();
        else if (!m_table->currentIndex().isValid())
            row = std::max(0, m_model.preferredRow());
        if (row >= 0)
            m_table->setCurrentIndex(m_model.index(row, 0));
        if (!m_filter->hasFocus())
            m_table->setFocus();
    }
    showChosen();
    tellIfComplete();
    Q_EMIT statusChanged();
}

void ClustersPage::takeReach(const std::string &context)
{
    m_model.setNow(m_book.clock().now());
    m_model.setReach(context, m_book.reachability().reach(context));
    showCounts();
    if (m_model.rowCount() == 0 || m_below->isVisible())
        showState(); // what the chips let through may have come or gone
}

void ClustersPage::applyFilter()
{
    std::set<ContextModel::Kind> kinds;
    for (int kind = 0; kind < ContextModel::kindCount; ++kind) {
        if (m_chips[kind]->isChecked())
            kinds.insert(ContextModel::Kind(kind));
    }
    const bool expiring = m_chips.last()->isChecked();
    m_model.setFilter(m_filter->text(), kinds, expiring ? ContextModel::Expiring::Only : ContextModel::Expiring::Any);
    if (m_model.rowCount() > 0 && !m_table->currentIndex().isValid())
        m_table->setCurrentIndex(m_model.index(0, 0));
    showCounts();
    showState();
    showChosen();
}

void ClustersPage::showState()
{
    const bool starting = isStarting();
    const bool content = !starting && m_isRead && m_model.rowCount() > 0;
    const bool rows = m_isRead && !m_list.contexts.empty() && !starting;
    // Without rows only the captions stay, faint: what would stand here is to be seen.
    m_table->setMaximumHeight(content ? QWIDGETSIZE_MAX : measure::caption);
    m_table->setEnabled(content);
    m_below->setVisible(!content);
    m_filter->setVisible(rows);
    m_addFile->setVisible(!starting);
    m_checkAll->setVisible(m_isRead && !starting);
    m_checkAll->setWords(rows ? tr("Check all") : tr("Search again"));
    fitHeader();
    if (content)
        return;
    if (starting) {
        m_below->setCurrentWidget(m_progress);
    } else if (!m_isRead) {
        m_below->setCurrentIndex(m_loading->isHidden() ? 0 : m_below->indexOf(m_loading));
    } else if (rows) {
        m_message->say(hiddenMessage(m_model.all(), m_filter->text().trimmed()));
        m_actions = {Action::ClearFilter};
        m_below->setCurrentWidget(m_message);
    } else {
        const auto testCluster = LocalCluster::isPossible(m_checkout) ? TestCluster::Offered : TestCluster::Absent;
        const auto demo = m_book.hasDemo() ? Demo::Offered : Demo::Absent;
        say(m_list.state() == ContextList::State::Failed ? failedOffer(m_list) : emptyOffer(m_list, demo, testCluster));
        m_below->setCurrentWidget(m_message);
    }
}

void ClustersPage::say(Offer offer)
{
    m_actions = offer.actions;
    m_message->say(offer.message);
    m_message->setFocus();
}

void ClustersPage::take(Action action)
{
    switch (action) {
    case Action::PlayDemo:
        openRecording({});
        break;
    case Action::OpenFile:
        chooseFile();
        break;
    case Action::StartCluster:
        startCluster();
        break;
    case Action::ReadAgain:
        reload();
        break;
    case Action::ClearFilter:
        m_filter->clear();
        for (Chip *chip : std::as_const(m_chips))
            chip->setChecked(false);
        m_table->setFocus();
        break;
    case Action::Back:
        showState();
        break;
    case Action::None:
        break;
    }
}

void ClustersPage::showCounts()
{
    m_header->setCount(m_isRead ? countText(m_list, m_model.rowCount()) : tr("being read"));
    const auto counts = m_model.counts();
    const bool rows = m_isRead && !m_list.contexts.empty() && !isStarting();
    for (int kind = 0; kind < ContextModel::kindCount; ++kind) {
        m_chips[kind]->setCount(counts[std::size_t(kind)]);
        const bool always = ContextModel::Kind(kind) == ContextModel::Kind::Reachable || ContextModel::Kind(kind) == ContextModel::Kind::Failing;
        const bool passing = ContextModel::Kind(kind) == ContextModel::Kind::Unknown;
        m_chips[kind]->setVisible(rows && !passing && (always || counts[std::size_t(kind)] > 0 || m_chips[kind]->isChecked()));
    }
    m_chips.last()->setCount(m_model.expiring());
    m_chips.last()->setVisible(rows && (m_model.expiring() > 0 || m_chips.last()->isChecked()));
    fitHeader();
}

void ClustersPage::showWarnings()
{
    const auto notice = noticeOf(m_list, m_fileRefused);
    m_warning->setVisible(notice.has_value());
    if (notice)
        m_warning->say(notice->shape, notice->sentence, notice->rest);
}

std::string ClustersPage::chosen() const
{
    const QModelIndex row = m_table->currentIndex();
    return row.isValid() ? m_model.facts(row.row()).name : std::string();
}

void ClustersPage::showChosen()
{
    const QModelIndex row = m_table->currentIndex();
    const bool content = m_table->isEnabled() && row.isValid();
    constexpr int enough = 420; // for the pane and some rows
    m_pane->setVisible(content && !m_paneClosed && height() >= enough);
    if (m_pane->isVisibleTo(this))
        m_pane->show(m_model.facts(row.row()), m_model.reach(row.row()), m_list.home);
}

void ClustersPage::closePane(bool closed)
{
    m_paneClosed = closed;
    m_settings.set(QLatin1String(paneKey), closed);
    showChosen();
    m_table->setFocus();
}

void ClustersPage::openChosen(bool newTab)
{
    const QModelIndex row = m_table->currentIndex();
    if (!row.isValid())
        return;
    if (m_model.facts(row.row()).standing != Standing::Usable) {
        closePane(false); // it says why not
        return;
    }
    // What it showed before, else what is broken there.
    Q_EMIT wanted({.page = newTab ? "overview" : "", .context = chosen(), .newTab = newTab});
}

void ClustersPage::copyServer()
{
    const QString server = m_table->currentIndex().data(ContextModel::ServerRole).toString();
    if (!server.isEmpty())
        QApplication::clipboard()->setText(server);
}

void ClustersPage::showMenu(const QPoint &where)
{
    const QModelIndex row = m_table->indexAt(where);
    if (!row.isValid())
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const bool usable = m_model.facts(row.row()).standing == Standing::Usable;
    if (usable) {
        connect(menu->addAction(iconOf(m_theme, Icon::External), tr("Open")), &QAction::triggered, this, [this] { openChosen(false); });
        connect(menu->addAction(iconOf(m_theme, Icon::Read), tr("Check again")), &QAction::triggered, this,
            [this] { m_book.reachability().check(chosen()); });
        menu->addSeparator();
    }
    connect(menu->addAction(iconOf(m_theme, Icon::Copy), tr("Copy server address")), &QAction::triggered, this, &ClustersPage::copyServer);
    connect(menu->addAction(tr("Copy name")), &QAction::triggered, this,
        [name = row.siblingAtColumn(0).data().toString()] { QApplication::clipboard()->setText(name); });
    menu->popup(m_table->viewport()->mapToGlobal(where));
}

void ClustersPage::chooseFile()
{
    if (m_dialog) {
        m_dialog->raise();
        return;
    }
    m_dialog = new QFileDialog(this, tr("Open a kubeconfig or a recording"));
    m_dialog->setAttribute(Qt::WA_DeleteOnClose);
    m_dialog->setFileMode(QFileDialog::ExistingFile);
    m_dialog->setFilter(QDir::AllDirs | QDir::Files | QDir::Hidden | QDir::NoDotAndDotDot); // ~/.kube is hidden
    const QString usual = QDir::homePath() + QStringLiteral("/.kube");
    m_dialog->setDirectory(QDir(usual).exists() ? usual : QDir::homePath());
    connect(m_dialog, &QFileDialog::fileSelected, this, &ClustersPage::openFile);
    m_dialog->open();
}

void ClustersPage::openRecording(const std::string &file)
{
    if (const std::string name = m_book.addRecording(file); !name.empty())
        Q_EMIT wanted({.page = "overview", .context = name});
}

bool ClustersPage::openFile(const QString &file)
{
    if (file.endsWith(contexts::recordingEnding)) {
        openRecording(file.toStdString());
        return true;
    }
    m_book.add(QDir::cleanPath(QDir(file).absolutePath()).toStdString()).then(this, [this](Result<ContextList> alone) {
        if (alone) {
            m_fileRefused.reset();
            if (!alone->contexts.empty())
                m_wanted = alone->currentContext.empty() ? alone->contexts.front().name : alone->currentContext;
        } else {
            m_fileRefused = std::move(alone.error());
        }
        showWarnings();
    });
    return true;
}

void ClustersPage::setCheckout(const QString &folder)
{
    m_checkout = folder;
    if (m_isRead)
        showState();
}

void ClustersPage::startCluster()
{
    if (isStarting() || !LocalCluster::isPossible(m_checkout))
        return;
    m_cluster = std::make_unique<LocalCluster>(m_checkout, QStringLiteral("local"));
    connect(m_cluster.get(), &LocalCluster::said, m_progress, &StartProgress::addLine);
    connect(m_cluster.get(), &LocalCluster::started, this, [this](const QString &kubeconfig) {
        showState();
        openFile(kubeconfig);
    });
    connect(m_cluster.get(), &LocalCluster::cancelled, this, [this] {
        showState();
        m_message->setFocus();
    });
    connect(m_cluster.get(), &LocalCluster::failed, this, [this](const Error &error) {
        m_fileRefused.reset();
        showState();
        say(startFailedOffer(error, m_progress->lastLines()));
    });
    m_progress->begin(tr("A local test cluster is being started"));
    m_cluster->start();
    showState();
    showCounts();
}

Destination ClustersPage::destination() const
{
    return {.page = "clusters", .select = chosen()};
}

bool ClustersPage::goTo(const Destination &destination)
{
    if (destination.page != "clusters")
        return false;
    if (destination.view == startView)
        startCluster();
    m_wanted = destination.select;
    for (int row = 0; row < m_model.rowCount() && !m_wanted.empty(); ++row) {
        if (m_model.facts(row).name == m_wanted)
            m_table->setCurrentIndex(m_model.index(row, 0));
    }
    return true;
}

bool ClustersPage::isComplete() const
{
    return m_isRead && m_book.reachability().isSettled();
}

std::optional<Error> ClustersPage::failure() const
{
    return m_list.failure;
}

void ClustersPage::tellIfComplete()
{
    const bool before = std::exchange(m_wasComplete, isComplete());
    if (m_wasComplete && !before)
        Q_EMIT completed();
    Q_EMIT statusChanged();
}

QString ClustersPage::statusText() const
{
    if (!m_isRead || m_list.state() != ContextList::State::Content)
        return {};
    return m_list.currentContext.empty() ? tr("no current context")
                                         : tr("kubectl's current context: %1").arg(items::plainText(m_list.currentContext));
}

void ClustersPage::focusFilter()
{
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

void ClustersPage::reload()
{
    m_fileRefused.reset();
    m_book.reload();
}

void ClustersPage::showEvent(QShowEvent *event)
{
    Page::showEvent(event);
    if (m_watching)
        return;
    m_watching = true;
    m_book.reachability().beginWatch();
}

void ClustersPage::hideEvent(QHideEvent *event)
{
    Page::hideEvent(event);
    if (!m_watching)
        return;
    m_watching = false;
    m_book.reachability().endWatch();
}

void ClustersPage::resizeEvent(QResizeEvent *event)
{
    Page::resizeEvent(event);
    fitHeader();
    showChosen();
}

void ClustersPage::fitHeader()
{
    for (const bool narrow : {false, true}) {
        for (Chip *chip : std::as_const(m_chips))
            chip->setNarrow(narrow);
        m_header->layout()->invalidate();
        if (m_header->layout()->sizeHint().width() <= width())
            break;
    }
}

void ClustersPage::keyPressEvent(QKeyEvent *event)
{
    // Where the window has keys of its own for these, they do not come this far.
    if (event->matches(QKeySequence::Refresh)) {
        reload();
        return;
    }
    if (event->matches(QKeySequence::Find)) {
        focusFilter();
        return;
    }
    if (event->matches(QKeySequence::Open)) {
        chooseFile();
        return;
    }
    if (event->key() == Qt::Key_Escape && m_pane->isVisible()) {
        closePane(true);
        return;
    }
    Page::keyPressEvent(event);
}

bool ClustersPage::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_filter && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        const bool done = key == Qt::Key_Escape && m_filter->text().isEmpty(); // else it empties itself
        if (done || key == Qt::Key_Down || key == Qt::Key_Return || key == Qt::Key_Enter) {
            if (m_table->isEnabled())
                m_table->setFocus();
            return true;
        }
    }
    if (watched == m_table && event->type() == QEvent::KeyPress && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Space) {
        closePane(!m_paneClosed);
        return true;
    }
    return Page::eventFilter(watched, event);
}

} // namespace fairlead::ui
