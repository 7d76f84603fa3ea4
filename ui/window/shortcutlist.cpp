// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/shortcutlist.h"

#include "ui/widgets/measures.h"
#include "ui/widgets/plainlabel.h"
#include "ui/window/shortcuts.h"

#include <QGridLayout>
#include <QPainter>

#include <optional>

namespace fairlead::ui {

namespace {

constexpr int half = 11; // rows in the first column of the two

} // namespace

ShortcutList::ShortcutList(const Theme &theme, QWidget *parent)
    : QDialog(parent)
    , m_theme(theme)
{
    setWindowTitle(tr("Keyboard shortcuts"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(measure::group, measure::margin, measure::group, measure::group);
    grid->setHorizontalSpacing(measure::group);
    grid->setVerticalSpacing(6);
    std::optional<Shortcut::Area> area;
    int row = 0;
    int column = 0;
    for (const Shortcut &shortcut : allShortcuts()) {
        if (shortcut.area != area) {
            if (row >= half) {
                row = 0;
                column += 3;
            }
            area = shortcut.area;
            auto *caption = new PlainLabel(theme, FontRole::Caption, &Tokens::muted);
            caption->setLine(titleOf(*area).toUpper());
            caption->setContentsMargins(0, row > 0 ? measure::between : 0, 0, 0);
            grid->addWidget(caption, row++, column, 1, 2);
        }
        QStringList names;
        for (const QKeySequence &keys : shortcut.keys)
            names << keys.toString(QKeySequence::NativeText);
        auto *keys = new PlainLabel(theme, FontRole::Medium, &Tokens::text, Shaping::Exact);
        keys->setLine(names.join(tr(" or ")));
        auto *meaning = new PlainLabel(theme, FontRole::Body, &Tokens::text);
        meaning->setLine(shortcut.meaning);
        grid->addWidget(keys, row, column);
        grid->addWidget(meaning, row++, column + 1);
    }
    grid->setColumnMinimumWidth(2, measure::group);
    grid->setRowStretch(grid->rowCount(), 1);
}

void ShortcutList::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), m_theme.tokens().surface);
}

} // namespace fairlead::ui
