// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/runcockpit.h"

#include "ui/jobs/progresspane.h"
#include "ui/jobs/runlog.h"
#include "ui/jobs/triespane.h"
#include "ui/widgets/accessiblerole.h"
#include "ui/widgets/button.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/text.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>

#include <algorithm>

namespace fairlead::ui {

namespace {

constexpr int left = 250;
constexpr int gridWidth = 468;

} // namespace

RunCockpit::RunCockpit(const Theme &theme, const contexts::OpenClusterPtr &cluster, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_buttons(new QWidget(this))
    , m_progress(new ProgressPane(theme, this))
    , m_tries(new TriesPane(theme, this))
    , m_log(new RunLog(theme, cluster, this))
{
    speakAs(*this, QAccessible::Grouping);
    setAccessibleName(tr("Chosen run"));
    setFixedHeight(sizeHint().height());
    auto *const row = new QHBoxLayout(m_buttons);
    row->setContentsMargins(0, 0, measure::margin, 0);
    row->setSpacing(measure::between);
    auto *const whole = new Button(theme, ButtonKind::Normal, tr("Whole log"));
    m_whole = whole;
    auto *const open = new Button(theme, ButtonKind::Normal, tr("Open job"));
    auto *const close = Button::onlyIcon(theme, Icon::Close, tr("Close"));
    for (Button *const each : {whole, open, close})
        row->addWidget(each);
    connect(whole, &QAbstractButton::clicked, this, [this] {
        if (const jobs::Attempt *const attempt = m_tries->attempt())
            Q_EMIT logWanted(attempt->pod);
    });
    connect(open, &QAbstractButton::clicked, this, &RunCockpit::openWanted);
    connect(close, &QAbstractButton::clicked, this, &RunCockpit::closeWanted);
    connect(m_tries, &TriesPane::chosenChanged, this, &RunCockpit::showLog);
    hide();
}

void RunCockpit::setRun(const jobs::Lane *lane, const jobs::Run *run, jobs::Moment now)
{
    if (!lane || !run) {
        hide();
        m_lines.clear();
        m_log->show({}, nullptr);
        setAccessibleDescription({});
        return;
    }
    m_space = run->space;
    m_name = QString::fromStdString(run->name);
    m_words = QString::fromStdString(run->words());
    m_shape = shapeOf(run->state);
    m_progress->show(*lane, *run, now);
    m_tries->show(*run, now);
    showLog();
    m_lines = runLines(*lane, *run, now);
    m_lines << m_progress->accessibleDescription() << m_tries->accessibleDescription();
    m_lines.removeAll(QString());
    if (const QString words = m_lines.join(QStringLiteral(". ")); words != accessibleDescription())
        setAccessibleDescription(words);
    show();
    update();
}

void RunCockpit::showLog()
{
    const jobs::Attempt *const attempt = m_tries->attempt();
    m_whole->setVisible(attempt != nullptr);
    m_log->show(m_space, attempt);
    m_buttons->adjustSize();
    m_buttons->move(width() - m_buttons->width(), (measure::bar - m_buttons->height()) / 2);
}

bool RunCockpit::isComplete() const
{
    return isHidden() || m_log->isComplete();
}

void RunCockpit::resizeEvent(QResizeEvent *)
{
    const int top = measure::bar;
    const int room = height() - top;
    const int rest = width() - left;
    // A hundred indexes side by side want four pixels each.
    const int middle = std::max(rest >= 780 ? gridWidth : 200, rest * 11 / 20);
    m_progress->setGeometry(0, top, left - 1, room);
    m_tries->setGeometry(left, top, middle - 1, room);
    m_log->setGeometry(left + middle, top, std::max(0, rest - middle), room);
    m_buttons->adjustSize();
    m_buttons->move(width() - m_buttons->width(), (measure::bar - m_buttons->height()) / 2);
}

void RunCockpit::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        update();
}

void RunCockpit::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Tokens &tokens = m_theme.tokens();
    painter.fillRect(rect(), tokens.line);
    const QRectF head(0, 0, width(), measure::bar);
    painter.fillRect(head, tokens.raised);
    drawRule(painter, head, tokens.line);
    drawRule(painter, QRectF(0, head.bottom() - 1, width(), 1), tokens.line);
    drawShape(painter, QRectF(measure::margin, 0, measure::shape, head.height()), m_shape, shapeColour(tokens, m_shape));
    const QRectF title(measure::margin + measure::shape + measure::between, 0,
        m_buttons->x() - 2 * measure::margin - measure::shape - measure::between, head.height());
    const qreal width = drawText(painter, title, Qt::AlignLeft, m_name, m_theme.font(FontRole::Bold), tokens.text, Shaping::Exact);
    drawText(painter, title.adjusted(width + measure::between, 0, 0, 0), Qt::AlignLeft,
        QString::fromStdString(m_space) + QStringLiteral(", ") + m_words, m_theme.font(FontRole::Body), tokens.muted);
}

} // namespace fairlead::ui
