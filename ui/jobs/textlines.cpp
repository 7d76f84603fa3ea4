// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/textlines.h"

#include <QFont>

namespace fairlead::ui {

namespace {

constexpr qsizetype mostLines = 2'000;

} // namespace

const TextLine &TextLines::line(const QString &text, const QFont &font)
{
    const QString key = QString::number(font.weight()) + QLatin1Char(' ') + text;
    const auto found = m_lines.constFind(key);
    if (found != m_lines.constEnd())
        return *found;
    if (m_lines.size() >= mostLines)
        m_lines.clear();
    return *m_lines.insert(key, TextLine(text, font, Shaping::Exact));
}

} // namespace fairlead::ui
