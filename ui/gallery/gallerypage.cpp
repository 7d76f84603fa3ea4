// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/gallerypage.h"

#include "ui/gallery/sections.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/pageheader.h"
#include "ui/widgets/segmentedswitch.h"

#include <QHBoxLayout>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace fairlead::ui {

namespace {

constexpr std::array parts{"controls", "icons", "states", "lists"};

QWidget *controls(const Theme &theme)
{
    auto *all = new QWidget;
    auto *across = new QHBoxLayout(all);
    across->setContentsMargins(measure::group, measure::margin, measure::group, measure::margin);
    across->setSpacing(18);
    const auto column = [across](std::initializer_list<QWidget *> sections) {
        auto *made = new QVBoxLayout;
        made->setSpacing(measure::margin);
        for (QWidget *section : sections)
            made->addWidget(section);
        made->addStretch(1);
        across->addLayout(made);
    };
    column({tokenSection(theme), shapeSection(theme), contextColourSection(theme), typeSection(theme)});
    column({buttonSection(theme), rowSection(theme), chipSection(theme), fieldSection(theme)});
    column({menuSection(theme), noticeSection(theme)});
    across->addStretch(1);
    return all;
}

QWidget *iconPart(const Theme &theme)
{
    auto *all = new QWidget;
    auto *column = new QVBoxLayout(all);
    column->setContentsMargins(measure::group, measure::margin, measure::group, measure::margin);
    column->addWidget(iconSection(theme));
    column->addStretch(1);
    return all;
}

QWidget *scrolled(QWidget *contents, const QString &name)
{
    auto *area = new QScrollArea;
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setWidget(contents);
    area->setFocusPolicy(Qt::StrongFocus);
    area->setAccessibleName(name);
    return area;
}

} // namespace

GalleryPage::GalleryPage(const PageContext &context, const Destination &destination)
    : GalleryPage(context.theme, destination)
{
}

GalleryPage::GalleryPage(const Theme &theme, const Destination &destination)
    : m_switch(new SegmentedSwitch(theme, tr("Part"), {{tr("Controls"), {}}, {tr("Icons"), {}}, {tr("States"), {}}, {tr("Lists"), {}}}))
    , m_stack(new QStackedWidget)
{
    setObjectName(QStringLiteral("gallery"));
    setAccessibleName(tr("Gallery"));
    auto *header = new PageHeader(theme, tr("Gallery"));
    header->setCount(theme.scheme() == Scheme::Dark ? tr("dark") : tr("light"));
    header->addStretch();
    header->add(m_switch);
    m_stack->addWidget(scrolled(controls(theme), tr("Controls")));
    m_stack->addWidget(scrolled(iconPart(theme), tr("Icons")));
    m_stack->addWidget(scrolled(pageStates(theme), tr("States")));
    m_stack->addWidget(scrolled(listSections(theme), tr("Lists")));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(header);
    column->addWidget(m_stack, 1);
    connect(m_switch, &SegmentedSwitch::chosenChanged, this, &GalleryPage::show);
    goTo(destination);
}

QString GalleryPage::title() const
{
    return tr("Gallery");
}

Destination GalleryPage::destination() const
{
    return {.page = "gallery", .tab = parts[std::size_t(m_stack->currentIndex())]};
}

bool GalleryPage::goTo(const Destination &destination)
{
    const auto *const found = std::find(parts.begin(), parts.end(), destination.tab);
    const int part = found == parts.end() ? 0 : int(found - parts.begin());
    m_switch->choose(part);
    show(part);
    return true;
}

void GalleryPage::show(int part)
{
    m_stack->setCurrentIndex(part);
}

} // namespace fairlead::ui
