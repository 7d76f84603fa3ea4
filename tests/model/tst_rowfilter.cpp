// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/rowfilter.h"
#include "kube/decode/table.h"
#include "support/podworld.h"

#include <QTest>

using namespace fairlead;
using namespace fairlead::items;
using kinds::Health;

namespace {

kube::Row row(const std::map<std::string, std::string> &labels)
{
    test::PodText pod;
    pod.name = "web";
    pod.uid = "1";
    pod.labels = labels;
    auto page = kube::decodeTable(test::podsTable({pod}, "1"), kube::Detail::Meta, {});
    return std::move(page->rows.front());
}

std::string folded(std::string_view text)
{
    std::string into;
    RowFilter::fold(text, into);
    return into;
}

bool matches(const char *filter, std::string_view text, const std::map<std::string, std::string> &labels = {})
{
    const auto parsed = RowFilter::parse(filter);
    if (!parsed)
        qFatal("%s: %s", filter, parsed.error().message.c_str());
    return parsed->matches(folded(text), row(labels), std::nullopt);
}

} // namespace

class RowFilterTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void textMeansWhatItSays_data()
    {
        QTest::addColumn<QByteArray>("filter");
        QTest::addColumn<bool>("shown");
        const auto add = [](const char *filter, bool shown) { QTest::newRow(filter) << QByteArray(filter) << shown; };
        add("", true);
        add("   ", true);
        add("crash", true);
        add("CRASH", true);
        add("web-7 loop", true);
        add("web-7 pending", false);
        add("!pending", true);
        add("!crash", false);
        add("web !crash", false);
        add("\"web-7 2/3\"", false); // two cells are two lines
        add("\"2m ago\"", true);
        add("!\"2m ago\"", false);
        add("\"ago 2m\"", false);
        add("\"a=b\"", true);
        add("\"!x\"", true);
        add("x!", false);
        add("\"say \\\"hi\\\"\"", true);
        add("BÄR", true);
        add("\"\"", true);
    }
    void textMeansWhatItSays()
    {
        QFETCH(const QByteArray, filter);
        QFETCH(const bool, shown);
        QCOMPARE(matches(filter.constData(), "web-7\n2/3\nCrashLoopBackOff\n14 (2m ago)\na=b\n!x\nsay \"hi\"\nbär"), shown);
    }

    void labelsAreComparedExactly_data()
    {
        QTest::addColumn<QByteArray>("filter");
        QTest::addColumn<bool>("shown");
        const auto add = [](const char *filter, bool shown) { QTest::newRow(filter) << QByteArray(filter) << shown; };
        add("app=web", true);
        add("app=we", false);
        add("app=Web", false);
        add("app!=web", false);
        add("app!=api", true);
        add("tier!=db", true); // it has no such label
        add("tier=db", false);
        add("!app=web", false);
        add("!app!=web", true);
        add("app=*", true);
        add("!app=*", false);
        add("tier=*", false);
        add("!tier=*", true);
        add("app.kubernetes.io/name=shop", true);
        add("control-plane=\"\"", true);
        add("app=\"\"", false);
        add("tier=\"\"", false);
        add("app=web pod-text", true);
        add("app=web other", false);
    }
    void labelsAreComparedExactly()
    {
        QFETCH(const QByteArray, filter);
        QFETCH(const bool, shown);
        QCOMPARE(matches(filter.constData(), "pod-text", {{"app", "web"}, {"app.kubernetes.io/name", "shop"}, {"control-plane", ""}}), shown);
    }

    void whatIsWrongIsSaidWithItsPlace_data()
    {
        QTest::addColumn<QByteArray>("filter");
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<int>("column");
        QTest::newRow("quote") << QByteArray("web \"two") << QByteArray("a quote is not closed") << 5;
        QTest::newRow("umlaut before") << QByteArray("ä \"two") << QByteArray("a quote is not closed") << 3;
        QTest::newRow("behind quote") << QByteArray("\"two\"x") << QByteArray("there is no blank behind a closing quote") << 6;
        QTest::newRow("only !") << QByteArray("web !") << QByteArray("nothing stands behind \"!\" that could be negated") << 5;
        QTest::newRow("! blank") << QByteArray("! web") << QByteArray("nothing stands behind \"!\" that could be negated") << 1;
        QTest::newRow("!!") << QByteArray("!!web") << QByteArray("nothing stands behind \"!\" that could be negated") << 1;
        QTest::newRow("no key") << QByteArray("=web") << QByteArray("\"\" before \"=\" cannot be the name of a label") << 1;
        QTest::newRow("bad key") << QByteArray("a/b/c=web") << QByteArray("\"a/b/c\" before \"=\" cannot be the name of a label") << 1;
        QTest::newRow("no value") << QByteArray("app=") << QByteArray("the label \"app\" is given no value") << 5;
        QTest::newRow("no value !=") << QByteArray("app!= x") << QByteArray("the label \"app\" is given no value") << 6;
        QTest::newRow("==") << QByteArray("app==web") << QByteArray("\"=web\" cannot be the value of a label") << 5;
        QTest::newRow("list") << QByteArray("app=web,tier=db") << QByteArray("\"web,tier=db\" cannot be the value of a label") << 5;
        QTest::newRow("open value") << QByteArray("app=\"web") << QByteArray("a quote is not closed") << 5;
    }
    void whatIsWrongIsSaidWithItsPlace()
    {
        QFETCH(const QByteArray, filter);
        QFETCH(const QByteArray, message);
        QFETCH(const int, column);
        const auto parsed = RowFilter::parse(filter.toStdString());
        QVERIFY(!parsed);
        QCOMPARE(parsed.error().code, Code::BadInput);
        QCOMPARE(QByteArray::fromStdString(parsed.error().message), message);
        QVERIFY(parsed.error().remedy.ends_with('.'));
        QCOMPARE(parsed.error().place.column, column);
    }

    void chipsShowTheirHealthsOnly()
    {
        const kube::Row any = row({});
        const RowFilter filter = RowFilter().withHealth({Health::Failed, Health::Unknown});
        QVERIFY(!filter.isEmpty());
        QVERIFY(filter.matches({}, any, Health::Failed));
        QVERIFY(filter.matches({}, any, Health::Unknown));
        QVERIFY(!filter.matches({}, any, Health::Healthy));
        QVERIFY(!filter.matches({}, any, std::nullopt));
        QVERIFY(filter.withHealth({}).isEmpty());
        QVERIFY(RowFilter().matches({}, any, std::nullopt));
        const auto both = RowFilter::parse("web");
        QVERIFY(!both->withHealth({Health::Failed}).matches("api", any, Health::Failed));
    }

    void hiddenCharactersAreFoundAsTheyAreShown()
    {
        QVERIFY(matches("\\x1b", "red \x1b[31m"));
        QVERIFY(matches("\"\\\\x1b[31m\"", "red \x1b[31m"));
    }
};

QTEST_GUILESS_MAIN(RowFilterTest)
#include "tst_rowfilter.moc"
