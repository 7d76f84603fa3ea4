// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/overview/capacityview.h"

#include "items/plaintext.h"
#include "ui/widgets/words.h"
#include "ui/widgets/healthshape.h"
#include "ui/widgets/pixels.h"
#include "ui/widgets/rowdelegate.h"
#include "ui/widgets/text.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>

#include <algorithm>

namespace fairlead::ui {

using overview::NodeUse;

namespace {

enum Column { Node, Zone, Cpu, CpuShare, Memory, MemoryShare, Pods, Note, Columns };
enum Role { HealthRole = Qt::UserRole, NumberRole, ShareRole };

QString wordOf(const std::string &pressure)
{
    if (pressure == "MemoryPressure")
        return CapacityView::tr("memory pressure");
    if (pressure == "DiskPressure")
        return CapacityView::tr("disk pressure");
    if (pressure == "PIDPressure")
        return CapacityView::tr("too many processes");
    return CapacityView::tr("network not available");
}

QString noteOf(const NodeUse &node)
{
    QStringList notes;
    if (node.health == kinds::Health::Failed)
        notes << CapacityView::tr("not ready");
    for (const std::string &each : node.pressures)
        notes << wordOf(each);
    if (node.cordoned)
        notes << CapacityView::tr("cordoned");
    return notes.join(QStringLiteral(", "));
}

RowRoles roles()
{
    RowRoles made;
    made.health = HealthRole;
    made.number = NumberRole;
    made.shape = [](int health) { return shapeOf(kinds::Health(health)); };
    return made;
}

} // namespace

class CapacityView::Rows : public QAbstractTableModel {
public:
    void show(const std::vector<NodeUse> &nodes)
    {
        const int before = int(m_nodes.size());
        const int after = int(nodes.size());
        if (after < before)
            beginRemoveRows({}, after, before - 1);
        else if (after > before)
            beginInsertRows({}, before, after - 1);
        m_nodes = nodes;
        if (after < before)
            endRemoveRows();
        else if (after > before)
            endInsertRows();
        if (after > 0)
            Q_EMIT dataChanged(index(0, 0), index(after - 1, Columns - 1));
    }
    [[nodiscard]] const NodeUse &node(int row) const { return m_nodes[std::size_t(row)]; }
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : int(m_nodes.size()); }
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : int(Columns); }
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override
    {
        if (orientation != Qt::Horizontal)
            return {};
        if (role == Qt::TextAlignmentRole)
            return int((section == CpuShare || section == MemoryShare || section == Pods ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
        if (role != Qt::DisplayRole)
            return {};
        const QString captions[] = {tr("Node"), tr("Zone"), tr("CPU"), tr("Req."), tr("Memory"), tr("Req."), tr("Pods"), tr("Note")};
        return captions[section];
    }
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override
    {
        const NodeUse &at = node(index.row());
        const double cpu = at.allocatable.cpu > 0 ? at.requested.cpu / at.allocatable.cpu : 0;
        const double memory = at.allocatable.memory > 0 ? at.requested.memory / at.allocatable.memory : 0;
        switch (role) {
        case HealthRole:
            return int(at.health);
        case NumberRole:
            return index.column() == CpuShare || index.column() == MemoryShare || index.column() == Pods;
        case ShareRole:
            return index.column() == Cpu ? QVariant(cpu) : index.column() == Memory ? QVariant(memory) : QVariant();
        case Qt::DisplayRole:
            break;
        default:
            return {};
        }
        switch (index.column()) {
        case Node:
            return items::plainText(at.name);
        case Zone:
            return at.zone.empty() ? QStringLiteral("–") : items::plainText(at.zone);
        case Cpu:
            return tr("%1 of %2 cores").arg(coresText(at.requested.cpu), coresText(at.allocatable.cpu));
        case CpuShare:
            return percentText(at.requested.cpu, at.allocatable.cpu);
        case Memory:
            return tr("%1 of %2").arg(bytesText(at.requested.memory).both(), bytesText(at.allocatable.memory).both());
        case MemoryShare:
            return percentText(at.requested.memory, at.allocatable.memory);
        case Pods:
            return tr("%1 / %2").arg(at.pods).arg(at.mostPods);
        default:
            return noteOf(at);
        }
    }

private:
    std::vector<NodeUse> m_nodes;
};

class CapacityView::Painter : public RowDelegate {
public:
    Painter(const Theme &theme, QObject *parent)
        : RowDelegate(theme, roles(), parent)
    {
        setMarkedColumn(Node);
    }
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const QVariant share = index.data(ShareRole);
        if (!share.isValid()) {
            RowDelegate::paint(painter, option, index);
            return;
        }
        paintGround(*painter, option, index);
        const Tokens &t = m_theme.tokens();
        const QRectF room = QRectF(option.rect).adjusted(8, 0, -8, -1);
        const QRectF bar = onPixels(*painter, QRectF(room.left(), room.center().y() - 3, room.width(), 6));
        painter->fillRect(bar, t.sunken);
        const double part = std::clamp(share.toDouble(), 0.0, 1.0);
        const QColor ink = isStale()                  ? t.muted
                           : share.toDouble() >= full ? t.bad
                           : share.toDouble() >= much ? t.warn
                                                      : mix(t.surface, t.progress, 0.55);
        painter->fillRect(onPixels(*painter, QRectF(bar.left(), bar.top(), bar.width() * part, bar.height())), ink);
    }
};

CapacityView::CapacityView(const Theme &theme, QWidget *parent)
    : TableView(theme, parent)
    , m_rows(std::make_unique<Rows>())
    , m_painter(new Painter(theme, this))
{
    setAccessibleName(tr("Capacity of the nodes"));
    setModel(m_rows.get());
    setItemDelegate(m_painter);
    setSelectionMode(SingleSelection);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    horizontalHeader()->setStretchLastSection(true);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    connect(this, &QAbstractItemView::doubleClicked, this, &CapacityView::open);
}

CapacityView::~CapacityView()
{
    setModel(nullptr);
}

void CapacityView::show(const std::vector<NodeUse> &nodes)
{
    m_rows->show(nodes);
}

void CapacityView::setStale(bool stale)
{
    m_painter->setStale(stale);
    viewport()->update();
}

void CapacityView::open(const QModelIndex &index)
{
    if (index.isValid())
        Q_EMIT nodeWanted(m_rows->node(index.row()).name);
}

void CapacityView::keyPressEvent(QKeyEvent *event)
{
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && currentIndex().isValid()) {
        open(currentIndex());
        return;
    }
    TableView::keyPressEvent(event);
}

void CapacityView::resizeEvent(QResizeEvent *event)
{
    TableView::resizeEvent(event);
    constexpr int zone = 84;
    constexpr int share = 60;
    constexpr int pods = 86;
    constexpr int least = 90;
    const int room = viewport()->width() - zone - 2 * share - pods;
    const int name = std::clamp(room * 26 / 100, 120, 260);
    const int note = std::clamp(room * 22 / 100, 100, 200);
    const int bar = std::max(least, (room - name - note) / 2);
    const int widths[] = {name, zone, bar, share, bar, share, pods, note};
    for (int column = 0; column < Columns - 1; ++column)
        setColumnWidth(column, widths[column]);
}

} // namespace fairlead::ui
