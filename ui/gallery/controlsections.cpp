// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/samplerows.h"
#include "ui/gallery/sections.h"
#include "ui/gallery/specimen.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/button.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/dropbutton.h"
#include "ui/widgets/itempaint.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/segmentedswitch.h"
#include "ui/widgets/text.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>
#include <QRadioButton>
#include <QStyleOptionMenuItem>
#include <QStyleOptionViewItem>
#include <QTabBar>
#include <QVBoxLayout>

#include <array>

namespace fairlead::ui {

namespace {

constexpr QStyle::State enabled = QStyle::State_Enabled;

PlainLabel *small(const Theme &theme, const QString &text, Ink ink = &Tokens::muted)
{
    auto *label = new PlainLabel(theme, FontRole::Small, ink);
    label->setLine(text);
    return label;
}

struct ButtonRow {
    const char *name;
    QStyle::State state;
};

QWidget *buttonAs(const Theme &theme, const ButtonLook &look, QStyle::State state)
{
    return new Specimen(
        buttonSize(theme, look), [&theme, look, state](QPainter &painter, const QRectF &rect) { paintButton(painter, theme, rect, look, state); });
}

QWidget *checkBox(const QString &text, bool on, bool usable = true)
{
    auto *box = new QCheckBox(text);
    box->setChecked(on);
    box->setEnabled(usable);
    return box;
}

QStyleOptionMenuItem menuItem(const QString &text, const QIcon &icon = {}, QStyle::State state = enabled)
{
    QStyleOptionMenuItem item;
    item.menuItemType = QStyleOptionMenuItem::Normal;
    item.checkType = QStyleOptionMenuItem::NotCheckable;
    item.text = text;
    item.icon = icon;
    item.state = state;
    return item;
}

} // namespace

QWidget *buttonSection(const Theme &theme)
{
    const std::array kinds{ButtonLook{.text = QObject::tr("Retry")}, ButtonLook{.kind = ButtonKind::Primary, .text = QObject::tr("Apply 3")},
        ButtonLook{.kind = ButtonKind::Danger, .text = QObject::tr("Delete job")},
        ButtonLook{.kind = ButtonKind::Flat, .text = QObject::tr("Copy"), .icon = Icon::Copy}};
    static constexpr std::array rows{ButtonRow{"normal", enabled}, ButtonRow{"hover", enabled | QStyle::State_MouseOver},
        ButtonRow{"pressed", enabled | QStyle::State_MouseOver | QStyle::State_Sunken}, ButtonRow{"focus", enabled | QStyle::State_HasFocus},
        ButtonRow{"disabled", QStyle::State_None}};
    auto *grid = new QGridLayout;
    grid->setContentsMargins(0, 2, 0, 0);
    grid->setHorizontalSpacing(7);
    grid->setVerticalSpacing(7);
    for (std::size_t row = 0; row < rows.size(); ++row) {
        grid->addWidget(small(theme, QString::fromLatin1(rows[row].name)), int(row), 0);
        for (std::size_t kind = 0; kind < kinds.size(); ++kind)
            grid->addWidget(buttonAs(theme, kinds[kind], rows[row].state), int(row), int(kind) + 1);
    }
    grid->setColumnMinimumWidth(0, 50);
    grid->setColumnStretch(int(kinds.size()) + 1, 1);
    auto *column = new QVBoxLayout;
    column->addLayout(grid);
    auto *real = new QHBoxLayout;
    real->setSpacing(10);
    real->setContentsMargins(60, 8, 0, 0);
    real->addWidget(new Button(theme, ButtonKind::Normal, Icon::Read, QObject::tr("Read again")));
    real->addWidget(Button::onlyIcon(theme, Icon::DockRight, QObject::tr("Dock at the right")));
    auto *wrap = Button::onlyIcon(theme, Icon::Wrap, QObject::tr("Wrap lines"));
    wrap->setCheckable(true);
    wrap->setChecked(true);
    real->addWidget(wrap);
    real->addWidget(new Button(theme, ButtonKind::Link, QObject::tr("Previous log")));
    real->addStretch(1);
    column->addLayout(real);
    return gallerySection(theme, QObject::tr("Buttons"), column, QObject::tr("One primary a page; danger only in dialogs that ask."));
}

QWidget *rowSection(const Theme &theme)
{
    auto *column = new QVBoxLayout;
    struct Row {
        int sample;
        QStyle::State state;
        bool focus;
    };
    static constexpr std::array rows{Row{0, enabled, true}, Row{2, enabled | QStyle::State_MouseOver, true},
        Row{0, enabled | QStyle::State_Selected, true}, Row{0, enabled | QStyle::State_Selected, false}};
    column->addWidget(new Specimen({0, int(rows.size()) * measure::row}, [&theme](QPainter &painter, const QRectF &rect) {
        const SampleRows model(SampleRows::Columns::Few, 7);
        RowDelegate delegate(theme, SampleRows::roles());
        delegate.setMarkedColumn(0);
        QWidget unfocused; // a view that has not the focus
        for (std::size_t at = 0; at < rows.size(); ++at) {
            QStyleOptionViewItem option;
            option.state = rows[at].state | QStyle::State_Active;
            option.widget = rows[at].focus ? nullptr : &unfocused;
            option.rect = QRect(0, int(at) * measure::row, 252, measure::row);
            delegate.paint(&painter, option, model.index(rows[at].sample, 0));
            option.rect = QRect(252, int(at) * measure::row, int(rect.width()) - 252, measure::row);
            option.rect.setLeft(option.rect.left());
            painter.save();
            delegate.paint(&painter, option, model.index(rows[at].sample, 1));
            painter.restore();
        }
    }));
    return gallerySection(theme, QObject::tr("Row: normal, hover, selected, selected without focus"), column);
}

QWidget *fieldSection(const Theme &theme)
{
    auto *across = new QHBoxLayout;
    across->setSpacing(16);
    auto *fields = new QVBoxLayout;
    fields->setSpacing(4);
    const auto field = [&](const QString &caption, QWidget *control, const QString &note = {}) {
        fields->addWidget(small(theme, caption));
        fields->addWidget(control);
        if (!note.isEmpty())
            fields->addWidget(small(theme, note, &Tokens::bad));
        fields->addSpacing(4);
    };
    auto *filter = new SearchField(theme, QObject::tr("Filter"));
    filter->setShortcutHint(QStringLiteral("Ctrl+F"));
    field(QObject::tr("Filter"), filter);
    auto *found = new SearchField(theme, QObject::tr("Search in the log"));
    found->setText(QStringLiteral("redis"));
    found->setResult(QStringLiteral("44 of 46"));
    field(QObject::tr("With a result"), found);
    field(QObject::tr("Focused"), new Specimen({170, measure::control}, [&theme](QPainter &painter, const QRectF &rect) {
        paintField(painter, theme.tokens(), rect, enabled | QStyle::State_HasFocus, false);
        drawText(painter, rect.adjusted(8, 0, -8, 0), Qt::AlignLeft, QStringLiteral("payments"), theme.font(FontRole::Body), theme.tokens().text,
            Shaping::Exact);
    }));
    auto *refused = new SearchField(theme, QObject::tr("Name"));
    refused->showIcon({});
    refused->setText(QStringLiteral("Payments_1"));
    refused->setProblem(QObject::tr("Only a-z, 0-9 and - are allowed"));
    field(QObject::tr("Refused"), refused, refused->problem());
    auto *fixed = new SearchField(theme, QObject::tr("Fixed name"));
    fixed->showIcon({});
    fixed->setPlaceholderText(QObject::tr("cannot be changed"));
    fixed->setEnabled(false);
    field(QObject::tr("Disabled"), fixed);
    auto *choice = new QComboBox;
    choice->addItems({QObject::tr("all namespaces"), QStringLiteral("payments"), QStringLiteral("team-a")});
    choice->setAccessibleName(QObject::tr("Choice"));
    field(QObject::tr("Choice"), choice);
    for (int at = 0; at < fields->count(); ++at) {
        if (QWidget *const control = fields->itemAt(at)->widget(); qobject_cast<SearchField *>(control) != nullptr || control == choice)
            control->setFixedWidth(170);
    }
    fields->addStretch(1);
    across->addLayout(fields);

    auto *choices = new QVBoxLayout;
    choices->setSpacing(4);
    choices->addSpacing(14);
    choices->addWidget(checkBox(QObject::tr("Follow"), true));
    choices->addWidget(checkBox(QObject::tr("Wrap lines"), false));
    choices->addWidget(checkBox(QObject::tr("Not allowed"), false, false));
    choices->addSpacing(6);
    auto *server = new QRadioButton(QObject::tr("Server side"));
    server->setChecked(true);
    choices->addWidget(server);
    choices->addWidget(new QRadioButton(QObject::tr("Client side")));
    choices->addSpacing(10);
    choices->addWidget(new SegmentedSwitch(theme, QObject::tr("View"), {{QObject::tr("Table"), Icon::Table}, {QObject::tr("Tree"), Icon::Tree}}));
    choices->addSpacing(8);
    auto *narrow = new SegmentedSwitch(theme, QObject::tr("View"), {{QObject::tr("Table"), Icon::Table}, {QObject::tr("Tree"), Icon::Tree}});
    narrow->setOnlyIcons(true);
    narrow->choose(1);
    choices->addWidget(narrow);
    choices->addSpacing(8);
    auto *space = new DropButton(theme, DropButton::Frame::Flat, QStringLiteral("payments"));
    space->setCaption(QObject::tr("Namespace"));
    space->setStrong(true);
    space->setMenu(new QMenu);
    choices->addWidget(space);
    choices->addSpacing(4);
    auto *columns = new DropButton(theme, DropButton::Frame::Outlined, QObject::tr("Columns"));
    columns->showIcon(Icon::Columns);
    columns->setMenu(new QMenu);
    choices->addWidget(columns);
    choices->addStretch(1);
    across->addLayout(choices, 1);
    return gallerySection(theme, QObject::tr("Fields and choices"), across);
}

QWidget *chipSection(const Theme &theme)
{
    auto *column = new QVBoxLayout;
    column->setSpacing(10);
    auto *chips = new QHBoxLayout;
    chips->setSpacing(6);
    const auto chip = [&](Shape shape, const QString &name, qsizetype count, bool on) {
        auto *made = new Chip(theme, shape, name);
        made->setCount(count);
        made->setChecked(on);
        chips->addWidget(made);
    };
    chip(Shape::Bad, QObject::tr("Failing"), 7, true);
    chip(Shape::Warn, QObject::tr("Waiting"), 12, false);
    chip(Shape::Unknown, QObject::tr("Unknown"), 0, false);
    chips->addStretch(1);
    column->addLayout(chips);
    auto *parts = new QTabBar;
    parts->setAccessibleName(QObject::tr("Parts"));
    parts->setDrawBase(false);
    parts->setExpanding(false);
    for (const QString &name : {QObject::tr("Summary"), QObject::tr("Events"), QStringLiteral("YAML")})
        parts->addTab(name);
    parts->setTabData(1, QStringLiteral("6"));
    column->addWidget(parts);
    auto *pages = new QTabBar;
    pages->setAccessibleName(QObject::tr("Pages"));
    pages->setDocumentMode(true);
    pages->setDrawBase(false);
    pages->setExpanding(false);
    pages->setTabsClosable(true);
    pages->addTab(iconOf(theme, Icon::Pod), QObject::tr("Pods"));
    pages->addTab(iconOf(theme, Icon::CronJob), QObject::tr("Cron jobs"));
    column->addWidget(pages);
    return gallerySection(theme, QObject::tr("Chips and tabs"), column);
}

QWidget *menuSection(const Theme &theme)
{
    auto *column = new QVBoxLayout;
    const auto separator = [] {
        QStyleOptionMenuItem item;
        item.menuItemType = QStyleOptionMenuItem::Separator;
        return item;
    };
    const auto icon = [&theme](Icon which, Ink ink = &Tokens::muted) { return iconOf(theme, which, ink); };
    QStyleOptionMenuItem copy = menuItem(QObject::tr("Copy"), icon(Icon::Copy));
    copy.menuItemType = QStyleOptionMenuItem::SubMenu;
    QStyleOptionMenuItem wide = menuItem(QObject::tr("Wide columns"));
    wide.checkType = QStyleOptionMenuItem::NonExclusive;
    wide.checked = true;
    QList<QStyleOptionMenuItem> items{menuItem(QObject::tr("Open\tEnter"), icon(Icon::External)),
        menuItem(QObject::tr("Logs\tL"), icon(Icon::Config), enabled | QStyle::State_Selected), wide, separator(), copy,
        menuItem(QObject::tr("Restart owner…\tR"), icon(Icon::Read)), menuItem(QObject::tr("Edit…\tE"), icon(Icon::Edit), QStyle::State_None),
        separator(), menuItem(QObject::tr("Delete…\tDel"), icon(Icon::Trash, &Tokens::bad))};
    int height = 10;
    for (const QStyleOptionMenuItem &item : items)
        height += menuItemSize(theme, item).height();
    column->addWidget(new Specimen({218, height}, [&theme, items](QPainter &painter, const QRectF &rect) {
        drawBox(painter, rect, menuGround(theme.tokens()), theme.tokens().edge, 1, 0);
        int y = 5;
        for (QStyleOptionMenuItem item : items) {
            const int own = menuItemSize(theme, item).height();
            item.rect = QRect(1, y, int(rect.width()) - 2, own);
            paintMenuItem(painter, theme, item);
            y += own;
        }
    }));
    return gallerySection(theme, QObject::tr("Context menu"), column);
}

QWidget *noticeSection(const Theme &theme)
{
    auto *column = new QVBoxLayout;
    column->setSpacing(8);
    column->addWidget(new Specimen({184, 50}, [&theme](QPainter &painter, const QRectF &rect) {
        const QPalette palette = theme.palette();
        const Tokens &t = theme.tokens();
        drawBox(painter, rect, palette.color(QPalette::ToolTipBase), t.scheme == Scheme::Dark ? t.edge : QColor(), 1, 0);
        const QFont font = theme.font(FontRole::Small);
        const QColor ink = palette.color(QPalette::ToolTipText);
        drawText(
            painter, QRectF(8, 5, rect.width() - 16, 20), Qt::AlignLeft, QStringLiteral("2026-11-24 10:32:07 +01:00"), font, ink, Shaping::Exact);
        drawText(painter, QRectF(8, 25, rect.width() - 16, 20), Qt::AlignLeft, QStringLiteral("2026-11-24 09:32:07 UTC"), font, ink, Shaping::Exact);
    }));
    struct Notice {
        Shape shape;
        QString text;
    };
    const std::array notices{Notice{Shape::Bad, QObject::tr("Killed at its limit")}, Notice{Shape::Warn, QObject::tr("Two share a name")},
        Notice{Shape::Unknown, QObject::tr("No word for 38 s")}, Notice{Shape::Ok, QObject::tr("All 1,204 pods healthy")}};
    for (const Notice &notice : notices) {
        auto *banner = new Banner(theme, Banner::Hairline::None);
        banner->say(notice.shape, QString(), notice.text);
        column->addWidget(banner);
    }
    return gallerySection(theme, QObject::tr("Tool tip and notices"), column);
}

} // namespace fairlead::ui
