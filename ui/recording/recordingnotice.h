// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/theme.h"

#include <QWidget>

namespace fairlead::ui {

class Button;

/// One line below the window's header: that this is a recording, and what else could be opened. On a tint of the context's colour. 33 px high.
/// Thread: GUI.
class RecordingNotice : public QWidget {
    Q_OBJECT

public:
    static constexpr int tall = 33; ///< px

    /// `colour`: the context's number, as in Theme::contextColour().
    RecordingNotice(const Theme &theme, int colour, QWidget *parent = nullptr);

    /// As it begins, it is not.
    void offerLocalCluster(bool offered);

Q_SIGNALS:
    void openWanted();
    void localClusterWanted();
    /// A person does not want to see it any more; it is hidden already.
    void closed();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    const int m_colour;
    Button *m_local;
};

} // namespace fairlead::ui
