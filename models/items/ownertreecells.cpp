// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/ownertreecells.h"

#include "items/celltips.h"
#include "items/ownertreecounts.h"
#include "items/plaintext.h"
#include "items/rowfilter.h"
#include "kinds/kinds.h"
#include "kinds/naturalorder.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QTimeZone>

#include <algorithm>
#include <array>

namespace fairlead::items {

using kinds::Health;
using kinds::Moment;
using kinds::OwnerNode;
using kinds::SortKey;
using kinds::SortType;
using What = OwnerTreeNode::What;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("OwnerTreeCells", text);
}

QDateTime dateTime(Moment moment)
{
    return QDateTime::fromMSecsSinceEpoch(moment.time_since_epoch().count());
}

// Worst first.
double rank(std::optional<Health> health)
{
    constexpr std::array<int, kinds::healthCount> ranks = {4, 2, 1, 0, 5, 3};
    return health ? ranks[static_cast<std::size_t>(*health)] : 6;
}

SortKey number(double value)
{
    return {.rank = SortKey::Rank::Value, .first = value, .second = 0, .text = {}};
}

std::optional<std::size_t> columnNamed(const std::vector<kube::Column> &columns, std::string_view name)
{
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (columns[i].name == name)
            return i;
    }
    return std::nullopt;
}

} // namespace

const std::vector<kube::Column> &OwnerTreeCells::columns(const OwnerTreeNode &node) const
{
    return m_sources.source(node.object->source).columns;
}

bool OwnerTreeCells::isOwn(const OwnerTreeNode &node) const
{
    return node.object && m_sources.source(node.object->source).part == kinds::TreePart::Own;
}

std::optional<Health> OwnerTreeCells::health(const OwnerTreeNode &node) const
{
    if (node.what == What::Group)
        return node.shown.worst();
    if (node.what == What::Container)
        return container(node).health;
    if (!node.object)
        return std::nullopt;
    if (kinds::showsPods(*node.object->kind))
        return kinds::selectedHealth(node.traffic);
    return kinds::treeHealth(node.object->health, node.object->below);
}

QString OwnerTreeCells::healthWord(const OwnerTreeNode &node) const
{
    const auto health = this->health(node);
    if (!health)
        return {};
    // What came up from below is no word of the kind's own: a deployment of which one pod fails is not "down".
    const bool own = node.object && node.object->health == health && !kinds::showsPods(*node.object->kind);
    return plainText((own ? *node.object->kind : kinds::kindOf({}, {})).word(*health));
}

const kinds::HealthCounts &OwnerTreeCells::below(const OwnerTreeNode &node) const
{
    static const kinds::HealthCounts none;
    if (node.what == What::Group)
        return node.members;
    if (!node.object)
        return none;
    return kinds::showsPods(*node.object->kind) ? node.members : node.object->below;
}

std::string OwnerTreeCells::cellNow(const OwnerTreeNode &node, std::string_view column) const
{
    const auto at = columnNamed(columns(node), column);
    if (!at)
        return {};
    return node.object->kind->textNow(columns(node), *at, node.item->meta(),
        std::chrono::time_point_cast<std::chrono::milliseconds>(node.item->receivedAt()),
        std::chrono::time_point_cast<std::chrono::milliseconds>(m_clock.now()));
}

std::string OwnerTreeCells::status(const OwnerTreeNode &node) const
{
    if (node.what == What::Container)
        return container(node).words();
    if (node.what == What::Group)
        return kinds::groupStatus(node.shown);
    if (!node.object)
        return {};
    const OwnerNode &object = *node.object;
    if (kinds::showsPods(*object.kind) && !kinds::selectsPods(*object.kind) && node.traffic.all == 0)
        return tr("Leads to no pod").toStdString();
    // Addresses that a person wrote.
    if (kinds::showsPods(*object.kind) && node.members == kinds::HealthCounts() && node.traffic.all > 0 && node.traffic.ready < node.traffic.all)
        return tr("%1 of %2 addresses take traffic").arg(node.traffic.ready).arg(node.traffic.all).toStdString();
    if (kinds::showsPods(*object.kind))
        return kinds::selectedStatus(node.traffic);
    if (node.selected && object.health != Health::Idle && !counts::takesTraffic(node))
        return tr("Not ready, gets no traffic").toStdString();
    return kinds::statusOf(object, columns(node));
}

