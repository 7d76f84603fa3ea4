// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/logs/logview.h"

#include "base/age.h"
#include "kube/session.h"
#include "logs/linetime.h"
#include "ui/logs/logbar.h"
#include "ui/logs/logcanvas.h"
#include "ui/logs/logfoot.h"
#include "ui/widgets/messagepanel.h"
#include "ui/widgets/placeholderrows.h"
#include "ui/widgets/searchfield.h"

#include <QClipboard>
#include <QDateTime>
#include <QFileDialog>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QLocale>
#include <QScrollBar>
#include <QShortcut>
#include <QStackedLayout>
#include <QVBoxLayout>

#include <utility>

namespace fairlead::ui {

using logs::LogState;

namespace {

constexpr int quietAfter = 250;      // milliseconds without a line: what the server has at once is there
constexpr int silentAfter = 1500;    // and without an answer: kubelet sends no head before the first line
constexpr int noticeFor = 8000;      // milliseconds
constexpr std::size_t atOnce = 2000; // rows that are copied on the spot

const QString stampsKey = QStringLiteral("log/stamps");
const QString wrapKey = QStringLiteral("log/wrap");

QString number(std::uint64_t value)
{
    return QLocale(QLocale::English).toString(qulonglong(value));
}

QString text(const std::string &utf8)
{
    return QString::fromStdString(utf8);
}

QString clockTime(qint64 milliseconds)
{
    return QDateTime::fromMSecsSinceEpoch(milliseconds).toString(QStringLiteral("HH:mm:ss"));
}

qint64 milliseconds(Clock::TimePoint time)
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
}

std::string shownStamp(logs::LineTime time)
{
    return QDateTime::fromMSecsSinceEpoch(time / 1'000'000).toString(QStringLiteral("HH:mm:ss.zzz")).toStdString();
}

} // namespace

