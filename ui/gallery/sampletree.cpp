// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/sampletree.h"

#include "ui/widgets/healthshape.h"
#include "ui/widgets/icons.h"

#include <optional>

namespace fairlead::ui {

using kinds::Health;

namespace {

enum Role { HealthRole = Qt::UserRole, SpeaksRole, StemRole, NumberRole, IconRole, QuietRole };

QList<QStandardItem *> row(
    Icon icon, std::optional<Health> health, const char *name, int stem, const char *ready, const char *status, const char *age)
{
    QList<QStandardItem *> cells;
    for (const char *text : {name, ready, status, age}) {
        auto *cell = new QStandardItem(QString::fromLatin1(text));
        if (health)
            cell->setData(int(*health), HealthRole);
        cell->setData(text == ready || text == status, SpeaksRole);
        cell->setData(text == ready || text == age, NumberRole);
        cells << cell;
    }
    cells[0]->setData(int(icon), IconRole);
    if (stem > 0)
        cells[0]->setData(stem, StemRole);
    return cells;
}

} // namespace

SampleTree::SampleTree(What what, QObject *parent)
    : QStandardItemModel(parent)
{
    if (what == What::Kinds) {
        const auto kind = [this](Icon icon, const char *name) {
            auto *cell = new QStandardItem(QString::fromLatin1(name));
            cell->setData(int(icon), IconRole);
            appendRow(cell);
        };
        kind(Icon::Pod, "Pods");
        kind(Icon::Deployment, "Deployments");
        kind(Icon::StatefulSet, "Stateful sets");
        kind(Icon::CronJob, "Cron jobs");
        kind(Icon::Service, "Services");
        kind(Icon::Config, "Config maps");
        return;
    }
    setHorizontalHeaderLabels({QStringLiteral("Name"), QStringLiteral("Ready"), QStringLiteral("Status"), QStringLiteral("Age")});
    for (const int number : {1, 3})
        setHeaderData(number, Qt::Horizontal, int(Qt::AlignRight | Qt::AlignVCenter), Qt::TextAlignmentRole);
    const auto deployment = row(Icon::Deployment, Health::Failed, "payments-api", 0, "2/3", "", "63d");
    const auto set = row(Icon::ReplicaSet, Health::Failed, "payments-api-7d9f6c5b84", 12, "2/3", "", "4h12m");
    const auto pod = row(Icon::Pod, Health::Failed, "payments-api-7d9f6c5b84-x2k4q", 12, "1/2", "CrashLoopBackOff", "4h12m");
    pod[0]->appendRow(row(Icon::Container, Health::Failed, "api", 0, "0/1", "CrashLoopBackOff", "2m"));
    pod[0]->appendRow(row(Icon::Container, Health::Healthy, "envoy", 0, "1/1", "Running", "4h12m"));
    set[0]->appendRow(pod);
    set[0]->appendRow(row(Icon::Pod, Health::Healthy, "payments-api-7d9f6c5b84-8sjwl", 12, "2/2", "Running", "4h10m"));
    deployment[0]->appendRow(set);
    const auto old = row(Icon::ReplicaSet, Health::Idle, "payments-api-5c9b7d6f48", 12, "0/0", "", "12d");
    for (QStandardItem *cell : old)
        cell->setData(true, QuietRole);
    deployment[0]->appendRow(old);
    appendRow(deployment);
    const auto cronJob = row(Icon::CronJob, Health::Progressing, "catalog-sync", 0, "", "", "21d");
    cronJob[0]->appendRow(row(Icon::Job, Health::Progressing, "catalog-sync-29381640", 12, "0/1", "Running", "18s"));
    appendRow(cronJob);
    appendRow(row(Icon::Pod, Health::Unknown, "node-exporter-fd7wq", 13, "1/1", "Unknown", "33d"));
}

RowRoles SampleTree::roles(What what)
{
    if (what == What::Kinds)
        return {.icon = IconRole, .hairlines = false};
    return {.health = HealthRole,
        .speaksOfHealth = SpeaksRole,
        .stem = StemRole,
        .number = NumberRole,
        .icon = IconRole,
        .quiet = QuietRole,
        .shape = [](int health) { return shapeOf(Health(health)); }};
}

} // namespace fairlead::ui
