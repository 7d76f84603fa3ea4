// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/theme.h"

#include <QPersistentModelIndex>
#include <QWidget>

namespace fairlead::ui {

class Button;
class PlainLabel;
class Well;

/// Beneath a finding: its evidence, what usually helps, and where one can go. Follows the row. Owner: the view.
class FindingDetail : public QWidget {
    Q_OBJECT

public:
    enum class Go { Object, Log, Rows, Again };

    /// `index`: the row beneath the finding's.
    FindingDetail(const Theme &theme, const QModelIndex &index, QWidget *parent);

    void take();
    [[nodiscard]] int heightFor(int width) const;

Q_SIGNALS:
    void wanted(fairlead::ui::FindingDetail::Go where);

private:
    const Theme &m_theme;
    QPersistentModelIndex m_index;
    PlainLabel *m_heading;
    PlainLabel *m_note;
    Well *m_evidence;
    PlainLabel *m_help;
    Button *m_open;
    Button *m_log;
    Button *m_rows;
    Button *m_again;
};

} // namespace fairlead::ui
