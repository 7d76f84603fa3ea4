// SPDX-License-Identifier: GPL-3.0-or-later
// A schedule, a zone's file and its rule: never a crash, never without an end; times go forward and are full minutes of the wall clock.
// The first byte says which: a schedule in UTC, one in a zone read from the bytes behind the first NUL, or a length of time.
#include "kinds/cron/goduration.h"
#include "kinds/cron/schedule.h"
#include "kinds/cron/zone.h"

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace fairlead;
using namespace fairlead::kinds::cron;

namespace {

enum class Kept { Time, Nothing }; // by the zone: one that no clock ever kept may lead back

void follow(std::string_view text, const Zone &zone, Kept kept)
{
    const auto schedule = Schedule::parse(text);
    if (!schedule) {
        if (schedule.error().message.empty() || schedule.error().remedy.empty())
            std::abort();
        return;
    }
    Moment at{std::chrono::hours(24 * 365 * 56)};
    for (int i = 0; i < 3; ++i) {
        const auto next = schedule->next(at, zone);
        if (!next)
            return;
        if ((kept == Kept::Time && *next <= at) || zone.text(*next).size() < 20)
            std::abort();
        if (!text.starts_with('@') && zone.wall(*next).time_since_epoch().count() % 60 != 0)
            std::abort();
        at = *next;
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size == 0)
        return 0;
    const std::string_view bytes(reinterpret_cast<const char *>(data + 1), size - 1);
    switch (data[0] % 3) {
    case 0:
        follow(bytes, Zone(), Kept::Time);
        break;
    case 1: {
        const std::size_t end = bytes.find('\0');
        if (end == std::string_view::npos)
            break;
        if (const auto zone = Zone::read(bytes.substr(end + 1)))
            follow(bytes.substr(0, end), *zone, Kept::Nothing);
        break;
    }
    default:
        (void)parseGoDuration(bytes);
        (void)ZoneRule::parse(bytes);
        break;
    }
    return 0;
}
