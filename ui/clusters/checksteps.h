// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "contexts/contextlist.h"
#include "contexts/reach.h"
#include "ui/widgets/shapes.h"
#include "ui/widgets/theme.h"

#include <QList>
#include <QWidget>

namespace fairlead::ui {

/// The way from the kubeconfig to the server's answer, step by step, and where it ends. Under each its name and a few words.
///
/// A step that was not reached is a grey ring. Its accessible name says all of it.
class CheckSteps : public QWidget {
    Q_OBJECT

public:
    struct Step {
        enum class State { Done, Under, Failed, NotDone };
        QString name;
        State state = State::NotDone;
        Shape shape = Shape::None; ///< of a failed one: cross or ring
        QString note;
    };

    explicit CheckSteps(const Theme &theme, QWidget *parent = nullptr);

    void setSteps(const QList<Step> &steps);
    [[nodiscard]] const QList<Step> &steps() const { return m_steps; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    QList<Step> m_steps;
};

/// The steps of one context's last check.
[[nodiscard]] QList<CheckSteps::Step> stepsOf(const contexts::ContextFacts &facts, const contexts::Reach &reach);

} // namespace fairlead::ui
