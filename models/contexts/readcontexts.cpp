// SPDX-License-Identifier: GPL-3.0-or-later
#include "contexts/readcontexts.h"

#include "contexts/tokenend.h"
#include "kube/kubeconfig/certificateend.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace fairlead::contexts {

namespace {

using Found = Searched::Found;

bool given(const ConfigFiles &files)
{
    return files.argument && !files.argument->empty();
}

/// Where the reader is told to look by, for the files that it then asks for.
Searched::What whereFrom(const kube::Surroundings &surroundings, const ConfigFiles &files)
{
    if (given(files))
        return Searched::What::Argument;
    return surroundings.environment("KUBECONFIG").value_or(std::string()).empty() ? Searched::What::Home : Searched::What::Listed;
}

std::string homeFile(const kube::Surroundings &surroundings)
{
    return surroundings.home.empty() ? std::string() : surroundings.home + (surroundings.home.back() == '/' ? "" : "/") + ".kube/config";
}

/// KUBECONFIG as it would have to be for kubectl to read the added files after those that it reads anyway.
std::string longerList(const kube::Surroundings &surroundings, const ConfigFiles &files)
{
    std::string list = given(files) ? *files.argument : surroundings.environment("KUBECONFIG").value_or(std::string());
    if (list.empty())
        list = homeFile(surroundings);
    for (const std::string &file : files.added)
        list += ':' + file;
    return list;
}

void judge(ContextFacts &facts, const Error &problem)
{
    facts.standing = problem.code == Code::Unsupported ? Standing::NotYet : Standing::Broken;
    facts.problem = problem;
}

ContextFacts factsOf(const kube::ContextInfo &info)
{
    ContextFacts facts;
    facts.name = info.name;
    facts.cluster = info.cluster;
    facts.server = info.server;
    facts.user = info.user;
    facts.signIn = info.signIn;
    facts.nameSpace = info.namespaceName;
    facts.current = info.current;
    facts.place = info.place;
    if (info.problem)
        judge(facts, *info.problem);
    return facts;
}

/// What only the other files tell, those that the entry names: whether they are there, and when a certificate ends.
void readFurther(ContextFacts &facts, const kube::Kubeconfig &config, const kube::Surroundings &surroundings)
{
    if (facts.problem)
        return;
    const auto target = config.resolve(facts.name);
    if (!target) {
        judge(facts, target.error());
        return;
    }
    if (!target->endpoint.secure()) {
        facts.signIn = {}; // over plain http no credentials are sent
        return;
    }
    if (facts.signIn.by == kube::SignIn::By::Token)
        facts.signIn.ends = tokenEnd(target->endpoint.token);
    if (facts.signIn.by == kube::SignIn::By::TokenFile) {
        if (const auto text = surroundings.readFile(target->endpoint.tokenFile))
            facts.signIn.ends = tokenEnd(std::string_view(*text).substr(0, text->find_last_not_of(" \t\r\n") + 1));
    }
    const std::string &file = target->endpoint.certificate.file;
    if (facts.signIn.by != kube::SignIn::By::Certificate || facts.signIn.ends || file.empty())
        return;
    if (const auto text = surroundings.readFile(file))
        facts.signIn.ends = kube::certificateEnd(*text);
}

void countContexts(ContextList &list)
{
    for (Searched &place : list.searched) {
        place.contexts = int(std::count_if(
            list.contexts.begin(), list.contexts.end(), [&place](const ContextFacts &facts) { return facts.place.file == place.text; }));
    }
}

} // namespace

Result<kube::Kubeconfig> loadKubeconfig(const kube::Surroundings &surroundings, const ConfigFiles &files)
{
    if (files.added.empty())
        return kube::Kubeconfig::load(surroundings, files.argument);
    kube::Surroundings longer = surroundings;
    longer.environment = [list = longerList(surroundings, files), environment = surroundings.environment](
                             const std::string &name) { return name == "KUBECONFIG" ? std::optional(list) : environment(name); };
    return kube::Kubeconfig::load(std::move(longer));
}

ContextList readContexts(
    const kube::Surroundings &surroundings, const std::optional<std::string> &kubeconfig, const std::optional<std::string> &context)
{
    return readContexts(surroundings, ConfigFiles{.argument = kubeconfig, .added = {}}, context);
}

ContextList readContexts(const kube::Surroundings &surroundings, const ConfigFiles &files, const std::optional<std::string> &context, Depth depth)
{
    ContextList list;
    list.home = surroundings.home;
    const Searched::What from = whereFrom(surroundings, files);
    if (from != Searched::What::Argument) {
        list.searched.push_back(
            {.what = Searched::What::Variable, .text = "KUBECONFIG", .found = from == Searched::What::Listed ? Found::Read : Found::NotSet});
    }
    // The reader alone knows which files it asks for; what it asked and what it got is what was searched.
    const auto asked = std::make_shared<std::vector<Searched>>();
    kube::Surroundings watched = surroundings;
    watched.readFile = [asked, from, added = files.added, readFile = surroundings.readFile](const std::string &path) {
        auto text = readFile(path);
        const Found found = text ? Found::Read : text.error().code == Code::NotFound ? Found::Missing : Found::Unreadable;
        const bool opened = std::find(added.begin(), added.end(), path) != added.end();
        asked->push_back({.what = opened ? Searched::What::Added : from, .text = path, .found = found});
        return text;
    };
    const auto config = loadKubeconfig(watched, files);
    list.searched.insert(list.searched.end(), asked->begin(), asked->end());
    if (!config) {
        // That nothing is there is no failure, except where the user said that there is.
        if (config.error().code != Code::NotFound || from == Searched::What::Argument)
            list.failure = config.error();
        else if (asked->empty() && from == Searched::What::Home)
            list.searched.push_back({.what = Searched::What::Home, .text = "~/.kube/config", .found = Found::NotSet});
        return list;
    }
    for (const kube::ContextInfo &info : config->contexts()) {
        list.contexts.push_back(factsOf(info));
        if (depth == Depth::Whole)
            readFurther(list.contexts.back(), *config, surroundings);
    }
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
