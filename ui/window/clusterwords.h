// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "contexts/clusters.h"
#include "contexts/reachability.h"
#include "kube/store.h"
#include "ui/widgets/messagepanel.h"
#include "ui/widgets/page.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/shapes.h"

#include <QStringList>

#include <optional>

namespace fairlead::ui {

/// How fresh what is in front is, for the header's mark; without words there is nothing to say.
struct Freshness {
    Shape shape = Shape::None;
    QString words;
    QString more; ///< for the tool tip: since when, and why
};

[[nodiscard]] Freshness freshnessOf(const std::optional<kube::State> &state, Clock::TimePoint now);

/// For the left of the status line: version, round trip, how many watches, the last word of the server.
[[nodiscard]] QStringList clusterFacts(const contexts::OpenCluster &cluster, const contexts::Reach &reach);

/// Of a window that shows a cluster, or a recording in its place: the header's mark and the status line.
struct StatusWords {
    Freshness live;
    std::optional<Icon> icon; ///< in the place of both shapes
    Shape shape = Shape::None;
    QStringList facts;
    QString right;
};

/// `page` may be null.
[[nodiscard]] StatusWords statusWords(const contexts::OpenCluster &cluster, const Page *page, const contexts::Reach &reach);

/// "Pods – staging-eu – Fairlead". `page` may be null, `context` empty.
[[nodiscard]] QString titleWords(const Page *page, const std::string &context);

/// The status line of a window that shows no cluster: how many contexts there are and how many answer.
struct ListWords {
    Shape shape = Shape::None;
    QStringList facts;
    QString right;
};

[[nodiscard]] ListWords listWords(const contexts::ContextList &list, const contexts::Reachability &reachability);

/// What stands in the pages' place where a context could not be opened.
[[nodiscard]] Message refusalMessage(const Error &error);

/// "0.4 s", "38 s", "4 min", "2 h".
[[nodiscard]] QString spanWords(Clock::Duration span);

} // namespace fairlead::ui
