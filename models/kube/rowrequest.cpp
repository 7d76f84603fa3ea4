// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/rowrequest.h"

#include <string_view>
#include <utility>

namespace fairlead::kube {
namespace {

// Plain JSON last, so that a server which does not know Tables says so with objects instead of 406.
constexpr std::string_view tableAccept =
    "application/json;as=Table;v=v1;g=meta.k8s.io,application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json";
constexpr int notAcceptable = 406;

} // namespace

net::Request rowRequest(net::Verb verb, std::string path, Detail detail, RowForm form, const Selector &selector)
{
    net::Request request;
    request.verb = verb;
    request.path = std::move(path);
    if (form == RowForm::Table) {
        request.accept = tableAccept;
        request.query.emplace_back("includeObject", detail >= Detail::Facts ? "Object" : "Metadata");
    }
    if (!selector.labels.empty())
        request.query.emplace_back("labelSelector", selector.labels);
    if (!selector.fields.empty())
        request.query.emplace_back("fieldSelector", selector.fields);
    return request;
}

bool isRefused(RowForm form, const Error &error)
{
    return form == RowForm::Table && error.http == notAcceptable;
}

} // namespace fairlead::kube
