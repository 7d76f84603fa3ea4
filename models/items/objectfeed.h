// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/dispatcher.h"
#include "items/yamlpage.h"
#include "kinds/summary.h"
#include "kube/resource.h"
#include "kube/store.h"

#include <QObject>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace fairlead::kube {
class Session;
}

namespace fairlead::items {

/// One object, live and whole: its summary, its health, its YAML. All that is worked out of its JSON is worked out on the pool.
///
/// Promise: changed() follows every change of what the accessors give, at most once for a change of the object. An object that is deleted
/// stays as it was last seen (Phase::Gone); one that is made anew under its name takes its place. Where the user may read the object and not
/// watch it, it is read once (isLive() is false).
/// Thread: GUI. Owner: who shows it. `session` outlives it.
class ObjectFeed : public QObject {
    Q_OBJECT

public:
    enum class Phase : std::uint8_t {
        Loading,
        Shown,
        Gone,    ///< it was there; the summary is its last state
        Missing, ///< there is no such object
        Failed,  ///< nothing is known of it: why() says it
    };

    ObjectFeed(kube::Session &session, kube::Resource resource, std::string space, std::string name, QObject *parent = nullptr);
    ~ObjectFeed() override;

    [[nodiscard]] const kube::Resource &resource() const { return m_resource; }
    [[nodiscard]] const kinds::Kind &kind() const { return m_kind; }
    [[nodiscard]] const std::string &space() const { return m_space; }
    [[nodiscard]] const std::string &name() const { return m_name; }

    [[nodiscard]] Phase phase() const { return m_phase; }
    /// Of Failed; of Shown: what stands in the way of staying current.
    [[nodiscard]] const std::optional<Error> &why() const { return m_why; }
    /// The connection's, for "since" and "next try".
    [[nodiscard]] const kube::State &state() const { return m_state; }
    [[nodiscard]] bool isLive() const { return m_live; }

    /// Null until the first is worked out.
    [[nodiscard]] const kinds::Summary *summary() const { return m_summary.get(); }
    /// None: nothing can be told.
    [[nodiscard]] std::optional<kinds::Health> health() const { return m_health; }
    /// How many bytes of the name a person has written; the rest was made up.
    [[nodiscard]] std::size_t stem() const;
    /// By the session's clock.
    [[nodiscard]] kinds::Moment now() const;

    /// From now on the YAML is worked out too. Again with something else: anew.
    void wishYaml(const YamlWish &wish);
    /// Null until it is worked out, and after a new wish until that is.
    [[nodiscard]] const YamlPage *yaml() const { return m_yaml.get(); }
    [[nodiscard]] std::shared_ptr<const YamlPage> sharedYaml() const { return m_yaml; }
    /// Why there is no YAML as wished.
    [[nodiscard]] const std::optional<Error> &yamlError() const { return m_yamlError; }

    void retry();

Q_SIGNALS:
    void changed();
    void yamlChanged();

private:
    struct Worked;

    void subscribe();
    void apply(const kube::ChangeSet &set);
    void take(const kube::State &state);
    void judge();
    void readOnce();
    void work();
    void workOn(std::shared_ptr<const std::string> body, kube::ItemPtr item);
    void finished(std::uint64_t generation, const std::shared_ptr<Worked> &worked);
    void askManagedFields();
    [[nodiscard]] kube::ObjectRef ref() const;

    kube::Session &m_session;
    const kube::Resource m_resource;
    const kinds::Kind &m_kind;
    const std::string m_space;
    const std::string m_name;

    Phase m_phase = Phase::Loading;
    std::optional<Error> m_why;
    kube::State m_state;
    bool m_live = true;
    bool m_seen = false;  // it was there
    bool m_there = false; // it is there
    bool m_complete = false;

    kube::ItemPtr m_item;                         // the newest
    std::shared_ptr<const std::string> m_body;    // of one that was read once
    std::shared_ptr<const std::string> m_managed; // the whole object with its managed fields
    Reply<std::string> m_asked;
    bool m_readingOnce = false;

    std::shared_ptr<const kinds::Summary> m_summary;
    std::optional<kinds::Health> m_health;
    std::optional<YamlWish> m_wish;
    std::shared_ptr<const YamlPage> m_yaml;
    std::optional<Error> m_yamlError;

    Dispatcher::Number m_number = 0;
    std::uint64_t m_generation = 0; // of what is worked on
    bool m_working = false;
    bool m_again = false;

    std::shared_ptr<kube::Store> m_store;
    kube::Subscription m_subscription; // last: it ends first
};

} // namespace fairlead::items
