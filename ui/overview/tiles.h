// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "overview/overview.h"
#include "ui/overview/tile.h"
#include "ui/overview/used.h"

#include <QCoreApplication>
#include <QString>

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace fairlead::ui {

/// What the six tiles say of a glance. Pure.
class Tiles {
    Q_DECLARE_TR_FUNCTIONS(fairlead::ui::Tiles)

public:
    /// In their order: pods, workloads, jobs, nodes, CPU, memory.
    [[nodiscard]] static std::array<TileFacts, 6> of(
        const overview::Overview::Glance &glance, const overview::History &history, const Used &used = {});
    /// While nothing is known yet.
    [[nodiscard]] static std::array<TileFacts, 6> empty();

    /// Where a part leads: rows of a kind in one state. Several kinds: the person chooses.
    struct Target {
        struct Rows {
            std::string kind; ///< qualified name
            std::int64_t count = 0;
        };
        std::vector<Rows> rows;
        std::string states; ///< a name of kinds::Health
    };
    [[nodiscard]] static Target targetOf(const QString &target, const overview::Figures &figures);

private:
    static TileFacts census(const QString &title, const overview::Census &census, const overview::ValueSeries &trend, const std::string &kind,
        const std::vector<std::string> &kinds);
    static TileFacts capacity(
        const QString &title, const overview::Overview::Glance &glance, const overview::ValueSeries &trend, const Used &used, bool memory);
};

} // namespace fairlead::ui
