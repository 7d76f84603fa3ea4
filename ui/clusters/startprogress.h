// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/theme.h"

#include <QWidget>

namespace fairlead::ui {

class Button;
class Mark;
class PlainLabel;
class Well;

/// What the programs print that start a test cluster, as they print it, and the button that ends them.
class StartProgress : public QWidget {
    Q_OBJECT

public:
    static constexpr int mostLines = 2'000; ///< older ones go

    explicit StartProgress(const Theme &theme, QWidget *parent = nullptr);

    /// Empties it; from now on something is under way.
    void begin(const QString &title);
    void addLine(const QString &line); ///< foreign
    /// Cancel was pressed: nothing can be done but to wait.
    void showEnding();
    /// The end of what was printed, for who asks why it failed.
    [[nodiscard]] QString lastLines() const;

Q_SIGNALS:
    void cancelWanted();

private:
    PlainLabel *m_title;
    PlainLabel *m_note;
    Button *m_cancel;
    Well *m_output;
};

} // namespace fairlead::ui
