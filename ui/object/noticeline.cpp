// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/object/noticeline.h"

#include "ui/widgets/button.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/plainlabel.h"

#include <QFontMetrics>
#include <QPainter>

#include <algorithm>

namespace fairlead::ui {

namespace {

constexpr int mostLines = 4;
constexpr int left = measure::margin + measure::shape + 6;
constexpr int air = 7; // above and below the words

} // namespace

NoticeLine::NoticeLine(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_label(new PlainLabel(theme, FontRole::Body, &Tokens::text, Shaping::Prose, this))
    , m_action(new Button(theme, ButtonKind::Link, QString(), this))
{
    m_label->setWordWrap(true);
    m_label->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    setFixedHeight(measure::notice + 1);
    m_action->hide();
    connect(m_action, &Button::clicked, this, &NoticeLine::acted);
    hide();
}

void NoticeLine::say(Shape shape, const QString &sentence)
{
    setVisible(!sentence.isEmpty());
    if (m_shape == shape && m_sentence == sentence)
        return;
    m_shape = shape;
    m_sentence = sentence;
    setAccessibleName(sentence);
    m_label->setLine(sentence);
    layOut();
    update();
}

void NoticeLine::offer(const QString &action)
{
    if (m_action->isVisibleTo(this) == !action.isEmpty() && m_action->text() == action)
        return;
    m_action->setWords(action);
    m_action->setVisible(!action.isEmpty());
    layOut();
}

void NoticeLine::layOut()
{
    const QFontMetrics metrics(m_label->font());
    // Its words end where the window's other ends are.
    const QSize action = m_action->isVisibleTo(this) ? m_action->sizeHint() : QSize(0, 0);
    m_action->setGeometry(width() - action.width() - measure::margin + 4, (measure::notice - action.height()) / 2, action.width(), action.height());
    const int room = std::max(40, width() - left - measure::margin - (action.isEmpty() ? 0 : action.width() + measure::between));
    const int wanted = metrics.boundingRect(QRect(0, 0, room, 10'000), Qt::TextWordWrap, m_sentence).height();
    const int lines = std::clamp((wanted + metrics.lineSpacing() - 1) / metrics.lineSpacing(), 1, mostLines);
    const int text = lines * metrics.lineSpacing();
    m_label->setGeometry(left, lines == 1 ? (measure::notice - text) / 2 : air, room, text);
    m_label->setToolTip(wanted > mostLines * metrics.lineSpacing() ? toolTipText(m_sentence) : QString());
    setFixedHeight((lines == 1 ? measure::notice : text + 2 * air) + 1);
}

void NoticeLine::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    layOut();
}

void NoticeLine::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Tokens &t = m_theme.tokens();
    const QColor colour = shapeColour(t, m_shape);
    painter.fillRect(rect(), tint(t, colour));
    painter.fillRect(QRect(0, height() - 1, width(), 1), t.line);
    drawShape(painter, QRectF(measure::margin, 0, measure::shape, measure::notice), m_shape, colour);
}

} // namespace fairlead::ui
