// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/decode/json.h"
#include "recording/jsoncursor.h"
#include "recording/redactor.h"
#include "recording/tableparts.h"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

using namespace fairlead;
using namespace fairlead::recording;

// Whatever a server sends: JSON stays JSON of the same length, and a second time finds nothing that the first left readable.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size == 0)
        return 0;
    const std::string text(reinterpret_cast<const char *>(data) + 1, size - 1);
    const auto subject = data[0] % 2 == 0 ? Redactor::Subject::Other : Redactor::Subject::Secret;
    Redactor redactor;
    std::string once = text;
    if (redactor.redactJson(once, subject)) {
        if (once.size() != text.size())
            std::abort();
        if (kube::Json::parse(text) && !kube::Json::parse(once))
            std::abort();
        std::string twice = once;
        if (!redactor.redactJson(twice, subject))
            std::abort();
    } else if (once != text) {
        std::abort();
    }
    std::string log = text;
    redactor.redactText(log);
    if (log.size() != text.size())
        std::abort();
    (void)TableParts::split(text).has_value();
    (void)splitWatchLine(text).has_value();
    return 0;
}
