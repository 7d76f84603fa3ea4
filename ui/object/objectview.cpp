// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/object/objectview.h"

#include "items/plaintext.h"
#include "kinds/kinds.h"
#include "kube/session.h"
#include "ui/object/detailtabs.h"
#include "ui/object/eventsview.h"
#include "ui/object/noticeline.h"
#include "ui/object/objectheader.h"
#include "ui/object/summaryview.h"
#include "ui/object/wording.h"
#include "ui/object/yamlview.h"
#include "ui/widgets/messagepanel.h"
#include "ui/widgets/placeholderrows.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace fairlead::ui {

using items::ObjectFeed;
using items::plainText;
using kinds::Health;

namespace {

constexpr int leastWidth = 320;
constexpr int leastHeight = 96;

enum Fixed { SummaryTab, EventsTab, YamlTab, FixedTabs };

// Our own words for what a shell takes apart.
QString quoted(const std::string &argument)
{
    const QString text = QString::fromStdString(argument);
    const bool plain = std::all_of(
        text.begin(), text.end(), [](QChar c) { return (c.unicode() < 128 && c.isLetterOrNumber()) || QStringLiteral("-_./:@%+=").contains(c); });
    return plain && !text.isEmpty() ? text
                                    : QLatin1Char('\'') + QString(text).replace(QLatin1Char('\''), QStringLiteral("'\\''")) + QLatin1Char('\'');
}

} // namespace

ObjectView::ObjectView(const Theme &theme, contexts::OpenClusterPtr cluster, const ObjectTabs &tabs, Where where, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_cluster(std::move(cluster))
    , m_others(tabs)
    , m_where(where)
    , m_events(*m_cluster->session)
    , m_related(*m_cluster->session)
    , m_tabs(new DetailTabs(theme))
    , m_notice(new NoticeLine(theme))
    , m_stack(new QStackedWidget)
    , m_loading(new PlaceholderRows(theme))
    , m_message(new MessagePanel(theme))
    , m_summary(new SummaryView(theme, m_events, m_related))
    , m_eventsView(new EventsView(theme, m_events))
    , m_yaml(new YamlView(theme))
{
    m_header = new ObjectHeader(theme, m_tabs, where == Where::Page ? ObjectHeader::Buttons::Page : ObjectHeader::Buttons::Pane);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addWidget(m_notice);
    column->addWidget(m_stack, 1);
    // What it is given decides, not what its tabs would like.
    m_stack->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Ignored);
    setMinimumSize(leastWidth, leastHeight);
    for (QWidget *page : {static_cast<QWidget *>(m_loading), static_cast<QWidget *>(m_message), static_cast<QWidget *>(m_summary),
             static_cast<QWidget *>(m_eventsView), static_cast<QWidget *>(m_yaml)})
        m_stack->addWidget(page);

    connect(m_tabs, &QTabBar::currentChanged, this, &ObjectView::tabChosen);
    connect(m_summary, &SummaryView::wanted, this, &ObjectView::wanted);
    connect(m_yaml, &YamlView::completed, this, &ObjectView::update);
    connect(m_yaml, &YamlView::statusChanged, this, &ObjectView::statusChanged);
    connect(m_yaml, &YamlView::escaped, this, [this] {
        if (m_where == Where::Pane)
            Q_EMIT closeWanted();
    });
    connect(m_notice, &NoticeLine::acted, this, &ObjectView::act);
    connect(m_message, &MessagePanel::acted, this, &ObjectView::reload);
    connect(m_header, &ObjectHeader::closeWanted, this, &ObjectView::closeWanted);
    connect(m_header, &ObjectHeader::dockWanted, this, &ObjectView::dockWanted);
    connect(m_header, &ObjectHeader::copyNameWanted, this, &ObjectView::copyName);
    connect(m_header, &ObjectHeader::copyCommandWanted, this, &ObjectView::copyCommand);
    connect(m_header, &ObjectHeader::openWanted, this, [this] {
        Destination target = destination();
        target.newTab = true;
        Q_EMIT wanted(target);
    });
    const auto counted = [this] { update(); };
    connect(&m_events, &items::EventModel::stateChanged, this, counted);
    connect(&m_events, &QAbstractItemModel::rowsInserted, this, counted);
    connect(&m_events, &QAbstractItemModel::rowsRemoved, this, counted);
    connect(&m_events, &QAbstractItemModel::modelReset, this, counted);
    connect(&m_related, &items::RelatedFeed::changed, this, counted);
    // "2m ago" grows by itself.
    connect(&m_ages, &QTimer::timeout, this, [this] {
        if (isVisible())
            showState();
    });
    m_ages.start(1000);
    showNothing();
}

