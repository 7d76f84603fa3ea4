// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/theme.h"

#include "ui/widgets/style.h"

#include <QApplication>
#include <QFontDatabase>
#include <QStringList>
#include <QToolTip>

namespace fairlead::ui {

namespace {

/// The first family of the list that the system has; `otherwise` where it has none.
QString firstFamily(const QStringList &wanted, const QString &otherwise)
{
    for (const QString &family : wanted) {
        if (QFontDatabase::hasFamily(family))
            return family;
    }
    return otherwise;
}

} // namespace

Theme::Theme(Scheme scheme)
    : m_tokens(ui::tokens(scheme))
    , m_family(firstFamily({QStringLiteral("Inter"), QStringLiteral("Noto Sans"), QStringLiteral("DejaVu Sans")},
          QFontDatabase::systemFont(QFontDatabase::GeneralFont).family()))
    // A coding font with ligatures would change names and figures; these two have none.
    , m_fixedFamily(firstFamily(
          {QStringLiteral("JetBrains Mono NL"), QStringLiteral("DejaVu Sans Mono")}, QFontDatabase::systemFont(QFontDatabase::FixedFont).family()))
{
}

QFont Theme::font(FontRole role) const
{
    QFont font(m_family);
    // The default hinting snaps widths at 9.5 pt, and differently at each scale.
    font.setHintingPreference(QFont::PreferNoHinting);
    font.setPointSizeF(9.5);
    switch (role) {
    case FontRole::Body:
        break;
    case FontRole::Medium:
        font.setWeight(QFont::Medium);
        break;
    case FontRole::Bold:
        font.setWeight(QFont::DemiBold);
        break;
    case FontRole::Small:
        font.setPointSizeF(8.5);
        break;
    case FontRole::SmallMedium:
        font.setPointSizeF(8.5);
        font.setWeight(QFont::Medium);
        break;
    case FontRole::Caption:
        font.setPointSizeF(7.8);
        font.setWeight(QFont::DemiBold);
        font.setLetterSpacing(QFont::AbsoluteSpacing, 0.45);
        break;
    case FontRole::Title:
        font.setPointSizeF(11);
        font.setWeight(QFont::DemiBold);
        break;
    case FontRole::Figure:
        font.setPointSizeF(20);
        font.setWeight(QFont::DemiBold);
        break;
    case FontRole::Fixed:
        font.setFamily(m_fixedFamily);
        font.setPointSizeF(9);
        font.setStyleHint(QFont::Monospace);
        font.setFixedPitch(true);
        break;
    }
    return font;
}

QPalette Theme::palette() const
{
    const Tokens &t = m_tokens;
    QPalette palette;
    const auto set = [&palette](QPalette::ColorRole role, const QColor &colour, const QColor &disabled) {
        palette.setColor(QPalette::All, role, colour);
        palette.setColor(QPalette::Disabled, role, disabled);
    };
    set(QPalette::Window, t.surface, t.surface);
    set(QPalette::Base, t.surface, t.surface);
    set(QPalette::AlternateBase, t.raised, t.raised);
    set(QPalette::Button, t.surface, t.raised);
    set(QPalette::WindowText, t.text, t.faint);
    set(QPalette::Text, t.text, t.faint);
    set(QPalette::ButtonText, t.text, t.faint);
    set(QPalette::BrightText, t.onFill, t.onFill);
    set(QPalette::PlaceholderText, t.muted, t.faint);
    set(QPalette::Highlight, t.select, t.selectOff);
    set(QPalette::HighlightedText, t.text, t.faint);
    set(QPalette::Link, t.accent, t.faint);
    set(QPalette::LinkVisited, t.accent, t.faint);
    set(QPalette::Light, t.raised, t.raised);
    set(QPalette::Midlight, t.lineSoft, t.lineSoft);
    set(QPalette::Mid, t.line, t.line);
    set(QPalette::Dark, t.edge, t.edge);
    set(QPalette::Shadow, t.edge, t.edge);
    const bool dark = t.scheme == Scheme::Dark;
    set(QPalette::ToolTipBase, dark ? t.raised : t.text, dark ? t.raised : t.text);
    set(QPalette::ToolTipText, dark ? t.text : t.surface, dark ? t.text : t.surface);
    return palette;
}

void Theme::applyTo(QApplication &application) const
{
    application.setStyle(new Style(*this)); // every widget is polished anew and painted again
    application.setPalette(palette());
    application.setFont(font(FontRole::Body));
    QToolTip::setPalette(palette());
    QToolTip::setFont(font(FontRole::Small));
}

Scheme Theme::systemScheme(const QPalette &palette)
{
    return palette.color(QPalette::Window).lightness() < palette.color(QPalette::WindowText).lightness() ? Scheme::Dark : Scheme::Light;
}

} // namespace fairlead::ui
