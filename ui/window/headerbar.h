// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "contexts/contextlist.h"
#include "kube/source.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/shapes.h"
#include "ui/widgets/theme.h"

#include <QWidget>

#include <optional>

namespace fairlead::ui {

class Button;
class ContextChip;
class DropButton;
class GoToField;
class LiveMark;
class NamespacePopup;
class PlainLabel;
class SwitchForm;

/// The 36 px under the band: side bar, which context, which namespaces, where to go, how fresh what is in front is, settings.
/// What a window without a cluster cannot do is not there.
class HeaderBar : public QWidget {
    Q_OBJECT

public:
    explicit HeaderBar(const Theme &theme, QWidget *parent = nullptr);

    void setContext(const contexts::ContextFacts *facts);
    void setScope(const kube::Scope &scope);
    /// Without words there is no mark. An icon stands in the shape's place.
    void setLive(Shape shape, const QString &words, const QString &more, std::optional<Icon> icon = {});

    /// What the chip offers; whoever shows the bar tells it which contexts there are and how they do.
    [[nodiscard]] SwitchForm *contexts() const { return m_switch; }
    [[nodiscard]] NamespacePopup *namespaces() const { return m_popup; }
    [[nodiscard]] GoToField *field() const { return m_field; }
    /// Its menu is the window's to fill.
    [[nodiscard]] DropButton *settingsButton() const { return m_settings; }
    /// Hidden until somebody shows it.
    [[nodiscard]] DropButton *recordButton() const { return m_record; }
    [[nodiscard]] DropButton *namespaceButton() const { return m_namespace; }
    void openContexts();

Q_SIGNALS:
    void sideBarToggled();
    void contextChosen(const std::string &name, bool newWindow);
    void clustersWanted();
    void namespacesOpening(); ///< the popup is about to be seen: now its names are wanted

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void arrange();

    const Theme &m_theme;
    Button *m_sideBar;
    PlainLabel *m_none;
    ContextChip *m_context;
    SwitchForm *m_switch;
    DropButton *m_namespace;
    NamespacePopup *m_popup;
    GoToField *m_field;
    LiveMark *m_live;
    DropButton *m_record;
    DropButton *m_settings;
};

} // namespace fairlead::ui
