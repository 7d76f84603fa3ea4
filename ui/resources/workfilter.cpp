// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/resources/workfilter.h"

#include "ui/resources/resourcetable.h"
#include "ui/widgets/dropbutton.h"

#include <QLocale>
#include <QMenu>

#include <algorithm>
#include <array>

namespace fairlead::ui {

namespace {

using What = kinds::Work::What;

// What belongs apart stands first.
constexpr std::array<What, kinds::Work::count> order = {What::Mixed, What::Job, What::Service};

QString plural(What what)
{
    switch (what) {
    case What::Job:
        return WorkFilter::tr("Jobs");
    case What::Service:
        return WorkFilter::tr("Services");
    case What::Mixed:
        return WorkFilter::tr("Mixed");
    }
    return {};
}

} // namespace

WorkFilter::WorkFilter(DropButton &button, items::TableModel &rows, ResourceTable &table, QObject *parent)
    : QObject(parent)
    , m_button(button)
    , m_rows(rows)
    , m_table(table)
    , m_menu(new QMenu(&button))
{
    m_button.setMenu(m_menu);
    connect(&m_button, &DropButton::opening, this, [this] {
        m_lookedAt = true;
        update();
        fill();
    });
    connect(&m_rows, &items::TableModel::countsChanged, this, [this] {
        update();
        if (m_menu->isVisible())
            fill();
    });
    connect(&m_table, &ResourceTable::columnsChosen, this, &WorkFilter::update);
}

void WorkFilter::follow(bool asTable)
{
    m_asTable = asTable;
    m_lookedAt = false;
    m_rows.setWorkColumn(true);
    update();
}

void WorkFilter::choose(const std::set<What> &works)
{
    m_chosen = works;
    update();
}

std::string WorkFilter::chosenNames() const
{
    std::string names;
    for (const What what : m_chosen)
        names += (names.empty() ? "" : ",") + std::string(kinds::name(what));
    return names;
}

void WorkFilter::chooseNamed(std::string_view names)
{
    std::set<What> works;
    for (const QString &name : QString::fromUtf8(names.data(), qsizetype(names.size())).split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        for (const What what : order) {
            if (name.trimmed().toStdString() == kinds::name(what))
                works.insert(what);
        }
    }
    choose(works);
}

void WorkFilter::fill()
{
    m_menu->clear();
    for (const What what : order) {
        const auto count = m_rows.workCounts()[static_cast<std::size_t>(what)];
        QAction *const box = m_menu->addAction(tr("%1  %2").arg(plural(what), QLocale::c().toString(count)));
        box->setCheckable(true);
        box->setChecked(m_chosen.count(what) > 0);
        connect(box, &QAction::triggered, this, [this, what](bool on) {
            if (on)
                m_chosen.insert(what);
            else
                m_chosen.erase(what);
            update();
            Q_EMIT chosenChanged();
        });
    }
    m_menu->addSeparator();
    QAction *const all = m_menu->addAction(tr("All"));
    all->setEnabled(!m_chosen.empty());
    connect(all, &QAction::triggered, this, [this] {
        choose({});
        Q_EMIT chosenChanged();
    });
}

void WorkFilter::update()
{
    const auto &counts = m_rows.workCounts();
    const bool several = std::count_if(counts.begin(), counts.end(), [](auto count) { return count > 0; }) > 1;
    const bool told = kinds::workColumnOf(m_rows.kind()) != kinds::WorkColumn::None;
    m_button.setVisible(m_asTable && told && (several || !m_chosen.empty() || m_table.shows(items::TableColumns::Own::Work)));
    QStringList words;
    for (const What what : order) {
        if (m_chosen.count(what) > 0)
            words << plural(what);
    }
    m_button.setWords(words.isEmpty() ? tr("Work") : words.join(QStringLiteral(", ")));
    m_button.setStrong(!words.isEmpty());
    m_rows.setWorkExact(m_asTable && (m_lookedAt || !m_chosen.empty() || m_table.shows(items::TableColumns::Own::Work)));
}

} // namespace fairlead::ui
