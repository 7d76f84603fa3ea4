// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "overview/overview.h"
#include "ui/widgets/theme.h"

#include <QWidget>

namespace fairlead::ui {

class Mark;
class PlainLabel;

/// Nothing is broken: one calm line, and what was looked at. Thread: GUI.
class HealthyView : public QWidget {
    Q_OBJECT

public:
    explicit HealthyView(const Theme &theme, QWidget *parent = nullptr);

    void show(const overview::Overview::Glance &glance);
    /// What was looked at: "12 pods, 3 workloads, … looked at."
    [[nodiscard]] static QString lookedAt(const overview::Figures &figures);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    PlainLabel *m_title;
    PlainLabel *m_text;
};

} // namespace fairlead::ui
