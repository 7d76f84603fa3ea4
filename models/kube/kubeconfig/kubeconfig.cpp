// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/kubeconfig/kubeconfig.h"

#include "kube/kubeconfig/certificateend.h"
#include "kube/kubeconfig/fields.h"
#include "kube/kubeconfig/nearestnames.h"
#include "kube/kubeconfig/targetbuilder.h"

#include <algorithm>
#include <filesystem>
#include <utility>

namespace fairlead::kube {
namespace {

std::string joined(const std::vector<std::string> &texts)
{
    std::string out;
    for (const std::string &text : texts)
        out += (out.empty() ? "" : ", ") + text;
    return out;
}

std::string absolute(const std::string &path, const std::string &folder)
{
    return (std::filesystem::path(folder) / path).lexically_normal().string();
}

/// In the order in which kubectl prefers them: what would be used, not all that is written.
SignIn signInOf(const Fields &user)
{
    const auto has = [&user](const char *name) { return !user.node(name).isNull(); };
    const auto textIn = [](const yaml::Node &map, std::string_view name) {
        for (const yaml::Entry &entry : map.entries()) {
            if (entry.name == name && entry.value.isScalar())
                return entry.value.value().string;
        }
        return std::string();
    };
    if (has("exec"))
        return {.by = SignIn::By::Plugin, .program = std::filesystem::path(textIn(user.node("exec"), "command")).filename().string()};
    if (has("auth-provider"))
        return {.by = SignIn::By::Provider, .program = textIn(user.node("auth-provider"), "name")};
    if (has("username") || has("password"))
        return {.by = SignIn::By::Password};
    if (has("tokenFile"))
        return {.by = SignIn::By::TokenFile};
    if (has("token"))
        return {.by = SignIn::By::Token};
    if (!has("client-certificate") && !has("client-certificate-data"))
        return {};
    SignIn certificate{.by = SignIn::By::Certificate};
    if (const Result<Text> data = user.bytes("client-certificate-data"); data)
        certificate.ends = certificateEnd(data->value);
    return certificate;
}

struct Searched {
    std::vector<std::string> paths;
    std::string source; ///< for people
};

Result<Searched> pathsToSearch(const Surroundings &surroundings, const std::optional<std::string> &explicitPath)
{
    // An empty --kubeconfig is none at all to kubectl.
    if (explicitPath && !explicitPath->empty())
        return Searched{{absolute(*explicitPath, surroundings.workingFolder)}, "--kubeconfig"};
    const std::string list = surroundings.environment("KUBECONFIG").value_or(std::string());
    if (!list.empty()) {
        Searched searched{{}, "KUBECONFIG"};
        for (std::size_t at = 0; at <= list.size();) {
            const std::size_t colon = std::min(list.find(':', at), list.size());
            if (colon > at) {
                std::string path = absolute(list.substr(at, colon - at), surroundings.workingFolder);
                if (std::find(searched.paths.begin(), searched.paths.end(), path) == searched.paths.end())
                    searched.paths.push_back(std::move(path));
            }
            at = colon + 1;
        }
        if (searched.paths.empty())
            return failure({.code = Code::NotFound,
                .message = "there is no kubeconfig: KUBECONFIG is set and names no file",
                .remedy = "Set KUBECONFIG to a file, or unset it."});
        return searched;
    }
    if (surroundings.home.empty())
        return failure({.code = Code::NotFound,
            .message = "there is no kubeconfig: KUBECONFIG and HOME are not set",
            .remedy = "Name a file with --kubeconfig or in KUBECONFIG."});
    return Searched{{absolute(".kube/config", surroundings.home)}, "KUBECONFIG is not set"};
}

} // namespace

void Kubeconfig::Table::add(const NamedItem &item)
{
    if (m_at.try_emplace(item.name, m_items.size()).second)
        m_items.push_back(item);
}

const NamedItem *Kubeconfig::Table::find(const std::string &name) const
{
    const auto found = m_at.find(name);
    return found == m_at.end() ? nullptr : &m_items[found->second];
}

Result<Kubeconfig> Kubeconfig::load(Surroundings surroundings, const std::optional<std::string> &explicitPath)
{
    Result<Searched> searched = pathsToSearch(surroundings, explicitPath);
    if (!searched)
        return failure(std::move(searched.error()));
    Kubeconfig config;
    config.m_searched = searched->paths;
    for (const std::string &path : searched->paths) {
        Result<std::string> text = surroundings.readFile(path);
        if (!text && text.error().code == Code::NotFound) {
            if (searched->source == "--kubeconfig")
                return failure({.code = Code::NotFound,
                    .message = "there is no such kubeconfig file",
                    .remedy = "Check the path after --kubeconfig.",
                    .place = {.file = path}});
            continue;
        }
        ConfigFile file;
        if (text) {
            file = readConfigFile(std::move(*text), path);
        } else {
            file.path = path;
            file.problem = std::move(text.error());
            file.problem->place.file = path;
        }
        config.add(std::move(file));
    }
    if (config.m_files.empty())
        return failure({.code = Code::NotFound,
            .message = "there is no kubeconfig; searched: " + joined(searched->paths) + " (" + searched->source + ")",
            .remedy = "Name a file with --kubeconfig or in KUBECONFIG, or put one at ~/.kube/config."});
    config.m_surroundings = std::move(surroundings);
    return config;
}

void Kubeconfig::add(ConfigFile file)
{
    const std::size_t index = m_files.size();
    const auto addAll = [index](Table &table, std::vector<NamedItem> &items) {
        for (NamedItem &item : items) {
            item.file = index;
            table.add(item);
        }
        items.clear();
    };
    addAll(m_contexts, file.contexts);
    addAll(m_clusters, file.clusters);
    addAll(m_users, file.users);
    if (m_currentContext.empty() && !file.currentContext.empty()) {
        m_currentContext = file.currentContext;
        m_currentContextPlace = file.currentContextPlace;
        m_currentContextFile = index;
    }
    if (file.problem) {
        m_firstBroken = std::min(m_firstBroken, index);
        m_problems.push_back(*file.problem);
    }
    m_warnings.insert(m_warnings.end(), file.warnings.begin(), file.warnings.end());
    m_files.push_back(std::move(file));
}

std::vector<std::string> Kubeconfig::files() const
{
    std::vector<std::string> out;
    for (const ConfigFile &file : m_files)
        out.push_back(file.path);
    return out;
}

std::vector<ContextInfo> Kubeconfig::contexts() const
{
    std::vector<ContextInfo> out;
    out.reserve(m_contexts.items().size());
    for (const NamedItem &item : m_contexts.items()) {
        ContextInfo info;
        info.name = item.name;
        info.place = item.place;
        info.current = item.name == m_currentContext;
        const Fields fields(m_files[item.file].document, item.body, "context \"" + item.name + "\"");
        const auto textOr = [](const Result<Text> &text) { return text ? text->value : std::string(); };
        info.cluster = textOr(fields.text("cluster"));
        info.user = textOr(fields.text("user"));
        info.namespaceName = textOr(fields.text("namespace"));
        if (const NamedItem *cluster = m_clusters.find(info.cluster))
            info.server = textOr(Fields(m_files[cluster->file].document, cluster->body, "cluster").text("server"));
        if (const NamedItem *user = m_users.find(info.user))
            info.signIn = signInOf(Fields(m_files[user->file].document, user->body, "user"));
        if (Result<Parts> found = parts(item); !found)
            info.problem = std::move(found.error());
        out.push_back(std::move(info));
    }
    return out;
}

Result<Target> Kubeconfig::resolve(const std::optional<std::string> &contextName) const
{
    const bool current = !contextName || contextName->empty();
    const std::string &name = current ? m_currentContext : *contextName;
    if (current && (name.empty() || m_currentContextFile > m_firstBroken)) {
        // A broken file before the one that names the current context may name another.
        if (!m_problems.empty())
            return failure(m_problems.front());
        return failure({.code = Code::NotFound,
            .message = "no current context is set in " + joined(files()),
            .remedy = m_contexts.items().empty() ? "These files hold no context: name another file with --kubeconfig."
                                                 : "Choose one with --context: " + nearestNames({}, m_contexts.items()) + "."});
    }
    const NamedItem *context = m_contexts.find(name);
    if (!context)
        return failure(noSuchContext(name, current));
    const Result<Parts> found = parts(*context);
    if (!found)
        return failure(found.error());
    Target target;
    target.context = name;
    target.cluster = found->cluster->name;
    target.user = found->user->name;
    target.namespaceName = found->namespaceName.empty() ? "default" : found->namespaceName;
    target.place = context->place;
    TargetBuilder builder(m_surroundings, target);
    std::optional<Error> error = builder.readCluster(m_files[found->cluster->file].document, *found->cluster);
    if (!error)
        error = builder.readUser(m_files[found->user->file].document, *found->user);
    if (error)
        return failure(std::move(*error));
    return target;
}

Result<Kubeconfig::Parts> Kubeconfig::parts(const NamedItem &context) const
{
    const std::string who = "context \"" + context.name + "\"";
    const auto wrong = [&](const Place &place, std::string message, std::string remedy) {
        return failure(
            {.code = Code::BadInput, .message = std::move(message), .remedy = std::move(remedy), .place = place.line > 0 ? place : context.place});
    };
    if (context.name.empty())
        return wrong(context.place, "a context has no name", "Give it a name.");
    if (std::optional<Error> error = distrust(context, who))
        return failure(std::move(*error));
    const Fields fields(m_files[context.file].document, context.body, who);
    const Result<Text> cluster = fields.text("cluster");
    const Result<Text> user = fields.text("user");
    const Result<Text> space = fields.text("namespace");
    for (const Result<Text> *text : {&cluster, &user, &space}) {
        if (!*text)
            return failure(text->error());
    }
    if (cluster->empty())
        return wrong(cluster->place, who + " names no cluster", "Add \"cluster:\" with the name of one of the clusters to it.");
    if (user->empty())
        return wrong(user->place, who + " names no user", "Add \"user:\" with the name of one of the users to it.");
    Parts parts;
    parts.context = &context;
    parts.cluster = m_clusters.find(cluster->value);
    parts.user = m_users.find(user->value);
    if (!parts.cluster)
        return wrong(cluster->place, who + " names the cluster \"" + cluster->value + "\", and there is none of that name",
            m_clusters.items().empty() ? "The files hold no cluster." : "There is: " + nearestNames(cluster->value, m_clusters.items()) + ".");
    if (!parts.user)
        return wrong(user->place, who + " names the user \"" + user->value + "\", and there is none of that name",
            m_users.items().empty() ? "The files hold no user." : "There is: " + nearestNames(user->value, m_users.items()) + ".");
    if (std::optional<Error> error = distrust(*parts.cluster, "cluster \"" + cluster->value + "\""))
        return failure(std::move(*error));
    if (std::optional<Error> error = distrust(*parts.user, "user \"" + user->value + "\""))
        return failure(std::move(*error));
    const auto isLabelByte = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
    const std::string &name = space->value;
    if (!name.empty() && (name.size() > 63 || name.front() == '-' || name.back() == '-' || !std::all_of(name.begin(), name.end(), isLabelByte)))
        return wrong(space->place, who + " names a namespace that cannot exist",
            "A namespace is made of lower case letters, digits and -, at most 63 of them.");
    parts.namespaceName = name;
    return parts;
}

std::optional<Error> Kubeconfig::distrust(const NamedItem &item, const std::string &what) const
{
    if (item.file >= m_firstBroken) {
        for (const ConfigFile &file : m_files) {
            if (!file.problem)
                continue;
            Error error = *file.problem;
            error.message = what + " cannot be used: " + (file.path == item.place.file ? "its file" : "a file that comes before its own") +
                            " is broken: " + error.message;
            return error;
        }
    }
    if (item.twiceOnLine > 0)
        return Error{.code = Code::BadInput,
            .message = what + " stands twice in the file, on lines " + std::to_string(item.place.line) + " and " + std::to_string(item.twiceOnLine) +
                       "; kubectl refuses such a file",
            .remedy = "Rename or remove one of them.",
            .place = item.place};
    return std::nullopt;
}

Error Kubeconfig::noSuchContext(const std::string &name, bool isCurrent) const
{
    Error error{.code = Code::NotFound,
        .message = isCurrent ? "the current context \"" + name + "\" does not exist" : "there is no context \"" + name + "\""};
    if (isCurrent)
        error.place = m_currentContextPlace;
    if (m_contexts.items().empty())
        error.remedy = "There is no context at all in " + joined(files()) + ".";
    else
        error.remedy = "There is: " + nearestNames(name, m_contexts.items()) + ".";
    appendProblems(error);
    return error;
}

void Kubeconfig::appendProblems(Error &error) const
{
    for (const Error &problem : m_problems)
        error.causes.push_back({.field = {}, .reason = {}, .message = problem.text()});
}

} // namespace fairlead::kube
