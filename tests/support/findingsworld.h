// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kinds/findings/finding.h"
#include "kinds/kind.h"
#include "kube/decode/table.h"

#include <QStringList>

#include <list>
#include <set>
#include <string>
#include <vector>

namespace fairlead::test {

/// A cluster made of Tables as a server sends them, for rules to judge: the recorded scenario, and objects of a test's own. In JSON of a test
/// ` stands for a quotation mark, since moc 6.4 loses its way in raw strings.
class FindingsWorld {
public:
    explicit FindingsWorld(const char *now = "2026-11-24T18:52:45Z"); ///< RFC 3339; when the scenario was recorded

    /// All fixtures but these (RESOURCE[.GROUP]).
    void addScenario(const std::set<QString> &without = {});
    /// Columns "Type,Reason,Message" and the like, and rows {`cells`: […], `object`: {…}}.
    void addRows(const std::string &resource, const std::string &columns, const std::vector<std::string> &rows);
    /// Objects without cells.
    void addObjects(const std::string &resource, const std::vector<std::string> &objects);

    [[nodiscard]] std::vector<kinds::Finding> findings() const;
    /// One line each: "broken crash-loop Deployment team-a/crash-loop: Container app …".
    [[nodiscard]] QStringList lines() const;

private:
    struct Listed {
        const kinds::Kind *kind;
        kube::TablePage page;
    };
    void add(const std::string &resource, const std::string &json);

    kinds::Moment m_now;
    std::list<Listed> m_lists;
};

} // namespace fairlead::test
