// SPDX-License-Identifier: GPL-3.0-or-later
// What a pod asks for, as the scheduler reckons; and how such facts are read out of lists.
#include "kinds/kinds.h"
#include "kinds/podresources.h"
#include "kube/decode/table.h"

#include <QTest>

#include <algorithm>

namespace fairlead {

using namespace kinds;

namespace {

/// The facts of a pod with this spec; ` stands for a quotation mark.
kube::TablePage podWith(const std::string &spec, const std::string &phase = "Running")
{
    std::string table = "{`kind`:`Table`,`apiVersion`:`meta.k8s.io/v1`,`metadata`:{},`columnDefinitions`:[{`name`:`Name`,`type`:`string`}],`rows`:[{"
                        "`cells`:[`web`],`object`:{`kind`:`Pod`,`apiVersion`:`v1`,`metadata`:{`name`:`web`,`uid`:`u`},`spec`:{" +
                        spec + "},`status`:{`phase`:`" + phase + "`}}}]}";
    std::replace(table.begin(), table.end(), '`', '"');
    auto page = kube::decodeTable(table, kube::Detail::Facts, kindOf("", "pods").projection());
    if (!page || page->rows.size() != 1)
        qFatal("the test's own table cannot be read");
    return std::move(*page);
}

PodResources resourcesOf(const std::string &spec)
{
    const kube::TablePage page = podWith(spec);
    return podResourcesOf(Facts(kindOf("", "pods").facts, page.rows.front()));
}

std::string asks(const std::string &cpu, const std::string &memory)
{
    return "`resources`:{`requests`:{`cpu`:`" + cpu + "`,`memory`:`" + memory + "`}}";
}

constexpr double mega = 1024 * 1024;

} // namespace

class TestPodResources : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void asTheSchedulerReckons_data();
    void asTheSchedulerReckons();
    void whatNobodyLimitsHasNoLimit();
    void whichLimitsAreMissing_data();
    void whichLimitsAreMissing();
    void aMemberOfEveryEntryIsRead();
    void onlyWhatANodeHasTakesFromIt();
};

void TestPodResources::asTheSchedulerReckons_data()
{
    QTest::addColumn<QString>("spec");
    QTest::addColumn<double>("cpu");
    QTest::addColumn<double>("memory");
    const auto row = [](const char *name, const std::string &spec, double cpu, double memory) {
        QTest::newRow(name) << QString::fromStdString(spec) << cpu << memory * mega;
    };
    row("nothing is asked for", "`containers`:[{`name`:`a`},{`name`:`b`,`resources`:{}}]", 0, 0);
    row("containers are summed", "`containers`:[{" + asks("100m", "64Mi") + "},{`name`:`none`},{" + asks("1", "64Mi") + "}]", 1.1, 128);
    row("an init container that needs more", "`initContainers`:[{" + asks("2", "16Mi") + "}],`containers`:[{" + asks("500m", "64Mi") + "}]", 2, 64);
    row("a sidecar runs beside all",
        "`initContainers`:[{`restartPolicy`:`Always`," + asks("200m", "32Mi") + "}],`containers`:[{" + asks("500m", "64Mi") + "}]", 0.7, 96);
    row("an init container beside a sidecar",
        "`initContainers`:[{`restartPolicy`:`Always`," + asks("200m", "32Mi") + "},{" + asks("1", "8Mi") + "}],`containers`:[{" +
            asks("500m", "64Mi") + "}]",
        1.2, 96);
    row("the pod as a whole", "`resources`:{`requests`:{`cpu`:`3`}},`containers`:[{" + asks("500m", "64Mi") + "}]", 3, 64);
    row("overhead", "`overhead`:{`cpu`:`250m`,`memory`:`120Mi`},`containers`:[{" + asks("500m", "64Mi") + "}]", 0.75, 184);
    row("absurd numbers", "`containers`:[{" + asks("-5", "1e400") + "},{" + asks("many", "64Mi") + "}]", 0, 64);
}

void TestPodResources::asTheSchedulerReckons()
{
    QFETCH(QString, spec);
    QFETCH(double, cpu);
    QFETCH(double, memory);
    const PodResources found = resourcesOf(spec.toStdString());
    QVERIFY2(qAbs(found.requests.cpu - cpu) < 1e-9, qPrintable(QString::number(found.requests.cpu)));
    QCOMPARE(found.requests.memory, memory);
}

