// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/print/treeprinter.h"

#include "kinds/kinds.h"
#include "kube/decode/table.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <string>
#include <vector>

using namespace fairlead;
using namespace fairlead::app;
using kinds::OwnerNode;

namespace {

struct Object {
    std::string name;
    std::string owner; ///< its uid, which is its name
    std::string status = "Running";
};

const std::vector<kube::Column> &columns()
{
    static const std::vector<kube::Column> some = {
        {"Name", "string", "name", "", 0}, {"Ready", "string", "", "", 0}, {"Status", "string", "", "", 0}};
    return some;
}

kube::ItemPtr item(const Object &object)
{
    const std::string owners =
        object.owner.empty() ? std::string() : R"({"apiVersion":"v1","kind":"Thing","name":"n","uid":")" + object.owner + R"("})";
    const std::string text = R"({"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{"resourceVersion":"1"},
        "columnDefinitions":[{"name":"Name","type":"string"},{"name":"Ready","type":"string"},{"name":"Status","type":"string"}],
        "rows":[{"cells":[")" +
                             object.name + R"(","1/1",")" + object.status +
                             R"("],"object":{"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1","metadata":{"name":")" + object.name +
                             R"(","namespace":"team-a","uid":")" + object.name +
                             R"(","creationTimestamp":"2026-01-01T00:00:00Z","resourceVersion":"1","ownerReferences":[)" + owners + "]}}}]}";
    auto page = kube::decodeTable(text, kube::Detail::Meta, {});
    if (!page)
        qFatal("%s", page.error().text().c_str());
    return std::make_shared<const kube::Item>(1, std::move(page->rows[0]), Clock::TimePoint());
}

/// Three kinds: pods, jobs, and config maps, which have no health.
class Forest {
public:
    Forest()
        : m_sources{{"Job", columns()}, {"Pod", columns()}, {"ConfigMap", columns()}}
    {
        (void)m_graph.addSource(kinds::kindOf("batch", "jobs"));
        (void)m_graph.addSource(kinds::kindOf("", "pods"));
        (void)m_graph.addSource(kinds::kindOf("", "configmaps"));
    }
    void add(std::size_t source, const Object &object)
    {
        kube::ChangeSet set;
        set.added.push_back(item(object));
        m_graph.apply(source, columns(), set);
    }
    [[nodiscard]] std::vector<const OwnerNode *> roots() const { return m_printer.sorted(m_graph.roots()); }
    [[nodiscard]] QStringList text(bool withNamespace = false, bool headers = false) const
    {
        return QString::fromStdString(m_printer.text(roots(), withNamespace, headers)).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    }
    [[nodiscard]] QJsonArray json() const { return QJsonDocument::fromJson(QByteArray::fromStdString(m_printer.json(roots()))).array(); }
    [[nodiscard]] const OwnerNode &node(const char *uid) const { return *m_graph.node(uid); }
    [[nodiscard]] const TreePrinter &printer() const { return m_printer; }

private:
    std::vector<TreeSource> m_sources;
    kinds::OwnerGraph m_graph;
    TreePrinter m_printer{m_sources, *parseTime("2026-01-01T00:05:00Z")};
};

} // namespace