std::optional<std::int64_t> OwnerTreeCells::restarts(const OwnerTreeNode &node) const
{
    if (node.what == What::Container)
        return container(node).restarts;
    if (node.what != What::Group && (!node.object || kinds::showsPods(*node.object->kind)))
        return std::nullopt;
    if (!node.restarts) {
        std::int64_t sum = -1;
        if (const auto own = node.object ? kinds::restartsOf(*node.object, columns(node)) : std::nullopt)
            sum = *own;
        for (const OwnerTreeNode *each : node.children) {
            const auto some = each->selected ? std::nullopt : restarts(*each);
            if (some)
                sum = std::max<std::int64_t>(sum, 0) + *some;
        }
        node.restarts = sum;
    }
    return *node.restarts < 0 ? std::nullopt : node.restarts;
}

std::string OwnerTreeCells::restartsText(const OwnerTreeNode &node) const
{
    if (node.object && kinds::isPod(*node.object->kind))
        return cellNow(node, "Restarts");
    const auto sum = restarts(node);
    return sum ? std::to_string(*sum) : std::string();
}

std::optional<Moment> OwnerTreeCells::since(const OwnerTreeNode &node, Column column) const
{
    if (column != Age)
        return std::nullopt;
    if (node.what == What::Container)
        return container(node).since;
    return node.what == What::Object && node.item ? kinds::parseTime(node.item->meta().created()) : std::nullopt;
}

std::string OwnerTreeCells::text(const OwnerTreeNode &node, Column column) const
{
    switch (column) {
    case Name:
        switch (node.what) {
        case What::Container:
            return container(node).name;
        case What::Group:
            return groupName(node);
        case What::Uses:
            return tr("Uses").toStdString();
        case What::Use:
            return use(node).target.name;
        case What::Object:
            break;
        }
        return std::string(node.item->name());
    case Ready:
        if (!node.object)
            return {};
        if (kinds::showsPods(*node.object->kind))
            return node.traffic.asks ? std::to_string(node.traffic.ready) + "/" + std::to_string(node.traffic.all) : std::string();
        return kinds::readyOf(*node.object, columns(node));
    case Below: {
        std::string words;
        for (std::size_t i = 0; i < kinds::healthCount; ++i) {
            constexpr std::array order = {Health::Failed, Health::Degraded, Health::Progressing, Health::Unknown, Health::Healthy, Health::Idle};
            const std::uint32_t count = below(node).count(order[i]);
            if (count > 0)
                words += (words.empty() ? "" : ", ") + std::to_string(count) + " " + std::string(kinds::name(order[i]));
        }
        return words;
    }
    case Status:
        if (!node.status)
            node.status = status(node);
        return *node.status;
    case Restarts:
        return restartsText(node);
    case Age: {
        const auto moment = since(node, Age);
        return moment ? kinds::formatAge(*moment, std::chrono::time_point_cast<std::chrono::milliseconds>(m_clock.now())) : std::string();
    }
    case Columns:
        break;
    }
    return {};
}

const OwnerTreeSources::Source *OwnerTreeCells::sourceOf(const kube::Owner &owner) const
{
    const std::size_t slash = owner.apiVersion.find('/');
    return m_sources.sourceOf(slash == std::string_view::npos ? std::string_view() : owner.apiVersion.substr(0, slash), owner.kind);
}

bool OwnerTreeCells::hasLostOwner(const OwnerTreeNode &node) const
{
    if (!node.object || !node.object->orphan)
        return false;
    const kube::Row &row = node.item->meta();
    for (std::size_t i = 0; i < row.ownerCount(); ++i) {
        const auto *source = sourceOf(row.owner(i));
        if (source && source->isReadable() && source->revision)
            return true;
    }
    return false;
}

