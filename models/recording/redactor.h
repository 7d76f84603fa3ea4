// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recording/redactions.h"

#include <cstdint>
#include <string>

namespace fairlead::recording {

/// Makes credentials unreadable before anything is written: each is overwritten in place, so that all lengths stay, and every byte beside
/// them. README.md has the list. Counts what it did.
///
/// Thread: one at a time. Not promised: to find a secret that looks like ordinary text and has an ordinary name.
class Redactor {
public:
    enum class Subject { Other, Secret }; ///< Secret: of the resource secrets, whatever the object says of itself

    /// A row of a Table ({"cells":…,"object":…}) or an object. False where the text is no JSON: then it must not be written.
    [[nodiscard]] bool redactJson(std::string &json, Subject subject);
    /// A text that comes in pieces of whole lines: a private key may lie over several.
    struct Piece {
        std::uint32_t keyLines = 0; ///< of a key that has not come to its end; 0: none is open
    };
    /// A log. Line ends stay.
    void redactText(std::string &text, Piece &before);
    /// Any other text.
    void redactText(std::string &text);

    [[nodiscard]] const Redactions &redactions() const { return m_redactions; }

private:
    Redactions m_redactions;
};

} // namespace fairlead::recording
