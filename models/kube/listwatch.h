// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/reply.h"
#include "kube/changeset.h"
#include "kube/decode/table.h"
#include "kube/decode/watchlines.h"
#include "kube/rowrequest.h"

#include <QObject>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace fairlead::kube {

class Client;
class WatchStream;

/// One collection path kept current: a list in pages, then a watch from its version with bookmarks; after a clean end the
/// watch starts again where it was, after 410 the list is read again, after anything else with a jittered back-off
/// (0.8 s doubling to 30 s, or what the server's Retry-After says).
///
/// Thread: the GUI thread. Owner: a Reflector. Time: the session's clock.
/// Promise: Live is only said while a byte came, or the connection answered, within `silenceBound`; while rows are read again
/// too, though a list has longer for its answer.
class ListWatch : public QObject {
    Q_OBJECT

public:
    struct Listener {
        /// A page of a list; `first` starts one, `last` completes it: rows that were in none of its pages are gone.
        std::function<void(TablePage page, Cause cause, bool first, bool last)> page;
        std::function<void(std::vector<WatchEvent> events)> events;
        std::function<void()> status; ///< the status below changed
    };

    struct Request {
        std::string path;
        Selector selector;
        Detail detail = Detail::Meta;
        Projection projection;
        Cause cause = Cause::List; ///< of the first list
        /// Where rows are read again: by the steady clock, the last word about them. 0: there are none yet.
        Clock::Duration quietSince{0};
    };

    static constexpr Clock::Duration silenceBound{25'000};
    static constexpr int pageSize = 500;

    ListWatch(Client &client, Clock &clock, Request request, Listener listener, QObject *parent = nullptr);
    ~ListWatch() override;

    void start();
    /// Tries at once what waits.
    void retry();

    [[nodiscard]] Phase phase() const { return m_phase; }
    [[nodiscard]] const std::optional<Error> &why() const { return m_why; }
    [[nodiscard]] std::optional<Clock::TimePoint> nextTry() const { return m_nextTry; }
    [[nodiscard]] Clock::TimePoint lastWord() const { return m_lastWord; }
    [[nodiscard]] Clock::Duration quietSince() const { return m_quietSince; } ///< the same by the steady clock
    [[nodiscard]] const std::string &version() const { return m_version; }
    [[nodiscard]] int listRequests() const { return m_listRequests; }
    /// True until the first list is complete or has failed: what a bound on parallel lists counts.
    [[nodiscard]] bool isStarting() const { return m_starting; }

private:
    void list(Cause cause);
    void requestPage(const std::string &continueToken);
    void takePage(Result<TablePage> page);
    void watch();
    void takeEvents(std::vector<WatchEvent> events);
    void takeEnd(Result<void> result);
    void fail(Error error);
    void waitThen(Clock::Duration delay, std::function<void()> work);
    [[nodiscard]] Clock::Duration backOff();
    void word();
    void guardSilence();
    [[nodiscard]] Error noWord() const;
    [[nodiscard]] bool hasRows() const { return m_complete || m_request.quietSince > Clock::Duration(0); }
    void setPhase(Phase phase, std::optional<Error> why = {});

    Client &m_client;
    Clock &m_clock;
    const Request m_request;
    const Listener m_listener;

    Phase m_phase = Phase::Loading;
    std::optional<Error> m_why;
    std::optional<Clock::TimePoint> m_nextTry;
    Clock::TimePoint m_lastWord;
    Clock::Duration m_quietSince{0};
    std::string m_version;
    int m_listRequests = 0;

    Cause m_cause = Cause::List;
    bool m_listing = false;  // from a list's first request to its last page
    bool m_opened = false;   // the server accepted the watch
    bool m_complete = false; // a list was read to its end at least once
    bool m_starting = true;
    bool m_firstPage = true;
    bool m_wholeList = false; // the continue token expired: without pages
    bool m_isPlain = false;   // the list was no Table
    RowForm m_form = RowForm::Table;
    int m_failures = 0;
    Reply<TablePage> m_page;
    std::unique_ptr<WatchStream> m_stream;
    Clock::Duration m_watchSince{0};
    Clock::Timer m_retryTimer = 0;
    Clock::Timer m_silenceTimer = 0;
    std::function<void()> m_waiting;
};

} // namespace fairlead::kube
