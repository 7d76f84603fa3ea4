// SPDX-License-Identifier: GPL-3.0-or-later
#include "kinds/kinds.h"
#include "kinds/ownergraph.h"

#include <QTest>

#include <algorithm>
#include <map>
#include <random>
#include <set>

using namespace fairlead;
using namespace fairlead::kinds;

namespace {

struct OwnerText {
    std::string uid;
    bool controller = true;
};

struct Object {
    std::string uid;
    std::string status = "Running";
    std::vector<OwnerText> owners;
};

const std::vector<kube::Column> &columns()
{
    static const std::vector<kube::Column> some = {
        {"Name", "string", "name", "", 0}, {"Ready", "string", "", "", 0}, {"Status", "string", "", "", 0}};
    return some;
}

// Through the real decoder.
kube::ItemPtr item(const Object &object)
{
    std::string owners;
    for (const OwnerText &each : object.owners) {
        owners += (owners.empty() ? "" : ",");
        owners +=
            R"({"apiVersion":"v1","kind":"Thing","name":"n","uid":")" + each.uid + R"(","controller":)" + (each.controller ? "true" : "false") + "}";
    }
    const std::string text = R"({"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{"resourceVersion":"1"},
        "columnDefinitions":[{"name":"Name","type":"string"},{"name":"Ready","type":"string"},{"name":"Status","type":"string"}],
        "rows":[{"cells":[")" +
                             object.uid + R"(","1/1",")" + object.status +
                             R"("],"object":{"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1",
        "metadata":{"name":")" +
                             object.uid + R"(","uid":")" + object.uid + R"(","resourceVersion":"1","ownerReferences":[)" + owners + "]}}}]}";
    auto page = kube::decodeTable(text, kube::Detail::Meta, {});
    if (!page)
        qFatal("%s", page.error().text().c_str());
    return std::make_shared<const kube::Item>(1, std::move(page->rows[0]), Clock::TimePoint());
}

struct Set {
    std::vector<Object> added, changed, removed;
};

OwnerChanges apply(OwnerGraph &graph, std::size_t source, const Set &set)
{
    kube::ChangeSet changes;
    for (const Object &each : set.added)
        changes.added.push_back(item(each));
    for (const Object &each : set.changed)
        changes.changed.push_back(item(each));
    for (const Object &each : set.removed)
        changes.removed.push_back({1, item(each)});
    return graph.apply(source, columns(), changes);
}

const Kind &pods()
{
    return kindOf("", "pods");
}

// A kind whose objects own others: they are counted only where nothing is beneath them.
const Kind &jobs()
{
    return kindOf("batch", "jobs");
}

std::string parentOf(const OwnerGraph &graph, const std::string &uid)
{
    const OwnerNode *node = graph.node(uid);
    return !node ? "absent" : node->parent ? std::string(node->parent->uid()) : "";
}

std::string counts(const OwnerNode &node)
{
    std::string text;
    for (const std::uint32_t each : node.below.of)
        text += std::to_string(each) + " ";
    return text;
}

// All that a node shows, in words that can be compared.
std::string shown(const OwnerNode &node)
{
    std::string text = std::string(node.uid()) + " under " + (node.parent ? std::string(node.parent->uid()) : "-");
    std::vector<std::string> children;
    for (const OwnerNode *each : node.children)
        children.emplace_back(each->uid());
    std::sort(children.begin(), children.end());
    for (const std::string &each : children)
        text += " " + each;
    text += " below " + counts(node) + (node.orphan ? "orphan " : "") + (node.cyclic ? "cyclic " : "");
    text += node.health ? std::string(name(*node.health)) : "none";
    return text;
}

std::map<std::string, std::string> all(const OwnerGraph &graph, const std::map<std::string, Object> &objects)
{
    std::map<std::string, std::string> result;
    for (const auto &[uid, object] : objects) {
        const OwnerNode *node = graph.node(uid);
        result[uid] = node ? shown(*node) : "absent";
    }
    std::set<std::string> roots;
    for (const OwnerNode *each : graph.roots())
        roots.emplace(each->uid());
    for (const std::string &each : roots)
        result["roots"] += each + " ";
    return result;
}

