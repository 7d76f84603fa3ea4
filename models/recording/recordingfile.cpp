// SPDX-License-Identifier: GPL-3.0-or-later
#include "recording/recordingfile.h"

#include "recording/bytereader.h"
#include "recording/checksum.h"
#include "recording/entryreader.h"
#include "recording/format.h"
#include "recording/indexpart.h"

#include <algorithm>
#include <utility>

namespace fairlead::recording {
namespace {

constexpr std::size_t mostDamages = 100;
constexpr std::uint64_t mostIndexBytes = 256u << 20; // plain, of all parts together
constexpr std::size_t searchStep = 1u << 20;

tl::unexpected<Error> badInput(const std::string &path, std::string message)
{
    return failure({.code = Code::BadInput, .message = std::move(message), .place = {.file = path}});
}

} // namespace

RecordingFile::RecordingFile(platform::File file)
    : m_file(std::move(file))
    , m_parts(std::make_unique<Parts>())
{
}

Result<RecordingFile> RecordingFile::open(const std::string &path)
{
    auto file = platform::File::openToRead(path);
    if (!file)
        return failure(std::move(file.error()));
    return open(std::move(*file));
}

Result<RecordingFile> RecordingFile::open(platform::File file)
{
    RecordingFile recording(std::move(file));
    auto size = recording.m_file.size();
    if (!size)
        return failure(std::move(size.error()));
    recording.m_size = *size;
    if (auto read = recording.readHead(); !read)
        return failure(std::move(read.error()));
    recording.m_scanned = format::headSize;
    if (recording.readByTrailer())
        return recording;
    recording.m_parts = std::make_unique<Parts>();
    if (auto read = recording.scan(); !read)
        return failure(std::move(read.error()));
    return recording;
}

Result<void> RecordingFile::readHead()
{
    if (m_size == 0)
        return badInput(path(), "is empty: nothing was recorded in it");
    auto bytes = readBytes(0, std::min<std::uint64_t>(m_size, format::headSize + format::blockHeadSize));
    if (!bytes)
        return failure(std::move(bytes.error()));
    const std::string_view head = std::string_view(*bytes).substr(0, format::headSize);
    ByteReader reader(head);
    const bool isMagic = reader.getRaw(format::magic.size()) == format::magic;
    const std::uint16_t version = reader.get16();
    ByteReader sum(head.size() == format::headSize ? head.substr(28) : std::string_view());
    const bool isSound = sum.get32() == checksum(head.substr(0, 28)) && head.size() == format::headSize;
    if (isMagic && isSound && version > format::version) {
        return failure({.code = Code::Unsupported,
            .message =
                "is a recording of a newer form (" + std::to_string(version) + "; this program reads up to " + std::to_string(format::version) + ")",
            .remedy = "Open it with a newer version of this program.",
            .place = {.file = path()}});
    }
    if (isMagic && isSound)
        return {};
    // A damaged head is no reason to hide what follows it.
    if (bytes->size() > format::headSize && readBlockHead(std::string_view(*bytes).substr(format::headSize))) {
        note(0, format::headSize, "the file's head is damaged");
        return {};
    }
    if (isMagic && head.size() < format::headSize)
        return badInput(path(), "is cut: it ends within its first bytes");
    return isMagic ? badInput(path(), "is damaged from its first bytes on") : badInput(path(), "is not a recording");
}

bool RecordingFile::readByTrailer()
{
    if (m_size < format::headSize + format::trailerSize)
        return false;
    const std::uint64_t trailerAt = m_size - format::trailerSize;
    const auto bytes = readBytes(trailerAt, format::trailerSize);
    if (!bytes || !bytes->starts_with(format::endMagic))
        return false;
    ByteReader reader(std::string_view(*bytes).substr(format::endMagic.size()));
    std::uint64_t at = reader.get64();
    (void)reader.get32();
    if (reader.get32() != checksum(std::string_view(*bytes).substr(0, 20)))
        return false;
    std::vector<IndexPart> parts;
    std::uint64_t plainBytes = 0;
    for (std::uint64_t end = trailerAt; at != 0; end = at, at = parts.back().before) {
        if (at >= end || end - at < format::blockHeadSize)
            return false;
        const auto headBytes = readBytes(at, format::blockHeadSize);
        const auto head = headBytes ? readBlockHead(*headBytes) : std::nullopt;
        if (!head || head->kind != BlockKind::Index || head->size() > end - at || (plainBytes += head->plain) > mostIndexBytes)
            return false;
        const auto plain = readBlock(at, *head);
        auto part = plain ? IndexPart::decode(*plain, at) : Result<IndexPart>(failure(plain.error()));
        if (!part)
            return false;
        parts.push_back(std::move(*part));
    }
    for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
        if (!std::move(*part).appendTo(m_parts->index))
            return false;
    }
    m_scanned = m_size;
    m_closed = true;
    return true;
}

