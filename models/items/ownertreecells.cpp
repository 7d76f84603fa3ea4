// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/ownertreecells.h"

#include "items/plaintext.h"
#include "items/rowfilter.h"
#include "kinds/kinds.h"
#include "kinds/naturalorder.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QTimeZone>

#include <array>

namespace fairlead::items {

using kinds::Health;
using kinds::Moment;
using kinds::OwnerNode;
using kinds::SortKey;
using kinds::SortType;

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
    if (node.container >= 0)
        return container(node).health;
    if (!node.object)
        return std::nullopt;
    if (kinds::selectsPods(*node.object->kind))
        return kinds::selectedHealth(node.traffic);
    return kinds::treeHealth(node.object->health, node.object->below);
}

QString OwnerTreeCells::healthWord(const OwnerTreeNode &node) const
{
    const auto health = this->health(node);
    if (!health)
        return {};
    // What came up from below is no word of the kind's own: a deployment of which one pod fails is not "down".
    const bool own = node.object && node.object->health == health && !kinds::selectsPods(*node.object->kind);
    return plainText((own ? *node.object->kind : kinds::kindOf({}, {})).word(*health));
}

const kinds::HealthCounts &OwnerTreeCells::below(const OwnerTreeNode &node) const
{
    static const kinds::HealthCounts none;
    if (!node.object)
        return none;
    return kinds::selectsPods(*node.object->kind) ? node.members : node.object->below;
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
    if (node.container >= 0)
        return container(node).words();
    if (!node.object)
        return {};
    const OwnerNode &object = *node.object;
    if (kinds::selectsPods(*object.kind))
        return kinds::selectedStatus(node.traffic);
    if (node.selected && object.health != Health::Idle && !takesTraffic(node))
        return tr("Not ready, gets no traffic").toStdString();
    return kinds::statusOf(object, columns(node));
}

