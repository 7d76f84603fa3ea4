// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/segmentedswitch.h"

#include "ui/widgets/controls.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/segment.h"

#include <QHBoxLayout>
#include <QPainter>

namespace fairlead::ui {

SegmentedSwitch::SegmentedSwitch(const Theme &theme, const QString &name, const QList<Part> &parts, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setAccessibleName(name);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    setParts(parts);
}

void SegmentedSwitch::setParts(const QList<Part> &parts)
{
    const int before = chosen();
    for (QAbstractButton *old : std::as_const(m_parts)) {
        layout()->removeWidget(old);
        old->hide(); // it may be the one that is being pressed
        old->deleteLater();
    }
    m_parts.clear();
    for (const Part &part : parts) {
        auto *made = new Segment(m_theme, part, this);
        made->setFirst(m_parts.isEmpty());
        made->setOnlyIcon(m_onlyIcons);
        const int number = int(m_parts.size());
        connect(made, &QAbstractButton::clicked, this, [this, number] { Q_EMIT chosenChanged(number); });
        layout()->addWidget(made);
        m_parts.append(made);
    }
    choose(before >= 0 && before < m_parts.size() ? before : 0);
    updateGeometry();
}

int SegmentedSwitch::chosen() const
{
    for (int i = 0; i < m_parts.size(); ++i) {
        if (m_parts[i]->isChecked())
            return i;
    }
    return -1;
}

void SegmentedSwitch::choose(int part)
{
    if (part >= 0 && part < m_parts.size())
        m_parts[part]->setChecked(true);
}

void SegmentedSwitch::setOnlyIcons(bool only)
{
    m_onlyIcons = only;
    for (QAbstractButton *part : std::as_const(m_parts))
        static_cast<Segment *>(part)->setOnlyIcon(only);
    updateGeometry();
}

QAbstractButton *SegmentedSwitch::part(int number) const
{
    return m_parts.value(number);
}

void SegmentedSwitch::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Tokens &t = m_theme.tokens();
    drawBox(painter, rect(), isEnabled() ? controlGround(t, QStyle::State_Enabled) : t.raised, isEnabled() ? t.edge : t.line);
}

} // namespace fairlead::ui
