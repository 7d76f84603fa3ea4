// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/problembubble.h"

#include "ui/widgets/measures.h"
#include "ui/widgets/shapes.h"
#include "ui/widgets/text.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace fairlead::ui {

namespace {

constexpr int padding = 8;
constexpr int mostWidth = 420;

} // namespace

ProblemBubble::ProblemBubble(const Theme &theme, QWidget *window)
    : QWidget(window)
    , m_theme(theme)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    hide();
}

void ProblemBubble::say(const QString &words, const QRect &field)
{
    m_words = words;
    const QFont font = m_theme.font(FontRole::Small);
    const qreal room = std::min(mostWidth, parentWidget()->width() - 2 * measure::between) - 2 * padding;
    const QRectF needed = QFontMetricsF(font).boundingRect(QRectF(0, 0, room, 200), Qt::TextWordWrap, words);
    resize(int(std::ceil(needed.width())) + 2 * padding + 2, int(std::ceil(needed.height())) + padding);
    move(std::clamp(field.left(), 0, std::max(0, parentWidget()->width() - width())), field.bottom() + 3);
    raise();
    show();
    update();
}

void ProblemBubble::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Tokens &t = m_theme.tokens();
    drawBox(painter, rect(), tint(t, t.bad), mix(t.surface, t.bad, 0.6));
    painter.setFont(m_theme.font(FontRole::Small));
    painter.setPen(t.text);
    painter.drawText(QRectF(rect()).adjusted(padding, 0, -padding, 0), Qt::AlignVCenter | Qt::TextWordWrap, m_words);
}

} // namespace fairlead::ui
