// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recording/recordrun.h"

#include <memory>
#include <optional>
#include <string>

/// What the command that records and the window that does have in common.
namespace fairlead::recording {

/// What is to be recorded, and into which file.
struct RecordOrder {
    std::string file; ///< is not there yet
    std::string context;
    std::string contextSpace; ///< the context's own namespace
    RecordRun::Wish wish;
};

/// Makes the file, with what it says about itself. Thread: any; waits for the disk. Errors: those of Writer::create(), with what helps who records.
[[nodiscard]] Result<Writer> createRecording(const RecordOrder &order, Moment now);

/// The error, with what helps who records where it says nothing of it.
[[nodiscard]] Error withRecordingRemedy(Error error);

/// Why a recording that has begun is none: of all that was to be recorded nothing may be listed, and nothing was.
[[nodiscard]] std::optional<Error> nothingRecorded(const RecordRun::Progress &progress, const RecordRun::Wish &wish, const std::string &server);

} // namespace fairlead::recording
