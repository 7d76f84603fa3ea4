// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/objectworld.h"

#include <map>
#include <string>

namespace fairlead::test {

/// The recorded scenario as a server has it: every kind that rules look at, in all namespaces and in each single one, with a watch. Rows are
/// those of tests/fixtures/kinds. Thread: as ObjectWorld.
class ScenarioWorld {
public:
    static constexpr const char *recordedAt = "2026-11-24T18:52:45Z";

    enum class Content {
        All,
        Healthy, ///< nodes, and pods, workloads and jobs that do well: nothing is broken
    };

    explicit ScenarioWorld(Content content = Content::All, const char *now = recordedAt);

    [[nodiscard]] ObjectWorld &server() { return m_server; }
    [[nodiscard]] kube::Session &session() const { return m_server.session(); }
    void settle() { m_server.settle(); }

    /// "/api/v1/pods", "/api/v1/namespaces/team-a/pods"; kinds as fixtures name them ("jobs.batch").
    [[nodiscard]] static std::string path(const std::string &kind, const std::string &space = {});
    /// One of the scenario's objects as it stands in its list.
    [[nodiscard]] ObjectWorld::Object object(const std::string &kind, const std::string &space, const std::string &name) const;
    /// Tells both lists that hold it.
    void change(const std::string &kind, const std::string &space, const ObjectWorld::Object &object);
    void remove(const std::string &kind, const std::string &space, const std::string &name);
    /// Both for all namespaces and for each.
    void refuse(const std::string &kind, int status, const std::string &reason, const std::string &message);

private:
    void add(const std::string &kind, Content content);

    ObjectWorld m_server;
    std::map<std::string, std::map<std::string, ObjectWorld::Object>> m_objects; ///< by kind, by "namespace/name"
};

/// `text` with its first `from` replaced, which must be there.
[[nodiscard]] std::string replaced(std::string text, const std::string &from, const std::string &to);

} // namespace fairlead::test
