// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/getcommand.h"

#include "app/failurewords.h"
#include "app/getwatch.h"
#include "app/print/terminaltext.h"
#include "kube/oneobject.h"
#include "kube/resourcenames.h"

#include <algorithm>
#include <utility>

namespace fairlead::app {
namespace {

// What client-go does not let into a path (k8s.io/apimachinery pkg/api/validation/path), in its words.
std::string objection(std::string_view segment)
{
    if (segment == "." || segment == "..")
        return "may not be '" + std::string(segment) + "'";
    std::string out;
    for (const char c : {'/', '%'}) {
        if (segment.find(c) != std::string_view::npos)
            out += (out.empty() ? "may not contain '" : " may not contain '") + std::string(1, c) + "'";
    }
    return out;
}

Result<void> asPathSegment(std::string_view what, const std::string &segment)
{
    if (const std::string why = objection(segment); !why.empty())
        return failure({.code = Code::BadInput, .message = "invalid " + std::string(what) + " \"" + segment + "\": [" + why + "]"});
    return {};
}

} // namespace

GetCommand::GetCommand(const Arguments &arguments, GetOperands operands, std::string space, kube::Session &session, Output &output, Output &messages)
    : m_arguments(arguments)
    , m_operands(std::move(operands))
    , m_space(std::move(space))
    , m_session(session)
    , m_output(output)
    , m_messages(messages)
    , m_printer(arguments, output)
{
}

GetCommand::~GetCommand() = default;

void GetCommand::start()
{
    if (auto may = asPathSegment("namespace", m_space); !may && !m_arguments.allNamespaces) {
        end({may.error()});
        return;
    }
    connect(&m_session.client(), &kube::Client::warned, this, &GetCommand::warn);
    m_session.discovery().load().then(this, [this](Result<kube::OfferPtr> offer) {
        if (offer)
            takeOffer(*offer);
        else
            end({offer.error()});
    });
}

void GetCommand::warn(const std::string &text)
{
    if (m_warned.insert(text).second)
        m_messages.write("Warning: " + visible(text) + '\n');
}

void GetCommand::takeOffer(const kube::OfferPtr &offer)
{
    std::vector<std::string> kinds{m_operands.kinds};
    for (const GetOperands::Named &pair : m_operands.pairs)
        kinds.push_back(pair.kind);
    for (const std::string &kind : kinds) {
        for (const std::string &text : kube::ambiguities(*offer, kind))
            warn(text);
    }
    auto plan = planGet(m_operands, m_arguments, *offer);
    if (!plan) {
        Error error = std::move(plan.error());
        if (error.code == Code::NotFound && !offer->broken.empty())
            error.remedy = "Not all that the server offers could be read: " + offer->broken.front().message + ".";
        end({error});
        return;
    }
    m_plan = std::move(*plan);
    for (const kube::Resource &resource : m_plan.lists)
        m_parts.push_back({.resource = resource});
    for (const GetPlan::Object &object : m_plan.objects) {
        if (object.name.empty()) {
            end({{.code = Code::BadInput, .message = "resource name may not be empty"}});
            return;
        }
        m_parts.push_back({.resource = object.resource, .name = object.name});
    }
    if (m_arguments.watch && m_parts.size() > 1) {
        end({{.code = Code::Invalid,
            .message = "watch is only supported on individual resources and resource collections - more than 1 resource was found"}});
        return;
    }
    if (m_arguments.watch && !m_plan.lists.empty()) {
        startWatch();
        return;
    }
    m_waiting = m_parts.size();
    m_listening.resize(m_parts.size());
    for (std::size_t i = 0; i < m_parts.size(); ++i) {
        if (m_parts[i].name.empty())
            startList(i);
        else
            startObject(i);
    }
}

kube::Source GetCommand::sourceOf(const kube::Resource &resource) const
{
    kube::Source source{.resource = resource.id, .scope = kube::Scope::all(), .selector = {m_arguments.labels, m_arguments.fields}};
    if (resource.namespaced && !m_arguments.allNamespaces)
        source.scope = kube::Scope::of({m_space});
    return source;
}

void GetCommand::startList(std::size_t index)
{
    Listening &listening = m_listening[index];
    listening.store = m_session.store(sourceOf(m_parts[index].resource));
    listening.subscription = listening.store->subscribe(
        wantsBodies() ? kube::Detail::Whole : kube::Detail::Meta, this, [](const kube::ChangeSet &) {},
        [this, index](const kube::State &state) { takeState(index, state); });
}

void GetCommand::takeState(std::size_t index, const kube::State &state)
{
    Listening &listening = m_listening[index];
    const bool complete = state.phase == kube::Phase::Live;
    if (!listening.store || (!complete && !state.why))
        return;
    GetPart &part = m_parts[index];
    if (complete) {
        const kube::Snapshot snapshot = listening.store->snapshot();
        part.answered = true;
        part.columns = snapshot.columns();
        part.items = snapshot.sorted();
        // Some tables have an order of their own (flow schemas by precedence): it is that of the rows' arrival.
        if (isHuman())
            inOrderOfArrival(part.items);
        for (const auto &[space, why] : state.refused)
            part.errors.push_back(asListFailure(why, listening.store->source()));
    } else {
        part.errors.push_back(asListFailure(kube::withWayOut(*state.why, part.resource), listening.store->source()));
    }
    // In the callback itself: the store would start its watch with the next turn of the loop.
    listening.subscription.end();
    listening.store.reset();
    partDone();
}

void GetCommand::startObject(std::size_t index)
{
    GetPart &part = m_parts[index];
    if (auto may = asPathSegment("resource name", part.name); !may) {
        part.errors.push_back(std::move(may.error()));
        partDone();
        return;
    }
    const kube::ObjectRef ref{part.resource.id, part.resource.namespaced ? m_space : std::string(), part.name};
    if (wantsBodies()) {
        kube::getObject(m_session.client(), ref).then(this, [this, index](Result<std::string> body) {
            GetPart &asked = m_parts[index];
            asked.answered = body.has_value();
            if (body)
                asked.body = std::move(*body);
            else
                asked.errors.push_back(std::move(body.error()));
            partDone();
        });
        return;
    }
    kube::getRow(m_session.client(), ref).then(this, [this, index](Result<kube::TablePage> page) {
        GetPart &asked = m_parts[index];
        asked.answered = page.has_value();
        if (page) {
            asked.columns = page->columns;
            asked.page = std::move(*page);
        } else {
            asked.errors.push_back(std::move(page.error()));
        }
        partDone();
    });
}

void GetCommand::partDone()
{
    if (--m_waiting > 0)
        return;
    const bool failed = std::any_of(m_parts.begin(), m_parts.end(), [](const GetPart &part) { return !part.errors.empty(); });
    if (m_arguments.watch && !failed)
        startWatch(); // the one object is there
    else
        printAll();
}

void GetCommand::printAll()
{
    std::vector<Error> errors;
    bool anyRow = false;
    bool allNamespaced = !m_arguments.allNamespaces;
    for (const GetPart &part : m_parts) {
        errors.insert(errors.end(), part.errors.begin(), part.errors.end());
        anyRow = anyRow || !part.items.empty() || !part.page.rows.empty();
        if (part.answered)
            allNamespaced = allNamespaced && part.resource.namespaced;
    }
    m_printer.print(m_parts, m_plan.single);
    if (isHuman() && !anyRow && errors.empty())
        m_messages.write(allNamespaced ? "No resources found in " + m_space + " namespace.\n" : "No resources found\n");
    end(errors);
}

void GetCommand::startWatch()
{
    const GetPart &part = m_parts.front();
    kube::Source source = sourceOf(part.resource);
    if (!part.name.empty())
        source.selector.fields = "metadata.name=" + part.name;
    m_watch = std::make_unique<GetWatch>(m_arguments, part.resource, m_session.store(source), m_printer, m_output, m_messages);
    connect(m_watch.get(), &GetWatch::begun, this, &GetCommand::watchBegun);
    connect(m_watch.get(), &GetWatch::failed, this, [this](const Error &error) { end({error}); });
    m_watch->start();
}

void GetCommand::end(const std::vector<Error> &errors)
{
    std::vector<Error> all = errors;
    if (auto written = m_output.flush(); !written)
        all.push_back(std::move(written.error()));
    for (const Error &error : all)
        m_messages.write(failureLines(error));
    (void)m_messages.flush();
    Q_EMIT finished(exitCodeOf(all));
}

} // namespace fairlead::app
