// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/overview/spacerows.h"

#include "items/plaintext.h"
#include "ui/overview/chartcard.h"
#include "ui/widgets/words.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>

namespace fairlead::ui {

namespace {

constexpr std::size_t mostRows = 200;

} // namespace

SpaceRows::SpaceRows(const overview::Figures &figures, const Used &used)
    : m_isUsedKnown(used.total.has_value())
{
    using Phase = metrics::UsageFeed::Phase;
    std::map<std::string, Space> all;
    for (const overview::SpaceUse &use : figures.spaces)
        all[use.space].asked = use.resources;
    for (const auto &[name, amounts] : used.spaces)
        all[name].used = amounts;
    for (auto &[name, space] : all) {
        space.name = items::plainText(name);
        m_spaces.push_back(std::move(space));
    }
    const auto size = [this](const Space &space) { return m_isUsedKnown ? space.used.cpu : space.asked.requests.cpu; };
    std::stable_sort(m_spaces.begin(), m_spaces.end(),
        [&size](const Space &a, const Space &b) { return size(a) != size(b) ? size(a) > size(b) : a.asked.requests.cpu > b.asked.requests.cpu; });
    if (!figures.pods.known)
        m_note = tr("pods not known");
    else if (m_spaces.empty())
        m_note = tr("no pod on a node");
    else if (!m_isUsedKnown && used.phase == Phase::Absent)
        m_note = tr("no metrics API");
    else if (!m_isUsedKnown && used.phase == Phase::Failing)
        m_note = tr("the metrics API fails");
}

void SpaceRows::show(ChartCard &card, SpacesChart &chart, bool twin) const
{
    card.setTitle(m_isUsedKnown ? tr("CPU by namespace") : tr("CPU requested by namespace"));
    card.setNote(m_note);
    card.setCaptions(m_isUsedKnown && !twin ? QStringList{tr("used"), tr("req.")} : QStringList(), SpacesChart::figureWide);
    if (twin)
        card.table().show(captions(), table());
    else
        chart.show(this->chart());
}

QList<SpacesChart::Row> SpaceRows::chart() const
{
    QList<SpacesChart::Row> rows;
    SpacesChart::Row rest;
    const bool cut = m_spaces.size() > std::size_t(SpacesChart::most);
    const std::size_t shown = cut ? SpacesChart::most - 1 : m_spaces.size();
    for (std::size_t i = 0; i < m_spaces.size(); ++i) {
        const double asked = m_spaces[i].asked.requests.cpu;
        const auto used = m_isUsedKnown ? std::optional(m_spaces[i].used.cpu) : std::nullopt;
        if (i < shown) {
            rows.append(SpacesChart::Row{m_spaces[i].name, asked, used, false});
            continue;
        }
        rest.asked += asked;
        if (used)
            rest.used = rest.used.value_or(0) + *used;
    }
    if (cut) {
        rest.name = tr("%1 others").arg(m_spaces.size() - shown);
        rest.others = true;
        rows.append(rest);
    }
    return rows;
}

QStringList SpaceRows::captions() const
{
    return m_isUsedKnown ? QStringList{tr("Namespace"), tr("CPU used"), tr("Req."), tr("Memory used"), tr("Req.")}
                         : QStringList{tr("Namespace"), tr("CPU"), tr("Limit"), tr("Memory"), tr("Limit")};
}

QList<QStringList> SpaceRows::table() const
{
    QList<QStringList> rows;
    for (std::size_t i = 0; i < std::min(m_spaces.size(), mostRows); ++i) {
        const auto &[name, asked, used] = m_spaces[i];
        const QString cpu = coresText(asked.requests.cpu);
        const QString memory = bytesText(asked.requests.memory).both();
        rows << (m_isUsedKnown ? QStringList{name, coresText(used.cpu), cpu, bytesText(used.memory).both(), memory}
                               : QStringList{name, cpu, coresText(asked.limits.cpu), memory, bytesText(asked.limits.memory).both()});
    }
    return rows;
}

} // namespace fairlead::ui
