// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/kubeconfig/kubeconfig.h"

#include <cstdint>
#include <cstdlib>
#include <string>

using namespace fairlead;

// The input is two files with a line "===" between them; both go through merging, listing and each context's resolution.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string text(reinterpret_cast<const char *>(data), size);
    const std::size_t cut = text.find("\n===\n");
    kube::Surroundings world;
    world.environment = [](const std::string &name) { return name == "KUBECONFIG" ? std::optional<std::string>("/f/one:/f/two") : std::nullopt; };
    world.home = "/home/none";
    world.workingFolder = "/";
    world.readFile = [&](const std::string &path) -> Result<std::string> {
        if (path == "/f/one")
            return text.substr(0, cut);
        if (path == "/f/two" && cut != std::string::npos)
            return text.substr(cut + 5);
        if (path.ends_with(".pem"))
            return std::string("-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n");
        return failure({.code = Code::NotFound, .message = "there is no such file"});
    };
    const Result<kube::Kubeconfig> config = kube::Kubeconfig::load(world);
    if (!config)
        std::abort(); // /f/one exists
    const auto judge = [](const Error &error) {
        if (error.message.empty() || error.remedy.empty())
            std::abort();
    };
    for (const Error &problem : config->problems())
        judge(problem);
    for (const Error &warning : config->warnings())
        judge(warning);
    std::size_t resolved = 0;
    for (const kube::ContextInfo &context : config->contexts()) {
        if (context.problem)
            judge(*context.problem);
        if (context.name.empty() || ++resolved > 50)
            continue;
        const Result<kube::Target> target = config->resolve(context.name);
        if (!target)
            judge(target.error());
        else if (context.problem || target->endpoint.server.empty() || target->namespaceName.empty())
            std::abort();
    }
    if (const Result<kube::Target> target = config->resolve(); !target && target.error().message.empty())
        std::abort();
    return 0;
}