ObjectView::~ObjectView()
{
    m_yaml->setFeed(nullptr);
    m_summary->setFeed(nullptr);
}

void ObjectView::showObject(const kube::Resource &resource, const std::string &space, const std::string &name)
{
    const std::string own = resource.namespaced ? space : std::string();
    if (m_feed && m_feed->resource() == resource && m_feed->space() == own && m_feed->name() == name)
        return;
    m_completed = false;
    m_eventsOf.clear();
    auto feed = std::make_unique<ObjectFeed>(*m_cluster->session, resource, space, name);
    m_yaml->setFeed(feed.get());
    m_summary->setFeed(feed.get());
    m_feed = std::move(feed);
    connect(m_feed.get(), &ObjectFeed::changed, this, &ObjectView::update);
    makeTabs();
    update();
}

void ObjectView::showNothing()
{
    m_yaml->setFeed(nullptr);
    m_summary->setFeed(nullptr);
    m_feed.reset();
    m_related.clear();
    m_eventsOf.clear();
    for (auto &[id, page] : m_pages)
        delete page;
    m_pages.clear();
    m_header->hide();
    m_notice->say(Shape::None, {});
    m_message->say({.icon = Icon::Info, .title = tr("Choose an object to see what there is to say of it.")});
    m_stack->setCurrentWidget(m_message);
}

void ObjectView::makeTabs()
{
    const std::string before = m_wantedTab.empty() ? tab() : m_wantedTab;
    const QSignalBlocker blocker(m_tabs);
    while (m_tabs->count() > 0)
        m_tabs->removeTab(0);
    for (auto &[id, page] : m_pages)
        delete page;
    m_pages.clear();
    m_tabs->addTab(tr("Summary"));
    m_tabs->addTab(tr("Events"));
    m_tabs->addTab(tr("YAML"));
    for (const ObjectTab &each : m_others) {
        if (each.suits && !each.suits(m_feed->kind()))
            continue;
        m_tabs->addTab(each.title);
        m_pages.emplace_back(each.id, nullptr);
    }
    m_header->show();
    setTab(before);
}

std::string ObjectView::tab() const
{
    switch (const int current = m_tabs->currentIndex()) {
    case EventsTab:
        return "events";
    case YamlTab:
        return "yaml";
    default:
        return current >= FixedTabs && current - FixedTabs < int(m_pages.size()) ? m_pages[std::size_t(current - FixedTabs)].first : "summary";
    }
}

void ObjectView::setTab(const std::string &id)
{
    int found = id == "events" ? EventsTab : id == "yaml" ? YamlTab : SummaryTab;
    for (std::size_t i = 0; i < m_pages.size(); ++i) {
        if (m_pages[i].first == id)
            found = FixedTabs + int(i);
    }
    // Another kind of object may have it again.
    m_wantedTab = id;
    if (m_tabs->count() > 0)
        m_tabs->setCurrentIndex(found);
    tabChosen();
}

void ObjectView::tabChosen()
{
    if (!m_feed)
        return;
    if (!signalsBlocked() && m_tabs->count() > 0)
        m_wantedTab = tab();
    m_completed = false;
    update();
    Q_EMIT tabChanged();
    Q_EMIT statusChanged();
}

Destination ObjectView::destination() const
{
    Destination target;
    target.page = "object";
    if (m_feed) {
        target.kind = m_feed->resource().qualifiedName();
        target.space = m_feed->space();
        target.name = m_feed->name();
    }
    target.tab = tab();
    return target;
}

