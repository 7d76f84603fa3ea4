// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/tablestanding.h"

namespace fairlead::items {

using kube::Phase;

namespace {

bool isRight(const Error &error)
{
    return error.code == Code::Forbidden || error.code == Code::Unauthorized;
}

} // namespace

TableStanding TableStanding::of(const kube::State &state, std::size_t rows, std::size_t shown)
{
    TableStanding is;
    is.error = state.why;
    if (!is.error && rows == 0 && !state.refused.empty())
        is.error = state.refused.begin()->second; // of several namespaces none has rows, and some were refused
    if (state.phase == Phase::Ended) {
        is.what = What::Ended;
        is.whole = true;
        return is;
    }
    if (rows == 0 && is.error) {
        is.what = isRight(*is.error) ? What::NoRight : What::Failed;
        is.whole = true;
        return is;
    }
    is.stale = state.phase == Phase::Stale;
    is.whole = state.phase == Phase::Live || is.stale;
    if (shown > 0)
        is.what = What::Content;
    else if (rows > 0)
        is.what = What::Filtered;
    else
        is.what = is.whole ? What::NoObjects : What::Loading;
    return is;
}

} // namespace fairlead::items
