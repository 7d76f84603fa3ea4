// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "contexts/contextlist.h"
#include "items/contextmodel.h"
#include "ui/widgets/theme.h"

#include <QWidget>

namespace fairlead::ui {

class Banner;
class MessagePanel;
class PageHeader;
class ProblemPane;
class TableView;

/// Every context of every kubeconfig, one row each; or why there is none; or why it cannot be said.
///
/// Promise: one of content, empty and failed is always shown; the captions stand over each of them; what the files' reader warned of
/// stands above the rows, what is wrong with the chosen context below them. Asks no server.
class ClustersPage : public QWidget {
    Q_OBJECT

public:
    explicit ClustersPage(const Theme &theme, QWidget *parent = nullptr);

    /// May be called again: rows of the same context stay, with selection and scroll.
    void setList(const contexts::ContextList &list);

private:
    void showWarnings(const contexts::ContextList &list);
    void showChosen();
    [[nodiscard]] QString countText(const contexts::ContextList &list) const;

    const Theme &m_theme;
    items::ContextModel m_model;
    PageHeader *m_header;
    Banner *m_warning;
    ProblemPane *m_chosen;
    TableView *m_table;
    MessagePanel *m_message;
};

} // namespace fairlead::ui
