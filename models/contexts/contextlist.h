// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "kube/signin.h"

#include <optional>
#include <string>
#include <vector>

namespace fairlead::contexts {

/// Can this context be opened, judged by what its files say alone; nothing was asked of a server.
enum class Standing {
    Usable,
    NotYet, ///< its entries are right, and ask for something that we do not do yet
    Broken, ///< a name that nothing answers to, a field that is wrong, a file that cannot be trusted
};

/// What the kubeconfigs say about one context. Texts are UTF-8 as they stand in the file: foreign, to be shown literally.
struct ContextFacts {
    std::string name;
    std::string cluster; ///< the name that the context gives; empty where it gives none
    std::string server;  ///< empty where the cluster is not defined or has none
    std::string user;
    kube::SignIn signIn;
    std::string nameSpace; ///< empty where none is given: then it is default
    bool current = false;  ///< the kubeconfig's current-context
    bool opened = false;   ///< the one that this window is about
    bool production = false;
    std::string recording; ///< the file, where it is no context but a recording; demoName for the program's own
    int identity = 0;      ///< 0 to identities - 1: the colour
    Place place;           ///< where the context's entry begins
    Standing standing = Standing::Usable;
    std::optional<Error> problem; ///< where it is not Usable: why, what to do, where

    static constexpr const char *demoName = "demo";
    [[nodiscard]] bool isRecording() const { return !recording.empty(); }
    [[nodiscard]] bool isDemo() const { return recording == demoName; }

    bool operator==(const ContextFacts &other) const;
};

/// Where contexts were looked for.
struct Searched {
    enum class What {
        Argument, ///< --kubeconfig
        Variable, ///< the environment's KUBECONFIG as such
        Listed,   ///< a file that KUBECONFIG names
        Home,     ///< ~/.kube/config
        Added,    ///< a file that was opened in the window
    };
    enum class Found { NotSet, Missing, Unreadable, Read };
    What what = What::Home;
    std::string text; ///< the path, or the variable's name
    Found found = Found::Missing;
    int contexts = 0; ///< that this file brought
};

/// Every context of the kubeconfigs, in the files' order, and what was met on the way. A value: made anew at each reading.
///
/// Promise: no two entries have the same name (the first file wins, as kubectl merges).
struct ContextList {
    enum class State {
        Content,
        Empty,  ///< nothing failed, and there is no context
        Failed, ///< nothing can be said: `failure` says why
    };

    std::vector<ContextFacts> contexts;
    std::vector<Searched> searched;
    std::vector<Error> problems; ///< files that cannot be trusted, a chosen context that is not there
    std::vector<Error> warnings; ///< duplicate keys and the like
    std::optional<Error> failure;
    std::string currentContext; ///< as written; may name no context
    std::string home;           ///< for short paths; may be empty

    [[nodiscard]] State state() const;
    /// The opened context, else none.
    [[nodiscard]] const ContextFacts *opened() const;
    /// How many files were read.
    [[nodiscard]] int files() const;

    /// Sets identity and production of each by its name, and `opened` of the one called `name`.
    void tellApart(const std::string &name);
};

/// The path with the home folder as ~.
[[nodiscard]] std::string shortPath(const std::string &path, const std::string &home);

/// "~/.kube/config:12"; without a line the path alone; empty for no place.
[[nodiscard]] std::string shortPlace(const Place &place, const std::string &home);

} // namespace fairlead::contexts
