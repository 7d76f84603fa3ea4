// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/gotofield.h"

#include "ui/widgets/measures.h"
#include "ui/window/gotolist.h"

#include <QApplication>
#include <QKeyEvent>

#include <algorithm>

namespace fairlead::ui {

namespace {

constexpr int leastWidth = 30; // of its icon

} // namespace

GoToField::GoToField(const Theme &theme, QWidget *parent)
    : SearchField(theme, tr("Go to a kind, object, namespace or context"), parent)
    , m_theme(theme)
{
    setShortcutHint(QStringLiteral("Ctrl+K"));
    setFocusPolicy(Qt::ClickFocus);
    connect(this, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_model.setText(text.trimmed());
        Q_EMIT textTyped(text.trimmed());
    });
}

GoToField::~GoToField()
{
    delete m_list;
}

void GoToField::placeIn(int left, int right, int centre, int top)
{
    m_left = left;
    m_right = right;
    m_centre = centre;
    m_top = top;
    arrange();
}

void GoToField::arrange()
{
    if (isOpen()) {
        // Over what stands beside it: where to go is all that matters now.
        const int all = parentWidget()->width() - 2 * measure::margin;
        const int width = std::min(wide, all);
        const int x =
            std::clamp(m_centre + 50 - width / 2, measure::margin, std::max(measure::margin, parentWidget()->width() - measure::margin - width));
        setGeometry(x, m_top, width, measure::control);
        raise();
        const QPoint below = mapTo(window(), QPoint(0, height() + 4));
        m_list->fit(width, window()->height() - below.y() - 2 * measure::margin);
        m_list->move(below);
        m_list->raise();
        return;
    }
    const int room = m_right - m_left;
    const int width = std::min(narrow, room);
    setGeometry(std::clamp(m_centre - width / 2, m_left, std::max(m_left, m_right - width)), m_top, std::max(width, leastWidth), measure::control);
}

bool GoToField::isOpen() const
{
    return m_list != nullptr && m_list->isVisible();
}

void GoToField::open()
{
    if (QWidget *const now = QApplication::focusWidget(); now != this)
        m_before = now;
    setFocus(Qt::ShortcutFocusReason);
    selectAll();
}

void GoToField::showList()
{
    if (m_list == nullptr) {
        m_list = new GoToList(m_theme, m_model, window());
        connect(m_list, &GoToList::chosen, this, &GoToField::choose);
    }
    Q_EMIT opened();
    m_model.setOnly(std::nullopt);
    m_list->show();
    arrange();
}

void GoToField::choose(const QModelIndex &index, bool newTab)
{
    const auto target = m_model.target(index);
    if (!target)
        return;
    giveBack();
    clear();
    Q_EMIT chosen(*target, newTab);
}

void GoToField::giveBack()
{
    if (m_before != nullptr && m_before->isVisible())
        m_before->setFocus(Qt::OtherFocusReason);
    else
        clearFocus();
}

bool GoToField::event(QEvent *event)
{
    // Before Qt makes a change of focus, or a shortcut of the window, of them.
    if (event->type() == QEvent::KeyPress && isOpen()) {
        auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Tab || key->key() == Qt::Key_Backtab) {
            m_list->nextScope(key->key() == Qt::Key_Tab ? 1 : -1);
            return true;
        }
    }
    if (event->type() == QEvent::ShortcutOverride && isOpen()) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Escape || (key->modifiers() == Qt::AltModifier && key->key() >= Qt::Key_1 && key->key() <= Qt::Key_9)) {
            event->accept();
            return true;
        }
    }
    return SearchField::event(event);
}

void GoToField::keyPressEvent(QKeyEvent *event)
{
    if (!isOpen()) {
        SearchField::keyPressEvent(event);
        return;
    }
    if (event->modifiers() == Qt::AltModifier && event->key() >= Qt::Key_1 && event->key() <= Qt::Key_9) {
        choose(m_model.index(event->key() - Qt::Key_1), false);
        return;
    }
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        choose(m_list->current(), event->modifiers().testFlag(Qt::ControlModifier));
        break;
    case Qt::Key_Escape:
        if (text().isEmpty())
            giveBack();
        else
            clear();
        break;
    default:
        if (!m_list->moveByKey(event->key()))
            SearchField::keyPressEvent(event);
        break;
    }
}

void GoToField::focusInEvent(QFocusEvent *event)
{
    SearchField::focusInEvent(event);
    showList();
}

void GoToField::focusOutEvent(QFocusEvent *event)
{
    SearchField::focusOutEvent(event);
    if (event->reason() == Qt::PopupFocusReason || m_list == nullptr)
        return;
    m_list->hide();
    arrange();
}

} // namespace fairlead::ui
