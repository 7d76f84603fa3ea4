// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/kubeconfig/certificateend.h"

#include "kube/yaml/scalar.h"

#include <string>

namespace fairlead::kube {
namespace {

constexpr unsigned sequence = 0x30;
constexpr unsigned integer = 0x02;
constexpr unsigned versionTag = 0xA0; // [0], constructed
constexpr unsigned utcTime = 0x17;
constexpr unsigned generalizedTime = 0x18;

struct Field {
    unsigned tag = 0;
    std::string_view content;
};

/// Takes the first field off `der`; none where it is not one.
std::optional<Field> take(std::string_view &der)
{
    const auto byte = [&der](std::size_t at) { return static_cast<unsigned char>(der[at]); };
    if (der.size() < 2 || (byte(0) & 0x1F) == 0x1F)
        return std::nullopt;
    std::size_t length = byte(1);
    std::size_t at = 2;
    if (length >= 0x80) {
        const std::size_t digits = length - 0x80;
        if (digits == 0 || digits > 4 || der.size() < at + digits)
            return std::nullopt;
        length = 0;
        for (std::size_t i = 0; i < digits; ++i)
            length = length << 8 | byte(at++);
    }
    if (der.size() - at < length)
        return std::nullopt;
    const Field field{byte(0), der.substr(at, length)};
    der.remove_prefix(at + length);
    return field;
}

std::optional<std::chrono::system_clock::time_point> timeOf(const Field &field)
{
    std::string_view text = field.content;
    const auto number = [&text](std::size_t digits) {
        int value = 0;
        for (std::size_t i = 0; i < digits; ++i) {
            if (text.empty() || text.front() < '0' || text.front() > '9')
                return -1;
            value = value * 10 + (text.front() - '0');
            text.remove_prefix(1);
        }
        return value;
    };
    int year = number(field.tag == utcTime ? 2 : 4);
    if (field.tag == utcTime)
        year += year < 50 ? 2000 : 1900;
    const int month = number(2);
    const int day = number(2);
    const int hour = number(2);
    const int minute = number(2);
    const int second = number(2);
    const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(unsigned(month)), std::chrono::day(unsigned(day))};
    // The clock counts nanoseconds in 64 bits, and a certificate without an end says 9999: as late as the clock goes will do.
    if (!date.ok() || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60 || text != "Z")
        return std::nullopt;
    if (year > 2260)
        return std::chrono::system_clock::time_point::max();
    return std::chrono::sys_days(date) + std::chrono::hours(hour) + std::chrono::minutes(minute) + std::chrono::seconds(second);
}

} // namespace

std::optional<std::chrono::system_clock::time_point> certificateEnd(std::string_view pem)
{
    constexpr std::string_view begin = "-----BEGIN CERTIFICATE-----";
    const std::size_t start = pem.find(begin);
    if (start == std::string_view::npos)
        return std::nullopt;
    const std::size_t end = pem.find("-----END CERTIFICATE-----", start);
    if (end == std::string_view::npos)
        return std::nullopt;
    std::string text;
    for (const char c : pem.substr(start + begin.size(), end - start - begin.size())) {
        if (c != ' ' && c != '\t')
            text += c;
    }
    const auto bytes = yaml::decodeBase64(text);
    if (!bytes)
        return std::nullopt;
    // Certificate { TBSCertificate { [0] version?, serial, signature, issuer, validity { notBefore, notAfter }, … } … }
    std::string_view der = *bytes;
    const auto certificate = take(der);
    if (!certificate || certificate->tag != sequence)
        return std::nullopt;
    std::string_view outer = certificate->content;
    const auto signedPart = take(outer);
    if (!signedPart || signedPart->tag != sequence)
        return std::nullopt;
    std::string_view fields = signedPart->content;
    auto field = take(fields);
    if (field && field->tag == versionTag)
        field = take(fields);
    if (!field || field->tag != integer)
        return std::nullopt;
    for (int skipped = 0; skipped < 3 && field; ++skipped)
        field = take(fields);
    if (!field || field->tag != sequence)
        return std::nullopt;
    std::string_view validity = field->content;
    if (!take(validity))
        return std::nullopt;
    const auto notAfter = take(validity);
    if (!notAfter || (notAfter->tag != utcTime && notAfter->tag != generalizedTime))
        return std::nullopt;
    return timeOf(*notAfter);
}

} // namespace fairlead::kube
