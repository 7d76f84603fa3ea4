// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/oneobject.h"

#include "kube/client.h"
#include "kube/decode/json.h"
#include "kube/rowrequest.h"

#include <memory>
#include <utility>

namespace fairlead::kube {
namespace {

std::string pathOf(const ObjectRef &ref)
{
    return objectPath(ref.resource, ref.space, ref.name);
}

Result<std::string> asObject(Answer &&answer)
{
    const auto object = Json::parse(answer.body);
    if (object && (*object)["metadata"].type() == Json::Type::Map)
        return std::move(answer.body);
    return failure({.code = Code::NotKubernetes,
        .message = "the server's answer is no Kubernetes object" + (object ? std::string() : ": " + object.error().message),
        .remedy = "Check that the address is that of a Kubernetes API server, and that no proxy in between changes its answers."});
}

Reply<TablePage> askRow(Client &client, const ObjectRef &ref, RowForm form)
{
    return client.ask<TablePage>(
        rowRequest(net::Verb::Get, pathOf(ref), Detail::Meta, form), [](Answer &&answer) { return decodeTable(answer.body, Detail::Meta, {}); });
}

} // namespace

Reply<std::string> getObject(Client &client, const ObjectRef &ref)
{
    net::Request request;
    request.path = pathOf(ref);
    return client.ask<std::string>(std::move(request), asObject);
}

Reply<TablePage> getRow(Client &client, const ObjectRef &ref)
{
    const Promise<TablePage> promise;
    auto reply = promise.reply();
    const auto asked = std::make_shared<Reply<TablePage>>(askRow(client, ref, RowForm::Table));
    promise.onCancel([asked] { asked->cancel(); });
    asked->then(&client, [&client, ref, promise, asked](Result<TablePage> page) {
        if (page || !isRefused(RowForm::Table, page.error())) {
            promise.give(std::move(page));
            return;
        }
        *asked = askRow(client, ref, RowForm::Plain);
        asked->then(&client, [promise](Result<TablePage> plain) { promise.give(std::move(plain)); });
    });
    return reply;
}

} // namespace fairlead::kube