std::string joined(std::vector<std::string> uids)
{
    std::sort(uids.begin(), uids.end());
    std::string text;
    for (const std::string &each : uids)
        text += each + " ";
    return text;
}

} // namespace

class OwnerGraphTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aChildMayComeBeforeItsParent()
    {
        OwnerGraph graph;
        const std::size_t first = graph.addSource(pods());
        const std::size_t second = graph.addSource(pods());
        apply(graph, first, {{{"pod", "Running", {{"set"}}}}, {}, {}});
        QVERIFY(graph.node("pod")->orphan);
        QCOMPARE(graph.roots().size(), std::size_t(1));
        const OwnerChanges changes = apply(graph, second, {{{"set", "Running", {}}}, {}, {}});
        QCOMPARE(joined(changes.added), std::string("set "));
        QCOMPARE(changes.moved.size(), std::size_t(1));
        QCOMPARE(changes.moved[0], (OwnerChanges::Move{"pod", "", "set"}));
        QVERIFY(!graph.node("pod")->orphan);
        QCOMPARE(graph.roots().size(), std::size_t(1));
        QCOMPARE(graph.chain("pod").size(), std::size_t(1));
    }

    void theFirstOwnerIsTheParent()
    {
        OwnerGraph graph;
        const std::size_t source = graph.addSource(pods());
        apply(graph, source, {{{"a"}, {"b"}, {"pod", "Running", {{"a", false}, {"b", true}}}}, {}, {}});
        QCOMPARE(parentOf(graph, "pod"), std::string("a")); // whichever is the controller
        // It goes: the other owner is still here.
        apply(graph, source, {{}, {}, {{"a"}}});
        QCOMPARE(parentOf(graph, "pod"), std::string("b"));
    }

    void aLostParentLeavesOrphans()
    {
        OwnerGraph graph;
        const std::size_t source = graph.addSource(pods());
        apply(graph, source, {{{"set"}, {"pod", "Error", {{"set"}}}}, {}, {}});
        const OwnerChanges changes = apply(graph, source, {{}, {}, {{"set"}}});
        QCOMPARE(joined(changes.removed), std::string("set "));
        QCOMPARE(changes.moved.size(), std::size_t(1));
        QCOMPARE(changes.moved[0], (OwnerChanges::Move{"pod", "set", ""}));
        QVERIFY(graph.node("pod")->orphan);
        QVERIFY(!graph.node("set"));
    }

    void healthIsCountedAllTheWayUp()
    {
        OwnerGraph graph;
        const std::size_t source = graph.addSource(pods());
        apply(graph, source,
            {{{"top"}, {"middle", "Running", {{"top"}}}, {"x", "Running", {{"middle"}}}, {"y", "CrashLoopBackOff", {{"middle"}}}}, {}, {}});
        QCOMPARE(graph.node("top")->below.count(Health::Failed), 1U);
        QCOMPARE(graph.node("top")->below.count(Health::Healthy), 2U);
        QCOMPARE(*graph.node("top")->rolledUp(), Health::Failed);
        OwnerChanges changes = apply(graph, source, {{}, {{"y", "Running", {{"middle"}}}}, {}});
        QCOMPARE(joined(changes.updated), std::string("y "));
        QCOMPARE(joined(changes.rolledUp), std::string("middle top "));
        QVERIFY(changes.moved.empty() && changes.added.empty() && changes.removed.empty());
        QCOMPARE(*graph.node("top")->rolledUp(), Health::Healthy);
        // A new version with the same health tells of itself only.
        changes = apply(graph, source, {{}, {{"y", "Running", {{"middle"}}}}, {}});
        QCOMPARE(joined(changes.updated), std::string("y "));
        QVERIFY(changes.rolledUp.empty());
    }

    void circlesAreBrokenAndSaid()
    {
        OwnerGraph graph;
        const std::size_t source = graph.addSource(pods());
        apply(graph, source,
            {{{"b", "Running", {{"c"}}}, {"c", "Running", {{"a"}}}, {"a", "Running", {{"b"}}}, {"leaf", "Running", {{"c"}}},
                 {"self", "Running", {{"self"}}}},
                {}, {}});
        QCOMPARE(parentOf(graph, "a"), std::string(""));
        QCOMPARE(parentOf(graph, "c"), std::string("a"));
        QCOMPARE(parentOf(graph, "b"), std::string("c"));
        QVERIFY(graph.node("a")->cyclic && graph.node("b")->cyclic && graph.node("c")->cyclic && graph.node("self")->cyclic);
        QVERIFY(!graph.node("leaf")->cyclic && !graph.node("a")->orphan);
        QCOMPARE(parentOf(graph, "self"), std::string(""));
        QCOMPARE(graph.node("a")->below.count(Health::Healthy), 3U);
        // c finds another owner: the circle is none any more.
        const OwnerChanges changes = apply(graph, source, {{{"other"}}, {{"c", "Running", {{"other"}}}}, {}});
        QCOMPARE(parentOf(graph, "a"), std::string("b"));
        QCOMPARE(parentOf(graph, "c"), std::string("other"));
        QVERIFY(!graph.node("a")->cyclic && !graph.node("b")->cyclic && !graph.node("c")->cyclic);
        QCOMPARE(joined(changes.updated), std::string("a b c "));
        QCOMPARE(graph.node("other")->below.count(Health::Healthy), 4U);
    }

    void aSourceLeavesWithAllItsRows()
    {
        OwnerGraph graph;
        const std::size_t first = graph.addSource(pods());
        const std::size_t second = graph.addSource(pods());
        apply(graph, first, {{{"set"}}, {}, {}});
        apply(graph, second, {{{"pod", "Running", {{"set"}}}}, {}, {}});
        // What another source tells of it, and takes back, does not count.
        QVERIFY(apply(graph, second, {{}, {}, {{"set"}}}).isEmpty());
        const OwnerChanges changes = graph.removeSource(first);
        QCOMPARE(joined(changes.removed), std::string("set "));
        QCOMPARE(graph.size(), std::size_t(1));
        QVERIFY(apply(graph, first, {{{"late"}}, {}, {}}).isEmpty());
    }

    void changedColumnsAreJudgedAnew()
    {
        OwnerGraph graph;
        const std::size_t source = graph.addSource(pods());
        apply(graph, source, {{{"set"}, {"pod", "Running", {{"set"}}}}, {}, {}});
        auto other = columns();
        other[2].name = "Phase";
        kube::ChangeSet changes;
        changes.columns = true;
        graph.apply(source, other, changes);
        QCOMPARE(*graph.node("pod")->health, Health::Unknown);
        QCOMPARE(graph.node("set")->below.count(Health::Unknown), 1U);
    }

    // The graph after any changes is the graph built from what is left; what was reported is what differs.
    void randomChangesEndLikeANewGraph()
    {
        bool isNumber = false;
        const int asked = qEnvironmentVariableIntValue("FAIRLEAD_ROUNDS", &isNumber);
        const int rounds = isNumber ? asked : 30;
        const unsigned seed = qEnvironmentVariableIsSet("FAIRLEAD_SEED") ? qEnvironmentVariable("FAIRLEAD_SEED").toUInt() : std::random_device()();
        qInfo("%d rounds, seed %u", rounds, seed);
        std::mt19937 random(seed);
        const auto below = [&random](unsigned n) { return static_cast<unsigned>(random() % n); };
        const std::vector<std::string> words = {"Running", "Error", "Completed", "Pending", "Suspended"};
        for (int round = 0; round < rounds; ++round) {
            OwnerGraph graph;
            const std::size_t sources[] = {graph.addSource(pods()), graph.addSource(jobs()), graph.addSource(pods())};
            std::map<std::string, Object> objects;
            std::map<std::string, unsigned> home;
            const unsigned names = 4 + below(12); // few: owners and circles are met often
            for (int step = 0; step < 40; ++step) {
                const unsigned source = below(3);
                Set set;
                std::set<std::string> used;
                for (unsigned i = below(5); i-- > 0;) {
                    Object object{"u" + std::to_string(below(names)), words[below(5)], {}};
                    for (unsigned n = below(3); n-- > 0;)
                        object.owners.push_back({"u" + std::to_string(below(names)), n == 0});
                    if (!used.insert(object.uid).second || (home.count(object.uid) != 0 && home[object.uid] != source))
                        continue;
                    if (objects.count(object.uid) == 0) {
                        set.added.push_back(object);
                    } else if (below(3) == 0) {
                        set.removed.push_back(objects[object.uid]);
                        objects.erase(object.uid);
                        home.erase(object.uid);
                        continue;
                    } else {
                        set.changed.push_back(object);
                    }
                    objects[object.uid] = object;
                    home[object.uid] = source;
                }
                std::map<std::string, std::string> parents;
                std::map<std::string, std::string> belows;
                for (unsigned i = 0; i < names; ++i) {
                    const std::string uid = "u" + std::to_string(i);
                    parents[uid] = parentOf(graph, uid);
                    belows[uid] = graph.node(uid) ? counts(*graph.node(uid)) : "absent";
                }
                const OwnerChanges changes = apply(graph, sources[source], set);

                OwnerGraph fresh;
                const std::size_t again[] = {fresh.addSource(pods()), fresh.addSource(jobs())};
                std::vector<Object> everything;
                for (const auto &[uid, object] : objects)
                    everything.push_back(object);
                std::shuffle(everything.begin(), everything.end(), random);
                for (const Object &each : everything)
                    apply(fresh, again[home[each.uid] == 1 ? 1 : 0], {{each}, {}, {}});
                QCOMPARE(all(graph, objects), all(fresh, objects));
                QCOMPARE(graph.size(), objects.size());

                std::vector<std::string> moved;
                std::vector<std::string> rolled;
                for (const auto &[uid, was] : parents) {
                    const std::string is = parentOf(graph, uid);
                    if (was == "absent" || is == "absent")
                        continue;
                    if (was != is)
                        moved.push_back(uid);
                    if (belows[uid] != counts(*graph.node(uid)))
                        rolled.push_back(uid);
                }
                std::vector<std::string> said;
                for (const OwnerChanges::Move &each : changes.moved)
                    said.push_back(each.uid);
                QCOMPARE(joined(said), joined(moved));
                QCOMPARE(joined(changes.rolledUp), joined(rolled));
            }
        }
    }

    // Ten thousand pods come and one changes: the change must not cost the whole.
    void oneChangeTouchesOnlyItsOwners()
    {
        OwnerGraph graph;
        const std::size_t source = graph.addSource(pods());
        Set set;
        for (int i = 0; i < 100; ++i)
            set.added.push_back({"set" + std::to_string(i)});
        for (int i = 0; i < 2000; ++i)
            set.added.push_back({"pod" + std::to_string(i), "Running", {{"set" + std::to_string(i % 100)}}});
        apply(graph, source, set);
        QCOMPARE(graph.roots().size(), std::size_t(100));
        const OwnerChanges changes = apply(graph, source, {{}, {{"pod7", "Error", {{"set7"}}}}, {}});
        QCOMPARE(joined(changes.updated), std::string("pod7 "));
        QCOMPARE(joined(changes.rolledUp), std::string("set7 "));
        QVERIFY(changes.moved.empty() && changes.added.empty() && changes.removed.empty());
    }
};

QTEST_GUILESS_MAIN(OwnerGraphTest)
#include "tst_ownergraph.moc"