void ObjectView::relate()
{
    const kinds::Summary *summary = m_feed->summary();
    if (summary == nullptr)
        return;
    if (m_eventsOf != summary->uid) {
        m_eventsOf = summary->uid;
        const kinds::SummaryKind *known = kinds::summaryKind(m_feed->kind());
        m_events.show(summary->space, summary->kind, summary->name, summary->uid, known != nullptr && known->eventsByName);
    }
    m_related.setSummary(m_feed->kind(), *summary);
}

void ObjectView::update()
{
    if (!m_feed)
        return;
    if (sender() == m_feed.get() || m_eventsOf.empty())
        relate();
    showState();
    m_tabs->setCount(EventsTab, m_events.isSettled() && m_feed->summary() != nullptr ? m_events.rowCount() : -1);
    if (!m_completed && isComplete()) {
        m_completed = true;
        Q_EMIT completed();
    }
    Q_EMIT changed();
}

void ObjectView::showState()
{
    if (!m_feed)
        return;
    const kinds::Kind &kind = m_feed->kind();
    const kinds::Summary *summary = m_feed->summary();
    const ObjectFeed::Phase phase = m_feed->phase();
    const std::optional<Health> health = phase == ObjectFeed::Phase::Shown ? m_feed->health() : std::nullopt;
    const auto now = m_feed->now();
    const QString name = plainText(m_feed->name());
    const QString shownStem = plainText(std::string_view(m_feed->name()).substr(0, m_feed->stem()));
    const QString kindName = plainText(m_feed->resource().kind);
    const QString where = m_feed->space().empty() ? kindName : tr("%1 in %2").arg(kindName, plainText(m_feed->space()));
    Shape shape = shapeOfHealth(health);
    if (phase == ObjectFeed::Phase::Gone)
        shape = Shape::Idle;
    if (phase != ObjectFeed::Phase::Loading)
        m_loading->end();
    const QString word = health ? QString::fromUtf8(kind.word(*health).data(), qsizetype(kind.word(*health).size())) : QString();
    m_header->say(shape, word, iconNamed(kind.icon), shownStem, name.mid(shownStem.size()), where);
    m_header->setStale(isStale());
    m_summary->setStale(isStale());
    m_eventsView->setStale(isStale());
    offer();

    switch (phase) {
    case ObjectFeed::Phase::Loading:
        m_notice->say(Shape::None, {});
        m_stack->setCurrentWidget(m_loading);
        m_loading->begin();
        return;
    case ObjectFeed::Phase::Missing:
        m_notice->say(Shape::None, {});
        m_stack->setCurrentWidget(m_message);
        m_message->say({.shape = Shape::Idle,
            .title = m_feed->space().empty() ? tr("There is no %1 of this name.").arg(kindName)
                                             : tr("There is no %1 of this name in the namespace %2.").arg(kindName, plainText(m_feed->space())),
            .text = tr("Nothing was found by the name %1. Should it be made, it will be shown here.").arg(name)});
        return;
    case ObjectFeed::Phase::Failed: {
        m_notice->say(Shape::None, {});
        m_stack->setCurrentWidget(m_message);
        const Error error = m_feed->why().value_or(Error{.message = "the cluster is closed"});
        m_message->say({.shape = error.code == Code::Forbidden ? Shape::Unknown : Shape::Bad,
            .title = error.code == Code::Forbidden ? tr("You may not read this object.") : tr("The object could not be read."),
            .text = plainText(error.remedy),
            .words = plainText(error.message),
            .actions = {{.text = tr("Retry")}}});
        return;
    }
    case ObjectFeed::Phase::Gone:
        m_notice->say(Shape::Unknown, tr("This object was deleted. What you see is its last state."));
        break;
    case ObjectFeed::Phase::Shown: {
        if (isStale()) {
            showStale();
        } else if (summary->deleted) {
            m_notice->say(Shape::Progress, tr("Is being deleted, since %1.").arg(QString::fromStdString(kinds::formatAge(*summary->deleted, now))));
        } else if (!summary->problems.empty()) {
            const Shape worst = health && (*health == Health::Degraded || *health == Health::Progressing) ? Shape::Warn : Shape::Bad;
            m_notice->say(worst, plainText(summary->problems.front().sentence(now)));
        } else if (!m_feed->isLive()) {
            m_notice->say(Shape::Unknown, tr("You may read this object, but not watch it: this is its state when it was opened. F5 reads it again."));
        } else {
            m_notice->say(Shape::None, {});
        }
        break;
    }
    }
    const int current = m_tabs->currentIndex();
    QWidget *page = current == EventsTab ? static_cast<QWidget *>(m_eventsView) : current == YamlTab ? static_cast<QWidget *>(m_yaml) : m_summary;
    if (current >= FixedTabs) {
        page = made(std::size_t(current - FixedTabs));
    }
    m_stack->setCurrentWidget(page);
    setFocusProxy(page);
}

