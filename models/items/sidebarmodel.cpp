// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/sidebarmodel.h"

#include "items/plaintext.h"
#include "kinds/commonkinds.h"
#include "kinds/kinds.h"

#include <QStringList>

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace fairlead::items {

using contexts::ContextFacts;
using contexts::Reach;
using kinds::Group;

namespace {

constexpr std::array groups = {Group::Workloads, Group::Network, Group::ConfigAndStorage, Group::Access, Group::Cluster, Group::Custom};

QString exactly(const std::string &text)
{
    return QString::fromStdString(text);
}

std::string keyOf(Group group)
{
    return "group " + std::to_string(int(group));
}

QString reachWords(const ContextFacts &facts, const Reach &reach)
{
    if (facts.isRecording())
        return SideBarModel::tr("recording");
    if (facts.standing == contexts::Standing::Broken)
        return SideBarModel::tr("broken");
    if (facts.standing == contexts::Standing::NotYet)
        return SideBarModel::tr("cannot be opened yet");
    switch (reach.state) {
    case Reach::State::NotAsked:
        return SideBarModel::tr("not asked yet");
    case Reach::State::Reachable:
        return reach.roundTrip ? SideBarModel::tr("reachable, %1 ms").arg(reach.roundTrip->count()) : SideBarModel::tr("reachable");
    case Reach::State::Refused:
        return SideBarModel::tr("does not let us in");
    case Reach::State::Failed:
        return SideBarModel::tr("not reachable");
    }
    return {};
}

} // namespace

struct SideBarModel::Node {
    Type type = Type::Section;
    std::string key;
    QString text;
    Node *parent = nullptr;
    std::vector<std::unique_ptr<Node>> children;

    ContextFacts facts; // of a context
    Reach reach;
    kube::Resource resource; // of a kind
    QString icon;
    QString group;
    std::optional<std::int64_t> count;
    std::optional<Problems> problems;

    [[nodiscard]] int row() const
    {
        const auto &all = parent->children;
        return int(std::find_if(all.begin(), all.end(), [this](const auto &each) { return each.get() == this; }) - all.begin());
    }
};

/// A node as it is to be; what was counted and asked stays with the node that there is.
struct SideBarModel::Wanted {
    Type type;
    std::string key;
    QString text;
    ContextFacts facts;
    kube::Resource resource;
    QString icon;
    QString group;
    std::vector<Wanted> children;
};

SideBarModel::SideBarModel(QObject *parent)
    : QAbstractItemModel(parent)
    , m_root(std::make_unique<Node>())
{
}

SideBarModel::~SideBarModel() = default;

SideBarModel::Node *SideBarModel::nodeOf(const QModelIndex &index) const
{
    return index.isValid() ? static_cast<Node *>(index.internalPointer()) : m_root.get();
}

QModelIndex SideBarModel::indexOf(const Node &node) const
{
    return node.parent == nullptr ? QModelIndex() : createIndex(node.row(), 0, &node);
}

SideBarModel::Node *SideBarModel::find(Type type, const std::string &key) const
{
    const auto look = [&](const auto &self, const Node &node) -> Node * {
        for (const auto &child : node.children) {
            if (child->type == type && child->key == key)
                return child.get();
            if (Node *found = self(self, *child))
                return found;
        }
        return nullptr;
    };
    return look(look, *m_root);
}

void SideBarModel::merge(Node &parent, std::vector<Wanted> wanted)
{
    const auto isWanted = [&](const Node &node) {
        return std::any_of(wanted.begin(), wanted.end(), [&](const Wanted &each) { return each.type == node.type && each.key == node.key; });
    };
    for (std::size_t i = parent.children.size(); i-- > 0;) {
        if (isWanted(*parent.children[i]))
            continue;
        beginRemoveRows(indexOf(parent), int(i), int(i));
        parent.children.erase(parent.children.begin() + std::ptrdiff_t(i));
        endRemoveRows();
    }
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        Wanted &want = wanted[i];
        const auto at = std::find_if(parent.children.begin() + std::ptrdiff_t(i), parent.children.end(),
            [&](const auto &node) { return node->type == want.type && node->key == want.key; });
        if (at == parent.children.end()) {
            // Whole, its children too: a view learns of the new row once.
            auto node = std::make_unique<Node>();
            node->type = want.type;
            node->key = want.key;
            node->text = want.text;
            node->parent = &parent;
            node->facts = std::move(want.facts);
            node->resource = std::move(want.resource);
            node->icon = want.icon;
            node->group = want.group;
            Node &made = *node;
            beginInsertRows(indexOf(parent), int(i), int(i));
            parent.children.insert(parent.children.begin() + std::ptrdiff_t(i), std::move(node));
            endInsertRows();
            merge(made, std::move(want.children));
            continue;
        }
        const std::size_t from = std::size_t(at - parent.children.begin());
        if (from != i) {
            beginMoveRows(indexOf(parent), int(from), int(from), indexOf(parent), int(i));
            std::rotate(parent.children.begin() + std::ptrdiff_t(i), at, at + 1);
            endMoveRows();
        }
        Node &node = *parent.children[i];
        if (node.text != want.text || !(node.facts == want.facts) || !(node.resource == want.resource) || node.icon != want.icon ||
            node.group != want.group) {
            node.text = want.text;
            node.facts = std::move(want.facts);
            node.resource = std::move(want.resource);
            node.icon = want.icon;
            node.group = want.group;
            tell(&node);
        }
        merge(node, std::move(want.children));
    }
}