// Whole blocks, one after the other; where something else stands, the next head that is one is looked for.
Result<void> RecordingFile::scan()
{
    std::vector<Found> pending; // blocks that no index part has told of yet
    std::uint64_t at = m_scanned;
    while (!m_closed && at < m_size) {
        auto bytes = readBytes(at, std::min<std::uint64_t>(format::blockHeadSize, m_size - at));
        if (!bytes)
            return failure(std::move(bytes.error()));
        if (const auto head = readBlockHead(*bytes)) {
            if (head->size() > m_size - at)
                break; // it ends in the middle, or is being written
            if (m_parts->index.blocks.size() + pending.size() >= format::mostBlocks) {
                note(at, m_size - at, "more blocks than a recording may have: reading ends here");
                at = m_size;
                break;
            }
            if (head->kind == BlockKind::Index)
                takeIndex(at, *head, pending);
            else
                pending.emplace_back(at, *head);
            at += head->size();
            continue;
        }
        if (m_size - at < format::blockHeadSize && !bytes->starts_with(format::endMagic))
            break;
        if (m_size - at == format::trailerSize && bytes->starts_with(format::endMagic)) {
            m_closed = true;
            at = m_size;
            break;
        }
        auto next = nextBlock(at + 1);
        if (!next)
            return failure(std::move(next.error()));
        takeEntries(pending);
        pending.clear();
        m_parts->builder.lose();
        note(at, *next - at, "what stands here is no block");
        at = *next;
    }
    takeEntries(pending);
    m_scanned = at;
    if (at < m_size && !isBeingWritten()) {
        note(at, m_size - at, "the file ends in the middle of a block");
        m_scanned = at; // should it grow all the same, the block is read when it is whole
    }
    return {};
}

Result<std::uint64_t> RecordingFile::nextBlock(std::uint64_t from) const
{
    std::string marker;
    for (int i = 0; i < 4; ++i)
        marker += static_cast<char>(format::blockMarker >> (8 * i) & 0xff);
    for (std::uint64_t at = from; at < m_size; at += searchStep) {
        // Each step reads a head's length beyond its own end, so that none is missed on the border.
        auto bytes = readBytes(at, std::min<std::uint64_t>(searchStep + format::blockHeadSize, m_size - at));
        if (!bytes)
            return failure(std::move(bytes.error()));
        for (std::size_t found = bytes->find(marker); found != std::string::npos && found < searchStep; found = bytes->find(marker, found + 1)) {
            if (readBlockHead(std::string_view(*bytes).substr(found)))
                return at + found;
        }
    }
    return m_size;
}

void RecordingFile::takeEntries(const std::vector<Found> &blocks)
{
    IndexBuilder &builder = m_parts->builder;
    for (const auto &[offset, head] : blocks) {
        const auto plain = readBlock(offset, head);
        if (!plain) {
            note(offset, head.size(), plain.error().message);
            builder.lose();
            continue;
        }
        builder.beginBlock(offset, head.first);
        EntryReader entries(*plain);
        while (const auto entry = entries.next())
            builder.add(*entry, entries.number());
        builder.endBlock(head);
        if (entries.isBroken())
            note(offset, head.size(), "a block holds what is no entry");
    }
}

void RecordingFile::takeIndex(std::uint64_t offset, const BlockHead &head, std::vector<Found> &pending)
{
    const auto plain = readBlock(offset, head);
    auto part = plain ? IndexPart::decode(*plain, offset) : Result<IndexPart>(failure(plain.error()));
    if (!part) {
        note(offset, head.size(), part.error().message); // what it told of is read instead
        return;
    }
    const std::uint64_t from = part->index.blocks.empty() ? offset : part->index.blocks.front().offset;
    const auto own = std::find_if(pending.begin(), pending.end(), [from](const Found &found) { return found.first >= from; });
    const std::vector<Found> older(pending.begin(), own);
    takeEntries(older);
    pending.erase(pending.begin(), own);
    if (std::move(*part).appendTo(m_parts->index))
        pending.clear();
}

Result<bool> RecordingFile::refresh()
{
    auto size = m_file.size();
    if (!size)
        return failure(std::move(size.error()));
    if (*size < m_size && *size < m_scanned)
        return badInput(path(), "became shorter while it was open");
    const std::size_t before = m_parts->index.blocks.size();
    m_size = *size;
    if (m_closed || m_scanned >= m_size)
        return false;
    if (auto read = scan(); !read)
        return failure(std::move(read.error()));
    return m_parts->index.blocks.size() > before;
}

Result<std::string> RecordingFile::read(const BlockPlace &place)
{
    const auto failed = [&](const std::string &what) {
        note(place.offset, format::blockHeadSize + place.stored, what);
        return badInput(path(), what);
    };
    const auto bytes = readBytes(place.offset, format::blockHeadSize);
    if (!bytes)
        return failed(bytes.error().message);
    const auto head = readBlockHead(*bytes);
    if (!head || head->stored != place.stored || head->plain != place.plain || head->kind != BlockKind::Entries)
        return failed("a block is damaged: its head is wrong");
    auto plain = readBlock(place.offset, *head);
    if (!plain)
        return failed(plain.error().message);
    return plain;
}

Result<std::string> RecordingFile::readBytes(std::uint64_t offset, std::uint64_t size) const
{
    std::string bytes(size, '\0');
    auto got = m_file.readAt(offset, bytes.data(), bytes.size());
    if (!got)
        return failure(std::move(got.error()));
    if (*got < bytes.size())
        return badInput(path(), "became shorter while it was open");
    return bytes;
}

Result<std::string> RecordingFile::readBlock(std::uint64_t offset, const BlockHead &head) const
{
    auto stored = readBytes(offset + format::blockHeadSize, head.stored);
    if (!stored)
        return stored;
    return unpackBlock(head, *stored);
}

void RecordingFile::note(std::uint64_t offset, std::uint64_t size, std::string what)
{
    const bool isKnown = std::any_of(m_damages.begin(), m_damages.end(), [offset](const Damage &damage) { return damage.offset == offset; });
    if (isKnown)
        return;
    ++m_damageCount;
    if (m_damages.size() < mostDamages)
        m_damages.push_back({offset, size, std::move(what)});
}

} // namespace fairlead::recording
