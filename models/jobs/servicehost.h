// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

/// Which hosts a program is told of, by its settings and its command line. Pure. Thread: any.
namespace fairlead::jobs {

/// The hosts that a setting's value names, in lower case, without a dot at the end, as they come. `setting`: its name, as of an environment
/// variable; empty: it has none.
///
/// Only what plainly is a host: after "://", after "@", before ":PORT"; after "=", after an option and as the whole value where what stands before
/// it says so (settingname.h), or does not speak against it and the name is no ordinary word; "NAME.NAMESPACE.svc" wherever it stands alone.
[[nodiscard]] std::vector<std::string> hostsIn(std::string_view text, std::string_view setting = {});
/// The same of a command line: a word after an option is that option's value. What is started is none.
[[nodiscard]] std::vector<std::string> hostsIn(const std::vector<std::string_view> &words);

/// A service, as a host's name says it.
struct ServiceHost {
    std::string space; ///< empty: of the namespace in which it is said
    std::string name;
    bool certain = false; ///< no other host is called so: "orders-db.data.svc"

    bool operator==(const ServiceHost &) const = default;
};

/// What services it may be, the likeliest first; of a stateful set's pod its service. Empty: none.
/// Source: https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/
[[nodiscard]] std::vector<ServiceHost> servicesOf(std::string_view host);

} // namespace fairlead::jobs