QString OwnerTreeCells::oddity(const OwnerTreeNode &node) const
{
    if (!node.object || node.selected)
        return {};
    if (node.object->cyclic)
        return tr("its owners lead back to it");
    if (!node.object->orphan)
        return {};
    const kube::Owner owner = node.item->meta().owner(0);
    const auto *source = sourceOf(owner);
    const QString name = plainText(owner.kind) + u' ' + plainText(owner.name);
    if (source && source->isReadable() && source->revision)
        return tr("%1 is gone").arg(name);
    return tr("of %1").arg(name); // nobody has looked, or nobody may
}

QString OwnerTreeCells::aside(const OwnerTreeNode &node) const
{
    if (node.what == What::Container) {
        const kinds::Container &own = container(node);
        const QString image = plainText(own.image);
        return own.role == kinds::Container::Role::Init ? (image.isEmpty() ? tr("init") : tr("init · %1").arg(image)) : image;
    }
    if (node.what == What::Use)
        return plainText(use(node).how);
    if (node.what == What::Uses) {
        QStringList names;
        for (const auto &each : node.made)
            names << plainText(use(*each).target.name);
        return names.join(QStringLiteral(", "));
    }
    if (!node.object)
        return {};
    QStringList parts;
    const bool top = node.parent && !node.parent->object && !node.parent->item;
    if (top && m_grouping.by != OwnerTreeGrouping::By::Namespace && m_sources.scope().namespaces.size() != 1 && !node.item->space().empty())
        parts << plainText(node.item->space());
    if (top && node.object->parent) {
        // By node it does not stand below its owner.
        const OwnerNode *above = node.object->parent;
        while (above->parent)
            above = above->parent;
        parts << tr("of %1 %2").arg(plainText(m_sources.source(above->source).resource.kind), plainText(above->item->name()));
    }
    const kinds::Aside own = kinds::asideOf(*node.object);
    if (!own.text.empty())
        parts << plainText(own.text);
    if (own.at) {
        const QDateTime at = dateTime(*own.at);
        const bool today = at.date() == dateTime(std::chrono::time_point_cast<std::chrono::milliseconds>(m_clock.now())).date();
        parts << at.toString(today ? QStringLiteral("HH:mm") : QStringLiteral("d MMM HH:mm"));
    }
    if (const QString odd = oddity(node); !odd.isEmpty())
        parts << odd;
    return parts.join(QStringLiteral(" · "));
}

std::optional<int> OwnerTreeCells::stem(const OwnerTreeNode &node) const
{
    if (!node.object)
        return std::nullopt;
    const kinds::NameParts parts = kinds::splitName(*node.object->kind, node.item->meta());
    return parts.tail.empty() ? std::nullopt : std::optional(int(plainText(parts.stem).size()));
}

bool OwnerTreeCells::isQuiet(const OwnerTreeNode &node) const
{
    return node.what == What::Uses || (node.object && kinds::isSpent(*node.object));
}

std::string_view OwnerTreeCells::icon(const OwnerTreeNode &node) const
{
    if (node.what == What::Container)
        return "container";
    if (node.what == What::Use)
        return kinds::kindOf(use(node).target.group, use(node).target.resource).icon;
    if (node.what == What::Uses)
        return "external";
    if (node.what == What::Group)
        return m_grouping.by == OwnerTreeGrouping::By::Node ? "node" : m_grouping.by == OwnerTreeGrouping::By::Namespace ? "namespace" : "folder";
    return node.object ? node.object->kind->icon : std::string_view();
}

QString OwnerTreeCells::kindName(const OwnerTreeNode &node) const
{
    if (node.what == What::Container)
        return container(node).role == kinds::Container::Role::Init ? tr("init container") : tr("container");
    if (node.what == What::Group)
        return tr("group");
    if (node.what == What::Use)
        return plainText(use(node).target.kind);
    return node.object ? plainText(m_sources.source(node.object->source).resource.kind) : QString();
}

std::string OwnerTreeCells::groupName(const OwnerTreeNode &node) const
{
    if (node.group)
        return node.group->empty() ? tr("%1 is empty").arg(QString::fromStdString(m_grouping.label)).toStdString() : *node.group;
    switch (m_grouping.by) {
    case OwnerTreeGrouping::By::Namespace:
        return tr("In no namespace").toStdString();
    case OwnerTreeGrouping::By::Node:
        return tr("On no node").toStdString();
    default:
        return tr("Without label %1").arg(QString::fromStdString(m_grouping.label)).toStdString();
    }
}

