// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "logs/logring.h"
#include "ui/logs/laidrow.h"
#include "ui/logs/logfonts.h"
#include "ui/widgets/textline.h"

#include <QString>

#include <unordered_map>

namespace fairlead::ui {

/// The rows of a ring as they are shown: glyphs of those that were looked at lately, how many lines each takes, words with the local time.
/// Thread: GUI. The ring outlives it.
class LogLines {
public:
    struct Laid {
        LaidRow row;
        TextLine stamp; ///< of a line that has one
    };

    LogLines(const Theme &theme, const logs::LogRing &ring);

    void setStamps(bool shown) { m_stamps = shown; }
    /// Columns in a line; 0: lines are not wrapped.
    void setWrapColumns(int columns);
    /// Behind the words of the last row, where that one is ours. False: it is the same.
    bool setSuffix(const QString &suffix);
    /// Colours or rows are others.
    void forget() { m_laid.clear(); }

    [[nodiscard]] const LogFonts &fonts() const { return m_fonts; }
    [[nodiscard]] const Laid &laid(logs::RowNumber row) const; ///< valid until the next call
    [[nodiscard]] qsizetype size(logs::RowNumber row) const { return laid(row).row.text().size(); }
    [[nodiscard]] int linesOf(logs::RowNumber row) const;
    /// Of a row of our own: the time stands where its words want it.
    [[nodiscard]] QString words(logs::RowNumber row) const;
    /// As it is painted, stamp included.
    [[nodiscard]] QString text(logs::RowNumber row) const;
    /// When it was written, in nanoseconds, here and in UTC; empty: not known.
    [[nodiscard]] QString when(logs::RowNumber row) const;

private:
    const logs::LogRing &m_ring;
    const LogFonts m_fonts;
    bool m_stamps = true;
    int m_wrapColumns = 0;
    QString m_suffix;
    mutable std::unordered_map<logs::RowNumber, Laid> m_laid;
};

} // namespace fairlead::ui
