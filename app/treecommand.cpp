// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/treecommand.h"

#include "app/failurewords.h"
#include "app/print/terminaltext.h"
#include "kinds/kinds.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace fairlead::app {

namespace {

// Nobody owns an event, and there may be a hundred for each object.
bool hasPlaceInTree(const kube::Resource &resource)
{
    return resource.preferred && resource.can("list") && resource.id.resource != "events";
}

// As the side bar has its kinds: workloads first, what the registry does not know last.
std::ptrdiff_t placeOf(const kube::Resource &resource)
{
    const auto &all = kinds::allKinds();
    return std::find(all.begin(), all.end(), &kinds::kindOf(resource.id.group, resource.id.resource)) - all.begin();
}

std::string groupOf(std::string_view apiVersion)
{
    const std::size_t slash = apiVersion.find('/');
    return slash == std::string_view::npos ? std::string() : std::string(apiVersion.substr(0, slash));
}

bool isForbidden(const Error &error)
{
    return exitCodeOf(error) == Forbidden;
}

} // namespace

TreeCommand::TreeCommand(
    const Arguments &arguments, GetOperands operands, std::string space, kube::Session &session, Output &output, Output &messages)
    : m_arguments(arguments)
    , m_operands(std::move(operands))
    , m_space(std::move(space))
    , m_session(session)
    , m_output(output)
    , m_messages(messages)
    , m_everywhere(arguments.allNamespaces)
    , m_listing(session)
{
    connect(&m_listing, &Listing::finished, this, &TreeCommand::takeListing);
}

void TreeCommand::start()
{
    m_session.discovery().load().then(this, [this](Result<kube::OfferPtr> offer) {
        if (offer)
            takeOffer(*offer);
        else
            fail(offer.error());
    });
}

void TreeCommand::takeOffer(const kube::OfferPtr &offer)
{
    m_offer = offer;
    if (!m_operands.kinds.empty() || !m_operands.pairs.empty()) {
        auto plan = planGet(m_operands, m_arguments, *offer);
        if (!plan) {
            fail(plan.error());
            return;
        }
        m_plan = std::move(*plan);
        // What has no namespace may own things in any.
        m_everywhere = m_everywhere ||
                       std::any_of(m_plan.objects.begin(), m_plan.objects.end(), [](const auto &each) { return !each.resource.namespaced; }) ||
                       std::any_of(m_plan.lists.begin(), m_plan.lists.end(), [](const auto &each) { return !each.namespaced; });
    }
    const kube::Scope scope = m_everywhere ? kube::Scope::all() : kube::Scope::of({m_space});
    std::vector<kube::Resource> resources;
    std::copy_if(offer->resources.begin(), offer->resources.end(), std::back_inserter(resources),
        [this](const kube::Resource &each) { return hasPlaceInTree(each) && (each.namespaced || m_everywhere); });
    std::stable_sort(resources.begin(), resources.end(), [](const auto &a, const auto &b) { return placeOf(a) < placeOf(b); });
    for (const kube::Resource &resource : resources) {
        const bool judged = kinds::kindOf(resource.id.group, resource.id.resource).hasHealth();
        m_listing.add(resource, scope, judged ? kube::Detail::Facts : kube::Detail::Meta);
    }
    m_listing.start();
}

void TreeCommand::takeListing()
{
    graphNew();
    const auto more = m_everywhere ? std::vector<kube::Resource>() : ownersElsewhere();
    if (more.empty()) {
        print();
        return;
    }
    for (const kube::Resource &resource : more)
        m_listing.add(resource, kube::Scope::all(), kube::Detail::Facts);
    m_listing.start();
}

void TreeCommand::graphNew()
{
    // Owners from elsewhere come alone, not with all of their kind.
    const bool elsewhere = !m_sources.empty();
    std::set<std::string, std::less<>> wanted;
    if (elsewhere) {
        for (const kinds::OwnerNode *root : m_graph.roots()) {
            for (std::size_t i = 0; root->orphan && i < root->item->meta().ownerCount(); ++i)
                wanted.emplace(root->item->meta().owner(i).uid);
        }
    }
    while (m_sources.size() < m_listing.parts().size()) {
        const Listing::Part &part = m_listing.parts()[m_sources.size()];
        const std::size_t source = m_graph.addSource(*part.kind);
        m_sources.push_back({part.resource.kind, part.columns});
        kube::ChangeSet all;
        std::copy_if(part.items.begin(), part.items.end(), std::back_inserter(all.added),
            [&](const kube::ItemPtr &item) { return !elsewhere || wanted.count(item->uid()) != 0; });
        m_graph.apply(source, part.columns, all);
    }
}

std::vector<kube::Resource> TreeCommand::ownersElsewhere() const
{
    std::vector<kube::Resource> found;
    for (const kinds::OwnerNode *root : m_graph.roots()) {
        for (std::size_t i = 0; root->orphan && i < root->item->meta().ownerCount(); ++i) {
            const kube::Owner owner = root->item->meta().owner(i);
            const auto resource = std::find_if(m_offer->resources.begin(), m_offer->resources.end(), [&owner](const kube::Resource &each) {
                return hasPlaceInTree(each) && !each.namespaced && each.kind == owner.kind && each.id.group == groupOf(owner.apiVersion);
            });
            if (resource != m_offer->resources.end() && std::find(found.begin(), found.end(), *resource) == found.end())
                found.push_back(*resource);
        }
    }
    return found;
}

