// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "contexts/contextlist.h"
#include "contexts/reach.h"
#include "ui/widgets/shapes.h"
#include "ui/widgets/theme.h"

#include <QWidget>

class QGridLayout;

namespace fairlead::ui {

class Banner;
class Button;
class CheckSteps;
class PlainLabel;

/// All that is known of the chosen context, docked below the rows: what is wrong in the server's or the file's words and what
/// to do about it, how far the check came, and the values as they stand in the file.
class ContextPane : public QWidget {
    Q_OBJECT

public:
    explicit ContextPane(const Theme &theme, QWidget *parent = nullptr);

    /// `home` is for short paths. May be called again.
    void show(const contexts::ContextFacts &facts, const contexts::Reach &reach, const std::string &home);

Q_SIGNALS:
    void openWanted();
    void checkWanted();
    void copyWanted(); ///< the server's address
    void closeWanted();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    class Head;
    PlainLabel *addFact(QGridLayout &grid, int row, int column, const QString &name);

    const Theme &m_theme;
    Head *m_head;
    PlainLabel *m_name;
    PlainLabel *m_file;
    Button *m_open;
    Button *m_check;
    Button *m_copy;
    Banner *m_banner;
    PlainLabel *m_remedy;
    CheckSteps *m_steps;
    PlainLabel *m_server;
    PlainLabel *m_cluster;
    PlainLabel *m_user;
    PlainLabel *m_namespace;
    PlainLabel *m_ends;
    PlainLabel *m_last;
};

} // namespace fairlead::ui
