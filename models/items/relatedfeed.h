// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kinds/summary.h"
#include "kube/discovery.h"
#include "kube/resource.h"
#include "kube/store.h"

#include <QObject>

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace fairlead::kube {
class Session;
}

namespace fairlead::items {

/// Another object beside the one that is shown.
struct Related {
    enum class How : std::uint8_t {
        Owner, ///< owns it, or owns its owner
        Owned, ///< is owned by it
        User,  ///< uses it, or makes what uses it
        Used,  ///< it names it
        Chosen ///< those that its labels select
    };
    enum class Known : std::uint8_t {
        Asked, ///< no answer yet
        There,
        Missing, ///< there is no such object
        Unknown, ///< could not look: no right, no answer, or the cluster does not offer its kind
    };

    How how = How::Used;
    kinds::Reference reference;
    std::optional<kube::Resource> resource; ///< none: the cluster does not offer it, or is not asked yet
    Known known = Known::Asked;
    std::optional<kinds::Health> health;
    std::string word;                ///< of its row: "2/3", "Running"; of a user how it uses it: "env, volume"; may be empty
    std::optional<std::size_t> stem; ///< how many bytes of its name a person wrote; none: not known
    int depth = 0;                   ///< of an owner: the topmost is 0
};

/// The owners above an object up to the topmost, what it owns, who uses it, and what it uses, each with how it does. Owners and uses are asked
/// for once for each state of the object (at most every `pause`), what it owns and who uses it are live. Of users that others made, the topmost
/// owner stands for all: a deployment for its pods, also while it has none, and for replica sets of earlier revisions.
///
/// Thread: GUI. Owner: who shows the object. `session` outlives it. At most `mostAsked` objects are asked for.
class RelatedFeed : public QObject {
    Q_OBJECT

public:
    static constexpr std::chrono::seconds pause{10};
    static constexpr std::size_t mostAsked = 40;
    static constexpr std::size_t mostOwned = 200;
    static constexpr std::size_t mostUsers = 200;

    explicit RelatedFeed(kube::Session &session, QObject *parent = nullptr);
    ~RelatedFeed() override;

    void setSummary(const kinds::Kind &kind, const kinds::Summary &summary);
    /// Nothing is shown any more: lets go of all that it followed.
    void clear();

    /// Owners from the topmost down, then what is owned, then who uses it, then what is used.
    [[nodiscard]] const std::vector<Related> &all() const { return m_all; }
    /// What is known of who uses it.
    enum class Users : std::uint8_t {
        NotAsked, ///< nobody can use objects of this kind by name
        Asking,
        Some, ///< some of those who could may not be read
        All,
    };
    [[nodiscard]] Users users() const;
    /// Whether nothing is being asked for.
    [[nodiscard]] bool isSettled() const { return m_open == 0 && m_offerKnown && users() != Users::Asking; }

Q_SIGNALS:
    void changed();

private:
    struct Owned {
        const kinds::Kind *kind = nullptr;
        kube::Resource resource;
        std::shared_ptr<kube::Store> store;
        std::vector<Related> rows;
        bool told = false;
        kube::Subscription subscription; // last: it ends first
    };

    /// A kind whose objects may use it.
    struct Asked {
        const kinds::Kind *kind = nullptr;
        kube::Resource resource;
        std::shared_ptr<kube::Store> store;
        bool told = false;
        bool refused = false;
        kube::Subscription subscription; // last: it ends first
    };
    /// An object of such a kind.
    struct Seen {
        const Asked *of = nullptr;
        kube::ItemPtr item;
        std::string how; ///< empty: it does not use it itself
    };

    void rebuild();
    void listenUsers();
    void takeUsers(const Asked &asked, const kube::ChangeSet &set);
    [[nodiscard]] std::vector<Related> usersNow() const;
    void askAll();
    void askAbove(std::size_t index, const kinds::Reference &reference, int left);
    void listenOwned();
    void takeOwned(Owned &owned);
    void gather();
    [[nodiscard]] std::optional<kube::Resource> resourceOf(const kinds::Reference &reference) const;

    kube::Session &m_session;
    const kinds::Kind *m_kind = nullptr;
    kinds::Summary m_summary;
    kube::OfferPtr m_offer;
    bool m_offerKnown = false;
    bool m_offerAsked = false;
    std::vector<std::vector<Related>> m_owners; // by owner reference: the chain above it, nearest first
    std::vector<Related> m_used;
    std::vector<std::unique_ptr<Owned>> m_owned;
    std::string m_ownedOf;
    std::vector<std::unique_ptr<Asked>> m_asked;
    std::unordered_map<std::string, Seen> m_seen; ///< by uid
    std::vector<Related> m_all;
    std::uint64_t m_generation = 0;
    int m_open = 0;
    std::optional<Clock::Duration> m_askedAt;
    Clock::Timer m_timer = 0;
};

} // namespace fairlead::items
