// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QObject>
#include <QPointer>

#include <functional>
#include <memory>
#include <optional>
#include <utility>

namespace fairlead {

/// Runs `work` from the event loop of the calling thread, unless `context` has died by then.
void later(QObject *context, std::function<void()> work);

namespace detail {
template<typename T>
struct ReplyState {
    std::optional<Result<T>> answer;         // came before anyone asked
    std::function<void(Result<T>)> deliver;  // set by then()
    QPointer<QObject> context;               // the asker; its death drops the answer
    std::function<void()> cancel;            // set by the Promise's owner
    QMetaObject::Connection watchingContext; // ends with the answer, so that a long-lived asker gathers none
    bool wanted = true;
    bool settled = false;
};
} // namespace detail

template<typename T>
class Promise;

/// The one asynchronous answer to one question. Thread: the one it was made on (GUI thread, or the only thread of a command).
///
/// Promises: the answer is delivered at most once, never on the stack of the call that asked; not at all once the asker's
/// context has died, the Reply was cancelled, or it was dropped without then(). Cancel takes effect at once, and reaches
/// the work behind it. Not promised: an answer if the other side drops its Promise after Code::Cancelled was set.
template<typename T>
class [[nodiscard]] Reply {
public:
    Reply() = default;
    Reply(Reply &&) noexcept = default;
    Reply &operator=(Reply &&other) noexcept
    {
        if (this != &other) {
            dropUnasked();
            m_state = std::move(other.m_state);
        }
        return *this;
    }
    Reply(const Reply &) = delete;
    Reply &operator=(const Reply &) = delete;
    ~Reply() { dropUnasked(); }

    /// Names who gets the answer. After it the Reply may be let go: the answer arrives as long as `context` lives.
    void then(QObject *context, std::function<void(Result<T>)> deliver)
    {
        auto state = m_state;
        if (!state || !state->wanted)
            return;
        state->context = context;
        state->deliver = std::move(deliver);
        state->watchingContext = QObject::connect(context, &QObject::destroyed, context, [weak = std::weak_ptr(state)] {
            if (const auto alive = weak.lock())
                Reply::cancelState(*alive);
        });
        if (state->answer)
            later(context, [state] { Reply::settle(*state); });
    }

    void cancel()
    {
        if (m_state)
            cancelState(*m_state);
    }

private:
    friend class Promise<T>;
    using State = detail::ReplyState<T>;
    explicit Reply(std::shared_ptr<State> state)
        : m_state(std::move(state))
    {
    }

    void dropUnasked()
    {
        if (m_state && !m_state->deliver)
            cancelState(*m_state);
    }

    static void cancelState(State &state)
    {
        if (!state.wanted || state.settled)
            return;
        state.wanted = false;
        QObject::disconnect(state.watchingContext);
        state.deliver = nullptr;
        state.answer.reset();
        if (const auto cancel = std::exchange(state.cancel, nullptr))
            cancel();
    }

    static void settle(State &state)
    {
        if (!state.wanted || state.settled || !state.answer)
            return;
        state.settled = true;
        QObject::disconnect(state.watchingContext);
        state.cancel = nullptr;
        const auto deliver = std::exchange(state.deliver, nullptr);
        Result<T> answer = std::move(*state.answer);
        state.answer.reset();
        if (state.context && deliver)
            deliver(std::move(answer));
    }

    std::shared_ptr<State> m_state;
};

/// The other end of a Reply, held by who does the work. Copies mean the same answer; the first one given counts.
template<typename T>
class Promise {
public:
    Promise()
        : m_state(std::make_shared<typename Reply<T>::State>())
    {
    }

    /// Once.
    [[nodiscard]] Reply<T> reply() const { return Reply<T>(m_state); }

    /// Called at most once, when the asker no longer wants the answer.
    void onCancel(std::function<void()> cancel) const
    {
        if (!m_state->settled && m_state->wanted)
            m_state->cancel = std::move(cancel);
    }

    [[nodiscard]] bool wanted() const { return m_state->wanted && !m_state->settled; }

    /// Delivered from the event loop, never on this stack.
    void give(Result<T> answer) const
    {
        if (!wanted() || m_state->answer)
            return;
        m_state->answer.emplace(std::move(answer));
        if (m_state->deliver && m_state->context)
            later(m_state->context, [state = m_state] { Reply<T>::settle(*state); });
    }

private:
    std::shared_ptr<typename Reply<T>::State> m_state;
};

/// A Reply that is already answered.
template<typename T>
[[nodiscard]] Reply<T> answered(Result<T> answer)
{
    const Promise<T> promise;
    auto reply = promise.reply();
    promise.give(std::move(answer));
    return reply;
}

} // namespace fairlead
