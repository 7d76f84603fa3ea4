// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/age.h"
#include "recording/reader.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace fairlead::recording {

/// What a recording holds, for `fairlead recording info`. of() is made of the index alone: no block is read.
struct Summary {
    struct Kind {
        std::string resource; ///< "deployments.apps"
        std::string version;
        std::string kind;
        std::uint64_t events = 0;
        std::uint64_t lists = 0;     ///< of the server
        std::uint64_t keyframes = 0; ///< of the recorder
        std::uint64_t rows = 0;      ///< of the last list
        std::uint64_t gaps = 0;      ///< when nobody watched it: withGaps()
    };
    std::map<std::string, std::string> about; ///< context, program, version of the server …
    Moment first;
    Moment last;
    std::vector<Kind> kinds; ///< by resource
    std::uint64_t logs = 0;  ///< containers
    std::uint64_t documents = 0;
    std::uint64_t blocks = 0;
    std::uint64_t stored = 0; ///< bytes of the file
    std::uint64_t plain = 0;  ///< the same, unpacked
    Redactions redactions;
    std::vector<Damage> damages; ///< the first of them
    std::uint64_t damageCount = 0;
    bool isClosed = false; ///< its writer came to a good end
    bool isBeingWritten = false;

    [[nodiscard]] static Summary of(Reader &reader);
    /// And what only the blocks tell: all of them are read, so that each damage is noted.
    [[nodiscard]] static Summary withGaps(Reader &reader);
};

} // namespace fairlead::recording
