// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/gotomodel.h"

#include "items/plaintext.h"
#include "kinds/commonkinds.h"
#include "kinds/kinds.h"

#include <QPoint>

#include <algorithm>
#include <tuple>

namespace fairlead::items {

namespace {

QString fromView(std::string_view text)
{
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

// 0 is the name itself, 1 its beginning, 2 the beginning of a word in it, 3 anywhere.
constexpr std::uint32_t nowhere = 4;

std::uint32_t placeOf(const QString &in, const QString &text, int *begin)
{
    const qsizetype first = in.indexOf(text);
    if (first < 0)
        return nowhere;
    *begin = int(first);
    if (first == 0)
        return in.size() == text.size() ? 0 : 1;
    for (qsizetype at = first; at >= 0; at = in.indexOf(text, at + 1)) {
        if (!in[at - 1].isLetterOrNumber()) {
            *begin = int(at);
            return 2;
        }
    }
    return 3;
}

} // namespace

GoToModel::GoToModel(QObject *parent)
    : QAbstractListModel(parent)
{
}

void GoToModel::setOffer(const kube::OfferPtr &offer)
{
    if (offer == m_offer)
        return;
    m_offer = offer;
    rebuild();
}

void GoToModel::setContexts(const std::vector<contexts::ContextFacts> &contexts)
{
    m_contexts = contexts;
    rebuild();
}

void GoToModel::setNamespaces(const std::set<std::string> &names)
{
    m_namespaces.assign(names.begin(), names.end());
    rebuild();
}

void GoToModel::setObjects(const kube::Resource &resource, std::vector<Object> objects)
{
    const auto known = std::find_if(m_objects.begin(), m_objects.end(), [&](const auto &each) { return each.first.id == resource.id; });
    if (known != m_objects.end())
        known->second = std::move(objects);
    else
        m_objects.emplace_back(resource, std::move(objects));
    rebuild();
}

void GoToModel::setElsewhere(const std::string &context, std::vector<Object> objects)
{
    for (Object &object : objects)
        object.context = context;
    m_elsewhere[context] = std::move(objects);
    rebuild();
}

void GoToModel::clearObjects()
{
    m_objects.clear();
    m_elsewhere.clear();
    rebuild();
}

void GoToModel::rebuild()
{
    m_entries.clear();
    m_kinds.clear();
    m_objectList.clear();
    if (m_offer != nullptr) {
        for (const kube::Resource &resource : m_offer->resources) {
            if (resource.preferred && resource.can("list"))
                m_kinds.push_back(resource);
        }
    }
    const auto add = [&](Type type, QString text, QString other, std::size_t at) {
        Entry entry{.type = type, .text = std::move(text), .lower = {}, .other = std::move(other), .at = at};
        entry.lower = entry.text.toLower();
        m_entries.push_back(std::move(entry));
    };
    for (std::size_t i = 0; i < m_kinds.size(); ++i) {
        // "po", "pods", "deployments.apps": whoever knows kubectl types those.
        QString names = fromView(m_kinds[i].qualifiedName()) + QLatin1Char(' ') + fromView(m_kinds[i].singular);
        for (const std::string &name : m_kinds[i].shortNames)
            names += QLatin1Char(' ') + fromView(name);
        add(Type::Kind, plainText(kinds::titleOf(m_kinds[i])), names.toLower(), i);
    }
    for (std::size_t i = 0; i < m_namespaces.size(); ++i)
        add(Type::Namespace, plainText(m_namespaces[i]), {}, i);
    for (std::size_t i = 0; i < m_contexts.size(); ++i)
        add(Type::Context, plainText(m_contexts[i].name), {}, i);
    const auto addObjects = [&](const std::vector<Object> &objects) {
        for (const Object &object : objects) {
            add(Type::Object, plainText(object.name), {}, m_objectList.size());
            m_objectList.push_back(&object);
        }
    };
    for (const auto &[resource, objects] : m_objects)
        addObjects(objects);
    for (const auto &[context, objects] : m_elsewhere)
        addObjects(objects);
    search();
}

std::optional<GoToModel::Hit> GoToModel::hitOf(std::uint32_t number, const QString &text) const
{
    const Entry &entry = m_entries[number];
    Hit hit{.entry = number};
    std::uint32_t place = placeOf(entry.lower, text, &hit.begin);
    hit.length = hit.begin < 0 ? 0 : int(text.size());
    if (!entry.other.isEmpty()) {
        // A short name that is the text goes before all that merely hold it.
        const auto others = entry.other.split(QLatin1Char(' '), Qt::SkipEmptyParts);
        for (const QString &other : others) {
            int begin = -1;
            place = std::min(place, placeOf(other, text, &begin));
        }
    }
    if (place == nowhere)
        return std::nullopt;
    hit.rank = place * 8 + std::uint32_t(entry.type) * 2;
    if (entry.type == Type::Kind && !kinds::isCommon(m_kinds[entry.at].id.group, m_kinds[entry.at].id.resource))
        ++hit.rank;
    if (entry.type == Type::Object && !m_objectList[entry.at]->context.empty())
        hit.rank += nowhere * 8; // behind all of the window's own
    return hit;
}

void GoToModel::search()
{
    beginResetModel();
    m_hits.clear();
    std::fill(std::begin(m_counts), std::end(m_counts), 0);
    const QString text = m_text.toLower();
    for (std::uint32_t i = 0; i < m_entries.size(); ++i) {
        const Entry &entry = m_entries[i];
        if (text.isEmpty()) {
            if (entry.type == Type::Kind && kinds::isCommon(m_kinds[entry.at].id.group, m_kinds[entry.at].id.resource)) {
                const auto common = kinds::commonKinds();
                const kinds::KindKey key{m_kinds[entry.at].id.group, m_kinds[entry.at].id.resource};
                m_hits.push_back({.entry = i, .rank = std::uint32_t(std::find(common.begin(), common.end(), key) - common.begin())});
                ++m_counts[int(entry.type)];
            }
            continue;
        }
        if (const auto hit = hitOf(i, text)) {
            ++m_counts[int(entry.type)];
            if (!m_only || *m_only == entry.type)
                m_hits.push_back(*hit);
        }
    }
    const auto before = [&](const Hit &a, const Hit &b) {
        const Entry &one = m_entries[a.entry];
        const Entry &other = m_entries[b.entry];
        return std::tuple(a.rank, one.text.size(), a.entry) < std::tuple(b.rank, other.text.size(), b.entry);
    };
    const std::size_t shown = std::min(m_hits.size(), std::size_t(mostRows));
    std::partial_sort(m_hits.begin(), m_hits.begin() + std::ptrdiff_t(shown), m_hits.end(), before);
    m_hits.resize(shown);
    endResetModel();
}

void GoToModel::setText(const QString &text)
{
    if (text == m_text)
        return;
    m_text = text;
    search();
}

void GoToModel::setOnly(std::optional<Type> type)
{
    if (type == m_only)
        return;
    m_only = type;
    search();
}

int GoToModel::count(std::optional<Type> type) const
{
    if (type)
        return m_counts[int(*type)];
    int all = 0;
    for (const int count : m_counts)
        all += count;
    return all;
}

std::optional<GoToModel::Target> GoToModel::target(const QModelIndex &index) const
{
    if (!index.isValid() || std::size_t(index.row()) >= m_hits.size())
        return std::nullopt;
    const Entry &entry = m_entries[m_hits[std::size_t(index.row())].entry];
    Target target{.type = entry.type, .resource = {}, .space = {}, .name = {}};
    switch (entry.type) {
    case Type::Kind:
        target.resource = m_kinds[entry.at];
        break;
    case Type::Namespace:
        target.name = m_namespaces[entry.at];
        break;
    case Type::Context:
        target.name = m_contexts[entry.at].name;
        break;
    case Type::Object:
        target.resource = m_objectList[entry.at]->resource;
        target.space = m_objectList[entry.at]->space;
        target.name = m_objectList[entry.at]->name;
        target.context = m_objectList[entry.at]->context;
        break;
    }
    return target;
}

const contexts::ContextFacts *GoToModel::contextNamed(const std::string &name) const
{
    const auto found = std::find_if(m_contexts.begin(), m_contexts.end(), [&name](const auto &each) { return each.name == name; });
    return name.empty() || found == m_contexts.end() ? nullptr : &*found;
}

int GoToModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_hits.size());
}

