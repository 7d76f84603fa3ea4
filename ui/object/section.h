// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/theme.h"

#include <QWidget>

class QVBoxLayout;

namespace fairlead::ui {

class PlainLabel;

/// A part of a summary: its caption, a note at the right, a hairline, what stands below.
class Section : public QWidget {
    Q_OBJECT

public:
    Section(const Theme &theme, const QString &title, QWidget *parent = nullptr);

    void setTitle(const QString &title);
    void setNote(const QString &note);
    /// Taken.
    void add(QWidget *widget);

private:
    PlainLabel *m_title;
    PlainLabel *m_note;
    QVBoxLayout *m_column;
};

} // namespace fairlead::ui