OwnerTreeNode::Key OwnerTreeCells::key(const OwnerTreeNode &node, int column) const
{
    OwnerTreeNode::Key made;
    if (!node.object && node.what != What::Group)
        return made;
    made.last = node.object ? kinds::isSpent(*node.object) : !node.group;
    switch (column) {
    case Name:
        made.value = kinds::sortKey(SortType::Text, text(node, Name));
        break;
    case Ready:
        made.value = kinds::sortKey(SortType::Ratio, text(node, Ready));
        break;
    case Below: {
        const kinds::HealthCounts &counts = below(node);
        constexpr double step = 1e5; // more pods than a cluster has
        made.value = number(-((counts.count(Health::Failed) * step + counts.count(Health::Degraded)) * step + counts.count(Health::Progressing) +
                              counts.count(Health::Unknown)));
        break;
    }
    case Restarts: {
        const auto sum = restarts(node);
        if (sum)
            made.value = number(double(*sum));
        break;
    }
    case Age:
        if (node.item)
            made.value = kinds::sortKey(SortType::Created, node.item->meta(), 0);
        break;
    default:
        made.value = number(rank(health(node)));
    }
    return made;
}

bool OwnerTreeCells::isBefore(const OwnerTreeNode &a, const OwnerTreeNode &b, Qt::SortOrder order)
{
    // Containers stand first, as kubelet tells of them; what is used stands last.
    if (a.what == What::Container || b.what == What::Container)
        return b.what != What::Container || (a.what == What::Container && a.part < b.part);
    if (a.what == What::Uses || b.what == What::Uses)
        return b.what == What::Uses && a.what != What::Uses;
    if (a.sortKey.last != b.sortKey.last)
        return b.sortKey.last;
    const SortKey &x = a.sortKey.value;
    const SortKey &y = b.sortKey.value;
    if (const auto compared = x <=> y; compared != 0) {
        const bool turned = order == Qt::DescendingOrder && x.rank == SortKey::Rank::Value && y.rank == SortKey::Rank::Value;
        return turned ? compared > 0 : compared < 0;
    }
    if (!a.item || !b.item)
        return kinds::naturalOrder(a.key, b.key) < 0; // groups
    // What is alike stands by name; the same name is told apart by its kind's place, then for good by its key.
    if (const auto compared = kinds::naturalOrder(a.item->name(), b.item->name()); compared != 0)
        return compared < 0;
    if (const auto compared = a.item->space() <=> b.item->space(); compared != 0)
        return compared < 0;
    if (a.object != nullptr && b.object != nullptr && a.object->source != b.object->source)
        return a.object->source < b.object->source; // a deployment before the service of its name
    return a.key < b.key;
}

void OwnerTreeCells::prepare(const OwnerTreeNode &node) const
{
    if (node.selected)
        (void)counts::takesTraffic(node);
    else
        (void)restarts(node);
}

void OwnerTreeCells::countMembers(OwnerTreeNode &node) const
{
    if (node.what == What::Group)
        counts::ofGroup(node, [this](const OwnerTreeNode &each) { return health(each); });
    else if (node.object && kinds::showsPods(*node.object->kind))
        counts::ofPods(node, columns(node));
}

// What changes by itself while it is shown (ages) is left out.
const std::string &OwnerTreeCells::searchText(const OwnerTreeNode &node) const
{
    if (node.search)
        return *node.search;
    std::string &folded = node.search.emplace();
    const auto add = [&folded](std::string_view text) {
        RowFilter::fold(text, folded);
        folded += '\n';
    };
    add(node.item->name());
    add(node.item->space());
    if (!node.object)
        return folded;
    add(text(node, Ready));
    add(text(node, Status));
    add(kinds::asideOf(*node.object).text);
    // Who uses this? Asked of what people deploy: what it makes uses the same.
    if (!node.object->parent) {
        for (const kinds::Use &each : kinds::usesOf(*node.object->kind, node.item->meta()))
            add(each.target.name);
    }
    add(m_sources.source(node.object->source).resource.kind);
    // The server's own cells, as the table of the kind would find them.
    const auto &sent = columns(node);
    for (std::size_t i = 0; i < sent.size(); ++i) {
        if (!node.object->kind->duration(sent[i].name))
            add(node.item->cell(i));
    }
    return folded;
}

