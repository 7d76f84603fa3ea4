// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/object/wording.h"

#include "kinds/kinds.h"
#include "ui/widgets/healthshape.h"

#include <QDateTime>

namespace fairlead::ui {

Ink inkOfHealth(std::optional<kinds::Health> health)
{
    if (!health)
        return &Tokens::text;
    switch (*health) {
    case kinds::Health::Failed:
        return &Tokens::bad;
    case kinds::Health::Degraded:
        return &Tokens::warn;
    case kinds::Health::Progressing:
        return &Tokens::progress;
    case kinds::Health::Unknown:
        return &Tokens::unknown;
    case kinds::Health::Idle:
        return &Tokens::muted;
    case kinds::Health::Healthy:
        break;
    }
    return &Tokens::text;
}

Shape shapeOfHealth(std::optional<kinds::Health> health)
{
    return health ? shapeOf(*health) : Shape::None;
}

QString agoText(kinds::Moment moment, kinds::Moment now)
{
    return QStringLiteral("%1 ago").arg(QString::fromStdString(kinds::formatAge(moment, now)));
}

QString exactText(kinds::Moment moment)
{
    const QDateTime utc = QDateTime::fromMSecsSinceEpoch(moment.time_since_epoch().count(), Qt::UTC);
    const QDateTime local = utc.toLocalTime();
    QString text = utc.toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")) + QStringLiteral(" UTC");
    if (local.offsetFromUtc() != 0)
        text = local.toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")) + QLatin1Char(' ') + local.timeZoneAbbreviation() + QLatin1Char('\n') + text;
    return text;
}

std::optional<Destination> destinationOf(const items::Related &related)
{
    if (!related.resource)
        return std::nullopt;
    Destination target;
    target.kind = related.resource->qualifiedName();
    if (related.how == items::Related::How::Chosen) {
        target.page = "resources";
        target.scope = related.reference.space.empty() ? kube::Scope::all() : kube::Scope::of({related.reference.space});
        return target;
    }
    target.page = "object";
    target.space = related.resource->namespaced ? related.reference.space : std::string();
    target.name = related.reference.name;
    return target;
}

std::optional<Destination> destinationOf(const kinds::Reference &reference)
{
    if (reference.resource.empty() || reference.name.empty())
        return std::nullopt;
    Destination target;
    target.page = "object";
    target.kind = reference.group.empty() ? reference.resource : reference.resource + "." + reference.group;
    target.space = reference.space;
    target.name = reference.name;
    return target;
}

Icon iconOfReference(const kinds::Reference &reference)
{
    const kinds::Kind *kind =
        reference.resource.empty() ? kinds::kindNamed(reference.group, reference.kind) : &kinds::kindOf(reference.group, reference.resource);
    return kind == nullptr ? Icon::Custom : iconNamed(kind->icon);
}

} // namespace fairlead::ui