// Against a server: live/tst_tree.
class TreePrinterTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void eachBelowItsOwner()
    {
        Forest forest;
        forest.add(2, {"settings", "", ""});
        forest.add(1, {"pod-10", "job", "Error"});
        forest.add(1, {"pod-9", "job"});
        forest.add(2, {"of-pod-9", "pod-9", ""});
        forest.add(2, {"of-pod-10", "pod-10", ""});
        forest.add(0, {"job", "", "Running"});
        QStringList lines = forest.text(false, true);
        QVERIFY(lines[5].startsWith(QStringLiteral("  └─ConfigMap/of-pod-10 "))); // nothing comes below the last one
        for (QString &line : lines)
            line = line.simplified();
        QCOMPARE(lines.size(), 7);
        QCOMPARE(lines[0], QStringLiteral("NAME READY STATUS AGE"));
        QVERIFY(lines[1].startsWith(QStringLiteral("Job/job ")));
        QCOMPARE(lines[2], QStringLiteral("├─Pod/pod-9 1/1 Running 5m"));
        QVERIFY(lines[3].startsWith(QStringLiteral("│ └─ConfigMap/of-pod-9 ")));
        QVERIFY(lines[4].startsWith(QStringLiteral("└─Pod/pod-10 1/1 Error")));
        QVERIFY(lines[6].startsWith(QStringLiteral("ConfigMap/settings ")));
        // The columns stand below each other, whatever the guides are.
        const QStringList raw = forest.text(true);
        QVERIFY(raw[1].startsWith(QStringLiteral("team-a")));
        QCOMPARE(raw[1].indexOf(QLatin1String("1/1")), raw[3].indexOf(QLatin1String("1/1")));
        QVERIFY(forest.printer().text({}, false, true).empty());
    }

    void aloneIsWhatHasNothingToTell()
    {
        Forest forest;
        forest.add(2, {"settings", "", ""});
        forest.add(2, {"lost", "nobody", ""});
        forest.add(1, {"pod", ""});
        forest.add(2, {"of-pod", "pod", ""});
        forest.add(1, {"lone-pod", ""});
        QVERIFY(isAlone(forest.node("settings")));
        for (const char *each : {"lost", "pod", "of-pod", "lone-pod"})
            QVERIFY2(!isAlone(forest.node(each)), each);
    }

    void json()
    {
        Forest forest;
        forest.add(0, {"job", ""});
        forest.add(1, {"pod", "job", "CrashLoopBackOff"});
        forest.add(1, {"lost", "nobody"});
        forest.add(2, {"settings", "", ""});
        const QJsonArray list = forest.json();
        QCOMPARE(list.size(), 3);
        const QJsonObject job = list[0].toObject();
        QCOMPARE(job.keys(), (QStringList{QStringLiteral("children"), QStringLiteral("health"), QStringLiteral("kind"), QStringLiteral("name"),
                                 QStringLiteral("namespace"), QStringLiteral("uid")}));
        QCOMPARE(job[QLatin1String("kind")].toString(), QStringLiteral("Job"));
        QCOMPARE(job[QLatin1String("namespace")].toString(), QStringLiteral("team-a"));
        const QJsonObject pod = job[QLatin1String("children")].toArray()[0].toObject();
        QCOMPARE(pod[QLatin1String("uid")].toString(), QStringLiteral("pod"));
        QCOMPARE(pod[QLatin1String("health")].toString(), QStringLiteral("failed"));
        QCOMPARE(pod[QLatin1String("children")].toArray().size(), 0);
        QCOMPARE(list[1].toObject()[QLatin1String("orphan")], QJsonValue(true));
        QCOMPARE(list[2].toObject()[QLatin1String("health")].toString(), QStringLiteral("unknown"));
        QVERIFY(!list[2].toObject().contains(QLatin1String("orphan")));
        QCOMPARE(forest.printer().json({}), std::string("[]\n"));
    }

    void oddOwnersAreSaid()
    {
        Forest forest;
        forest.add(2, {"lost", "nobody", ""});
        forest.add(1, {"lost-pod", "nobody"});
        forest.add(2, {"one", "other", ""});
        forest.add(2, {"other", "one", ""});
        const QString text = forest.text().join(QLatin1Char('\n'));
        QVERIFY2(text.contains(QLatin1String("Running; its owner is not there")), qPrintable(text));
        QCOMPARE(text.count(QLatin1String("its owner is not there")), 2);
        QCOMPARE(text.count(QLatin1String("its owners go round in a circle")), 2);
        QCOMPARE(forest.json().size(), 3); // one of the circle is its root
    }

    void nothingReachesTheTerminalRaw()
    {
        Forest forest;
        forest.add(1, {"pod", "", "\\u001b[31mred"});
        QVERIFY(forest.text()[0].contains(QLatin1String("^[[31mred")));
    }
};

QTEST_APPLESS_MAIN(TreePrinterTest)
#include "tst_treeprinter.moc"
