// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/sections.h"
#include "ui/gallery/specimen.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/mark.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/pixels.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/shapes.h"
#include "ui/widgets/text.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <cmath>

namespace fairlead::ui {

namespace {

PlainLabel *words(const Theme &theme, FontRole font, Ink ink, const QString &text, Shaping shaping = Shaping::Prose)
{
    auto *label = new PlainLabel(theme, font, ink, shaping);
    label->setLine(text);
    return label;
}

QString hex(const QColor &colour)
{
    return colour.name().mid(1).toUpper();
}

} // namespace

QWidget *gallerySection(const Theme &theme, const QString &caption, QBoxLayout *contents, const QString &note)
{
    auto *section = new QWidget;
    section->setAccessibleName(caption);
    auto *column = new QVBoxLayout(section);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    auto *head = words(theme, FontRole::Caption, &Tokens::muted, caption.toUpper());
    head->setFixedHeight(16);
    column->addWidget(head);
    column->addWidget(Mark::hairline(theme));
    if (!note.isEmpty())
        column->addWidget(words(theme, FontRole::Small, &Tokens::muted, note));
    column->addSpacing(2);
    column->addLayout(contents);
    return section;
}

QWidget *tokenSection(const Theme &theme)
{
    struct Swatch {
        const char *name;
        Ink ink;
    };
    static constexpr std::array swatches{Swatch{"surface", &Tokens::surface}, Swatch{"raised", &Tokens::raised}, Swatch{"sunken", &Tokens::sunken},
        Swatch{"line", &Tokens::line}, Swatch{"lineSoft", &Tokens::lineSoft}, Swatch{"edge", &Tokens::edge}, Swatch{"text", &Tokens::text},
        Swatch{"muted", &Tokens::muted}, Swatch{"faint", &Tokens::faint}, Swatch{"accent", &Tokens::accent},
        Swatch{"accentFill", &Tokens::accentFill}, Swatch{"dangerFill", &Tokens::dangerFill}, Swatch{"hover", &Tokens::hover},
        Swatch{"select", &Tokens::select}, Swatch{"selectOff", &Tokens::selectOff}};
    auto *column = new QVBoxLayout;
    const int rows = int(swatches.size()) / 3;
    column->addWidget(new Specimen({412, rows * 28}, [&theme](QPainter &painter, const QRectF &rect) {
        const Tokens &t = theme.tokens();
        const qreal step = std::floor(rect.width() / 3);
        for (std::size_t at = 0; at < swatches.size(); ++at) {
            const qreal x = qreal(at % 3) * step;
            const qreal y = qreal(at / 3) * 28;
            drawBox(painter, QRectF(x, y + 3, 22, 20), t.*swatches[at].ink, t.edge, 1, 0);
            drawText(painter, QRectF(x + 30, y, 70, 26), Qt::AlignLeft, QString::fromLatin1(swatches[at].name), theme.font(FontRole::Small), t.text);
            drawText(painter, QRectF(x, y, step - (at % 3 == 2 ? 0 : 8), 26), Qt::AlignRight, hex(t.*swatches[at].ink), theme.font(FontRole::Small),
                t.muted, Shaping::Exact);
        }
    }));
    return gallerySection(theme, QObject::tr("Tokens"), column);
}

QWidget *shapeSection(const Theme &theme)
{
    struct State {
        Shape shape;
        const char *name;
        const char *meaning;
    };
    static constexpr std::array states{State{Shape::Ok, "ok", "healthy, succeeded"}, State{Shape::Progress, "progress", "running, rolling"},
        State{Shape::Warn, "warn", "pending, retrying"}, State{Shape::Bad, "bad", "failed, crash"},
        State{Shape::Idle, "idle", "completed, scaled to 0"}, State{Shape::Unknown, "unknown", "no word, could not look"}};
    auto *column = new QVBoxLayout;
    column->addWidget(new Specimen({412, int(states.size()) * measure::row}, [&theme](QPainter &painter, const QRectF &rect) {
        const Tokens &t = theme.tokens();
        for (std::size_t at = 0; at < states.size(); ++at) {
            const QRectF row(0, qreal(at) * measure::row, rect.width(), measure::row);
            const QColor colour = shapeColour(t, states[at].shape);
            drawShape(painter, QRectF(0, row.top(), 12, row.height()), states[at].shape, colour);
            drawShape(painter, QRectF(28, row.top(), 12, row.height()), states[at].shape, t.text);
            drawShape(painter, QRectF(56, row.top(), 18, row.height()), states[at].shape, colour, 1.5);
            drawText(painter, row.adjusted(92, 0, 0, 0), Qt::AlignLeft, QString::fromLatin1(states[at].name), theme.font(FontRole::Medium), colour);
            drawText(
                painter, row.adjusted(164, 0, -60, 0), Qt::AlignLeft, QString::fromLatin1(states[at].meaning), theme.font(FontRole::Body), t.muted);
            drawText(painter, row, Qt::AlignRight, hex(colour), theme.font(FontRole::Small), t.muted, Shaping::Exact);
        }
    }));
    return gallerySection(theme, QObject::tr("States: shape and colour, and the same in grey"), column);
}

QWidget *contextColourSection(const Theme &theme)
{
    auto *column = new QVBoxLayout;
    column->addWidget(new Specimen({412, 32}, [&theme](QPainter &painter, const QRectF &rect) {
        const Tokens &t = theme.tokens();
        const qreal step = rect.width() / contextColours;
        for (int number = 0; number < contextColours; ++number) {
            const QRectF swatch = onPixels(painter, QRectF(number * step, 2, step - 5, 12));
            const QColor colour = theme.contextColour(number);
            if (number == 0 || number == 3)
                drawHatch(painter, swatch, colour, mix(colour, t.surface, 0.6), 8);
            else
                painter.fillRect(swatch, colour);
            drawText(painter, QRectF(swatch.left(), 16, swatch.width(), 16), Qt::AlignHCenter, QString::number(number), theme.font(FontRole::Small),
                t.muted, Shaping::Exact);
        }
    }));
    return gallerySection(theme, QObject::tr("Context colours; production is hatched"), column);
}

QWidget *typeSection(const Theme &theme)
{
    auto *grid = new QGridLayout;
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setVerticalSpacing(5);
    const auto line = [&](FontRole font, const QString &sample, const QString &what, Shaping shaping) {
        const int row = grid->rowCount();
        grid->addWidget(words(theme, font, &Tokens::text, sample, shaping), row, 0);
        auto *note = words(theme, FontRole::Small, &Tokens::muted, what);
        note->setAlignment(Qt::AlignRight);
        grid->addWidget(note, row, 1);
    };
    line(FontRole::Figure, QStringLiteral("1,204"), QObject::tr("figure 20 semi-bold"), Shaping::Exact);
    line(FontRole::Title, QStringLiteral("payments-api"), QObject::tr("title 11 semi-bold"), Shaping::Exact);
    line(FontRole::Body, QObject::tr("Container api ran out of memory"), QObject::tr("body 9.5"), Shaping::Prose);
    line(FontRole::Medium, QStringLiteral("payments-api"), QObject::tr("body 9.5 medium, for names in focus"), Shaping::Exact);
    line(FontRole::Small, QObject::tr("last word 0.4 s ago"), QObject::tr("secondary 8.5"), Shaping::Exact);
    line(FontRole::Caption, QStringLiteral("CONTAINERS"), QObject::tr("heading 7.8 semi-bold, +0.45 px"), Shaping::Prose);
    line(FontRole::Fixed, QStringLiteral("memory: 256Mi"), QObject::tr("fixed 9, YAML and logs"), Shaping::Exact);
    grid->setColumnStretch(1, 1);
    auto *column = new QVBoxLayout;
    column->addLayout(grid);
    column->addWidget(new Specimen({412, 62}, [&theme](QPainter &painter, const QRectF &rect) {
        const Tokens &t = theme.tokens();
        const QFont body = theme.font(FontRole::Body);
        const QFont small = theme.font(FontRole::Small);
        const auto at = [&](qreal x, qreal y, qreal width, Qt::Alignment side, const QString &text, const QFont &font, const QColor &ink,
                            Shaping shaping) { drawText(painter, QRectF(x, y, width, 20), side, text, font, ink, shaping); };
        const QString ones = QStringLiteral("1,111,111");
        const QString eights = QStringLiteral("8,080,606");
        const QString name = QStringLiteral("job-p9x6t-0x5f");
        at(0, 0, 80, Qt::AlignLeft, QObject::tr("tabular"), small, t.muted, Shaping::Prose);
        at(70, 0, 104, Qt::AlignRight, ones, body, t.text, Shaping::Exact);
        at(70, 19, 104, Qt::AlignRight, eights, body, t.text, Shaping::Exact);
        at(200, 0, 100, Qt::AlignLeft, QObject::tr("as shaped"), small, t.muted, Shaping::Prose);
        at(270, 0, 114, Qt::AlignRight, ones, body, t.muted, Shaping::Prose);
        at(270, 19, 114, Qt::AlignRight, eights, body, t.muted, Shaping::Prose);
        at(0, 42, 60, Qt::AlignLeft, QObject::tr("names"), small, t.muted, Shaping::Prose);
        at(74, 42, 120, Qt::AlignLeft, name, body, t.text, Shaping::Exact);
        at(200, 42, 80, Qt::AlignLeft, QObject::tr("wrong (calt)"), small, t.muted, Shaping::Prose);
        at(284, 42, rect.width() - 284, Qt::AlignLeft, name, body, t.bad, Shaping::Prose);
    }));
    return gallerySection(theme, QObject::tr("Type"), column);
}

QWidget *iconSection(const Theme &theme)
{
    constexpr int columns = 6;
    constexpr int step = 28;
    const int rows = (icons + columns - 1) / columns;
    auto *column = new QVBoxLayout;
    column->addWidget(new Specimen({1020, rows * step}, [&theme](QPainter &painter, const QRectF &rect) {
        const Tokens &t = theme.tokens();
        const qreal width = rect.width() / columns;
        for (int number = 0; number < icons; ++number) {
            const qreal x = std::floor(qreal(number / rows) * width);
            const qreal y = (number % rows) * step;
            const std::string_view name = iconName(Icon(number));
            drawIcon(painter, QRectF(x, y, measure::icon, step), Icon(number), t.text);
            drawText(painter, QRectF(x + 24, y, width - 24, step), Qt::AlignLeft, QString::fromLatin1(name.data(), qsizetype(name.size())),
                theme.font(FontRole::Small), t.muted);
        }
    }));
    return gallerySection(theme, QObject::tr("Icons: 16 grid, 1.3 px stroke, one colour"), column);
}

} // namespace fairlead::ui
