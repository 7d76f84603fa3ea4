// SPDX-License-Identifier: GPL-3.0-or-later
#include "recording/entry.h"

#include "recording/bytereader.h"
#include "recording/bytewriter.h"
#include "recording/format.h"

namespace fairlead::recording {

std::optional<Moment> momentOf(std::uint64_t stored)
{
    constexpr std::uint64_t endOf9999 = 253'402'300'799'999;
    if (stored > endOf9999)
        return std::nullopt;
    return Moment(Moment::duration(static_cast<std::int64_t>(stored)));
}

void appendEntry(std::string &plain, const Entry &entry)
{
    ByteWriter writer(plain);
    writer.put32(static_cast<std::uint32_t>(entryHeadSize - 4 + entry.body.size()));
    writer.put8(static_cast<std::uint8_t>(entry.type));
    writer.put8(entry.detail);
    writer.put16(0);
    writer.put32(entry.stream);
    writer.put64(static_cast<std::uint64_t>(entry.time.time_since_epoch().count()));
    writer.putRaw(entry.body);
}

std::string bodyOf(const Stream &stream)
{
    std::string out;
    ByteWriter writer(out);
    for (const std::string &name : stream.names)
        writer.putText(name);
    writer.put8(stream.flag ? 1 : 0);
    return out;
}

std::string bodyOf(const RowText &row)
{
    std::string out;
    out.reserve(12 + row.space.size() + row.name.size() + row.version.size() + row.json.size());
    ByteWriter writer(out);
    writer.putText(row.space);
    writer.putText(row.name);
    writer.putText(row.version);
    writer.putRaw(row.json);
    return out;
}

std::string bodyOf(const ListHead &list)
{
    std::string out;
    ByteWriter writer(out);
    writer.putText(list.version);
    writer.putText(list.columns);
    return out;
}

std::optional<Stream> readStream(const Entry &entry)
{
    ByteReader reader(entry.body);
    Stream stream;
    for (std::string &name : stream.names) {
        const std::string_view text = reader.getText();
        if (text.size() > format::longestName)
            return std::nullopt;
        name = text;
    }
    stream.flag = reader.get8() != 0;
    if (!reader.isGood() || entry.detail < 1 || entry.detail > 3)
        return std::nullopt;
    stream.kind = static_cast<StreamKind>(entry.detail);
    return stream;
}

std::optional<RowText> readRow(const Entry &entry)
{
    ByteReader reader(entry.body);
    RowText row;
    row.space = reader.getText();
    row.name = reader.getText();
    row.version = reader.getText();
    row.json = reader.getRest();
    if (!reader.isGood())
        return std::nullopt;
    return row;
}

std::optional<ListHead> readList(const Entry &entry)
{
    ByteReader reader(entry.body);
    ListHead list;
    list.version = reader.getText();
    list.columns = reader.getText();
    if (!reader.isGood())
        return std::nullopt;
    return list;
}

} // namespace fairlead::recording
