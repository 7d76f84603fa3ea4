// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "contexts/contextlist.h"
#include "ui/widgets/theme.h"

#include <QWidget>

namespace fairlead::ui {

class PlainLabel;

/// The 36 px under the band: which context, which namespace, which server this window is about. What can be chosen there
/// comes with the sessions; until then these are labels, not dead controls.
class HeaderBar : public QWidget {
    Q_OBJECT

public:
    explicit HeaderBar(const Theme &theme, QWidget *parent = nullptr);

    void setContext(const contexts::ContextFacts *facts);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    QColor m_colour;
    bool m_production = false;
    PlainLabel *m_none;
    PlainLabel *m_context;
    PlainLabel *m_namespaceCaption;
    PlainLabel *m_namespace;
    PlainLabel *m_server;
};

} // namespace fairlead::ui
