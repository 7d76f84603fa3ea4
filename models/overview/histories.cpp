// SPDX-License-Identifier: GPL-3.0-or-later
#include "overview/histories.h"

#include <algorithm>

namespace fairlead::overview {

Histories &Histories::of(kube::Session &session)
{
    auto *const there = session.findChild<Histories *>(QString(), Qt::FindDirectChildrenOnly);
    return there != nullptr ? *there : *new Histories(&session);
}

std::shared_ptr<History> Histories::look(const kube::Scope &scope)
{
    const auto unseen = [](const Kept &each) { return each.history.use_count() == 1; };
    const auto found = std::find_if(m_kept.begin(), m_kept.end(), [&scope](const Kept &each) { return each.scope == scope; });
    if (found != m_kept.end()) {
        if (unseen(*found))
            found->history->resume();
        m_kept.splice(m_kept.begin(), m_kept, found);
        return m_kept.front().history;
    }
    m_kept.push_front({scope, std::make_shared<History>()});
    auto history = m_kept.front().history;
    std::size_t kept = 0;
    m_kept.remove_if([&](const Kept &each) { return unseen(each) && ++kept > mostKept; });
    return history;
}

} // namespace fairlead::overview
