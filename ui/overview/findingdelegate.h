// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/age.h"
#include "ui/widgets/rowdelegate.h"

#include <functional>

namespace fairlead::ui {

/// A finding in two lines: shape, object and where it is; reason and evidence; since when; an arrow. The row beneath it is a widget's: here it
/// only gets its ground.
class FindingDelegate : public RowDelegate {
    Q_OBJECT

public:
    /// `detailHeight`: of the row beneath a row. `isOpen`: whether it is seen.
    FindingDelegate(
        const Theme &theme, std::function<int(const QModelIndex &)> detailHeight, std::function<bool(const QModelIndex &)> isOpen, QObject *parent);

    void setNow(Moment now) { m_now = now; }
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

    static constexpr int reasonLeft = 232; ///< of the reason, from the row's left
    static constexpr int textLeft = 34;    ///< of the object's name

private:
    const std::function<int(const QModelIndex &)> m_detailHeight;
    const std::function<bool(const QModelIndex &)> m_isOpen;
    Moment m_now{};
};

} // namespace fairlead::ui
