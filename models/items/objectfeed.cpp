// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/objectfeed.h"

#include "kinds/kinds.h"
#include "kube/session.h"

#include <chrono>
#include <utility>

namespace fairlead::items {

struct ObjectFeed::Worked {
    std::shared_ptr<const kinds::Summary> summary;
    std::optional<kinds::Health> health;
    std::shared_ptr<const YamlPage> yaml;
    std::optional<Error> error;     // of the object
    std::optional<Error> yamlError; // of its YAML
};

ObjectFeed::ObjectFeed(kube::Session &session, kube::Resource resource, std::string space, std::string name, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_resource(std::move(resource))
    , m_kind(kinds::kindOf(m_resource.id.group, m_resource.id.resource))
    , m_space(m_resource.namespaced ? std::move(space) : std::string())
    , m_name(std::move(name))
    , m_number(session.client().dispatcher().open())
{
    subscribe();
}

ObjectFeed::~ObjectFeed()
{
    m_session.client().dispatcher().close(m_number);
}

kube::ObjectRef ObjectFeed::ref() const
{
    return {m_resource.id, m_space, m_name};
}

kinds::Moment ObjectFeed::now() const
{
    return std::chrono::time_point_cast<std::chrono::milliseconds>(m_session.clock().now());
}

std::size_t ObjectFeed::stem() const
{
    return m_item ? kinds::splitName(m_kind, m_item->meta()).stem.size() : m_name.size();
}

void ObjectFeed::subscribe()
{
    const kube::Scope scope = m_space.empty() ? kube::Scope::all() : kube::Scope::of({m_space});
    m_store = m_session.store({m_resource.id, scope, {.labels = {}, .fields = "metadata.name=" + m_name}});
    m_subscription = m_store->subscribe(
        kube::Detail::Whole, this, [this](const kube::ChangeSet &set) { apply(set); }, [this](const kube::State &state) { take(state); });
}

void ObjectFeed::apply(const kube::ChangeSet &set)
{
    kube::ItemPtr newest;
    for (const auto &removed : set.removed) {
        if (m_item && removed.id == m_item->id()) {
            m_there = false;
            newest = removed.last; // its end: how the containers ended
        }
    }
    for (const kube::ItemPtr &item : set.changed)
        newest = item;
    for (const kube::ItemPtr &item : set.added) {
        newest = item;
        m_there = true;
    }
    if (newest) {
        m_item = newest;
        m_seen = true;
        m_body.reset();
        m_managed.reset();
        work();
    }
    judge();
    Q_EMIT changed();
}

void ObjectFeed::take(const kube::State &state)
{
    m_state = state;
    m_complete = m_complete || state.phase == kube::Phase::Live;
    judge();
    const bool refused = state.why && state.why->code == Code::Forbidden;
    // One may have the right to get what one may not list.
    if (state.phase == kube::Phase::Loading && refused && !m_readingOnce)
        readOnce();
    Q_EMIT changed();
}

void ObjectFeed::judge()
{
    m_why = m_state.why;
    if (m_seen) {
        m_phase = m_there ? (m_summary ? Phase::Shown : Phase::Loading) : (m_summary ? Phase::Gone : Phase::Loading);
    } else if (!m_live) {
        m_phase = m_summary ? Phase::Shown : Phase::Loading;
    } else if (m_complete) {
        m_phase = Phase::Missing;
    } else if ((m_state.why && !m_readingOnce) || m_state.phase == kube::Phase::Ended) {
        m_phase = Phase::Failed;
    } else {
        m_phase = Phase::Loading;
    }
}

void ObjectFeed::readOnce()
{
    m_readingOnce = true;
    m_asked = m_store->object(ref());
    m_asked.then(this, [this](Result<std::string> body) {
        if (m_seen)
            return;
        if (!body) {
            m_phase = body.error().code == Code::NotFound ? Phase::Missing : Phase::Failed;
            m_why = std::move(body.error());
            Q_EMIT changed();
            return;
        }
        m_live = false;
        m_body = std::make_shared<const std::string>(std::move(*body));
        work();
    });
}

void ObjectFeed::wishYaml(const YamlWish &wish)
{
    if (m_wish == wish)
        return;
    m_wish = wish;
    m_yaml.reset();
    m_yamlError.reset();
    if (m_item || m_body)
        work();
}

void ObjectFeed::retry()
{
    m_readingOnce = false;
    m_store->retry();
}

void ObjectFeed::work()
{
    ++m_generation;
    if (m_working) {
        m_again = true;
        return;
    }
    if (m_wish && m_wish->managedFields && !m_managed && !m_body && m_there)
        askManagedFields();
    workOn(m_body, m_item);
}

void ObjectFeed::askManagedFields()
{
    m_asked = m_store->object(ref());
    m_asked.then(this, [this](Result<std::string> body) {
        if (!m_wish || !m_wish->managedFields)
            return;
        if (!body) {
            m_yamlError = std::move(body.error());
            Q_EMIT yamlChanged();
            return;
        }
        m_managed = std::make_shared<const std::string>(std::move(*body));
        work();
    });
}

void ObjectFeed::workOn(std::shared_ptr<const std::string> body, kube::ItemPtr item)
{
    m_working = true;
    m_again = false;
    // The pool sees immutable things only: an item, texts, a kind that lives as long as the program.
    auto columns = std::make_shared<const std::vector<kube::Column>>(m_store->snapshot().columns());
    const bool waits = m_wish && m_wish->managedFields && !m_managed && !m_body && m_there;
    const auto wish = waits ? std::optional<YamlWish>() : m_wish;
    Dispatcher &dispatcher = m_session.client().dispatcher();
    m_session.client().pool().start([this, &dispatcher, number = m_number, generation = m_generation, body = std::move(body), item = std::move(item),
                                        managed = m_managed, columns, wish, kind = &m_kind] {
        const auto worked = std::make_shared<Worked>();
        const std::string_view text = body ? std::string_view(*body) : item->body();
        auto json = kube::Json::parse(text);
        if (json) {
            worked->summary = std::make_shared<const kinds::Summary>(kinds::summarize(*kind, *json));
            if (item && !body)
                worked->health = kind->health(*columns, item->meta());
        } else {
            worked->error = std::move(json.error());
        }
        if (wish) {
            auto page = yamlPage(managed && wish->managedFields ? std::string_view(*managed) : text, *kind, *wish);
            if (page)
                worked->yaml = std::make_shared<const YamlPage>(std::move(*page));
            else
                worked->yamlError = std::move(page.error());
        }
        // A message for a number that is closed is dropped: `this` is not touched then.
        dispatcher.post(number, [this, generation, worked] { finished(generation, worked); });
    });
}

void ObjectFeed::finished(std::uint64_t generation, const std::shared_ptr<Worked> &worked)
{
    m_working = false;
    const bool current = generation == m_generation;
    if (worked->summary) {
        m_summary = worked->summary;
        m_health = worked->health;
    }
    const bool yaml = current && (worked->yaml || worked->yamlError);
    if (yaml) {
        m_yaml = worked->yaml;
        m_yamlError = worked->yamlError;
    }
    judge();
    if (worked->error) {
        m_phase = Phase::Failed;
        m_why = worked->error;
    }
    if (m_again)
        work();
    Q_EMIT changed();
    if (yaml)
        Q_EMIT yamlChanged();
}

} // namespace fairlead::items
