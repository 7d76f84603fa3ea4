// SPDX-License-Identifier: GPL-3.0-or-later
#include "recording/indexbuilder.h"

#include "recording/bytereader.h"
#include "recording/bytewriter.h"
#include "recording/format.h"

#include <algorithm>
#include <utility>

namespace fairlead::recording {
namespace {

constexpr std::size_t mostAbout = 64;

} // namespace

void IndexBuilder::beginBlock(std::uint64_t offset, Moment first)
{
    m_block = {};
    m_block.offset = offset;
    m_block.first = first;
    m_block.last = first;
    m_shares.clear();
}

void IndexBuilder::add(const Entry &entry, std::uint32_t number)
{
    ++m_block.entries;
    m_block.last = std::max(m_block.last, entry.time);
    if (entry.stream != 0) {
        StreamShare &share = m_shares[entry.stream];
        share.stream = entry.stream;
        ++(entry.type == EntryType::Event ? share.events : share.others);
    }
    switch (entry.type) {
    case EntryType::About:
        noteAbout(m_index, entry.body);
        break;
    case EntryType::Redactions:
        noteRedactions(m_index, entry.body);
        break;
    case EntryType::Stream:
        if (auto stream = readStream(entry); stream && entry.stream != 0 && m_index.streams.size() < format::mostStreams)
            m_index.streams.insert_or_assign(entry.stream, std::move(*stream));
        break;
    case EntryType::List:
        m_open[entry.stream] = {.place = {.stream = entry.stream,
                                    .time = entry.time,
                                    .block = m_block.offset,
                                    .entry = number,
                                    .cause = entry.detail == 2 ? ListCause::Keyframe : ListCause::Server}};
        break;
    case EntryType::Row:
        if (const auto open = m_open.find(entry.stream); open != m_open.end())
            ++open->second.seen;
        break;
    case EntryType::ListEnd:
        if (const auto open = m_open.find(entry.stream); open != m_open.end()) {
            OpenList &list = open->second;
            list.place.rows = ByteReader(entry.body).get32();
            if (list.place.rows == list.seen && m_index.lists.size() < format::mostLists)
                m_index.lists.push_back(list.place);
            m_open.erase(open);
        }
        break;
    case EntryType::Event:
    case EntryType::Document:
    case EntryType::Log:
    case EntryType::Gap:
        break;
    }
}

void IndexBuilder::endBlock(const BlockHead &head)
{
    m_block.stored = head.stored;
    m_block.plain = head.plain;
    if (m_block.entries == 0 || isFull())
        return;
    m_block.shares.reserve(m_shares.size());
    for (const auto &[stream, share] : m_shares)
        m_block.shares.push_back(share);
    m_index.shares += m_block.shares.size();
    m_index.blocks.push_back(std::move(m_block));
    m_block = {};
}

void IndexBuilder::lose()
{
    m_open.clear();
}

bool IndexBuilder::isFull() const
{
    return m_index.blocks.size() >= format::mostBlocks || m_index.shares >= format::mostShares;
}

void noteAbout(Index &index, std::string_view body)
{
    ByteReader reader(body);
    while (!reader.isAtEnd() && reader.isGood() && index.about.size() < mostAbout) {
        const std::string_view key = reader.getText();
        const std::string_view value = reader.getText();
        if (reader.isGood() && key.size() <= format::longestName && value.size() <= format::longestName)
            index.about.insert_or_assign(std::string(key), std::string(value));
    }
}

void noteRedactions(Index &index, std::string_view body)
{
    ByteReader reader(body);
    for (std::uint64_t &count : index.redactions.counts) {
        const std::uint64_t now = reader.get64();
        if (reader.isGood())
            count = now;
    }
}

std::string bodyOf(const std::map<std::string, std::string> &about)
{
    std::string out;
    ByteWriter writer(out);
    for (const auto &[key, value] : about) {
        writer.putText(key);
        writer.putText(value);
    }
    return out;
}

std::string bodyOf(const Redactions &redactions)
{
    std::string out;
    ByteWriter writer(out);
    for (const std::uint64_t count : redactions.counts)
        writer.put64(count);
    return out;
}

} // namespace fairlead::recording
