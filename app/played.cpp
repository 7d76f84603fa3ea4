// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/played.h"

#include "kinds/kinds.h"

#include <utility>

namespace fairlead::app {

namespace {

/// A session goes before what it stands on.
struct Held {
    std::shared_ptr<Played> played;
    std::unique_ptr<kube::Session> session;
};

} // namespace

Played::Played(recording::Reader reader, playback::ActivityFeed::Open open, Moment at, std::string name)
    : m_name(std::move(name))
    , m_transport(std::make_unique<recording::ReplayTransport>(std::move(reader), at))
    , m_happened(std::make_unique<playback::ActivityFeed>(std::move(open), m_dispatcher, m_readers))
    , m_player(std::make_unique<playback::Player>(*m_transport, m_clock))
{
    m_readers.setMaxThreadCount(1);
    m_player->setActivity(m_happened.get());
}

Played::~Played()
{
    m_player.reset();
    m_happened.reset();
    m_transport.reset();
    for (QThreadPool *pool : {&m_pool, &m_readers}) {
        pool->clear();
        pool->waitForDone();
    }
}

std::shared_ptr<const contexts::OpenRecording> Played::handle(std::string file, std::uint64_t bytes, std::size_t kinds)
{
    const auto self = shared_from_this();
    return std::make_shared<const contexts::OpenRecording>(contexts::OpenRecording{
        .player = {self, m_player.get()}, .happened = {self, m_happened.get()}, .file = std::move(file), .bytes = bytes, .kinds = kinds});
}

std::shared_ptr<kube::Session> Played::begin()
{
    const auto held = std::make_shared<Held>();
    held->played = shared_from_this();
    const auto projection = [](const kube::GroupVersionResource &resource) { return kinds::kindOf(resource.group, resource.resource).projection(); };
    held->session = std::make_unique<kube::Session>(*m_transport, m_dispatcher, m_pool, m_name, projection);
    m_player->setSessionClock(&held->session->clock());
    return {held, held->session.get()};
}

} // namespace fairlead::app
