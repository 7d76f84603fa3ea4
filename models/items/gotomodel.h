// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "contexts/contextlist.h"
#include "kinds/health.h"
#include "kube/discovery.h"
#include "kube/item.h"

#include <QAbstractListModel>

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace fairlead::items {

/// What a name leads to: kinds, namespaces, contexts and objects whose names hold what was typed, the likeliest first.
///
/// Order: names that are the text, that begin with it, in which a word begins with it, that hold it; then kinds, namespaces, contexts,
/// objects; shorter before longer; objects of other contexts at the end. Without a text: the common kinds. Each key stroke is a reset: it is another
/// list. Thread: GUI.
class GoToModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum class Type { Kind, Namespace, Context, Object };
    static constexpr int types = 4;
    static constexpr int mostRows = 60;

    enum Role {
        TypeRole = Qt::UserRole, ///< int(Type)
        MatchRole,               ///< QPoint: where in the text, and how long; none
        KindWordRole,            ///< QString: "Pod", "Kind"
        PlaceRole,               ///< QString: an object's namespace, a kind's group and version, a context's server
        IconNameRole,            ///< QString
        IdentityRole,            ///< int, of a context, and of an object's where that is another than the window's
        ProductionRole,          ///< bool, likewise
        HealthRole,              ///< int(kinds::Health), of an object; none
        NoteRole,                ///< QString: an object's state in the server's word, a namespace that is in front
        StemRole,                ///< int, of an object: how much of the text a person has written; none: all of it
    };

    /// An object as it is known from some list.
    struct Object {
        kube::Resource resource;
        std::string space;
        std::string name;
        std::optional<kinds::Health> health;
        std::string note;                ///< the server's own word for its state
        std::optional<std::size_t> stem; ///< how much of the name a person has written; none: all of it
        std::string context;             ///< empty: the window's
    };

    /// What a row leads to.
    struct Target {
        Type type = Type::Kind;
        kube::Resource resource; ///< of a kind, of an object
        std::string space;       ///< of an object
        std::string name;        ///< of an object, a namespace, a context
        std::string context;     ///< of an object; empty: the window's
    };

    explicit GoToModel(QObject *parent = nullptr);

    void setOffer(const kube::OfferPtr &offer);
    void setContexts(const std::vector<contexts::ContextFacts> &contexts);
    void setNamespaces(const std::set<std::string> &names);
    /// All that are known of one resource, in the place of those known before.
    void setObjects(const kube::Resource &resource, std::vector<Object> objects);
    /// All that are known of another context, in the place of those known before.
    void setElsewhere(const std::string &context, std::vector<Object> objects);
    void clearObjects(); ///< of the window's context and of others

    void setText(const QString &text);
    /// Only these; none: all.
    void setOnly(std::optional<Type> type);
    [[nodiscard]] std::optional<Type> only() const { return m_only; }
    /// How many match, whatever `only` hides and however few are shown.
    [[nodiscard]] int count(std::optional<Type> type) const;

    [[nodiscard]] std::optional<Target> target(const QModelIndex &index) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    struct Entry {
        Type type = Type::Kind;
        QString text;
        QString lower; ///< for the search
        QString other; ///< lower case, where a kind is known by further names; else empty
        std::size_t at = 0;
    };
    struct Hit {
        std::uint32_t entry = 0;
        std::uint32_t rank = 0;
        int begin = -1;
        int length = 0;
    };

    void rebuild();
    void search();
    [[nodiscard]] std::optional<Hit> hitOf(std::uint32_t entry, const QString &text) const;
    [[nodiscard]] const contexts::ContextFacts *contextNamed(const std::string &name) const;

    kube::OfferPtr m_offer;
    std::vector<contexts::ContextFacts> m_contexts;
    std::vector<std::string> m_namespaces;
    std::vector<kube::Resource> m_kinds;
    std::vector<std::pair<kube::Resource, std::vector<Object>>> m_objects;
    std::map<std::string, std::vector<Object>> m_elsewhere; ///< by context
    std::vector<const Object *> m_objectList;
    std::vector<Entry> m_entries;
    QString m_text;
    std::optional<Type> m_only;
    std::vector<Hit> m_hits;
    int m_counts[types] = {};
};

} // namespace fairlead::items
