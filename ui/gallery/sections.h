// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/theme.h"

#include <QString>

class QBoxLayout;
class QWidget;

/// The parts of the gallery, each a widget of its own.
namespace fairlead::ui {

/// A caption over a hairline, and room for what belongs to it.
[[nodiscard]] QWidget *gallerySection(const Theme &theme, const QString &caption, QBoxLayout *contents, const QString &note = {});

[[nodiscard]] QWidget *tokenSection(const Theme &theme);
[[nodiscard]] QWidget *shapeSection(const Theme &theme);
[[nodiscard]] QWidget *contextColourSection(const Theme &theme);
[[nodiscard]] QWidget *typeSection(const Theme &theme);
[[nodiscard]] QWidget *iconSection(const Theme &theme);

[[nodiscard]] QWidget *buttonSection(const Theme &theme);
[[nodiscard]] QWidget *rowSection(const Theme &theme);
[[nodiscard]] QWidget *fieldSection(const Theme &theme);
[[nodiscard]] QWidget *chipSection(const Theme &theme);
[[nodiscard]] QWidget *menuSection(const Theme &theme);
[[nodiscard]] QWidget *noticeSection(const Theme &theme);

/// Tables and trees.
[[nodiscard]] QWidget *listSections(const Theme &theme);

/// Loading, three kinds of empty, failed, stale.
[[nodiscard]] QWidget *pageStates(const Theme &theme);

} // namespace fairlead::ui
