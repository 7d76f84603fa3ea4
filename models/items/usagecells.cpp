// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/usagecells.h"

namespace fairlead::items::usagecells {

using Own = TableColumns::Own;

QString text(const metrics::Usage *usage, Own what)
{
    if (usage == nullptr)
        return QStringLiteral("–");
    return QString::fromStdString(what == Own::Cpu ? metrics::cpuText(usage->nanoCores) : metrics::memoryText(usage->bytes));
}

kinds::SortKey sortKey(const metrics::Usage *usage, Own what)
{
    if (usage == nullptr)
        return {};
    return {
        .rank = kinds::SortKey::Rank::Value, .first = what == Own::Cpu ? double(usage->nanoCores) : double(usage->bytes), .second = 0, .text = {}};
}

QString longest(Own what)
{
    switch (what) {
    case Own::Cpu:
        return QStringLiteral("8888m");
    case Own::Memory:
        return QStringLiteral("8888Mi");
    case Own::Work:
        return QStringLiteral("service: is probed, serves :8080");
    case Own::None:
        break;
    }
    return {};
}

} // namespace fairlead::items::usagecells
