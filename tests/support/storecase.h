// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/enginebench.h"
#include "support/tabletext.h"

#include <QTest>

#include <memory>
#include <string>
#include <vector>

namespace fairlead::test {

/// What the tests of stores have in common: pods in all namespaces, as a script of the server's bytes. A test class has its slots
/// init() and cleanup() call begin() and end().
class StoreCase : public QObject {
protected:
    using Names = std::vector<std::string>;

    static inline const std::string pods = "/api/v1/pods";

    [[nodiscard]] static RowText pod(const std::string &name, const std::string &uid, const std::string &version = "1")
    {
        return {.name = name, .uid = uid, .version = version};
    }
    void begin() { m_bench = std::make_unique<EngineBench>(); }
    void end()
    {
        m_listened.clear();
        m_bench.reset();
    }
    /// A store and who listens to it, until the test ends or resets `listening`.
    struct Listened {
        Told told;
        kube::Store *store = nullptr;
        kube::Subscription listening;
    };
    Listened &listened(const kube::Source &source = podsSource(), kube::Detail detail = kube::Detail::Meta)
    {
        Listened &made = *m_listened.emplace_back(std::make_unique<Listened>());
        made.store = m_bench->makeStore(source);
        made.listening = m_bench->listen(*made.store, made.told, detail);
        return made;
    }
    void lists(const std::vector<RowText> &rows, const std::string &version, int times = ScriptedTransport::always)
    {
        m_bench->server.on(net::Verb::List, pods, answer(tableText(rows, version)), times);
    }
    void watches(const std::vector<std::string> &chunks = {}, int times = ScriptedTransport::always)
    {
        m_bench->server.on(net::Verb::Watch, pods, held(chunks), times);
    }
    /// No breach of the store's contract was seen.
    static void sound(const Told &told) { QVERIFY2(told.faults.empty(), told.faults.empty() ? "" : told.faults.front().c_str()); }

    std::unique_ptr<EngineBench> m_bench;
    std::vector<std::unique_ptr<Listened>> m_listened;
};

} // namespace fairlead::test
