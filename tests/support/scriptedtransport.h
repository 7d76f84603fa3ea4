// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/net/transport.h"

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <initializer_list>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace fairlead::test {

/// What a rule sends: a head, a body in chunks, and how it ends.
struct Answer {
    enum class Finish {
        End,  ///< cleanly
        Fail, ///< with `error`
        Hold, ///< stays open: the test feeds it
    };

    bool sendsHead = true;
    net::Head head{.status = 200, .contentType = "application/json"};
    std::vector<std::string> chunks;
    Finish finish = Finish::End;
    Error error;

    /// The same answer with its body cut at these offsets (rising; those beyond the end are ignored).
    [[nodiscard]] Answer splitAt(std::initializer_list<std::size_t> offsets) const;
    /// The same answer with its body in pieces of `size` bytes; 1 is every split point there is.
    [[nodiscard]] Answer splitEvery(std::size_t size) const;
    /// The same answer, held open after its chunks.
    [[nodiscard]] Answer thenHold() const;
    /// The same answer, broken after its chunks.
    [[nodiscard]] Answer thenFail(Error error) const;
};

/// A whole body; any status: 400 and above is an answer too.
[[nodiscard]] Answer answer(std::string body, int status = 200, std::string contentType = "application/json");
/// The Status object with which an API server refuses.
[[nodiscard]] Answer refusal(int status, std::string_view reason, std::string_view message);
/// No answer at all: the connection failed.
[[nodiscard]] Answer noAnswer(Error error);
/// A watch: head, these chunks, then held open.
[[nodiscard]] Answer held(std::vector<std::string> chunks = {});

/// A transport that answers from rules: for tests of what stands above the seam. It sits below the real decoder, so it
/// gives bytes, never objects. What a server *would* do is tested on the real one (label live).
///
/// Rules are tried in the order in which they were added; the first that matches and is not used up answers. A request
/// without a rule gets 404 as from a real server, and is counted in unexpected(): end a test with QCOMPARE(it, 0).
///
/// Thread: all of it from any thread. Sinks are called in Pumped mode inside deliver(), by whoever calls it; in
/// Threaded mode on the transport's own thread. Either way never inside start() or cancel().
/// Not promised: the real transport's order between different requests (here: as they were started).
class ScriptedTransport : public net::Transport {
public:
    enum class Mode { Pumped, Threaded };
    using Predicate = std::function<bool(const net::Request &)>;
    using Answers = std::function<Answer(const net::Request &)>;

    static constexpr int always = -1;

    explicit ScriptedTransport(Mode mode = Mode::Pumped);
    /// Every request that is still open ends with Code::Cancelled first (Pumped: inside the destructor).
    ~ScriptedTransport() override;

    /// Answers `times` requests of this verb to this path (subresource included: "/api/v1/…/pods/web/log").
    void on(net::Verb verb, std::string path, Answer answer, int times = always);
    /// The same for those whose query (or anything else of them) suits; and with an answer made at the request: in Pumped mode inside
    /// start(), in Threaded mode on the transport's own thread, so that what an answer costs does not hold up who asks. Until it is made
    /// the request is no held stream.
    void on(net::Verb verb, std::string path, Predicate when, Answers answers, int times = always);
    /// Forgets all rules. Requests under way keep their answers.
    void forget();

    /// Sends to every held stream of this path ("" is all). Returns how many there were.
    int push(std::string_view chunk, std::string_view path = {});
    int alive(std::string_view path = {});
    /// Ends them as a server does when a watch's time is over.
    int endWatch(std::string_view path = {});
    /// Ends them as a lost connection does.
    int breakWatch(Error error, std::string_view path = {});

    /// Pumped mode: makes sink calls until none is left, also those that the calls themselves cause. Returns how many.
    int deliver();
    /// Pumped mode: at most that many; for stopping between two chunks.
    int deliver(int calls);

    /// Requests started so far.
    [[nodiscard]] int count(net::Verb verb, std::string_view path) const;
    [[nodiscard]] int count(net::Verb verb) const;
    [[nodiscard]] std::vector<net::Request> requests() const;
    /// Held streams that are open now.
    [[nodiscard]] int open(std::string_view path = {}) const;
    [[nodiscard]] int cancelled() const;
    [[nodiscard]] int unexpected() const;
    /// Waits until `condition`, asked after each start, cancel and sink call, is true. Threaded mode. False: not within 10 s.
    bool waitFor(const std::function<bool(const ScriptedTransport &)> &condition) const;

    /// The value of a query's first key of that name; for predicates.
    [[nodiscard]] static std::string queryValue(const net::Request &request, std::string_view key);

    [[nodiscard]] net::Ticket start(net::Request request, net::Sink sink) override;
    void cancel(net::Ticket ticket) override;
    [[nodiscard]] net::Capabilities can() const override { return {.readOnly = true, .whyReadOnly = "scripted"}; }

private:
    struct Rule {
        net::Verb verb;
        std::string path;
        Predicate when;
        Answers answers;
        int left;
        bool made; ///< there is nothing to make: the answer is given at once in both modes
    };
    struct Asked {
        net::Ticket ticket = 0;
        net::Request request;
        Answers answers;
    };
    struct Step {
        enum class Kind { Head, Data, Alive, End };
        net::Ticket ticket = 0;
        Kind kind = Kind::End;
        net::Head head;
        std::string data;
        Result<void> result;
    };
    struct Stream {
        std::string path;
        net::Sink sink;
        bool held = false;
        bool ending = false;
        bool cancelled = false;
    };

    void add(Rule rule);
    [[nodiscard]] Rule ruleFor(const net::Request &request);
    void queue(net::Ticket ticket, Answer answer);
    bool makeOne();
    int feed(std::string_view path, const std::function<Step(net::Ticket)> &make);
    bool deliverOne();
    void run(const std::stop_token &stop);

    const Mode m_mode;
    mutable std::mutex m_mutex;
    mutable std::condition_variable_any m_changed;
    std::vector<Rule> m_rules;
    std::deque<Asked> m_asked; // whose answers are still to be made
    std::deque<Step> m_steps;
    std::map<net::Ticket, Stream> m_streams;
    std::vector<net::Request> m_requests;
    net::Ticket m_last = 0;
    int m_cancelled = 0;
    int m_unexpected = 0;
    std::jthread m_thread; // last: it uses all the others
};

} // namespace fairlead::test
