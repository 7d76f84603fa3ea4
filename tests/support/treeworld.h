// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/ownertreesources.h"
#include "support/enginebench.h"
#include "support/treeobject.h"

#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

namespace fairlead::test {

/// Objects of all these kinds in a cluster of their own, with a bench that serves them.
class TreeWorld {
public:
    TreeWorld();

    std::map<std::string, TreeObject> objects; ///< by uid

    TreeObject &add(TreeObject object);
    /// Answers lists and holds watches; before the tree is shown. Kinds that are refused get 403. The world outlives the bench's requests.
    void serve(ScriptedTransport &server, const std::vector<std::string> &refused = {}) const;
    void serve(EngineBench &bench, const std::vector<std::string> &refused = {}) const { serve(bench.server, refused); }
    /// The watch's line of one change: ADDED, MODIFIED, DELETED.
    static void tell(ScriptedTransport &server, const std::string &type, const TreeObject &object);
    static void tell(EngineBench &bench, const std::string &type, const TreeObject &object) { tell(bench.server, type, object); }

    /// That many changes at random, told; owners that are not there, circles and moves among them.
    void shake(EngineBench &bench, std::mt19937 &random, int changes);
    /// What shake() may name: `objects` get uids u0 … u(n-1), whose kind follows from their number.
    unsigned names = 30;

private:
    [[nodiscard]] static TreeObject made(unsigned number);
    static void vary(TreeObject &object, std::mt19937 &random, unsigned names);
    int m_version = 1000;
};

/// What the scenario `small` looked like on a real server (tests/fixtures/kinds), with time standing where it was recorded. Before anything
/// is started.
void serveRecorded(EngineBench &bench);

/// For OwnerTreeModel::show(): stores of the bench, one for each source, kept for as long as it lives.
[[nodiscard]] items::OwnerTreeSources::StoreOf storesOf(EngineBench &bench);

} // namespace fairlead::test
