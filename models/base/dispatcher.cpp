// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/dispatcher.h"

#include <QCoreApplication>
#include <QEvent>
#include <QThread>

namespace fairlead {

static const int wakeEvent = QEvent::registerEventType();

Dispatcher::Dispatcher(QObject *parent)
    : QObject(parent)
{
}

Dispatcher::~Dispatcher() = default;

Dispatcher::Number Dispatcher::open()
{
    Q_ASSERT(thread() == QThread::currentThread());
    m_open.insert(++m_last);
    return m_last;
}

void Dispatcher::close(Number number)
{
    Q_ASSERT(thread() == QThread::currentThread());
    m_open.erase(number);
}

void Dispatcher::post(Number number, std::function<void()> message)
{
    const std::lock_guard lock(m_mutex);
    m_queue.emplace_back(number, std::move(message));
    if (std::exchange(m_woken, true))
        return;
    QCoreApplication::postEvent(this, new QEvent(static_cast<QEvent::Type>(wakeEvent)));
}

bool Dispatcher::event(QEvent *event)
{
    if (event->type() != static_cast<QEvent::Type>(wakeEvent))
        return QObject::event(event);
    deliver();
    return true;
}

void Dispatcher::deliver()
{
    std::vector<std::pair<Number, std::function<void()>>> batch;
    {
        const std::lock_guard lock(m_mutex);
        batch.swap(m_queue);
        m_woken = false;
    }
    for (auto &[number, message] : batch) {
        if (m_open.contains(number))
            message();
    }
}

} // namespace fairlead
