// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "contexts/contextlist.h"
#include "ui/widgets/messagepanel.h"

namespace fairlead::ui {

/// What the Clusters page says where there is no context: where was looked, what can be done.
[[nodiscard]] Message emptyMessage(const contexts::ContextList &list);

/// What it says where the kubeconfig could not be read: file, line, reason, what can be done.
[[nodiscard]] Message failedMessage(const contexts::ContextList &list);

} // namespace fairlead::ui
