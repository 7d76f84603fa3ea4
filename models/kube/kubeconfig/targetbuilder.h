// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/kubeconfig/configfile.h"
#include "kube/kubeconfig/fields.h"
#include "kube/kubeconfig/surroundings.h"
#include "kube/net/endpoint.h"

#include <optional>
#include <string>
#include <string_view>

namespace fairlead::kube {

struct Target;

/// Fills a Target's endpoint from a cluster and a user, field by field: what cannot be done is refused by name.
///
/// First the cluster, then the user: over plain http no credentials are taken, as in kubectl.
class TargetBuilder {
public:
    TargetBuilder(const Surroundings &surroundings, Target &target);

    [[nodiscard]] std::optional<Error> readCluster(const yaml::Document &document, const NamedItem &cluster);
    [[nodiscard]] std::optional<Error> readUser(const yaml::Document &document, const NamedItem &user);

private:
    using Maybe = std::optional<Error>;

    [[nodiscard]] Maybe readServer(const Fields &fields, const Place &clusterPlace);
    [[nodiscard]] Maybe readPem(
        const Fields &fields, const std::string &fileField, const std::string &dataField, const std::string &what, net::Pem &out);
    [[nodiscard]] Maybe readToken(const Fields &fields);
    [[nodiscard]] Maybe refuseImpersonation(const Fields &fields) const;
    [[nodiscard]] Maybe refusePlugins(const Fields &fields) const;
    [[nodiscard]] Maybe refuseIfSet(const Fields &fields, const std::string &field, const std::string &what, const std::string &remedy) const;
    /// The error of a field, with the context's name before it.
    [[nodiscard]] Error named(Error error) const;
    [[nodiscard]] Error wrong(Place place, std::string message, std::string remedy) const;
    [[nodiscard]] Error unsupported(Place place, std::string message, std::string remedy) const;
    void warn(Place place, std::string message, std::string remedy);

    const Surroundings &m_surroundings;
    Target &m_target;
    std::string m_folder; ///< what relative paths start from
};

} // namespace fairlead::kube
