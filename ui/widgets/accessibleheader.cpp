// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/accessibleheader.h"

#include <QCoreApplication>

namespace fairlead::ui {

AccessibleHeader::AccessibleHeader(QWidget *view, QHeaderView *header, int section)
    : m_view(view)
    , m_header(header)
    , m_section(section)
{
}

bool AccessibleHeader::isValid() const
{
    return m_view && m_header && m_section < m_header->count();
}

QAccessibleInterface *AccessibleHeader::parent() const
{
    return m_view ? QAccessible::queryAccessibleInterface(m_view.data()) : nullptr;
}

QString AccessibleHeader::text(QAccessible::Text text) const
{
    if (!isValid() || m_header->model() == nullptr)
        return {};
    if (text == QAccessible::Name) {
        const QString spoken = m_header->model()->headerData(m_section, Qt::Horizontal, Qt::AccessibleTextRole).toString();
        return spoken.isEmpty() ? m_header->model()->headerData(m_section, Qt::Horizontal).toString() : spoken;
    }
    if (text == QAccessible::Description && m_header->isSortIndicatorShown() && m_header->sortIndicatorSection() == m_section) {
        return m_header->sortIndicatorOrder() == Qt::AscendingOrder ? QCoreApplication::translate("AccessibleHeader", "sorted, ascending")
                                                                    : QCoreApplication::translate("AccessibleHeader", "sorted, descending");
    }
    return {};
}

QRect AccessibleHeader::rect() const
{
    if (!isValid() || m_header->isSectionHidden(m_section))
        return {};
    const QRect own(m_header->sectionViewportPosition(m_section), 0, m_header->sectionSize(m_section), m_header->height());
    return {m_header->mapToGlobal(own.topLeft()), own.size()};
}

QAccessible::State AccessibleHeader::state() const
{
    QAccessible::State state;
    state.invalid = !isValid();
    if (isValid()) {
        state.disabled = !m_header->isEnabled();
        state.invisible = !m_header->isVisible() || m_header->isSectionHidden(m_section);
    }
    return state;
}

} // namespace fairlead::ui
