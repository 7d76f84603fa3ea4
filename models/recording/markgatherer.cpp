// SPDX-License-Identifier: GPL-3.0-or-later
#include "recording/markgatherer.h"

#include "recording/bytereader.h"
#include "recording/jsontext.h"
#include "recording/resourcestate.h"

#include <algorithm>
#include <iterator>
#include <unordered_set>
#include <utility>

namespace fairlead::recording {
namespace {

using Weight = ActivityMark::Weight;

// At the beginning of a character, as far as it is UTF-8.
std::string cut(std::string text, std::size_t most)
{
    if (text.size() <= most)
        return text;
    std::size_t end = most;
    while (end > 0 && most - end < 4 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
        --end;
    text.resize(end);
    return text + "…";
}

bool hasRules(const Stream &stream)
{
    const auto rules = markRules();
    return std::any_of(
        rules.begin(), rules.end(), [&stream](const MarkRule &rule) { return rule.group == stream.names[0] && rule.resource == stream.names[2]; });
}

// The same objects under two names: those of the core are read where there are both.
bool isEvents(const Stream &stream, const std::map<std::uint32_t, Stream> &all)
{
    if (stream.kind != StreamKind::Resource || stream.names[2] != "events")
        return false;
    if (stream.names[0].empty())
        return true;
    return stream.names[0] == "events.k8s.io" && std::none_of(all.begin(), all.end(), [](const auto &each) {
        return each.second.kind == StreamKind::Resource && each.second.names[0].empty() && each.second.names[2] == "events";
    });
}

std::size_t place(Weight weight)
{
    return weight == Weight::Failure ? 1 : 0;
}

} // namespace

MarkGatherer::MarkGatherer(const std::map<std::uint32_t, Stream> &streams, std::size_t mostOfEach)
    : m_streams(streams)
    , m_most(mostOfEach)
{
    for (const auto &[number, stream] : streams) {
        if (stream.kind == StreamKind::Resource && hasRules(stream))
            m_kinds.emplace(number, Kind());
    }
}

std::vector<ActivityMark> MarkGatherer::takeMarks()
{
    m_warnings.clear();
    std::stable_sort(m_marks.begin(), m_marks.end(), [](const ActivityMark &a, const ActivityMark &b) { return a.time < b.time; });
    return std::exchange(m_marks, {});
}

void MarkGatherer::take(const Entry &entry)
{
    if (entry.stream == 0)
        return;
    const auto stream = m_streams.find(entry.stream);
    if (stream == m_streams.end() || stream->second.kind != StreamKind::Resource)
        return;
    if (m_kinds.contains(entry.stream))
        takeFailure(entry, stream->second);
    else if (entry.type == EntryType::Event && isEvents(stream->second, m_streams))
        takeWarning(entry, stream->second);
}

void MarkGatherer::takeWarning(const Entry &entry, const Stream &stream)
{
    const auto row = readRow(entry);
    const auto what = static_cast<EventKind>(entry.detail);
    if (!row || (what != EventKind::Added && what != EventKind::Modified) || textAt(row->json, {"object", "type"}) != "Warning")
        return;
    const bool isCore = stream.names[0].empty();
    const std::string_view object = valueAt(row->json, {"object", isCore ? "involvedObject" : "regarding"});
    ActivityMark mark{.time = entry.time,
        .last = entry.time,
        .weight = Weight::Warning,
        .kind = cut(textAt(object, {"kind"}), longestName),
        .space = cut(textAt(object, {"namespace"}), longestName),
        .name = cut(textAt(object, {"name"}), longestName),
        .reason = cut(textAt(row->json, {"object", "reason"}), longestName),
        .message = cut(textAt(row->json, {"object", isCore ? "message" : "note"}), longestMessage)};
    std::string key = mark.kind + '\n' + mark.space + '\n' + mark.name + '\n' + mark.reason;
    if (const auto known = m_warnings.find(key); known != m_warnings.end()) {
        ActivityMark &before = m_marks[known->second];
        if (mark.time - before.last <= forgets) {
            before.last = std::max(before.last, mark.time);
            ++before.times;
            return;
        }
    }
    const std::size_t at = m_marks.size();
    add(std::move(mark));
    if (m_marks.size() > at)
        m_warnings.insert_or_assign(std::move(key), at);
}

void MarkGatherer::takeFailure(const Entry &entry, const Stream &stream)
{
    Kind &kind = m_kinds[entry.stream];
    switch (entry.type) {
    case EntryType::List:
        kind.listing = Listing(); // not emplace(): clang++ finds no constructor while the class around it is open
        break;
    case EntryType::Row:
        if (const auto row = readRow(entry); row && kind.listing) {
            ++kind.listing->rows;
            if (auto trouble = troubleOf(stream.names[0], stream.names[2], row->json); trouble && kind.listing->failing.size() < mostFailing)
                kind.listing->failing.push_back({std::string(row->space), std::string(row->name), std::move(*trouble), entry.time});
        }
        break;
    case EntryType::ListEnd:
        endList(entry, stream, kind);
        break;
    case EntryType::Event: {
        const auto row = readRow(entry);
        const auto what = static_cast<EventKind>(entry.detail);
        if (!row || what < EventKind::Added || what > EventKind::Deleted)
            break;
        const auto known = kind.failing.find(ResourceState::key(row->space, row->name));
        if (what == EventKind::Deleted) {
            if (known != kind.failing.end()) {
                kind.failing.erase(known);
                --m_failing;
            }
            break;
        }
        if (auto trouble = troubleOf(stream.names[0], stream.names[2], row->json)) {
            const bool isMark = what != EventKind::Added || !trouble->startsSo;
            fails(kind, stream, {std::string(row->space), std::string(row->name), std::move(*trouble), entry.time}, isMark);
        } else if (known != kind.failing.end()) {
            becameWell(kind, known, entry.time);
        }
        break;
    }
    default:
        break;
    }
}

void MarkGatherer::endList(const Entry &entry, const Stream &stream, Kind &kind)
{
    if (!kind.listing)
        return;
    Listing listing = std::move(*kind.listing);
    kind.listing.reset();
    if (ByteReader(entry.body).get32() != listing.rows)
        return;
    const bool isMark = std::exchange(kind.isListed, true);
    std::unordered_set<std::string> stands;
    for (const Found &found : listing.failing)
        stands.insert(ResourceState::key(found.space, found.name));
    for (auto each = kind.failing.begin(); each != kind.failing.end();) {
        const auto next = std::next(each);
        if (!stands.contains(each->first))
            becameWell(kind, each, entry.time); // or has gone
        each = next;
    }
    for (Found &found : listing.failing)
        fails(kind, stream, std::move(found), isMark);
}

void MarkGatherer::becameWell(Kind &kind, AllFailing::iterator which, Moment time)
{
    Failing &failing = which->second;
    if (!failing.wellSince)
        failing.wellSince = time;
    if (!failing.hasMark || time - *failing.wellSince > forgets) {
        kind.failing.erase(which);
        --m_failing;
    }
}

void MarkGatherer::fails(Kind &kind, const Stream &stream, Found found, bool isMark)
{
    std::string key = ResourceState::key(found.space, found.name);
    const auto known = kind.failing.find(key);
    if (known != kind.failing.end()) {
        Failing &failing = known->second;
        const bool goesOn = failing.family == found.trouble.family && (!failing.wellSince || found.time - *failing.wellSince <= forgets);
        failing.family = found.trouble.family;
        failing.wellSince.reset();
        if (goesOn)
            return;
        failing.hasMark = isMark;
    } else if (m_failing < mostFailing) {
        kind.failing.emplace(std::move(key), Failing{.family = found.trouble.family, .wellSince = {}, .hasMark = isMark});
        ++m_failing;
    } else {
        ++m_leftOut;
        return;
    }
    if (!isMark)
        return;
    add({.time = found.time,
        .last = found.time,
        .weight = Weight::Failure,
        .kind = cut(stream.names[3], longestName),
        .space = cut(std::move(found.space), longestName),
        .name = cut(std::move(found.name), longestName),
        .reason = cut(std::move(found.trouble.reason), longestName),
        .message = cut(std::move(found.trouble.message), longestMessage)});
}

void MarkGatherer::add(ActivityMark mark)
{
    std::size_t &count = m_counts[place(mark.weight)];
    if (count >= m_most) {
        ++m_leftOut;
        return;
    }
    ++count;
    m_marks.push_back(std::move(mark));
}

} // namespace fairlead::recording
