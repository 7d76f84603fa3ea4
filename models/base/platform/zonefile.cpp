// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/platform/zonefile.h"

#include <filesystem>
#include <fstream>
#include <iterator>

namespace fairlead::platform {

std::optional<std::string> readZoneFile(const std::string &name)
{
    for (const char *const folder : {"/usr/share/zoneinfo/", "/usr/share/lib/zoneinfo/", "/usr/lib/locale/TZ/", "/etc/zoneinfo/"}) {
        std::error_code error;
        const std::filesystem::path path = folder + name;
        // "Europe" is a folder, which opens like a file and then cannot be read.
        if (!std::filesystem::is_regular_file(path, error))
            continue;
        std::ifstream file(path, std::ios::binary);
        std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
        if (file.good() || file.eof())
            return bytes;
    }
    return std::nullopt;
}

} // namespace fairlead::platform
