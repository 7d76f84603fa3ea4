// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/resources/resourcesbar.h"

#include "ui/widgets/chip.h"
#include "ui/widgets/dropbutton.h"
#include "ui/widgets/healthshape.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/segmentedswitch.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>

#include <algorithm>
#include <array>
#include <utility>

namespace fairlead::ui {

namespace {

using kinds::Health;

// Worst first: what is wrong stands at the left, and keeps its name longest.
constexpr std::array<Health, kinds::healthCount> worstFirst = {
    Health::Failed, Health::Degraded, Health::Progressing, Health::Healthy, Health::Idle, Health::Unknown};

constexpr int filterLeast = 160;
constexpr int filterMost = 226;

} // namespace

ResourcesBar::ResourcesBar(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_row(new QHBoxLayout(this))
    , m_title(new PlainLabel(theme, FontRole::Title, &Tokens::text))
    , m_count(new PlainLabel(theme, FontRole::Body, &Tokens::muted, Shaping::Exact))
    , m_filter(new SearchField(theme, tr("Filter")))
    , m_view(new SegmentedSwitch(theme, tr("View"), {{.text = tr("Table"), .icon = Icon::Table}, {.text = tr("Tree"), .icon = Icon::Tree}}))
    , m_work(new DropButton(theme, DropButton::Frame::Outlined, tr("Work")))
    , m_groups(new DropButton(theme, DropButton::Frame::Outlined, tr("Group")))
    , m_columns(new DropButton(theme, DropButton::Frame::Outlined, tr("Columns")))
{
    setFixedHeight(measure::bar);
    m_filter->setShortcutHint(tr("Ctrl+F"));
    m_filter->setMinimumWidth(filterLeast);
    m_filter->setMaximumWidth(filterMost);
    m_filter->setFocusPolicy(Qt::StrongFocus);
    m_work->showIcon(Icon::Job);
    m_work->setMostWidth(180);
    m_work->hide();
    m_groups->showIcon(Icon::Folder);
    m_groups->setMostWidth(180);
    m_groups->hide();
    m_columns->showIcon(Icon::Columns);
    m_row->setContentsMargins(measure::margin, 0, measure::margin, 1);
    m_row->setSpacing(measure::between);
    m_row->addWidget(m_title);
    m_row->addWidget(m_count);
    m_row->addWidget(m_filter, 1);
    m_chipsAt = m_row->count();
    m_row->addStretch(2);
    m_row->addWidget(m_work);
    m_row->addWidget(m_groups);
    m_row->addWidget(m_view);
    m_row->addWidget(m_columns);
    connect(m_view, &SegmentedSwitch::chosenChanged, this, [this](int part) { Q_EMIT viewChosen(part == 0 ? View::Table : View::Tree); });
}

void ResourcesBar::setTitle(const QString &title)
{
    m_title->setLine(title);
    arrange();
}

void ResourcesBar::setCount(const QString &count)
{
    m_count->setLine(count);
}

void ResourcesBar::setKind(const kinds::Kind &kind)
{
    for (const auto &[health, chip] : m_chips)
        delete chip;
    m_chips.clear();
    if (kind.hasHealth()) {
        int at = m_chipsAt;
        for (const Health health : worstFirst) {
            const std::string_view word = kind.word(health);
            auto *chip = new Chip(m_theme, shapeOf(health), QString::fromUtf8(word.data(), qsizetype(word.size())), this);
            chip->setCheckable(true);
            m_row->insertWidget(at++, chip);
            m_chips.emplace_back(health, chip);
            connect(chip, &QAbstractButton::clicked, this, &ResourcesBar::chosenChanged);
        }
    }
    setCounts({});
}

void ResourcesBar::setCounts(const kinds::HealthCounts &counts)
{
    for (const auto &[health, chip] : m_chips) {
        chip->setCount(counts.count(health));
        // What never happened takes no room, unless somebody filters by it.
        chip->setVisible(counts.count(health) > 0 || chip->isChecked());
    }
    arrange();
}

void ResourcesBar::setView(View view)
{
    m_view->choose(view == View::Table ? 0 : 1);
    m_columns->setVisible(view == View::Table);
    m_groups->setVisible(view == View::Tree);
    arrange();
}

void ResourcesBar::setGrouping(const QString &words)
{
    m_groups->setWords(words.isEmpty() ? tr("Group") : tr("By %1").arg(words));
    m_groups->setStrong(!words.isEmpty());
    arrange();
}

std::set<Health> ResourcesBar::chosen() const
{
    std::set<Health> chosen;
    for (const auto &[health, chip] : m_chips) {
        if (chip->isChecked())
            chosen.insert(health);
    }
    return chosen;
}

void ResourcesBar::choose(const std::set<Health> &healths)
{
    for (const auto &[health, chip] : m_chips) {
        chip->setChecked(healths.count(health) > 0);
        chip->setVisible(chip->isVisibleTo(this) || chip->isChecked());
    }
    arrange();
}

std::string ResourcesBar::chosenNames() const
{
    std::string names;
    for (const Health health : chosen())
        names += (names.empty() ? "" : ",") + std::string(kinds::name(health));
    return names;
}

void ResourcesBar::chooseNamed(std::string_view names)
{
    std::set<Health> healths;
    for (const QString &name : QString::fromUtf8(names.data(), qsizetype(names.size())).split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        for (std::size_t i = 0; i < kinds::healthCount; ++i) {
            if (kinds::name(Health(i)) == name.trimmed().toStdString())
                healths.insert(Health(i));
        }
    }
    choose(healths);
}

void ResourcesBar::arrange()
{
    constexpr int wide = 1400; // where the switch and the columns have room for words
    m_view->setOnlyIcons(width() < wide);
    m_columns->setOnlyIcon(width() < wide);
    m_work->setOnlyIcon(width() < wide);
    m_groups->setOnlyIcon(width() < wide);
    for (const auto &[health, chip] : m_chips)
        chip->setNarrow(false);
    const auto wanted = [this] {
        int sum = 2 * measure::margin;
        for (int i = 0; i < m_row->count(); ++i) {
            QWidget *const widget = m_row->itemAt(i)->widget();
            if (widget != nullptr && widget->isVisibleTo(this))
                sum += (widget == m_filter ? filterLeast : widget->sizeHint().width()) + m_row->spacing();
        }
        return sum;
    };
    for (auto chip = m_chips.rbegin(); chip != m_chips.rend() && wanted() > width(); ++chip)
        chip->second->setNarrow(true);
    m_row->activate(); // now: a picture may be taken before the event loop comes round
}

void ResourcesBar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

// The page's button came, went or has other words: there is another room for the chips. Chips themselves change in arrange().
bool ResourcesBar::event(QEvent *event)
{
    const bool done = QWidget::event(event);
    if (event->type() != QEvent::LayoutRequest)
        return done;
    const int width = m_work->isVisibleTo(this) ? m_work->sizeHint().width() : 0;
    if (std::exchange(m_workWidth, width) != width)
        arrange();
    return done;
}

void ResourcesBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(QRect(0, height() - 1, width(), 1), m_theme.tokens().line);
}

} // namespace fairlead::ui
