// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/plaintext.h"

#include <algorithm>

namespace fairlead::items {

namespace {

bool isHidden(char16_t unit)
{
    return unit < 0x20 || (unit >= 0x7f && unit < 0xa0) // C0, DEL, C1
           || (unit >= 0x200b && unit <= 0x200f)        // without width; marks of direction
           || (unit >= 0x2028 && unit <= 0x202e)        // line and paragraph ends, embeddings and overrides
           || (unit >= 0x2060 && unit <= 0x206f)        // isolates and other format characters
           || unit == 0x061c || unit == 0xfeff;
}

} // namespace

QString plainText(std::string_view utf8)
{
    const QString text = QString::fromUtf8(utf8.data(), qsizetype(utf8.size()));
    if (std::none_of(text.cbegin(), text.cend(), [](QChar c) { return isHidden(c.unicode()); }))
        return text;
    QString visible;
    visible.reserve(text.size() + 16);
    for (const QChar character : text) {
        const char16_t unit = character.unicode();
        if (unit == u'\n')
            visible += QLatin1String("\\n");
        else if (unit == u'\r')
            visible += QLatin1String("\\r");
        else if (unit == u'\t')
            visible += QLatin1String("\\t");
        else if (!isHidden(unit))
            visible += character;
        else if (unit < 0x100)
            visible += QStringLiteral("\\x%1").arg(int(unit), 2, 16, QLatin1Char('0'));
        else
            visible += QStringLiteral("\\u%1").arg(int(unit), 4, 16, QLatin1Char('0'));
    }
    return visible;
}

} // namespace fairlead::items
