// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/print/jsonwriter.h"

#include "app/print/jsonprinter.h"
#include "kinds/cron/zone.h"

#include <chrono>
#include <utility>

namespace fairlead::app {

void JsonWriter::separate()
{
    if (std::exchange(m_afterKey, false) || m_any.empty())
        return;
    m_out += m_any.back() ? ",\n" : "\n";
    m_out.append(m_any.size() * 4, ' ');
    m_any.back() = true;
}

void JsonWriter::begin(char bracket)
{
    separate();
    m_out += bracket;
    m_any.push_back(false);
}

void JsonWriter::end(char bracket)
{
    const bool any = m_any.back();
    m_any.pop_back();
    if (any) {
        m_out += '\n';
        m_out.append(m_any.size() * 4, ' ');
    }
    m_out += bracket;
}

void JsonWriter::raw(std::string_view value)
{
    separate();
    m_out += value;
}

void JsonWriter::key(std::string_view name)
{
    separate();
    appendJsonString(m_out, name);
    m_out += ": ";
    m_afterKey = true;
}

void JsonWriter::text(std::string_view value)
{
    separate();
    appendJsonString(m_out, value);
}

void JsonWriter::number(std::int64_t value)
{
    raw(std::to_string(value));
}

void JsonWriter::member(std::string_view name, std::string_view value)
{
    key(name);
    text(value);
}

void JsonWriter::member(std::string_view name, std::int64_t value)
{
    key(name);
    number(value);
}

void JsonWriter::flag(std::string_view name, bool value)
{
    key(name);
    boolean(value);
}

void JsonWriter::member(std::string_view name, std::optional<std::int64_t> value)
{
    key(name);
    if (value)
        number(*value);
    else
        null();
}

void JsonWriter::member(std::string_view name, std::optional<Moment> value)
{
    key(name);
    if (value)
        text(utcText(*value));
    else
        null();
}

std::string JsonWriter::take()
{
    return std::exchange(m_out, {}) + '\n';
}

std::string utcText(Moment at)
{
    return kinds::cron::Zone().text(std::chrono::floor<std::chrono::seconds>(at));
}

} // namespace fairlead::app