void TestPodResources::whatNobodyLimitsHasNoLimit()
{
    const PodResources found = resourcesOf("`overhead`:{`cpu`:`250m`},`containers`:[{`resources`:{`limits`:{`memory`:`64Mi`}}}]");
    QCOMPARE(found.limits.cpu, 0.0);
    QCOMPARE(found.limits.memory, 64 * mega);
}

void TestPodResources::whichLimitsAreMissing_data()
{
    QTest::addColumn<QString>("spec");
    QTest::addColumn<bool>("cpu");
    QTest::addColumn<bool>("memory");
    const auto row = [](const char *name, const std::string &spec, bool cpu, bool memory) {
        QTest::newRow(name) << QString::fromStdString(spec) << cpu << memory;
    };
    const std::string both = "{`resources`:{`limits`:{`cpu`:`1`,`memory`:`1Gi`}}}";
    row("both are set", "`containers`:[" + both + "," + both + "]", false, false);
    row("nothing is said", "`containers`:[{`name`:`a`}]", true, true);
    row("requests are no limits", "`containers`:[{" + asks("1", "1Gi") + "}]", true, true);
    row("memory alone is set", "`containers`:[{`resources`:{`limits`:{`memory`:`64Mi`}}}]", true, false);
    row("one container of two has none", "`containers`:[" + both + ",{`resources`:{`limits`:{`cpu`:`1`}}}]", false, true);
    row("zero is none", "`containers`:[{`resources`:{`limits`:{`cpu`:`0`,`memory`:`1Gi`}}}]", true, false);
    row("the pod as a whole has both", "`resources`:{`limits`:{`cpu`:`1`,`memory`:`1Gi`}},`containers`:[{`name`:`a`}]", false, false);
    row("the pod as a whole has one", "`resources`:{`limits`:{`memory`:`1Gi`}},`containers`:[{`name`:`a`}]", true, false);
    row("an init container ends", "`initContainers`:[{`name`:`i`}],`containers`:[" + both + "]", false, false);
    row("a sidecar goes on", "`initContainers`:[" + both + ",{`name`:`s`,`restartPolicy`:`Always`}],`containers`:[" + both + "]", true, true);
    row("a debugger does not count", "`ephemeralContainers`:[{`name`:`e`}],`containers`:[" + both + "]", false, false);
    row("no containers", "`containers`:[]", false, false);
    row("no list", "`containers`:`all`,`initContainers`:7", false, false);
    row("no objects", "`containers`:[7,null]", true, true);
}

void TestPodResources::whichLimitsAreMissing()
{
    QFETCH(const QString, spec);
    QFETCH(const bool, cpu);
    QFETCH(const bool, memory);
    const kube::TablePage page = podWith(spec.toStdString());
    const MissingLimits missing = missingLimitsOf(Facts(kindOf("", "pods").facts, page.rows.front()));
    QCOMPARE(missing.cpu, cpu);
    QCOMPARE(missing.memory, memory);
    QCOMPARE(missing.any(), cpu || memory);
}

void TestPodResources::aMemberOfEveryEntryIsRead()
{
    const kube::TablePage page =
        podWith("`containers`:[{`name`:`a`,`resources`:{`limits`:{`cpu`:1}}},`no object`,{`name`:`b`}],`initContainers`:`no list`");
    const Facts facts(kindOf("", "pods").facts, page.rows.front());
    QCOMPARE(QString::fromUtf8(facts.raw("resources").data(), qsizetype(facts.raw("resources").size())),
        QStringLiteral("[{\"limits\":{\"cpu\":1}},null,null]"));
    QVERIFY(facts.raw("initResources").empty());
    QCOMPARE(facts.text("phase"), std::string("Running")); // those after it are read as before
    QVERIFY(podWith("`containers`:[]").rows.front().factCount() > 0);
}

void TestPodResources::onlyWhatANodeHasTakesFromIt()
{
    const auto takes = [](const std::string &spec, const std::string &phase) {
        const kube::TablePage page = podWith(spec, phase);
        return takesResources(Facts(kindOf("", "pods").facts, page.rows.front()));
    };
    QVERIFY(takes("`nodeName`:`node-1`", "Running"));
    QVERIFY(takes("`nodeName`:`node-1`", "Pending"));
    QVERIFY(!takes("`containers`:[]", "Pending"));
    QVERIFY(!takes("`nodeName`:`node-1`", "Succeeded"));
    QVERIFY(!takes("`nodeName`:`node-1`", "Failed"));
}

} // namespace fairlead

QTEST_APPLESS_MAIN(fairlead::TestPodResources)
#include "tst_podresources.moc"
