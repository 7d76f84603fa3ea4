// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/resource.h"

#include <map>
#include <string>
#include <vector>

namespace fairlead::test {

/// An object of one of the kinds that trees are made of, as bytes for scripts below the decoder.
struct TreeObject {
    std::string kind = "Pod"; ///< Pod, ReplicaSet, Deployment, Job, CronJob, Service, EndpointSlice, Ingress, Node
    std::string uid;
    std::string name;
    std::string space = "team-a";
    std::string version = "1";
    std::string created = "2024-12-18T00:00:00Z";
    std::map<std::string, std::string> labels;
    std::map<std::string, std::string> annotations;
    std::map<std::string, std::string> templateLabels; ///< Deployment: of the pods that it makes
    struct Owner {
        std::string kind, name, uid;
    };
    std::vector<Owner> owners; ///< the first is the controller

    /// Pod: Running, CrashLoopBackOff, Pending, Completed, Unready. Job: Complete, Failed, Running. Those with replicas: wanted and ready.
    std::string state = "Running";
    int wanted = 1;
    int ready = 1;
    int restarts = 0;
    std::string restartsText;                    ///< its cell, where that says more: "3 (9s ago)"
    std::map<std::string, std::string> selector; ///< Service
    std::vector<std::string> endpoints;          ///< EndpointSlice: uids of pods; empty ones: an address of no pod
    std::vector<std::string> backends;           ///< Ingress: names of services
    std::vector<std::string> secrets;            ///< Pod, Deployment: names, in its environment
    std::vector<std::string> configMaps;         ///< Pod, Deployment: names, as volumes
    std::string node = "node-1";                 ///< Pod

    TreeObject &ownedBy(const TreeObject &owner);
    [[nodiscard]] std::string row() const;
};

/// Of the standard offer.
[[nodiscard]] kube::Resource resourceOfKind(const std::string &kind);
/// A Table of some of their rows, as the kind's list and its watch have it.
[[nodiscard]] std::string treeTable(const std::string &kind, const std::string &rows, const std::string &version);

} // namespace fairlead::test