void SideBarModel::tell(Node *node, const QList<int> &roles)
{
    if (node == nullptr)
        return;
    const QModelIndex index = indexOf(*node);
    Q_EMIT dataChanged(index, index, roles);
}

std::vector<SideBarModel::Wanted> SideBarModel::wantedContexts() const
{
    std::vector<Wanted> wanted;
    for (const ContextFacts &facts : *m_contexts) {
        Wanted context{.type = Type::Context, .key = facts.name, .text = plainText(facts.name)};
        context.facts = facts;
        wanted.push_back(std::move(context));
    }
    if (wanted.empty())
        wanted.push_back({.type = Type::Nothing, .key = "none", .text = tr("none found")});
    return wanted;
}

void SideBarModel::update()
{
    std::vector<Wanted> sections;
    if (m_contexts)
        sections.push_back({.type = Type::Section, .key = "contexts", .text = tr("Clusters"), .children = wantedContexts()});

    std::map<Group, std::vector<Wanted>> common;
    std::map<Group, std::vector<Wanted>> others;
    std::map<QString, int> titles;
    if (m_offer != nullptr) {
        for (const kube::Resource &resource : m_offer->resources) {
            if (!resource.preferred || !resource.can("list"))
                continue;
            Wanted kind{.type = Type::Kind, .key = resource.qualifiedName(), .text = plainText(kinds::titleOf(resource))};
            kind.resource = resource;
            const std::string_view icon = kinds::kindOf(resource.id.group, resource.id.resource).icon;
            kind.icon = icon.empty() ? QStringLiteral("custom") : QString::fromUtf8(icon.data(), qsizetype(icon.size()));
            ++titles[kind.text];
            auto &place = kinds::isCommon(resource.id.group, resource.id.resource) ? common : others;
            place[kinds::groupOf(resource)].push_back(std::move(kind));
        }
    }
    const auto rank = [](const Wanted &kind) {
        const auto all = kinds::commonKinds();
        const kinds::KindKey key{kind.resource.id.group, kind.resource.id.resource};
        return std::find(all.begin(), all.end(), key) - all.begin();
    };
    for (auto &[group, list] : common)
        std::sort(list.begin(), list.end(), [&](const Wanted &a, const Wanted &b) { return rank(a) < rank(b); });
    for (auto &[group, list] : others) {
        std::sort(list.begin(), list.end(), [](const Wanted &a, const Wanted &b) {
            const int order = QString::compare(a.text, b.text, Qt::CaseInsensitive);
            return order != 0 ? order < 0 : a.key < b.key;
        });
        for (Wanted &kind : list) {
            if (titles[kind.text] > 1)
                kind.group = kind.resource.id.group.empty() ? tr("core") : plainText(kind.resource.id.group);
        }
    }
    for (const Group group : groups) {
        std::vector<Wanted> &list = common[group];
        std::vector<Wanted> &rest = others[group];
        if (group == Group::Custom) {
            list.insert(list.end(), std::make_move_iterator(rest.begin()), std::make_move_iterator(rest.end()));
        } else if (!rest.empty()) {
            list.push_back({.type = Type::More,
                .key = "more " + std::to_string(int(group)),
                .text = list.empty() ? tr("%1 kinds").arg(rest.size()) : tr("%1 more").arg(rest.size()),
                .children = std::move(rest)});
        }
        if (list.empty())
            continue;
        const std::string_view title = kinds::title(group);
        sections.push_back({.type = Type::Section,
            .key = keyOf(group),
            .text = QString::fromUtf8(title.data(), qsizetype(title.size())),
            .children = std::move(list)});
    }
    merge(*m_root, std::move(sections));
}