std::optional<std::int64_t> OwnerTreeCells::restarts(const OwnerTreeNode &node) const
{
    if (node.container >= 0)
        return container(node).restarts;
    if (!node.object || kinds::selectsPods(*node.object->kind))
        return std::nullopt;
    if (!node.restarts) {
        std::int64_t sum = -1;
        if (const auto own = kinds::restartsOf(*node.object, columns(node)))
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
    if (node.container >= 0)
        return container(node).since;
    return node.item ? kinds::parseTime(node.item->meta().created()) : std::nullopt;
}

std::string OwnerTreeCells::text(const OwnerTreeNode &node, Column column) const
{
    switch (column) {
    case Name:
        return node.container >= 0 ? container(node).name : std::string(node.item->name());
    case Ready:
        if (!node.object)
            return {};
        if (kinds::selectsPods(*node.object->kind))
            return node.traffic.asks ? std::to_string(node.traffic.ready) + "/" + std::to_string(node.traffic.all) : std::string();
        return kinds::readyOf(*node.object, columns(node));
    case Below: {
        std::string words;
        for (std::size_t i = 0; node.object && i < kinds::healthCount; ++i) {
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
    if (node.container >= 0) {
        const kinds::Container &own = container(node);
        const QString image = plainText(own.image);
        return own.role == kinds::Container::Role::Init ? (image.isEmpty() ? tr("init") : tr("init · %1").arg(image)) : image;
    }
    if (!node.object)
        return {};
    QStringList parts;
    const bool top = node.parent && !node.parent->object && !node.parent->item;
    if (top && m_sources.scope().namespaces.size() != 1 && !node.item->space().empty())
        parts << plainText(node.item->space());
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
    return node.object && kinds::isSpent(*node.object);
}

std::string_view OwnerTreeCells::icon(const OwnerTreeNode &node) const
{
    if (node.container >= 0)
        return "container";
    return node.object ? node.object->kind->icon : std::string_view();
}

QString OwnerTreeCells::kindName(const OwnerTreeNode &node) const
{
    if (node.container >= 0)
        return container(node).role == kinds::Container::Role::Init ? tr("init container") : tr("container");
    return node.object ? plainText(m_sources.source(node.object->source).resource.kind) : QString();
}

OwnerTreeNode::Key OwnerTreeCells::key(const OwnerTreeNode &node, int column) const
{
    OwnerTreeNode::Key made;
    if (!node.object)
        return made;
    made.last = kinds::isSpent(*node.object);
    switch (column) {
    case Name:
        made.value = kinds::sortKey(SortType::Text, node.item->name());
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
        made.value = kinds::sortKey(SortType::Created, node.item->meta(), 0);
        break;
    default:
        made.value = number(rank(health(node)));
    }
    return made;
}

bool OwnerTreeCells::isBefore(const OwnerTreeNode &a, const OwnerTreeNode &b, Qt::SortOrder order)
{
    // Containers stand first, as kubelet tells of them.
    if (a.container >= 0 || b.container >= 0)
        return b.container < 0 || (a.container >= 0 && a.container < b.container);
    if (a.sortKey.last != b.sortKey.last)
        return b.sortKey.last;
    const SortKey &x = a.sortKey.value;
    const SortKey &y = b.sortKey.value;
    if (const auto compared = x <=> y; compared != 0) {
        const bool turned = order == Qt::DescendingOrder && x.rank == SortKey::Rank::Value && y.rank == SortKey::Rank::Value;
        return turned ? compared > 0 : compared < 0;
    }
    // What is alike stands by name; the same name is told apart by its kind's place, then for good by its key.
    if (const auto compared = kinds::naturalOrder(a.item->name(), b.item->name()); compared != 0)
        return compared < 0;
    if (const auto compared = a.item->space() <=> b.item->space(); compared != 0)
        return compared < 0;
    if (a.object != nullptr && b.object != nullptr && a.object->source != b.object->source)
        return a.object->source < b.object->source; // a deployment before the service of its name
    return a.key < b.key;
}

bool OwnerTreeCells::takesTraffic(const OwnerTreeNode &node)
{
    if (!node.takesTraffic)
        node.takesTraffic = kinds::takesTraffic(*node.object);
    return *node.takesTraffic;
}

void OwnerTreeCells::prepare(const OwnerTreeNode &node) const
{
    if (node.selected)
        (void)takesTraffic(node);
    else
        (void)restarts(node);
}

void OwnerTreeCells::countMembers(OwnerTreeNode &node) const
{
    if (!node.object || !kinds::selectsPods(*node.object->kind))
        return;
    node.members = {};
    node.traffic = {};
    if (!node.asks)
        node.asks = kinds::selectorOf(*node.object, columns(node)).has_value();
    node.traffic.asks = *node.asks;
    for (const OwnerTreeNode *each : node.children) {
        if (!each->selected || !each->object || !each->object->health)
            continue;
        ++node.members.of[std::size_t(*each->object->health)];
        if (*each->object->health == Health::Idle)
            continue;
        ++node.traffic.all;
        node.traffic.ready += takesTraffic(*each) ? 1 : 0;
    }
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
        if (column != Name)
            return {};
        const QString beside = aside(node);
        return kindName(node) + u' ' + plainText(text(node, Name)) + (beside.isEmpty() ? QString() : QStringLiteral(" · ") + beside);
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

bool OwnerTreeCells::hasContainerFacts(const OwnerTreeNode &node)
{
    if (!node.object || !kinds::isPod(*node.object->kind))
        return false;
    const kube::Row &row = node.item->meta();
    if (!node.object->kind->holdsFacts(row))
        return false;
    const kinds::Facts facts(node.object->kind->facts, row);
    const auto some = [&facts](std::string_view name) { return facts.raw(name).size() > 2; };
    return some("containerStatuses") || some("initContainerStatuses");
}

std::vector<kinds::Container> OwnerTreeCells::containers(const OwnerTreeNode &node)
{
    if (!hasContainerFacts(node))
        return {};
    return kinds::containersOf(kinds::Facts(node.object->kind->facts, node.item->meta()));
}

void OwnerTreeCells::makeContainers(OwnerTreeNode &pod)
{
    if (pod.containers == OwnerTreeNode::Containers::Made || pod.container >= 0 || !pod.object || !kinds::isPod(*pod.object->kind))
        return;
    pod.containers = OwnerTreeNode::Containers::Made;
    pod.told = containers(pod);
    addContainerRows(pod);
}

void OwnerTreeCells::addContainerRows(OwnerTreeNode &pod)
{
    for (std::size_t i = 0; i < pod.told.size(); ++i) {
        auto &made = pod.made.emplace_back(std::make_unique<OwnerTreeNode>());
        made->key = pod.key + "#" + pod.told[i].name;
        made->parent = &pod;
        made->container = int(i);
        made->item = pod.item;
        made->listed = true;
        pod.rows.insert(pod.rows.begin() + std::ptrdiff_t(i), made.get());
    }
    for (std::size_t i = 0; i < pod.rows.size(); ++i)
        pod.rows[i]->row = int(i);
}

} // namespace fairlead::items
