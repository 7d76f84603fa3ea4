// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "logs/logfollower.h"
#include "logs/podcontainers.h"
#include "ui/widgets/theme.h"

#include <QWidget>

#include <string>
#include <vector>

class QHBoxLayout;
class QMenu;

namespace fairlead::ui {

class Button;
class DropButton;
class SearchField;
class SegmentedSwitch;

/// What stands over a log: which container and which run of it, from when, follow, search, and what is done with the lines. One row of 34 px
/// where there is room, else two; containers that do not fit are in a menu. Says what was chosen, decides nothing.
class LogBar : public QWidget {
    Q_OBJECT

public:
    explicit LogBar(const Theme &theme, QWidget *parent = nullptr);

    void setContainers(const std::vector<logs::Container> &containers, const std::string &chosen);
    void setWish(const logs::LogWish &wish);
    void setFollowing(bool following);
    void setStamps(bool shown);
    void setWrapped(bool wrapped);
    /// "44 of 46"; empty: nothing is searched for.
    void setResult(const QString &result, bool found);
    void setCanCopy(bool can);
    [[nodiscard]] SearchField &search() const { return *m_search; }
    [[nodiscard]] const QString &result() const { return m_result; }

    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] QSize sizeHint() const override { return minimumSizeHint(); }

Q_SIGNALS:
    /// "From now on" has the epoch as its time: what now is, the session's clock knows.
    void wishChanged(const logs::LogWish &wish);
    void followWanted(bool follow);
    void stampsWanted(bool shown);
    void wrapWanted(bool wrapped);
    void patternChanged(const QString &pattern);
    void nextWanted();
    void previousWanted();
    void copyWanted();
    void saveWanted();

protected:
    void resizeEvent(QResizeEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void makeLeft();
    void makeRight();
    void fillSince();
    void arrange();
    void choose(int container);
    void showSince();

    const Theme &m_theme;
    std::vector<logs::Container> m_containers;
    logs::LogWish m_wish;
    QString m_result;
    QWidget *m_left;
    QWidget *m_right;
    QHBoxLayout *m_first;
    QHBoxLayout *m_second;
    SegmentedSwitch *m_segments;
    DropButton *m_drop; // the same choice, where it does not fit side by side
    QMenu *m_dropMenu;
    SegmentedSwitch *m_run;
    Button *m_follow;
    DropButton *m_since;
    QMenu *m_sinceMenu;
    SearchField *m_search;
    Button *m_up;
    Button *m_down;
    Button *m_stamps;
    Button *m_wrap;
    Button *m_copy;
    Button *m_save;
};

} // namespace fairlead::ui