void SideBarModel::setContexts(const std::vector<ContextFacts> &contexts)
{
    m_contexts = contexts;
    update();
}

void SideBarModel::setOpenedContext(const std::string &name)
{
    if (name == m_openedContext)
        return;
    Node *const before = find(Type::Context, m_openedContext);
    m_openedContext = name;
    tell(before, {OpenedRole});
    tell(find(Type::Context, name), {OpenedRole});
}

void SideBarModel::setReach(const std::string &context, const Reach &reach)
{
    Node *const node = find(Type::Context, context);
    if (node == nullptr || node->reach == reach)
        return;
    node->reach = reach;
    tell(node, {ReachRole, Qt::ToolTipRole, Qt::AccessibleTextRole});
}

void SideBarModel::setOffer(const kube::OfferPtr &offer)
{
    if (offer == m_offer)
        return;
    m_offer = offer;
    update();
}

void SideBarModel::setOpenedKind(const std::string &qualifiedName)
{
    if (qualifiedName == m_openedKind)
        return;
    Node *const before = find(Type::Kind, m_openedKind);
    m_openedKind = qualifiedName;
    tell(before, {OpenedRole});
    tell(find(Type::Kind, qualifiedName), {OpenedRole});
}

void SideBarModel::setCount(const std::string &qualifiedName, std::optional<std::int64_t> count)
{
    Node *const node = find(Type::Kind, qualifiedName);
    if (node == nullptr || node->count == count)
        return;
    node->count = count;
    tell(node, {CountRole, Qt::AccessibleTextRole});
}

void SideBarModel::setProblems(const std::string &qualifiedName, std::optional<Problems> problems)
{
    if (problems && problems->count == 0)
        problems.reset();
    Node *const node = find(Type::Kind, qualifiedName);
    if (node == nullptr || node->problems == problems)
        return;
    node->problems = problems;
    tell(node, {HealthRole, ProblemsRole, Qt::AccessibleTextRole});
}

const kube::Resource *SideBarModel::resource(const QModelIndex &index) const
{
    const Node *const node = nodeOf(index);
    return node->type == Type::Kind ? &node->resource : nullptr;
}

QModelIndex SideBarModel::contextIndex(const std::string &name) const
{
    const Node *const node = find(Type::Context, name);
    return node != nullptr ? indexOf(*node) : QModelIndex();
}

QModelIndex SideBarModel::kindIndex(const std::string &qualifiedName) const
{
    const Node *const node = find(Type::Kind, qualifiedName);
    return node != nullptr ? indexOf(*node) : QModelIndex();
}

