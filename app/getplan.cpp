// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/getplan.h"

#include "kube/resourcenames.h"

#include <algorithm>
#include <string_view>

namespace fairlead::app {
namespace {

tl::unexpected<Error> usage(std::string message)
{
    return failure({.code = Code::Invalid, .message = std::move(message), .remedy = "See 'fairlead get --help'."});
}

// Cut at the commas, each part once, in the order typed.
std::vector<std::string> parts(std::string_view typed)
{
    std::vector<std::string> out;
    for (std::size_t begin = 0; begin <= typed.size();) {
        const std::size_t end = std::min(typed.find(',', begin), typed.size());
        std::string part(typed.substr(begin, end - begin));
        if (std::find(out.begin(), out.end(), part) == out.end())
            out.push_back(std::move(part));
        begin = end + 1;
    }
    return out;
}

Result<kube::Resource> oneKind(const kube::Offer &offer, const std::string &typed)
{
    auto found = kube::resolveResources(offer, typed);
    if (!found)
        return failure(std::move(found.error()));
    if (found->size() != 1) // a category, which stands for lists only
        return failure({.code = Code::NotFound,
            .message = "the server doesn't have a resource type \"" + typed + "\"",
            .remedy = "A category lists all of its kinds; name one kind to get an object by name."});
    return found->front();
}

Result<void> mayBeNamed(const kube::Resource &resource, const Arguments &arguments)
{
    if (resource.namespaced && arguments.allNamespaces)
        return usage("a resource cannot be retrieved by name across all namespaces");
    return {};
}

Result<GetPlan> planNames(const GetOperands &operands, const Arguments &arguments, const kube::Offer &offer)
{
    if (parts(operands.kinds).size() > 1)
        return usage("you must specify only one resource");
    auto found = kube::resolveResources(offer, operands.kinds);
    if (!found)
        return failure(std::move(found.error()));
    if (found->size() != 1)
        return usage("you must specify only one resource");
    if (auto may = mayBeNamed(found->front(), arguments); !may)
        return failure(std::move(may.error()));
    GetPlan plan;
    for (const std::string &name : operands.names)
        plan.objects.push_back({found->front(), name});
    plan.single = plan.objects.size() == 1;
    return plan;
}

Result<GetPlan> planPairs(const GetOperands &operands, const Arguments &arguments, const kube::Offer &offer)
{
    GetPlan plan;
    for (const GetOperands::Named &pair : operands.pairs) {
        auto resource = oneKind(offer, pair.kind);
        if (!resource)
            return failure(std::move(resource.error()));
        if (arguments.watch && !plan.objects.empty() && plan.objects.front().resource.id != resource->id)
            return usage("you may only specify a single resource type");
        if (auto may = mayBeNamed(*resource, arguments); !may)
            return failure(std::move(may.error()));
        plan.objects.push_back({std::move(*resource), pair.name});
    }
    plan.single = plan.objects.size() == 1;
    return plan;
}

Result<GetPlan> planLists(const GetOperands &operands, const Arguments &arguments, const kube::Offer &offer)
{
    if (arguments.watch && parts(operands.kinds).size() > 1)
        return usage("you may only specify a single resource type");
    auto found = kube::resolveResources(offer, operands.kinds);
    if (!found)
        return failure(std::move(found.error()));
    GetPlan plan;
    plan.lists = std::move(*found); // each kind once, in whatever words it was named
    if (arguments.watch && plan.lists.size() > 1)
        return usage("you may only specify a single resource type");
    return plan;
}

} // namespace

Result<GetOperands> readOperands(const Arguments &arguments)
{
    const bool selecting = !arguments.labels.empty() || !arguments.fields.empty();
    std::vector<std::string> words = arguments.operands;
    if (words.empty())
        return usage("You must specify the type of resource to get.");

    // "a,b c d" is a/c a/d b/c b/d
    if (const auto kinds = parts(words.front()); words.size() >= 2 && kinds.size() > 1) {
        std::vector<std::string> crossed;
        for (const std::string &kind : kinds) {
            for (std::size_t i = 1; i < words.size(); ++i)
                crossed.push_back(kind + '/' + words[i]);
        }
        words = std::move(crossed);
    }

    GetOperands operands;
    const auto slashed = std::count_if(words.begin(), words.end(), [](const std::string &word) { return word.find('/') != std::string::npos; });
    if (slashed == 0) {
        operands.kinds = words.front();
        operands.names.assign(words.begin() + 1, words.end());
        if (selecting && !operands.names.empty())
            return usage("name cannot be provided when a selector is specified");
        return operands;
    }
    if (slashed != static_cast<std::ptrdiff_t>(words.size()))
        return usage("there is no need to specify a resource type as a separate argument when passing arguments in resource/name form (e.g. "
                     "'fairlead get resource/<resource_name>' instead of 'fairlead get resource resource/<resource_name>'");
    for (const std::string &word : words) {
        if (std::count(word.begin(), word.end(), '/') > 1)
            return usage("arguments in resource/name form may not have more than one slash");
        const std::size_t slash = word.find('/');
        std::string kind = word.substr(0, slash);
        std::string name = word.substr(slash + 1);
        if (kind.empty() || name.empty() || parts(kind).size() != 1)
            return usage("arguments in resource/name form must have a single resource and name");
        operands.pairs.push_back({std::move(kind), std::move(name)});
    }
    if (selecting)
        return usage("selectors and the all flag cannot be used when passing resource/name arguments");
    return operands;
}

Result<GetPlan> planGet(const GetOperands &operands, const Arguments &arguments, const kube::Offer &offer)
{
    if (!operands.pairs.empty())
        return planPairs(operands, arguments, offer);
    if (!operands.names.empty())
        return planNames(operands, arguments, offer);
    return planLists(operands, arguments, offer);
}

} // namespace fairlead::app