bool ObjectView::isStale() const
{
    const kube::Phase phase = m_feed->state().phase;
    return m_feed->phase() == ObjectFeed::Phase::Shown && m_feed->isLive() && (phase == kube::Phase::Stale || phase == kube::Phase::Ended);
}

void ObjectView::showStale()
{
    const kube::State &state = m_feed->state();
    const auto now = m_feed->now();
    const auto since = std::chrono::time_point_cast<std::chrono::milliseconds>(state.since);
    QString text = tr("No word from the server for %1; what you see may be old").arg(QString::fromStdString(kinds::formatAge(since, now)));
    text += state.why ? QStringLiteral(": ") + plainText(state.why->message) + QLatin1Char('.') : QStringLiteral(".");
    if (state.nextTry && *state.nextTry > m_cluster->session->clock().now()) {
        const auto next = std::chrono::time_point_cast<std::chrono::milliseconds>(*state.nextTry);
        text += QLatin1Char(' ') + tr("Next try in %1.").arg(QString::fromStdString(kinds::formatAge(now, next)));
    }
    m_notice->say(Shape::Unknown, text);
}

// What can be done about what the notice says.
void ObjectView::offer()
{
    const kinds::Summary *summary = m_feed->phase() == ObjectFeed::Phase::Shown ? m_feed->summary() : nullptr;
    const bool trouble = summary != nullptr && !summary->deleted && !summary->problems.empty() && !summary->problems.front().container.empty();
    const bool hasLog = std::any_of(m_others.begin(), m_others.end(), [this](const ObjectTab &each) {
        return each.showLog && std::any_of(m_pages.begin(), m_pages.end(), [&each](const auto &page) { return page.first == each.id; });
    });
    if (isStale())
        m_notice->offer(tr("Retry now"));
    else if (trouble && hasLog)
        m_notice->offer(summary->problems.front().logIsPrevious ? tr("Previous log") : tr("Log"));
    else
        m_notice->offer({});
}

void ObjectView::act()
{
    if (!m_feed || isStale())
        return reload();
    const kinds::Summary *summary = m_feed->summary();
    if (summary == nullptr || summary->problems.empty())
        return;
    const kinds::Problem problem = summary->problems.front();
    for (const ObjectTab &each : m_others) {
        const auto page = std::find_if(m_pages.begin(), m_pages.end(), [&each](const auto &entry) { return entry.first == each.id; });
        if (!each.showLog || page == m_pages.end())
            continue;
        // Its first wish is this one: it is not asked for another before.
        each.showLog(*made(std::size_t(page - m_pages.begin())), problem.container, problem.logIsPrevious);
        setTab(each.id);
        return;
    }
}

// A tab's that others make.
QWidget *ObjectView::made(std::size_t other)
{
    auto &[id, page] = m_pages[other];
    if (page == nullptr) {
        const auto found = std::find_if(m_others.begin(), m_others.end(), [&wanted = id](const ObjectTab &each) { return each.id == wanted; });
        page = found->make({m_cluster, m_feed->resource(), m_feed->space(), m_feed->name()}, m_stack);
        m_stack->addWidget(page);
        if (page->metaObject()->indexOfSignal("completed()") >= 0)
            connect(page, SIGNAL(completed()), this, SLOT(update()));
    }
    return page;
}

