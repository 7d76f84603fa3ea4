// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/contextmodel.h"
#include "ui/widgets/theme.h"

#include <QWidget>

#include <array>
#include <map>
#include <string>

class QListView;

namespace fairlead::ui {

class Banner;
class Button;
class PlainLabel;
class SearchField;

/// What the header's context chip opens: the contexts, one of them chosen by typing or by arrows, and beside them what the window is about
/// now and what it would be about then; what differs is marked. Nothing is opened before it is said.
///
/// Enter opens the chosen one here, Ctrl+Enter in a new window; Esc closes. One that cannot be opened can be chosen too: it says why.
/// Thread: GUI. Owner: the chip. Asks no server: how they do is told by setReach().
class SwitchForm : public QWidget {
    Q_OBJECT

public:
    explicit SwitchForm(const Theme &theme, QWidget *parent = nullptr);

    void setList(const contexts::ContextList &list);
    void setReach(const std::string &context, const contexts::Reach &reach);
    /// The window's own; empty: it is about none.
    void setOpened(const std::string &context);

    [[nodiscard]] const items::ContextModel &model() const { return m_model; }
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void chosen(const std::string &context, bool newWindow);
    void allWanted();

protected:
    void showEvent(QShowEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    class Sheet;
    enum Fact { Context, Server, User, SignIn, Namespace, Version, Facts };

    void build();
    void takeBest();
    void take(bool newWindow);
    void showChosen();
    [[nodiscard]] QString fact(int fact, const contexts::ContextFacts &facts) const;
    [[nodiscard]] const contexts::ContextFacts *opened() const;

    const Theme &m_theme;
    items::ContextModel m_model;
    contexts::ContextList m_list;
    std::map<std::string, contexts::Reach> m_reach;
    std::string m_opened;
    SearchField *m_field;
    PlainLabel *m_count;
    QListView *m_rows;
    QWidget *m_sheet; ///< now and then
    Banner *m_why;
    std::array<PlainLabel *, Facts> m_now{};
    std::array<PlainLabel *, Facts> m_then{};
    Button *m_all;
    Button *m_newWindow;
    Button *m_here;
};

} // namespace fairlead::ui
