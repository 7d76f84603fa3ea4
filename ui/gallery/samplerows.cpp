// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/samplerows.h"

#include "ui/widgets/healthshape.h"

#include <algorithm>
#include <array>

namespace fairlead::ui {

using kinds::Health;

namespace {

enum Role { HealthRole = Qt::UserRole, SpeaksRole, StemRole, NumberRole };
enum Field { Name, Namespace, Ready, Status, Age, Fields };

struct Pod {
    Health health;
    int stem;
    std::array<const char *, Fields> cells;
};

constexpr std::array pods{
    Pod{Health::Failed, 12, {"payments-api-7d9f6c5b84-x2k4q", "payments", "1/2", "OOMKilled", "4h12m"}},
    Pod{Health::Failed, 0, {"search-indexer-0", "search", "0/1", "CrashLoopBackOff", "51m"}},
    Pod{Health::Degraded, 0, {"session-store-2", "auth", "0/1", "Pending", "21d"}},
    Pod{Health::Progressing, 11, {"catalog-api-74d5b6c9f-p9x6t", "catalog", "0/2", "Init:1/2", "9s"}},
    Pod{Health::Healthy, 12, {"auth-gateway-58d7f9c6b-4zk9m", "auth", "2/2", "Running", "9d"}},
    Pod{Health::Idle, 12, {"catalog-sync-29381580-4mzgp", "batch", "0/1", "Completed", "78m"}},
    Pod{Health::Unknown, 13, {"node-exporter-fd7wq", "observability", "1/1", "Unknown", "33d"}},
};

} // namespace

SampleRows::SampleRows(Columns columns, int rows, QObject *parent)
    : QAbstractTableModel(parent)
    , m_fields(columns == Columns::Few ? std::vector<int>{Name, Status} : std::vector<int>{Name, Namespace, Ready, Status, Age})
    , m_rows(std::min(rows, int(pods.size())))
{
}

RowRoles SampleRows::roles()
{
    return {.health = HealthRole, .speaksOfHealth = SpeaksRole, .stem = StemRole, .number = NumberRole, .shape = [](int health) {
                return shapeOf(Health(health));
            }};
}

int SampleRows::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

int SampleRows::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_fields.size());
}

int SampleRows::field(int column) const
{
    return m_fields[std::size_t(column)];
}

QVariant SampleRows::data(const QModelIndex &index, int role) const
{
    const Pod &pod = pods[std::size_t(index.row())];
    const int at = field(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return QString::fromLatin1(pod.cells[std::size_t(at)]);
    case HealthRole:
        return int(pod.health);
    case SpeaksRole:
        return at == Ready || at == Status;
    case StemRole:
        return at == Name && pod.stem > 0 ? QVariant(pod.stem) : QVariant();
    case NumberRole:
        return at == Ready || at == Age;
    default:
        return {};
    }
}

QVariant SampleRows::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    static constexpr std::array names{"Name", "Namespace", "Ready", "Status", "Age"};
    const int at = field(section);
    if (role == Qt::DisplayRole)
        return QString::fromLatin1(names[std::size_t(at)]);
    if (role == Qt::TextAlignmentRole)
        return int((at == Ready || at == Age ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    return {};
}

} // namespace fairlead::ui