bool ObjectView::isComplete() const
{
    if (!m_feed)
        return true;
    switch (m_feed->phase()) {
    case ObjectFeed::Phase::Loading:
        return false;
    case ObjectFeed::Phase::Missing:
    case ObjectFeed::Phase::Failed:
        return true;
    case ObjectFeed::Phase::Shown:
    case ObjectFeed::Phase::Gone:
        break;
    }
    switch (m_tabs->currentIndex()) {
    case EventsTab:
        return m_events.isSettled();
    case YamlTab:
        return m_yaml->isComplete();
    case SummaryTab:
        return m_events.isSettled() && m_related.isSettled();
    default:
        break;
    }
    QWidget *made = otherInFront();
    const auto found = std::find_if(m_others.begin(), m_others.end(), [this](const ObjectTab &each) { return each.id == tab(); });
    return made != nullptr && (found == m_others.end() || !found->isComplete || found->isComplete(*made));
}

std::optional<Error> ObjectView::failure() const
{
    if (!m_feed)
        return std::nullopt;
    if (m_feed->phase() == ObjectFeed::Phase::Missing)
        return Error{
            .code = Code::NotFound, .http = 404, .reason = "NotFound", .message = "there is no " + m_feed->resource().kind + " " + m_feed->name()};
    return m_feed->phase() == ObjectFeed::Phase::Failed ? m_feed->why() : std::nullopt;
}

QString ObjectView::statusText() const
{
    return m_feed && m_tabs->currentIndex() == YamlTab ? m_yaml->statusText() : QString();
}

void ObjectView::setDock(DetailPane::Dock dock)
{
    m_header->setDock(dock);
}

QWidget *ObjectView::otherInFront() const
{
    const int other = m_tabs->currentIndex() - FixedTabs;
    return other >= 0 && other < int(m_pages.size()) ? m_pages[std::size_t(other)].second : nullptr;
}

void ObjectView::focusSearch()
{
    if (!m_feed)
        return;
    if (QWidget *other = otherInFront()) {
        if (other->metaObject()->indexOfMethod("focusSearch()") >= 0)
            QMetaObject::invokeMethod(other, "focusSearch");
        return;
    }
    if (m_tabs->currentIndex() != YamlTab)
        m_tabs->setCurrentIndex(YamlTab);
    m_yaml->focusSearch();
}

void ObjectView::reload()
{
    if (m_feed)
        m_feed->retry();
    m_events.retry();
    QWidget *other = otherInFront();
    if (other != nullptr && other->metaObject()->indexOfMethod("reload()") >= 0)
        QMetaObject::invokeMethod(other, "reload");
}

void ObjectView::copyName()
{
    if (m_feed)
        QGuiApplication::clipboard()->setText(QString::fromStdString(m_feed->name()));
}

void ObjectView::copyCommand()
{
    if (!m_feed)
        return;
    QString command = QStringLiteral("kubectl get ") + quoted(m_feed->resource().qualifiedName()) + QLatin1Char(' ') + quoted(m_feed->name());
    if (!m_feed->space().empty())
        command += QStringLiteral(" -n ") + quoted(m_feed->space());
    if (!m_cluster->facts.name.empty())
        command += QStringLiteral(" --context ") + quoted(m_cluster->facts.name);
    QGuiApplication::clipboard()->setText(command + QStringLiteral(" -o yaml"));
}

void ObjectView::keyPressEvent(QKeyEvent *event)
{
    if (event->modifiers() == Qt::NoModifier && m_feed) {
        switch (event->key()) {
        case Qt::Key_Escape:
            if (m_where == Where::Pane) {
                Q_EMIT closeWanted();
                return;
            }
            break;
        case Qt::Key_Y:
            setTab("yaml");
            m_yaml->focusText();
            return;
        case Qt::Key_E:
            setTab("events");
            m_eventsView->focusTable();
            return;
        case Qt::Key_S:
            setTab("summary");
            m_summary->setFocus(Qt::ShortcutFocusReason);
            return;
        case Qt::Key_L:
            setTab("log");
            return;
        default:
            break;
        }
    }
    QWidget::keyPressEvent(event);
}

} // namespace fairlead::ui