QVariant OwnerTreeCells::data(const OwnerTreeNode &node, Column column, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return plainText(text(node, column));
    case Qt::AccessibleDescriptionRole:
    case Qt::ToolTipRole: {
        const QString unsaid = celltips::tip(column == Name ? celltips::Name : celltips::Other, [&](int of) { return data(node, column, of); });
        if (column != Name)
            return unsaid;
        QStringList said{kindName(node) + u' ' + plainText(text(node, Name)), aside(node), unsaid};
        said.removeAll(QString());
        return said.join(QStringLiteral(" · "));
    }
    case Qt::TextAlignmentRole:
        return headerData(column, role);
    case TableModel::HealthRole: {
        const auto health = this->health(node);
        return health ? QVariant(int(*health)) : QVariant();
    }
    case TableModel::HealthWordRole:
        return healthWord(node);
    case TableModel::SpeaksOfHealthRole:
    case TableModel::NumberRole:
        return headerData(column, role);
    case TableModel::StemRole: {
        const auto length = column == Name ? stem(node) : std::nullopt;
        return length ? QVariant(*length) : QVariant();
    }
    case TableModel::LongestRole: {
        const std::string shown = column == Age || column == Restarts ? text(node, column) : std::string();
        const std::size_t open = shown.find(" (");
        const std::size_t end = open == std::string::npos ? open : shown.find(' ', open + 2);
        if (column == Restarts && end == std::string::npos)
            return {};
        const std::size_t from = column == Restarts ? open + 2 : 0;
        const std::size_t to = column == Restarts ? end : shown.size();
        const std::string_view age = std::string_view(shown).substr(from, to - from);
        if (!kinds::parseAge(age))
            return {};
        return plainText(shown.substr(0, from) + std::string(kinds::widestAge(age)) + shown.substr(to));
    }
    case TableModel::SinceRole: {
        const auto moment = since(node, column);
        return moment ? QDateTime::fromMSecsSinceEpoch(moment->time_since_epoch().count(), QTimeZone::utc()) : QVariant();
    }
    case TableModel::SinceIsExactRole:
        return since(node, column).has_value();
    case KeyRole:
        return QString::fromStdString(node.key);
    case IconNameRole:
        return plainText(icon(node));
    case KindNameRole:
        return kindName(node);
    case AsideRole:
        return column == Name ? aside(node) : QString();
    case BelowRole: {
        const kinds::HealthCounts &counts = below(node);
        if (column != Below || counts == kinds::HealthCounts())
            return {};
        QVariantList list;
        for (const std::uint32_t each : counts.of)
            list << int(each);
        return list;
    }
    case QuietRole:
        return isQuiet(node);
    case PassesRole:
        return node.passes;
    case OddRole:
        return !oddity(node).isEmpty();
    default:
        return {};
    }
}

QVariant OwnerTreeCells::headerData(Column column, int role)
{
    const bool number = column == Ready || column == Restarts || column == Age;
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole: {
        const std::array titles = {tr("Name"), tr("Ready"), tr("Health below"), tr("Status"), tr("Restarts"), tr("Age")};
        return titles[std::size_t(column)];
    }
    case TableModel::ColumnNameRole: {
        constexpr std::array names = {"Name", "Ready", "Below", "Status", "Restarts", "Age"};
        return QString::fromLatin1(names[std::size_t(column)]);
    }
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::Alignment((number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    case TableModel::SpeaksOfHealthRole:
        return column == Ready || column == Status;
    case TableModel::NumberRole:
        return number;
    case TableModel::WideRole:
        return false;
    case TableModel::GrowsRole:
        return column == Restarts || column == Age;
    default:
        return {};
    }
}

} // namespace fairlead::items
