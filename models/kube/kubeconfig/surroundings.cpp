// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/kubeconfig/surroundings.h"

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <memory>

namespace fairlead::kube {
namespace {

constexpr std::size_t largestFile = 64u << 20;

Error unreadable(const std::string &path, std::string why)
{
    return {.code = Code::BadInput,
        .message = "the file cannot be read: " + std::move(why),
        .remedy = "Check its path and its permissions.",
        .place = {.file = path}};
}

Result<std::string> readFile(const std::string &path)
{
    std::error_code ignored;
    if (std::filesystem::is_directory(path, ignored))
        return failure(unreadable(path, "it is a folder"));
    const std::unique_ptr<std::FILE, int (*)(std::FILE *)> file(std::fopen(path.c_str(), "rbe"), &std::fclose);
    if (!file) {
        const int error = errno;
        if (error == ENOENT)
            return failure({.code = Code::NotFound, .message = "there is no such file", .remedy = "Check its path.", .place = {.file = path}});
        return failure(unreadable(path, std::strerror(error)));
    }
    std::string bytes;
    std::array<char, 65536> part{};
    while (const std::size_t count = std::fread(part.data(), 1, part.size(), file.get())) {
        bytes.append(part.data(), count);
        if (bytes.size() > largestFile)
            return failure(unreadable(path, "it is larger than 64 MB"));
    }
    if (std::ferror(file.get()) != 0)
        return failure(unreadable(path, std::strerror(errno)));
    return bytes;
}

std::optional<std::string> environmentVariable(const std::string &name)
{
    const char *value = std::getenv(name.c_str());
    return value ? std::optional<std::string>(value) : std::nullopt;
}

} // namespace

Surroundings processSurroundings()
{
    std::error_code error;
    const std::filesystem::path folder = std::filesystem::current_path(error);
    return {.environment = environmentVariable,
        .home = environmentVariable("HOME").value_or(std::string()),
        .workingFolder = error ? std::string("/") : folder.string(),
        .readFile = readFile};
}

} // namespace fairlead::kube
