// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/settings.h"
#include "ui/widgets/detailpane.h"

#include <QSplitter>

#include <optional>

namespace fairlead::ui {

/// Rows, and the chosen object's pane docked beside them: below, or at the right where there is room. A person's choice of the place is
/// remembered.
///
/// Thread: GUI. Owner: the page; owns both.
class PaneDock : public QSplitter {
    Q_OBJECT

public:
    static constexpr int besideFrom = 1500; ///< logical pixels of width: from there on the pane is at the right
    static constexpr int paneHeight = 230;
    static constexpr int paneWidth = 500;

    PaneDock(Settings &settings, QWidget *rows);

    /// Once; null: nothing is docked.
    void setPane(DetailPane *pane);
    [[nodiscard]] bool hasPane() const { return m_pane != nullptr; }
    [[nodiscard]] bool isOpen() const { return m_pane != nullptr && !m_pane->isHidden(); }
    /// Nothing is shown, or all of it.
    [[nodiscard]] bool isComplete() const { return !isOpen() || m_pane->isComplete(); }

    void open(const kube::Resource &resource, const std::string &space, const std::string &name, const std::string &tab);
    void close();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void dock();

    Settings &m_settings;
    DetailPane *m_pane = nullptr;
    std::optional<DetailPane::Dock> m_chosen;
};

} // namespace fairlead::ui
