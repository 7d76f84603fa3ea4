// SPDX-License-Identifier: GPL-3.0-or-later
#include "recording/entryreader.h"

namespace fairlead::recording {

std::optional<Entry> EntryReader::next()
{
    while (!m_broken && !m_reader.isAtEnd()) {
        const std::string_view bytes = m_reader.getText();
        if (!m_reader.isGood() || bytes.size() < entryHeadSize - 4) {
            m_broken = true;
            break;
        }
        ++m_count;
        ByteReader reader(bytes);
        const std::uint8_t type = reader.get8();
        Entry entry;
        entry.detail = reader.get8();
        (void)reader.get16();
        entry.stream = reader.get32();
        const auto time = momentOf(reader.get64());
        if (!time) {
            m_broken = true;
            break;
        }
        entry.time = *time;
        entry.body = reader.getRest();
        if (type < static_cast<std::uint8_t>(EntryType::About) || type > static_cast<std::uint8_t>(EntryType::Redactions))
            continue;
        entry.type = static_cast<EntryType>(type);
        return entry;
    }
    return std::nullopt;
}

} // namespace fairlead::recording