LogView::LogView(const Theme &theme, Settings &settings, contexts::OpenClusterPtr cluster, std::string space, std::string pod, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_settings(settings)
    , m_cluster(std::move(cluster))
    , m_space(std::move(space))
    , m_name(std::move(pod))
    , m_pod(m_cluster->session->store(logs::PodWatch::sourceOf(m_space, m_name)), m_name)
    , m_follower(m_cluster->session->client(), m_cluster->session->clock(), m_pod, m_space, m_name)
    , m_search(m_follower.ring(), m_cluster->session->client().dispatcher(), m_cluster->session->client().pool())
    , m_wanted(logs::LogWish{})
    , m_bar(new LogBar(theme))
    , m_text(new QWidget)
    , m_canvas(new LogCanvas(theme, m_follower.ring(), m_search))
    , m_placeholders(new PlaceholderRows(theme, m_text))
    , m_message(new MessagePanel(theme))
    , m_foot(new LogFoot(theme))
{
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    auto *inText = new QStackedLayout(m_text);
    inText->setStackingMode(QStackedLayout::StackAll);
    inText->addWidget(m_placeholders);
    inText->addWidget(m_canvas);
    auto *middle = new QWidget;
    m_stack = new QStackedLayout(middle);
    m_stack->addWidget(m_text);
    m_stack->addWidget(m_message);
    rows->addWidget(m_bar);
    rows->addWidget(middle, 1);
    rows->addWidget(m_foot);
    setFocusProxy(m_canvas);

    connect(&m_pod, &logs::PodWatch::changed, this, &LogView::podChanged);
    connect(&m_follower, &logs::LogFollower::rowsChanged, this, &LogView::rowsChanged);
    connect(&m_follower, &logs::LogFollower::stateChanged, this, &LogView::showState);
    connect(&m_search, &logs::LogSearch::changed, this, &LogView::hitsChanged);
    connect(m_canvas, &LogCanvas::followingChanged, m_bar, &LogBar::setFollowing);
    connect(m_canvas, &LogCanvas::scrolled, this, &LogView::showPlace);
    connect(m_canvas, &LogCanvas::copyWanted, this, &LogView::copy);
    connect(m_bar, &LogBar::wishChanged, this, &LogView::open);
    connect(m_bar, &LogBar::followWanted, m_canvas, [this](bool follow) {
        m_canvas->setFollowing(follow);
        m_bar->setFollowing(m_canvas->isFollowing());
    });
    connect(m_bar, &LogBar::stampsWanted, this, &LogView::setStamps);
    connect(m_bar, &LogBar::wrapWanted, this, &LogView::setWrapped);
    connect(m_bar, &LogBar::nextWanted, this, [this] { stepHit(true); });
    connect(m_bar, &LogBar::previousWanted, this, [this] { stepHit(false); });
    connect(m_bar, &LogBar::copyWanted, this, &LogView::copy);
    connect(m_bar, &LogBar::saveWanted, this, &LogView::chooseFile);
    connect(m_bar, &LogBar::patternChanged, this, [this](const QString &pattern) {
        m_newPattern = true;
        m_hit.reset();
        m_canvas->setCurrentHit({});
        m_search.setPattern(pattern.toStdString());
    });
    connect(m_message, &MessagePanel::acted, this, [this] { reload(); });
    const auto shortcut = [this](const QKeySequence &keys, auto work) {
        connect(new QShortcut(keys, this, nullptr, nullptr, Qt::WidgetWithChildrenShortcut), &QShortcut::activated, this, work);
    };
    shortcut(Qt::Key_F3, [this] { stepHit(true); });
    shortcut(QKeySequence(Qt::SHIFT | Qt::Key_F3), [this] { stepHit(false); });

    m_settling.setSingleShot(true);
    connect(&m_settling, &QTimer::timeout, this, [this] {
        m_quiet = true;
        showState();
    });
    m_notice.setSingleShot(true);
    connect(&m_notice, &QTimer::timeout, this, [this] {
        m_noticed = false;
        showFoot();
    });
    m_seconds.setInterval(1000);
    connect(&m_seconds, &QTimer::timeout, this, [this] {
        showFoot();
        if (m_stack->currentWidget() == m_message)
            showMessage();
    });

    m_canvas->setStamps(m_settings.value(stampsKey).toBool(true));
    m_canvas->setWrapped(m_settings.value(wrapKey).toBool(false));
    m_bar->setStamps(m_canvas->hasStamps());
    m_bar->setWrapped(m_canvas->isWrapped());
    m_bar->setFollowing(m_canvas->isFollowing());
    m_bar->setCanCopy(false);
    showState();
}

LogView::~LogView() = default;

void LogView::showContainer(const std::string &container, bool previous)
{
    logs::LogWish wish = m_follower.wish();
    wish.container = container;
    wish.previous = previous;
    if (m_pod.isKnown())
        open(wish);
    else
        m_wanted = wish;
}

void LogView::podChanged()
{
    if (m_wanted)
        open(*m_wanted);
    m_bar->setContainers(m_pod.containers(), m_follower.wish().container);
    showState();
}

void LogView::open(const logs::LogWish &wish)
{
    logs::LogWish meant = wish;
    m_wanted.reset();
    if (meant.container.empty())
        meant.container = m_pod.defaultContainer();
    if (meant.sinceTime)
        meant.sinceTime = std::chrono::time_point_cast<Moment::duration>(m_cluster->session->clock().now());
    m_completed = m_quiet = false;
    m_hit.reset();
    m_canvas->setFollowing(true);
    m_follower.open(meant);
    m_bar->setWish(meant);
    m_bar->setContainers(m_pod.containers(), meant.container);
    m_settling.start(silentAfter);
}

void LogView::rowsChanged()
{
    m_search.follow();
    m_canvas->rowsChanged();
    m_bar->setCanCopy(m_follower.ring().size() > 0);
    m_quiet = false;
    m_settling.start(m_follower.ring().size() > 0 ? quietAfter : silentAfter);
    showState();
}

void LogView::hitsChanged()
{
    if (m_newPattern && !m_search.isSearching()) {
        m_newPattern = false;
        // The first one that is in sight, else the next below, else the last above.
        auto hit = m_search.from(m_canvas->topRow());
        if (!hit)
            hit = m_search.last();
        goToHit(hit);
    }
    const std::uint64_t count = m_search.count();
    const std::uint64_t at = m_hit ? m_search.number(*m_hit) : 0;
    QString result;
    if (!m_search.pattern().isEmpty())
        result = count == 0 ? (m_search.isSearching() ? QStringLiteral("…") : QStringLiteral("none"))
                 : at == 0  ? number(count)
                            : QStringLiteral("%1 of %2").arg(number(at), number(count));
    m_bar->setResult(result, count > 0);
    m_canvas->hitsChanged();
}

// Round the ends, as in every editor.
void LogView::stepHit(bool forward)
{
    if (m_search.count() == 0)
        return;
    const logs::LogSearch::Hit from = m_hit.value_or(logs::LogSearch::Hit{m_canvas->topRow(), 0});
    auto hit = !m_hit ? m_search.from(from.row) : forward ? m_search.after(from) : m_search.before(from);
    if (!hit)
        hit = forward ? m_search.first() : m_search.last();
    goToHit(hit);
    hitsChanged();
}

void LogView::goToHit(const std::optional<logs::LogSearch::Hit> &hit)
{
    m_hit = hit;
    m_canvas->setCurrentHit(hit);
    if (!hit)
        return;
    const auto places = m_search.pattern().places(m_follower.ring().text(hit->row));
    m_canvas->bring(hit->row, hit->index < places.size() ? places[hit->index].begin : 0);
}

// What is shown: rows where there are any, else why there are none.
void LogView::showState()
{
    const LogState &state = m_follower.state();
    const bool hasRows = m_follower.ring().size() > 0;
    const bool expected = state.phase == LogState::Phase::Idle || state.phase == LogState::Phase::Opening ||
                          state.phase == LogState::Phase::Following || state.phase == LogState::Phase::Reading;
    const bool loading = !hasRows && expected && !m_quiet && !(state.phase == LogState::Phase::Idle && m_pod.isKnown() && !m_wanted);
    if (loading)
        m_placeholders->begin();
    else
        m_placeholders->end();
    m_placeholders->setVisible(loading);
    m_canvas->setVisible(!loading);
    if (!hasRows && !loading)
        showMessage();
    m_stack->setCurrentWidget(hasRows || loading ? m_text : static_cast<QWidget *>(m_message));
    m_canvas->setSuffix(nextStart());
    const bool ticks = state.phase == LogState::Phase::Cut || state.phase == LogState::Phase::Waiting;
    if (ticks != m_seconds.isActive())
        ticks ? m_seconds.start() : m_seconds.stop();
    showFoot();
    settle();
}

void LogView::settle()
{
    if (m_completed || !isComplete())
        return;
    m_completed = true;
    Q_EMIT completed();
}

bool LogView::isComplete() const
{
    if (m_search.isSearching())
        return false;
    switch (m_follower.state().phase) {
    case LogState::Phase::Idle:
        return m_pod.state().why.has_value();
    case LogState::Phase::Opening:
    case LogState::Phase::Reading:
    case LogState::Phase::Following:
        return m_quiet;
    default:
        return true;
    }
}

std::optional<Error> LogView::failure() const
{
    return m_follower.state().phase == LogState::Phase::Failed ? m_follower.state().why : std::nullopt;
}

void LogView::showMessage()
{
    const LogState &state = m_follower.state();
    const QString container = text(m_follower.wish().container);
    Message message;
    message.icon = Icon::Container;
    const auto words = [&message](const std::optional<Error> &why) {
        if (why) {
            message.words = text(why->message);
            message.text = text(why->remedy);
        }
    };
    switch (state.phase) {
    case LogState::Phase::Idle:
        message.shape = Shape::Unknown;
        message.title = QStringLiteral("It is not known which containers the pod has.");
        words(m_pod.state().why);
        break;
    case LogState::Phase::Waiting:
        message.shape = Shape::Progress;
        message.title = text(state.words);
        if (const QString next = nextStart(); !next.isEmpty())
            message.foot = next;
        break;
    case LogState::Phase::Cut:
        message.shape = Shape::Unknown;
        message.title = QStringLiteral("The log cannot be reached.");
        words(state.why);
        message.actions = {{.text = QStringLiteral("Try now")}};
        message.footShape = Shape::Progress;
        message.foot = QStringLiteral("It is tried again by itself.");
        break;
    case LogState::Phase::Failed:
        message.shape = Shape::Bad;
        message.title = text(state.words);
        words(state.why);
        message.actions = {{.text = QStringLiteral("Try again")}};
        break;
    default: {
        message.shape = Shape::Idle;
        const auto &wish = m_follower.wish();
        message.title = wish.since || wish.sinceTime ? container + QStringLiteral(" has written no line since then.")
                                                     : container + QStringLiteral(" has written no line.");
        if (state.phase != LogState::Phase::Ended)
            message.text = QStringLiteral("Lines appear here as they are written.");
        break;
    }
    }
    m_message->say(message);
}

QString LogView::nextStart() const
{
    const logs::Container *container = m_pod.find(m_follower.wish().container);
    if (!container || m_follower.wish().previous || m_follower.state().phase != LogState::Phase::Waiting)
        return {};
    const auto next = container->nextStart();
    const auto now = std::chrono::time_point_cast<Moment::duration>(m_cluster->session->clock().now());
    if (!next)
        return {};
    return *next > now ? QStringLiteral("next start in ") + text(formatAge(std::chrono::ceil<std::chrono::seconds>(*next - now)))
                       : QStringLiteral("starts again now");
}

void LogView::showFoot()
{
    m_canvas->setSuffix(nextStart());
    if (m_noticed)
        return;
    const LogState &state = m_follower.state();
    const logs::LogRing &ring = m_follower.ring();
    const auto now = m_cluster->session->clock().now();
    if (state.phase == LogState::Phase::Cut && ring.size() > 0) {
        QString rest = clockTime(milliseconds(state.since)) + QStringLiteral(": ") + (state.why ? text(state.why->message) : QString());
        if (state.nextTry && *state.nextTry > now)
            rest += QStringLiteral("; next try in ") + text(formatAge(std::chrono::ceil<std::chrono::seconds>(*state.nextTry - now)));
        m_foot->say(Shape::Unknown, QStringLiteral("Stream cut"), rest);
        return showPlace();
    }
    const logs::LineTime oldest = ring.oldestTime();
    const QString since = oldest != 0 ? QStringLiteral("; oldest ") + clockTime(oldest / 1'000'000) : QString();
    if (ring.isFull())
        m_foot->say(Shape::Idle, QStringLiteral("Ring full:"),
            QStringLiteral("%1 lines kept, %2 older ones dropped").arg(number(ring.size()), number(ring.dropped())) + since);
    else if (m_follower.hasOlder())
        m_foot->say(Shape::Idle, {}, QStringLiteral("%1 lines, the node has older ones").arg(number(ring.size())) + since);
    else if (ring.size() > 0)
        m_foot->say(Shape::None, {}, (ring.size() == 1 ? QStringLiteral("1 line") : QStringLiteral("%1 lines").arg(number(ring.size()))) + since);
    else
        m_foot->say(Shape::None, {}, {});
    showPlace();
}

void LogView::showPlace()
{
    const logs::LogRing &ring = m_follower.ring();
    const LogState::Phase phase = m_follower.state().phase;
    if (ring.size() == 0)
        return m_foot->sayPlace({});
    const auto below = ring.end() - std::min(ring.end(), m_canvas->bottomRow());
    const bool live = phase == LogState::Phase::Following || phase == LogState::Phase::Opening || phase == LogState::Phase::Waiting;
    if (below == 0 && m_canvas->isAtEnd())
        m_foot->sayPlace(!live                     ? QStringLiteral("at the end")
                         : m_canvas->isFollowing() ? QStringLiteral("at the end, following")
                                                   : QStringLiteral("at the end, not following"));
    else
        m_foot->sayPlace(QStringLiteral("%1 below").arg(below == 1 ? QStringLiteral("1 line") : QStringLiteral("%1 lines").arg(number(below))));
}

void LogView::setStamps(bool shown)
{
    m_settings.set(stampsKey, shown);
    m_canvas->setStamps(shown);
}

void LogView::setWrapped(bool wrapped)
{
    m_settings.set(wrapKey, wrapped);
    m_canvas->setWrapped(wrapped);
}

void LogView::focusSearch()
{
    m_bar->search().setFocus(Qt::ShortcutFocusReason);
    m_bar->search().selectAll();
}

void LogView::reload()
{
    m_follower.retry();
}

void LogView::copy()
{
    const logs::LogRing &ring = m_follower.ring();
    if (ring.size() == 0)
        return;
    const logs::LogPart part = m_canvas->selection().value_or(logs::LogPart{.fromRow = ring.begin(), .toRow = ring.end() - 1});
    const auto rows = std::size_t(part.toRow - part.fromRow + 1);
    const logs::StampWriter stamp = m_canvas->hasStamps() ? logs::StampWriter(shownStamp) : logs::StampWriter();
    const auto put = [this, rows](const std::string &copied) {
        QGuiApplication::clipboard()->setText(text(copied));
        sayFor(Shape::Ok, QStringLiteral("Copied"), rows == 1 ? QStringLiteral("1 line") : QStringLiteral("%1 lines").arg(number(rows)));
    };
    if (rows <= atOnce)
        return put(textOf(ring.snapshot(part.fromRow), part, stamp));
    kube::Client &client = m_cluster->session->client();
    logs::textLater(ring.snapshot(part.fromRow), part, stamp, client.dispatcher(), client.pool())
        .then(this, [put](const Result<std::string> &copied) {
            if (copied)
                put(*copied);
        });
}

void LogView::chooseFile()
{
    auto *dialog = new QFileDialog(this, QStringLiteral("Save log"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setOption(QFileDialog::DontUseNativeDialog); // it would block in its own loop on some desktops
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(text(m_name) + QLatin1Char('-') + text(m_follower.wish().container) + QStringLiteral(".log"));
    connect(dialog, &QFileDialog::fileSelected, this, &LogView::saveTo);
    dialog->open();
}

void LogView::saveTo(const QString &file)
{
    const logs::LogRing &ring = m_follower.ring();
    if (ring.size() == 0)
        return;
    const logs::LogPart part{.fromRow = ring.begin(), .toRow = ring.end() - 1};
    const auto rows = ring.size();
    const logs::StampWriter stamp = m_canvas->hasStamps() ? logs::StampWriter(logs::stampText) : logs::StampWriter();
    kube::Client &client = m_cluster->session->client();
    logs::save(ring.snapshot(), part, stamp, file, client.dispatcher(), client.pool())
        .then(this, [this, rows, file](const Result<std::uint64_t> &saved) {
            if (saved)
                sayFor(Shape::Ok, QStringLiteral("Saved"), QStringLiteral("%1 lines to %2").arg(number(rows), file));
            else
                sayFor(Shape::Bad, QStringLiteral("Not saved:"), text(saved.error().text()));
        });
}

// What passes: shown for a while in the foot's place.
void LogView::sayFor(Shape shape, const QString &strong, const QString &rest)
{
    m_noticed = true;
    m_foot->say(shape, strong, rest);
    m_notice.start(noticeFor);
}

void LogView::keyPressEvent(QKeyEvent *event)
{
    // Esc leaves the search first, then the pane.
    if (event->key() == Qt::Key_Escape && m_bar->search().hasFocus()) {
        m_canvas->setFocus();
        return;
    }
    QWidget::keyPressEvent(event);
}

} // namespace fairlead::ui
