// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

class QWidget;

namespace fairlead::ui {

/// Takes one file that is dropped anywhere on a window, as long as it lives. The file stays where it is.
class FileDrop : public QObject {
    Q_OBJECT

public:
    explicit FileDrop(QWidget &window);

Q_SIGNALS:
    void dropped(const QString &path);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
};

} // namespace fairlead::ui
