// SPDX-License-Identifier: GPL-3.0-or-later
#include "contexts/readcontexts.h"

#include "kube/kubeconfig/kubeconfig.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace fairlead::contexts {

namespace {

using Found = Searched::Found;

/// Where the reader is told to look by, for the files that it then asks for.
Searched::What whereFrom(const kube::Surroundings &surroundings, const std::optional<std::string> &kubeconfig)
{
    if (kubeconfig && !kubeconfig->empty())
        return Searched::What::Argument;
    return surroundings.environment("KUBECONFIG").value_or(std::string()).empty() ? Searched::What::Home : Searched::What::Listed;
}

ContextFacts factsOf(const kube::ContextInfo &info)
{
    ContextFacts facts;
    facts.name = info.name;
    facts.cluster = info.cluster;
    facts.server = info.server;
    facts.user = info.user;
    facts.nameSpace = info.namespaceName;
    facts.current = info.current;
    facts.place = info.place;
    if (info.problem) {
        facts.standing = info.problem->code == Code::Unsupported ? Standing::NotYet : Standing::Broken;
        facts.problem = info.problem;
    }
    return facts;
}

void countContexts(ContextList &list)
{
    for (Searched &place : list.searched) {
        place.contexts = int(std::count_if(
            list.contexts.begin(), list.contexts.end(), [&place](const ContextFacts &facts) { return facts.place.file == place.text; }));
    }
}

} // namespace

ContextList readContexts(
    const kube::Surroundings &surroundings, const std::optional<std::string> &kubeconfig, const std::optional<std::string> &context)
{
    ContextList list;
    list.home = surroundings.home;
    const Searched::What from = whereFrom(surroundings, kubeconfig);
    if (from != Searched::What::Argument) {
        list.searched.push_back(
            {.what = Searched::What::Variable, .text = "KUBECONFIG", .found = from == Searched::What::Listed ? Found::Read : Found::NotSet});
    }
    // The reader alone knows which files it asks for; what it asked and what it got is what was searched.
    const auto asked = std::make_shared<std::vector<Searched>>();
    kube::Surroundings watched = surroundings;
    watched.readFile = [asked, from, readFile = surroundings.readFile](const std::string &path) {
        auto text = readFile(path);
        const Found found = text ? Found::Read : text.error().code == Code::NotFound ? Found::Missing : Found::Unreadable;
        asked->push_back({.what = from, .text = path, .found = found});
        return text;
    };
    const auto config = kube::Kubeconfig::load(std::move(watched), kubeconfig);
    list.searched.insert(list.searched.end(), asked->begin(), asked->end());
    if (!config) {
        // That nothing is there is no failure, except where the user said that there is.
        if (config.error().code != Code::NotFound || from == Searched::What::Argument)
            list.failure = config.error();
        else if (asked->empty() && from == Searched::What::Home)
            list.searched.push_back({.what = Searched::What::Home, .text = "~/.kube/config", .found = Found::NotSet});
        return list;
    }
    for (const kube::ContextInfo &info : config->contexts())
        list.contexts.push_back(factsOf(info));
    list.currentContext = config->currentContext();
    list.warnings = config->warnings();
    list.problems = config->problems();
    for (const Error &problem : list.problems) {
        for (Searched &place : list.searched) {
            if (place.text == problem.place.file)
                place.found = Found::Unreadable;
        }
    }
    if (list.contexts.empty() && !list.problems.empty())
        list.failure = list.problems.front();
    const std::string opened = context && !context->empty() ? *context : list.currentContext;
    list.tellApart(opened);
    if (!list.failure && !list.contexts.empty() && context && !context->empty() && list.opened() == nullptr) {
        Error missing{.code = Code::NotFound, .message = "there is no context " + *context, .remedy = "The contexts that there are stand below."};
        list.problems.insert(list.problems.begin(), std::move(missing));
    }
    const bool known = std::any_of(list.contexts.begin(), list.contexts.end(), [](const ContextFacts &facts) { return facts.current; });
    if (!list.currentContext.empty() && !known) {
        list.warnings.push_back({.code = Code::NotFound,
            .message = "current-context is " + list.currentContext + ", and there is no such context",
            .remedy = "Choose one with --context."});
    }
    countContexts(list);
    return list;
}

} // namespace fairlead::contexts
