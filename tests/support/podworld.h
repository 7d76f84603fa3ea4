// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "kube/resource.h"

#include <map>
#include <random>
#include <string>
#include <vector>

namespace fairlead::test {

/// A pod as a row of the server's Table with all its columns: bytes for scripts below the decoder.
struct PodText {
    std::string space = "team-a";
    std::string name;
    std::string uid;
    std::string version = "1";
    std::string ready = "1/1";
    std::string status = "Running";
    std::string restarts = "0";
    std::string age = "5m";
    std::string created = "2024-12-18T00:00:00Z";
    std::string node = "node-1";
    std::map<std::string, std::string> labels;
    std::string replicaSet; ///< the owner that made the name; empty: none
    std::string job;        ///< another owner; empty: none
    std::string spec;       ///< JSON; empty: the server sends none, as in lists of metadata

    [[nodiscard]] std::string row() const;
};

[[nodiscard]] std::string podColumns();
[[nodiscard]] std::string podsTable(const std::vector<PodText> &pods, const std::string &version);
/// A line of a watch. As servers do, its first one defines the columns.
[[nodiscard]] std::string podEvent(const std::string &type, const PodText &pod, const std::string &columns = podColumns());
[[nodiscard]] kube::Resource podsResource();

/// Pods that come, change and go at random; the same ones for the same seed.
class PodWorld {
public:
    explicit PodWorld(unsigned seed, int pods);

    [[nodiscard]] std::string table();
    /// That many changes: the lines of a watch.
    [[nodiscard]] std::string step(int changes);
    [[nodiscard]] const std::vector<PodText> &pods() const { return m_pods; }
    /// How many changes are to be of a kind, of 100; the rest of them are changes of a pod.
    int comes = 25;
    int goes = 25;

private:
    [[nodiscard]] PodText make();
    void shake(PodText &pod);
    [[nodiscard]] int below(int bound);

    std::mt19937 m_random;
    std::vector<PodText> m_pods;
    int m_lastUid = 0;
    int m_version = 1000;
};

} // namespace fairlead::test
