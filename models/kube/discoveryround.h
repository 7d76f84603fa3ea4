// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/reply.h"
#include "kube/decode/discoverydoc.h"
#include "kube/discovery.h"

#include <QObject>

#include <functional>
#include <optional>
#include <vector>

namespace fairlead::kube {

class Client;

/// Asks a server once for all that it offers: /api and /apis, and each group version by itself where the server does not
/// know the aggregated form.
///
/// Thread: the GUI thread. Owner: Discovery; destroying it drops what is under way. `done` is called once, from the event
/// loop, and may destroy the round.
class DiscoveryRound : public QObject {
    Q_OBJECT

public:
    using Done = std::function<void(Result<Offer>)>;

    /// Legacy documents asked for at the same time.
    static constexpr int parallel = 8;

    DiscoveryRound(Client &client, Done done, QObject *parent = nullptr);

    void start();

private:
    // One group version of a legacy document, or all of an aggregated one.
    struct Part {
        GroupVersion version;
        std::vector<Resource> resources;
        std::optional<Error> error;
    };

    void ask(std::string path, std::optional<Result<DiscoveryDoc>> &answer);
    void readRoots();
    void addParts(DiscoveryDoc &doc);
    void askParts();
    void finish();
    void fail(Error error);

    Client &m_client;
    Done m_done;
    std::optional<Result<DiscoveryDoc>> m_core;  // /api
    std::optional<Result<DiscoveryDoc>> m_named; // /apis
    std::vector<Part> m_parts;
    std::vector<std::size_t> m_toAsk; // indexes of m_parts
    std::size_t m_next = 0;           // of m_toAsk
    int m_underWay = 0;
    int m_failed = 0;
    std::vector<Error> m_broken;
};

} // namespace fairlead::kube