std::vector<const kinds::OwnerNode *> TreeCommand::named(std::vector<Error> &missing) const
{
    std::vector<const kinds::OwnerNode *> nodes;
    const auto partOf = [this](const kube::Resource &resource) {
        return std::find_if(m_listing.parts().begin(), m_listing.parts().end(), [&](const Listing::Part &part) {
            return part.resource.id.group == resource.id.group && part.resource.id.resource == resource.id.resource;
        });
    };
    const auto take = [&](const kube::ItemPtr &item) {
        if (const kinds::OwnerNode *const node = m_graph.node(item->uid());
            node != nullptr && std::find(nodes.begin(), nodes.end(), node) == nodes.end())
            nodes.push_back(node);
    };
    for (const GetPlan::Object &object : m_plan.objects) {
        const auto part = partOf(object.resource);
        const bool listed = part != m_listing.parts().end();
        if (listed && !part->answered) {
            missing.insert(missing.end(), part->errors.begin(), part->errors.end());
            continue;
        }
        const auto item = !listed ? std::vector<kube::ItemPtr>::const_iterator()
                                  : std::find_if(part->items.begin(), part->items.end(), [&](const kube::ItemPtr &each) {
                                        return each->name() == object.name && (!part->resource.namespaced || each->space() == m_space);
                                    });
        if (listed && item != part->items.end())
            take(*item);
        else
            missing.push_back({.code = Code::NotFound,
                .http = 404,
                .reason = "NotFound",
                .message = object.resource.qualifiedName() + " \"" + object.name + "\" not found"});
    }
    for (const kube::Resource &resource : m_plan.lists) {
        const auto part = partOf(resource);
        if (part == m_listing.parts().end())
            continue;
        if (!part->answered)
            missing.insert(missing.end(), part->errors.begin(), part->errors.end());
        for (const kube::ItemPtr &item : part->items)
            take(item);
    }
    return nodes;
}

void TreeCommand::print()
{
    const auto &parts = m_listing.parts();
    const std::vector<Error> errors = m_listing.errors();
    if (std::none_of(parts.begin(), parts.end(), [](const Listing::Part &part) { return part.answered; })) {
        fail(errors.empty() ? Error{.code = Code::NotKubernetes, .message = "the server offers nothing that can be listed"} : errors.front());
        return;
    }
    sayErrors(errors);
    const bool all = m_plan.objects.empty() && m_plan.lists.empty();
    std::vector<Error> missing;
    std::vector<const kinds::OwnerNode *> roots = all ? m_graph.roots() : named(missing);
    const TreePrinter printer(m_sources, std::chrono::floor<std::chrono::milliseconds>(m_session.clock().now()));
    if (m_arguments.format == Format::Json) {
        m_output.write(printer.json(all ? printer.sorted(std::move(roots)) : roots));
    } else {
        if (all) {
            const auto alone = std::remove_if(roots.begin(), roots.end(), [](const kinds::OwnerNode *each) { return isAlone(*each); });
            const auto left = static_cast<std::size_t>(roots.end() - alone);
            roots.erase(alone, roots.end());
            roots = printer.sorted(std::move(roots));
            if (left > 0)
                m_messages.write(std::to_string(left) + (left == 1 ? " object that stands alone is" : " objects that stand alone are") +
                                 " not shown; -o json has all.\n");
        }
        m_output.write(printer.text(roots, m_everywhere, m_arguments.headers));
        if (roots.empty() && missing.empty())
            m_messages.write(visible(m_everywhere ? "Nothing owns or is owned.\n" : "Nothing owns or is owned in " + m_space + " namespace.\n"));
    }
    for (const Error &error : missing)
        m_messages.write(failureLines(error));
    if (const auto written = m_output.flush(); !written) {
        fail(written.error());
        return;
    }
    (void)m_messages.flush();
    Q_EMIT finished(exitCodeOf(missing));
}

// Of forty kinds that somebody may not list nobody reads forty lines.
void TreeCommand::sayErrors(const std::vector<Error> &errors)
{
    std::string kinds;
    std::size_t forbidden = 0;
    for (const Listing::Part &part : m_listing.parts()) {
        if (std::none_of(part.errors.begin(), part.errors.end(), isForbidden))
            continue;
        ++forbidden;
        kinds += (kinds.empty() ? "" : ", ") + part.resource.qualifiedName();
    }
    for (const Error &error : errors) {
        if (!isForbidden(error))
            m_messages.write(failureLines(error));
    }
    if (forbidden > 0)
        m_messages.write(visible("You may not list " + kinds + (forbidden == 1 ? ": it is" : ": they are") + " no part of the tree.\n"));
}

void TreeCommand::fail(const Error &error)
{
    m_messages.write(failureLines(error));
    (void)m_messages.flush();
    Q_EMIT finished(exitCodeOf(error));
}

} // namespace fairlead::app
