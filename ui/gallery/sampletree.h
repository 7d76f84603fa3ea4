// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/rowdelegate.h"

#include <QStandardItemModel>

namespace fairlead::ui {

/// A deployment and a cron job with what they own, and a side list of kinds: for the gallery's trees.
class SampleTree : public QStandardItemModel {
    Q_OBJECT

public:
    enum class What { Owners, Kinds };

    explicit SampleTree(What what, QObject *parent = nullptr);

    [[nodiscard]] static RowRoles roles(What what);
};

} // namespace fairlead::ui
