// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/searchfield.h"

#include "ui/widgets/button.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/problembubble.h"
#include "ui/widgets/text.h"

#include <QAccessible>
#include <QKeyEvent>
#include <QPainter>

#include <cmath>

namespace fairlead::ui {

namespace {

constexpr int iconLeft = 7;
constexpr int crossSide = 20;

} // namespace

SearchField::SearchField(const Theme &theme, const QString &name, QWidget *parent)
    : QLineEdit(parent)
    , m_theme(theme)
    , m_cross(Button::onlyIcon(theme, Icon::Close, tr("Clear"), this))
{
    setFont(theme.font(FontRole::Body));
    setPlaceholderText(name);
    setAccessibleName(name);
    setFixedHeight(measure::control);
    m_cross->setFixedSize(crossSide, crossSide);
    m_cross->setFocusPolicy(Qt::NoFocus); // Esc does it for the keyboard
    m_cross->setCursor(Qt::ArrowCursor);
    m_cross->hide();
    connect(m_cross, &QAbstractButton::clicked, this, &SearchField::empty);
    connect(this, &QLineEdit::textChanged, this, &SearchField::arrange);
    arrange();
}

void SearchField::setShortcutHint(const QString &keys)
{
    m_hint = keys;
    arrange();
}

void SearchField::setResult(const QString &result)
{
    m_result = result;
    arrange();
}

void SearchField::showIcon(std::optional<Icon> icon)
{
    m_icon = icon;
    arrange();
}

void SearchField::setProblem(const QString &problem)
{
    if (problem == m_problem)
        return;
    m_problem = problem;
    setProperty("problem", problem); // the style draws the outline by it
    setToolTip(problem.isEmpty() ? QString() : toolTipText(problem));
    setAccessibleDescription(problem);
    showProblem();
    update();
}

void SearchField::showProblem()
{
    const bool wanted = !m_problem.isEmpty() && hasFocus() && isVisible();
    if (!wanted) {
        if (m_bubble != nullptr)
            m_bubble->hide();
        return;
    }
    if (m_bubble == nullptr)
        m_bubble = new ProblemBubble(m_theme, window());
    auto *bubble = static_cast<ProblemBubble *>(m_bubble.data());
    bubble->say(m_problem, QRect(mapTo(window(), QPoint(0, 0)), size()));
}

void SearchField::arrange()
{
    const QString right = text().isEmpty() ? m_hint : m_result;
    int margin = right.isEmpty() ? 2 : int(std::ceil(textWidth(right, m_theme.font(FontRole::Small)))) + 8;
    m_cross->setVisible(!text().isEmpty() && !isReadOnly());
    if (!text().isEmpty())
        margin += crossSide;
    m_cross->move(width() - crossSide - 2, (height() - crossSide) / 2);
    setTextMargins(m_icon ? 24 : 4, 0, margin, 0);
    update();
}

void SearchField::empty()
{
    clear();
    setFocus();
    Q_EMIT emptied();
}

QSize SearchField::sizeHint() const
{
    return {224, measure::control};
}

QSize SearchField::minimumSizeHint() const
{
    return {96, measure::control};
}

void SearchField::paintEvent(QPaintEvent *event)
{
    QLineEdit::paintEvent(event);
    QPainter painter(this);
    const Tokens &t = m_theme.tokens();
    if (m_icon)
        drawIcon(painter, QRectF(iconLeft, 0, measure::icon, height()), *m_icon, isEnabled() ? t.muted : t.faint);
    const QString right = text().isEmpty() ? m_hint : m_result;
    const int end = text().isEmpty() ? 8 : crossSide + 6;
    drawText(painter, QRectF(rect()).adjusted(0, 0, -end, 0), Qt::AlignRight, right, m_theme.font(FontRole::Small), isEnabled() ? t.muted : t.faint,
        Shaping::Exact);
}

void SearchField::resizeEvent(QResizeEvent *event)
{
    QLineEdit::resizeEvent(event);
    arrange();
    showProblem();
}

void SearchField::moveEvent(QMoveEvent *event)
{
    QLineEdit::moveEvent(event);
    showProblem();
}

void SearchField::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && event->modifiers() == Qt::NoModifier && !text().isEmpty()) {
        empty();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

void SearchField::focusInEvent(QFocusEvent *event)
{
    QLineEdit::focusInEvent(event);
    showProblem();
}

void SearchField::focusOutEvent(QFocusEvent *event)
{
    QLineEdit::focusOutEvent(event);
    showProblem();
}

void SearchField::hideEvent(QHideEvent *event)
{
    QLineEdit::hideEvent(event);
    showProblem();
}

} // namespace fairlead::ui