QModelIndex SideBarModel::index(int row, int column, const QModelIndex &parent) const
{
    const Node *const node = nodeOf(parent);
    if (row < 0 || column != 0 || std::size_t(row) >= node->children.size())
        return {};
    return createIndex(row, 0, node->children[std::size_t(row)].get());
}

QModelIndex SideBarModel::parent(const QModelIndex &index) const
{
    return index.isValid() ? indexOf(*nodeOf(index)->parent) : QModelIndex();
}

int SideBarModel::rowCount(const QModelIndex &parent) const
{
    return parent.column() > 0 ? 0 : int(nodeOf(parent)->children.size());
}

int SideBarModel::columnCount(const QModelIndex &) const
{
    return 1;
}

Qt::ItemFlags SideBarModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    return nodeOf(index)->type == Type::Nothing ? Qt::ItemIsEnabled : Qt::ItemIsEnabled | Qt::ItemIsSelectable;
}

QString SideBarModel::accessibleText(const Node &node) const
{
    QStringList parts{node.text};
    if (!node.group.isEmpty())
        parts << node.group;
    if (node.type == Type::Context) {
        if (node.facts.production)
            parts << tr("production");
        parts << reachWords(node.facts, node.reach);
    }
    if (node.count)
        parts << QString::number(*node.count);
    if (node.problems) {
        const std::string_view word = kinds::kindOf(node.resource.id.group, node.resource.id.resource).word(node.problems->health);
        parts << QStringLiteral("%1 %2").arg(node.problems->count).arg(QString::fromUtf8(word.data(), qsizetype(word.size())).toLower());
    }
    return parts.join(QStringLiteral(", "));
}

QString SideBarModel::toolTip(const Node &node) const
{
    if (node.type == Type::Context) {
        const QString first = node.facts.server.empty() ? node.text : QStringLiteral("%1\n%2").arg(node.text, plainText(node.facts.server));
        const QString words = reachWords(node.facts, node.reach);
        const Error *const error = node.facts.problem ? &*node.facts.problem : node.reach.error ? &*node.reach.error : nullptr;
        return error != nullptr ? QStringLiteral("%1\n%2: %3").arg(first, words, plainText(error->message)) : first + QLatin1Char('\n') + words;
    }
    if (node.type != Type::Kind)
        return {};
    const auto &id = node.resource.id;
    return QStringLiteral("%1\n%2%3 %4")
        .arg(node.text, id.group.empty() ? QString() : plainText(id.group) + QLatin1Char('/'), plainText(id.version), plainText(node.resource.kind));
}

QVariant SideBarModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Node &node = *nodeOf(index);
    const bool context = node.type == Type::Context;
    switch (role) {
    case Qt::DisplayRole:
        return node.text;
    case Qt::AccessibleTextRole:
        return accessibleText(node);
    case Qt::ToolTipRole:
        return toolTip(node);
    case TypeRole:
        return int(node.type);
    case KeyRole:
        return exactly(node.key);
    case OpenedRole:
        return context ? node.key == m_openedContext : node.type == Type::Kind && node.key == m_openedKind;
    case IconNameRole:
        return node.icon;
    case GroupRole:
        return node.group;
    case OpenAtFirstRole:
        // Who may do what is looked at rarely: folded, all other groups fit into a window of 800 px.
        return node.type == Type::Section && node.key != keyOf(Group::Access);
    case CountRole:
        return node.count ? QVariant(qlonglong(*node.count)) : QVariant();
    case HealthRole:
        return node.problems ? QVariant(int(node.problems->health)) : QVariant();
    case ProblemsRole:
        return node.problems ? QVariant(qlonglong(node.problems->count)) : QVariant();
    default:
        break;
    }
    if (!context)
        return {};
    switch (role) {
    case IdentityRole:
        return node.facts.identity;
    case ProductionRole:
        return node.facts.production;
    case StandingRole:
        return int(node.facts.standing);
    case ReachRole:
        return int(node.reach.state);
    case RecordingRole:
        return node.facts.isRecording();
    default:
        return {};
    }
}

} // namespace fairlead::items
