// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "contexts/contextlist.h"
#include "ui/widgets/messagepanel.h"

namespace fairlead::ui {

/// What a button of the page's message does.
enum class Action { None, OpenFile, StartCluster, ReadAgain, ClearFilter, Back };

/// A message, and what the button of each of its steps does.
struct Offer {
    Message message;
    QList<Action> actions;
};

/// Whether a test cluster can be started from here.
enum class TestCluster { Offered, Absent };

/// What the Clusters page says where there is no context: where was looked, what can be done.
[[nodiscard]] Offer emptyOffer(const contexts::ContextList &list, TestCluster testCluster);

/// What it says where the kubeconfig could not be read: file, line, reason, what can be done.
[[nodiscard]] Offer failedOffer(const contexts::ContextList &list);

/// What it says where the filter hides all of them.
[[nodiscard]] Message hiddenMessage(int contexts, const QString &filter);

} // namespace fairlead::ui