QVariant GoToModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Hit &hit = m_hits[std::size_t(index.row())];
    const Entry &entry = m_entries[hit.entry];
    const Object *const object = entry.type == Type::Object ? m_objectList[entry.at] : nullptr;
    const kube::Resource *const kind = entry.type == Type::Kind ? &m_kinds[entry.at] : object != nullptr ? &object->resource : nullptr;
    const contexts::ContextFacts *const context = entry.type == Type::Context ? &m_contexts[entry.at]
                                                  : object != nullptr         ? contextNamed(object->context)
                                                                              : nullptr;
    switch (role) {
    case Qt::DisplayRole:
        return entry.text;
    case TypeRole:
        return int(entry.type);
    case MatchRole:
        return hit.begin < 0 ? QVariant() : QVariant(QPoint(hit.begin, hit.length));
    case KindWordRole:
        return object != nullptr               ? plainText(kind->kind)
               : entry.type == Type::Kind      ? tr("Kind")
               : entry.type == Type::Namespace ? tr("Namespace")
                                               : tr("Context");
    case PlaceRole:
        if (object != nullptr && !object->context.empty())
            return object->space.empty() ? tr("in %1").arg(plainText(object->context))
                                         : tr("%1 in %2").arg(plainText(object->space), plainText(object->context));
        if (object != nullptr)
            return plainText(object->space);
        if (context != nullptr)
            return plainText(context->server);
        if (kind != nullptr)
            return kind->id.group.empty() ? plainText(kind->id.version) : plainText(kind->id.group) + QLatin1Char('/') + plainText(kind->id.version);
        return QString();
    case IconNameRole: {
        if (kind == nullptr)
            return entry.type == Type::Namespace ? QStringLiteral("namespace") : QStringLiteral("wheel");
        const std::string_view icon = kinds::kindOf(kind->id.group, kind->id.resource).icon;
        return icon.empty() ? QStringLiteral("custom") : fromView(icon);
    }
    case IdentityRole:
        return context != nullptr ? QVariant(context->identity) : QVariant();
    case ProductionRole:
        return context != nullptr && context->production;
    case HealthRole:
        return object != nullptr && object->health ? QVariant(int(*object->health)) : QVariant();
    case NoteRole:
        return object != nullptr ? plainText(object->note) : QString();
    case StemRole:
        return object != nullptr && object->stem ? QVariant(int(plainText(object->name.substr(0, *object->stem)).size())) : QVariant();
    case Qt::AccessibleTextRole: {
        QStringList parts{entry.text, data(index, KindWordRole).toString()};
        for (const int each : {int(PlaceRole), int(NoteRole)}) {
            if (const QString text = data(index, each).toString(); !text.isEmpty())
                parts << text;
        }
        return parts.join(QStringLiteral(", "));
    }
    default:
        return {};
    }
}

} // namespace fairlead::items
