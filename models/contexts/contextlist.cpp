// SPDX-License-Identifier: GPL-3.0-or-later
#include "contexts/contextlist.h"

#include "contexts/identity.h"

#include <algorithm>
#include <tuple>

namespace fairlead::contexts {

bool ContextFacts::operator==(const ContextFacts &other) const
{
    const auto all = [](const ContextFacts &facts) {
        return std::tie(facts.name, facts.cluster, facts.server, facts.user, facts.nameSpace, facts.current, facts.opened, facts.production,
            facts.identity, facts.recording, facts.place.file, facts.place.line, facts.place.column, facts.standing, facts.signIn.by,
            facts.signIn.program, facts.signIn.ends);
    };
    const auto said = [](const ContextFacts &facts) { return facts.problem ? facts.problem->text() : std::string(); };
    return all(*this) == all(other) && said(*this) == said(other);
}

ContextList::State ContextList::state() const
{
    if (failure)
        return State::Failed;
    return contexts.empty() ? State::Empty : State::Content;
}

const ContextFacts *ContextList::opened() const
{
    const auto found = std::find_if(contexts.begin(), contexts.end(), [](const ContextFacts &facts) { return facts.opened; });
    return found == contexts.end() ? nullptr : &*found;
}

int ContextList::files() const
{
    return int(std::count_if(searched.begin(), searched.end(),
        [](const Searched &place) { return place.what != Searched::What::Variable && place.found == Searched::Found::Read; }));
}

void ContextList::tellApart(const std::string &name)
{
    std::vector<std::string> names;
    names.reserve(contexts.size());
    for (const ContextFacts &facts : contexts)
        names.push_back(facts.name);
    const std::vector<int> numbers = identityNumbers(names);
    for (std::size_t i = 0; i < contexts.size(); ++i) {
        contexts[i].identity = numbers[i];
        contexts[i].production = isProduction(contexts[i].name);
        contexts[i].opened = !name.empty() && contexts[i].name == name;
    }
}

std::string shortPath(const std::string &path, const std::string &home)
{
    // A home of "/" is what a container's root has: every path begins with it, and none is meant.
    if (home.size() < 2)
        return path;
    const std::size_t length = home.back() == '/' ? home.size() - 1 : home.size();
    if (path.compare(0, length, home, 0, length) == 0 && path.size() > length && path[length] == '/')
        return '~' + path.substr(length);
    return path;
}

std::string shortPlace(const Place &place, const std::string &home)
{
    std::string text = shortPath(place.file, home);
    if (place.line > 0)
        text += ':' + std::to_string(place.line);
    return text;
}

} // namespace fairlead::contexts
