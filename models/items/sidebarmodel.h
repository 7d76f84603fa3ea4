// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "contexts/contextlist.h"
#include "contexts/reach.h"
#include "kinds/health.h"
#include "kube/discovery.h"

#include <QAbstractItemModel>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace fairlead::items {

/// What the window can go to, as a tree: the contexts, then every kind that the open cluster offers a list of, in the groups that
/// people know. The common kinds stand in their group; the others below its last row, "More"; kinds of others in "Custom".
///
/// Promise: changes by the least step, so that what is open, chosen and scrolled to stays; a kind that vanishes goes, one that appears
/// comes at its place. Each kind is there once, by kube::Resource::qualifiedName(). Where there is no context it says so.
/// Thread: GUI. States facts; shapes and colours are the view's.
class SideBarModel : public QAbstractItemModel {
    Q_OBJECT

public:
    enum class Type { Section, Context, Kind, More, Nothing };

    enum Role {
        TypeRole = Qt::UserRole, ///< int(Type)
        KeyRole,                 ///< QString: a context's name, a kind's qualified name, exactly; sections have their own
        IdentityRole,            ///< int, of a context: which colour
        ProductionRole,          ///< bool, of a context
        OpenedRole,              ///< bool: the context that the window is about, the kind that is in front
        StandingRole,            ///< int(contexts::Standing), of a context
        ReachRole,               ///< int(contexts::Reach::State), of a context
        RecordingRole,           ///< bool, of a context: it is none, but a recording
        IconNameRole,            ///< QString, of a kind
        CountRole,               ///< qlonglong; none: not known
        HealthRole,              ///< int(kinds::Health): the worst that there is; none: nothing is wrong, or nothing is known
        ProblemsRole,            ///< qlonglong: how many there are of HealthRole
        GroupRole,               ///< QString: the API group, where the title alone would not tell two kinds apart
        OpenAtFirstRole,         ///< bool: whether its rows are shown where nobody has folded or unfolded it
    };

    /// How many do badly.
    struct Problems {
        kinds::Health health = kinds::Health::Failed;
        std::int64_t count = 0;

        bool operator==(const Problems &) const = default;
    };

    explicit SideBarModel(QObject *parent = nullptr);
    ~SideBarModel() override;

    /// None: they were looked for and there are none. Before, nothing is said of them.
    void setContexts(const std::vector<contexts::ContextFacts> &contexts);
    void setOpenedContext(const std::string &name);
    void setReach(const std::string &context, const contexts::Reach &reach);

    /// Null: no cluster is open, and there are no kinds.
    void setOffer(const kube::OfferPtr &offer);
    void setOpenedKind(const std::string &qualifiedName);
    /// None: not known. Unknown kinds are passed over.
    void setCount(const std::string &qualifiedName, std::optional<std::int64_t> count);
    void setProblems(const std::string &qualifiedName, std::optional<Problems> problems);

    /// The resource of a kind's row; null for others.
    [[nodiscard]] const kube::Resource *resource(const QModelIndex &index) const;
    [[nodiscard]] QModelIndex contextIndex(const std::string &name) const;
    [[nodiscard]] QModelIndex kindIndex(const std::string &qualifiedName) const;

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &index) const override;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    struct Node;
    struct Wanted;

    [[nodiscard]] Node *nodeOf(const QModelIndex &index) const;
    [[nodiscard]] QModelIndex indexOf(const Node &node) const;
    [[nodiscard]] Node *find(Type type, const std::string &key) const;
    void merge(Node &parent, std::vector<Wanted> wanted);
    void update();
    void tell(Node *node, const QList<int> &roles = {});
    [[nodiscard]] std::vector<Wanted> wantedContexts() const;
    [[nodiscard]] QString accessibleText(const Node &node) const;
    [[nodiscard]] QString toolTip(const Node &node) const;

    std::unique_ptr<Node> m_root;
    std::optional<std::vector<contexts::ContextFacts>> m_contexts; ///< none: not looked for yet
    kube::OfferPtr m_offer;
    std::string m_openedContext;
    std::string m_openedKind;
};

} // namespace fairlead::items
