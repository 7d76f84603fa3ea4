// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "kube/net/endpoint.h"
#include "kube/net/limits.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace fairlead::net {

/// What one request needs of an endpoint's secrets, as texts; immutable, so that a running request keeps what it began with.
struct Material {
    std::string authority;
    std::string certificate;
    std::string key;
    std::string token;
};

/// An endpoint's certificates, key and token, read from their files and read again when those change. A file that has become
/// unreadable or wrong later on changes nothing: what was last good stays in use, as in client-go (files are replaced while
/// we look).
///
/// Thread: one, the worker's. Errors: BadInput, with the place in the kubeconfig and what to do; never a byte of a secret.
class Credentials {
public:
    using Time = std::chrono::steady_clock::time_point;

    Credentials(const Endpoint &endpoint, const Limits &limits);

    [[nodiscard]] Result<std::shared_ptr<const Material>> current(Time now);

private:
    struct Stamp {
        std::filesystem::file_time_type changed;
        std::uintmax_t size = 0;
        bool operator==(const Stamp &) const = default;
    };
    struct Stamps {
        Stamp authority;
        Stamp certificate;
        Stamp key;
        Stamp token;
        bool operator==(const Stamps &) const = default;
    };

    static Stamp stampOf(const std::string &file);
    [[nodiscard]] Stamps stamps() const;
    [[nodiscard]] Result<std::shared_ptr<const Material>> read() const;

    const Endpoint m_endpoint;
    const Limits m_limits;
    std::shared_ptr<const Material> m_material;
    Stamps m_stamps;
    Time m_looked;
    Time m_read;
};

} // namespace fairlead::net
