// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/tokens.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace fairlead::ui {

namespace {

QColor rgb(unsigned value)
{
    return QColor::fromRgb(QRgb(0xff000000U | value));
}

} // namespace

Tokens tokens(Scheme scheme)
{
    if (scheme == Scheme::Dark) {
        return {
            .surface = rgb(0x16181C),
            .raised = rgb(0x1E2126),
            .sunken = rgb(0x101215),
            .line = rgb(0x30353C),
            .lineSoft = rgb(0x22262B),
            .edge = rgb(0x434A54),
            .text = rgb(0xE6E9ED),
            .muted = rgb(0x9AA4B0),
            .faint = rgb(0x626C78),
            .hover = rgb(0x1C2026),
            .select = rgb(0x1D3450),
            .selectOff = rgb(0x272C33),
            .accent = rgb(0x5AA2F2),
            .accentFill = rgb(0x2568B4),
            .dangerFill = rgb(0xB8323A),
            .onFill = rgb(0xFFFFFF),
            .ok = rgb(0x3CC295),
            .progress = rgb(0x5AA2F2),
            .warn = rgb(0xF0A045),
            .bad = rgb(0xFF7A7A),
            .idle = rgb(0x96A1AE),
            .unknown = rgb(0xB794F4),
            .scheme = scheme,
        };
    }
    return {
        .surface = rgb(0xFFFFFF),
        .raised = rgb(0xF6F7F9),
        .sunken = rgb(0xECEEF1),
        .line = rgb(0xD5D9DF),
        .lineSoft = rgb(0xECEEF2),
        .edge = rgb(0xBFC6CF),
        .text = rgb(0x1B1F24),
        .muted = rgb(0x5B6470),
        .faint = rgb(0x98A0AB),
        .hover = rgb(0xF3F6FA),
        .select = rgb(0xE0ECFA),
        .selectOff = rgb(0xE9ECF0),
        .accent = rgb(0x0B62C4),
        .accentFill = rgb(0x0B62C4),
        .dangerFill = rgb(0xC0262D),
        .onFill = rgb(0xFFFFFF),
        .ok = rgb(0x08734F),
        .progress = rgb(0x0B62C4),
        .warn = rgb(0xA15300),
        .bad = rgb(0xC0262D),
        .idle = rgb(0x5F6874),
        .unknown = rgb(0x7A4FB5),
        .scheme = scheme,
    };
}

Ink inkOf(const Tokens &tokens, const QColor &colour)
{
    for (const Ink ink : {&Tokens::text, &Tokens::muted, &Tokens::faint, &Tokens::accent, &Tokens::ok, &Tokens::warn, &Tokens::bad, &Tokens::idle,
             &Tokens::unknown, &Tokens::onFill, &Tokens::line, &Tokens::lineSoft, &Tokens::edge}) {
        if (tokens.*ink == colour)
            return ink;
    }
    return &Tokens::text;
}

QColor contextColour(Scheme scheme, int number)
{
    static constexpr std::array<unsigned, contextColours> light{
        0xB3261E, 0x0E7490, 0x7A4FB5, 0xB25E00, 0x2F6B2F, 0x1D4ED8, 0xA21A6B, 0x5C6B00, 0x00695C, 0x8A4B2A, 0x4B5A6B, 0x5B3FA8};
    static constexpr std::array<unsigned, contextColours> dark{
        0xF26B63, 0x35B6D4, 0xB794F4, 0xF0A045, 0x7CC47A, 0x6E9BFF, 0xF07CC0, 0xC2CF4A, 0x3FC8B4, 0xD79A74, 0x9DB0C4, 0xA18BFF};
    const auto at = std::size_t(((number % contextColours) + contextColours) % contextColours);
    return rgb(scheme == Scheme::Dark ? dark[at] : light[at]);
}

QColor mix(const QColor &ground, const QColor &over, double share)
{
    const auto between = [share](float from, float to) { return std::clamp(from + (to - from) * float(share), 0.0F, 1.0F); };
    return QColor::fromRgbF(between(ground.redF(), over.redF()), between(ground.greenF(), over.greenF()), between(ground.blueF(), over.blueF()));
}

QColor tint(const Tokens &tokens, const QColor &state)
{
    return mix(tokens.surface, state, tokens.scheme == Scheme::Dark ? 0.16 : 0.07);
}

double contrast(const QColor &one, const QColor &other)
{
    const auto luminance = [](const QColor &colour) {
        const auto linear = [](double part) { return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4); };
        return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
    };
    const double a = luminance(one);
    const double b = luminance(other);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

} // namespace fairlead::ui
