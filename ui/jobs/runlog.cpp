// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/runlog.h"

#include "kube/session.h"
#include "ui/jobs/runlook.h"
#include "ui/widgets/accessiblerole.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/text.h"

#include <QDateTime>
#include <QPainter>

#include <algorithm>

namespace fairlead::ui {

using logs::LogRow;
using Phase = logs::LogState::Phase;

namespace {

constexpr int heading = 28;
constexpr int rowHeight = 17;
constexpr qint64 nanoseconds = 1'000'000;

QString textOf(const logs::LogRing &ring, logs::RowNumber row)
{
    const std::string_view text = ring.text(row);
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

} // namespace

RunLog::Reading::Reading(kube::Session &session, const std::string &space, const std::string &name)
    : pod(session.store(logs::PodWatch::sourceOf(space, name)), name)
    , follower(session.client(), session.clock(), pod, space, name)
{
}

RunLog::RunLog(const Theme &theme, contexts::OpenClusterPtr cluster, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_cluster(std::move(cluster))
{
    speakAs(*this, QAccessible::StaticText);
    setAccessibleName(tr("Last lines of the log"));
}

RunLog::~RunLog() = default;

void RunLog::show(const std::string &space, const jobs::Attempt *attempt)
{
    const bool same = attempt && m_any && m_attempt.uid == attempt->uid;
    m_any = attempt != nullptr;
    m_attempt = attempt ? *attempt : jobs::Attempt();
    if (same) {
        if (m_reading && !m_reading->opened)
            open();
        update();
        return;
    }
    m_reading.reset();
    m_space = space;
    if (attempt) {
        m_reading = std::make_unique<Reading>(*m_cluster->session, m_space, m_attempt.pod);
        connect(&m_reading->pod, &logs::PodWatch::changed, this, &RunLog::open);
        connect(&m_reading->follower, &logs::LogFollower::rowsChanged, this, &RunLog::changed);
        connect(&m_reading->follower, &logs::LogFollower::stateChanged, this, &RunLog::changed);
        open();
    }
    changed();
}

// Which container is meant is known with the pod only.
void RunLog::open()
{
    if (m_reading->opened || (!m_reading->pod.isKnown() && !m_reading->pod.isGone()))
        return;
    const std::string container = m_attempt.container.empty() ? m_reading->pod.defaultContainer() : m_attempt.container;
    if (!container.empty()) {
        m_reading->opened = true;
        logs::LogWish wish;
        wish.container = container;
        wish.tail = lines;
        m_reading->follower.open(wish);
    }
    changed();
}

bool RunLog::isComplete() const
{
    if (!m_reading || m_reading->follower.ring().size() > 0)
        return true;
    const Phase phase = m_reading->follower.state().phase;
    return phase == Phase::Waiting || phase == Phase::Ended || phase == Phase::Failed || (!m_reading->opened && m_reading->pod.isGone());
}

QString RunLog::words() const
{
    if (!m_reading)
        return tr("No pod of it is left, and no log without it");
    if (m_reading->follower.ring().size() > 0)
        return {};
    if (!m_reading->opened)
        return m_reading->pod.isGone() ? tr("The pod is gone, and its log with it") : tr("Asking for the pod…");
    const logs::LogState &state = m_reading->follower.state();
    switch (state.phase) {
    case Phase::Failed:
    case Phase::Cut:
        return QString::fromStdString(state.why ? state.why->text() : state.words);
    case Phase::Waiting:
    case Phase::Ended:
        return state.words.empty() ? tr("It wrote nothing") : QString::fromStdString(state.words);
    case Phase::Following:
        return tr("It has written nothing yet");
    case Phase::Idle:
    case Phase::Opening:
    case Phase::Reading:
        break;
    }
    return tr("Asking for the log…");
}

QStringList RunLog::shownLines() const
{
    QStringList out;
    if (!m_reading)
        return out;
    const logs::LogRing &ring = m_reading->follower.ring();
    const auto room = logs::RowNumber(std::max(1, (height() - heading - 6) / rowHeight));
    for (logs::RowNumber row = std::max(ring.begin(), ring.end() > room ? ring.end() - room : 0); row < ring.end(); ++row)
        out << textOf(ring, row);
    return out;
}

void RunLog::changed()
{
    const QString text = words().isEmpty() ? shownLines().join(QLatin1Char('\n')) : words();
    if (text != accessibleDescription())
        setAccessibleDescription(text);
    update();
    Q_EMIT linesChanged();
}

void RunLog::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Tokens &tokens = m_theme.tokens();
    painter.fillRect(rect(), tokens.sunken);
    painter.fillRect(QRect(0, 0, width(), heading), tokens.surface);
    QRectF head(measure::margin, 5, width() - 2 * measure::margin, 18);
    const QFont strong = m_theme.font(FontRole::SmallMedium);
    const QFont small = m_theme.font(FontRole::Small);
    if (m_any) {
        QString title = tr("Log");
        if (m_attempt.index)
            title = tr("Index %1, try %2").arg(*m_attempt.index).arg(m_attempt.failuresBefore + 1);
        head.setLeft(head.left() + drawText(painter, head, Qt::AlignLeft, title, strong, tokens.text, Shaping::Exact) + measure::between);
        const Shape shape = shapeOf(m_attempt);
        drawShape(painter, QRectF(head.left(), head.top(), measure::shape, head.height()), shape, shapeColour(tokens, shape), 0.85);
        head.setLeft(head.left() + measure::shape + 4);
        const QString state = m_attempt.exitCode && m_attempt.hasEnded() ? tr("exit %1").arg(*m_attempt.exitCode)
                                                                         : QString::fromUtf8(jobs::name(m_attempt.state).data());
        head.setLeft(
            head.left() + drawText(painter, head, Qt::AlignLeft, state, strong, shapeColour(tokens, shape), Shaping::Exact) + measure::between);
        const bool kept = m_reading && m_reading->pod.isGone() && m_reading->follower.ring().size() > 0;
        drawText(painter, head, Qt::AlignRight, kept ? tr("kept after the pod went") : QString::fromStdString(m_attempt.pod), small, tokens.muted,
            Shaping::Exact);
    } else {
        drawText(painter, head, Qt::AlignLeft, tr("Log"), strong, tokens.text);
    }
    drawRule(painter, QRectF(0, heading - 1, width(), 1), tokens.lineSoft);
    if (const QString instead = words(); !instead.isEmpty()) {
        drawText(painter, QRectF(measure::margin, heading + 6, width() - 2 * measure::margin, 18), Qt::AlignLeft, instead, small, tokens.muted);
        return;
    }
    const logs::LogRing &ring = m_reading->follower.ring();
    const QFont fixed = m_theme.font(FontRole::Fixed);
    const auto room = logs::RowNumber(std::max(1, (height() - heading - 6) / rowHeight));
    qreal y = heading + 4;
    const qreal stamps = textWidth(QStringLiteral("00:00:00"), fixed, Shaping::Exact) + 14;
    for (logs::RowNumber number = std::max(ring.begin(), ring.end() > room ? ring.end() - room : 0); number < ring.end(); ++number) {
        const LogRow &row = ring.row(number);
        const QRectF rect(measure::margin, y, width() - measure::margin - 4, rowHeight);
        if (row.time > 0 && row.isLine())
            drawText(painter, rect, Qt::AlignLeft, QDateTime::fromMSecsSinceEpoch(row.time / nanoseconds).toString(QStringLiteral("HH:mm:ss")), fixed,
                tokens.muted, Shaping::Exact);
        const QColor ink = row.kind == LogRow::Kind::Failed || row.level == logs::Level::Error ? tokens.bad
                           : row.level == logs::Level::Warning                                 ? tokens.warn
                           : row.isLine()                                                      ? tokens.text
                                                                                               : tokens.muted;
        drawText(painter, rect.adjusted(stamps, 0, 0, 0), Qt::AlignLeft, textOf(ring, number), fixed, ink, Shaping::Exact);
        y += rowHeight;
    }
}

} // namespace fairlead::ui
