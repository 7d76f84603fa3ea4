// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "kube/kubeconfig/configfile.h"
#include "kube/kubeconfig/surroundings.h"
#include "kube/net/endpoint.h"
#include "kube/signin.h"

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace fairlead::kube {

/// A context as it stands in a list; texts as written, empty where they are missing.
struct ContextInfo {
    std::string name;
    std::string cluster;
    std::string server;
    std::string user;
    std::string namespaceName; ///< empty: kubectl takes "default"
    bool current = false;
    SignIn signIn;                ///< of a certificate, when it ends only where it stands in the kubeconfig itself
    Place place;                  ///< of the context's name
    std::optional<Error> problem; ///< why it cannot be used, as far as that is known without reading certificates
};

/// All that is needed to open a context.
struct Target {
    std::string context;
    std::string cluster;
    std::string user;
    std::string namespaceName; ///< "default" where the context names none
    net::Endpoint endpoint;
    Place place;                 ///< of the context's name
    std::vector<Error> warnings; ///< what is not used, as in kubectl, and why
};

/// The kubeconfig files of a user, merged as kubectl merges them: of entries with the same name the first file's counts, as a
/// whole; the first current-context that is not empty counts; relative paths start at their own file's folder.
///
/// A file that cannot be read, or an entry that is wrong, hides no other context: all are listed. But a context is refused
/// where a file that stands before one of its parts, or holds it, is broken: that file may say something else about it, and
/// kubectl refuses too. Whatever the file asks for and we cannot do is refused by name (Unsupported), never left out.
///
/// Thread: any; immutable once loaded; resolve() reads certificate files through the surroundings that were handed in.
/// No error and no warning holds a token, a password, a key or certificate data.
class Kubeconfig {
public:
    /// `explicitPath` is --kubeconfig; without it the list in KUBECONFIG, or else ~/.kube/config.
    /// Errors: NotFound where that file, or every file of the list, does not exist; the message says what was searched.
    [[nodiscard]] static Result<Kubeconfig> load(Surroundings surroundings, const std::optional<std::string> &explicitPath = std::nullopt);

    /// The files that were there, in their order of precedence.
    [[nodiscard]] std::vector<std::string> files() const;
    /// What makes a file unusable, one for each such file.
    [[nodiscard]] const std::vector<Error> &problems() const { return m_problems; }
    /// Duplicate keys, unknown fields and the like, of all files.
    [[nodiscard]] const std::vector<Error> &warnings() const { return m_warnings; }
    /// In the order of the files.
    [[nodiscard]] std::vector<ContextInfo> contexts() const;
    [[nodiscard]] const std::string &currentContext() const { return m_currentContext; } ///< empty: none is set

    /// What a context, or the current one, points at. Errors: NotFound (no such context, no current one: the nearest names),
    /// BadInput (with file and line), Unsupported (exec and auth-provider plugins, username and password, impersonation,
    /// tls-server-name, insecure-skip-tls-verify, proxy-url, a proxy in the environment).
    [[nodiscard]] Result<Target> resolve(const std::optional<std::string> &contextName = std::nullopt) const;

private:
    class Table {
    public:
        void add(const NamedItem &item);
        [[nodiscard]] const NamedItem *find(const std::string &name) const;
        [[nodiscard]] const std::vector<NamedItem> &items() const { return m_items; }

    private:
        std::vector<NamedItem> m_items;
        std::unordered_map<std::string, std::size_t> m_at;
    };

    /// The parts of a context, found and fit to be read.
    struct Parts {
        const NamedItem *context = nullptr;
        const NamedItem *cluster = nullptr;
        const NamedItem *user = nullptr;
        std::string namespaceName;
    };

    Kubeconfig() = default;
    void add(ConfigFile file);
    [[nodiscard]] Result<Parts> parts(const NamedItem &context) const;
    /// Why an item cannot be trusted: its name stands twice, or a broken file stands before it.
    [[nodiscard]] std::optional<Error> distrust(const NamedItem &item, const std::string &what) const;
    [[nodiscard]] Error noSuchContext(const std::string &name, bool isCurrent) const;
    void appendProblems(Error &error) const;

    Surroundings m_surroundings;
    std::vector<ConfigFile> m_files;
    std::vector<std::string> m_searched;
    Table m_contexts;
    Table m_clusters;
    Table m_users;
    std::string m_currentContext;
    Place m_currentContextPlace;
    std::size_t m_currentContextFile = 0;
    std::size_t m_firstBroken = static_cast<std::size_t>(-1);
    std::vector<Error> m_problems;
    std::vector<Error> m_warnings;
};

} // namespace fairlead::kube
