// SPDX-License-Identifier: GPL-3.0-or-later
#include "kinds/age.h"
#include "kinds/kinds.h"
#include "kinds/naturalorder.h"
#include "kinds/quantity.h"
#include "kinds/sortkey.h"
#include "support/paths.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <algorithm>
#include <map>
#include <random>
#include <set>

using namespace fairlead;
using namespace fairlead::kinds;
using namespace fairlead::test;
using namespace std::chrono;

namespace {

struct Fixture {
    std::string group;
    std::string resource;
    kube::TablePage page;
};

Fixture fixture(const QString &name)
{
    QFile file(QString::fromStdString(sourcePath("tests/fixtures/kinds/")) + name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no fixture %s", qPrintable(name));
    auto page = kube::decodeTable(file.readAll().toStdString(), kube::Detail::Meta, {});
    if (!page)
        qFatal("%s", page.error().text().c_str());
    const std::string base = name.chopped(5).toStdString();
    const std::size_t dot = base.find('.');
    return {dot == std::string::npos ? "" : base.substr(dot + 1), base.substr(0, dot), std::move(*page)};
}

QStringList fixtures()
{
    return QDir(QString::fromStdString(sourcePath("tests/fixtures/kinds"))).entryList({QStringLiteral("*.json")});
}

// The texts sorted by their keys, joined by "|".
std::string sorted(SortType type, std::vector<std::string> cells)
{
    std::mt19937 random(7);
    std::shuffle(cells.begin(), cells.end(), random);
    std::sort(cells.begin(), cells.end(),
        [type](const std::string &a, const std::string &b) { return sortKey(type, a, Moment(hours(1))) < sortKey(type, b, Moment(hours(1))); });
    std::string text;
    for (const std::string &each : cells)
        text += (text.empty() ? "" : "|") + each;
    return text;
}

std::vector<std::string> split(const char *texts)
{
    std::vector<std::string> parts(1);
    for (const char c : std::string(texts)) {
        if (c == '|')
            parts.emplace_back();
        else
            parts.back() += c;
    }
    return parts;
}

const std::map<SortType, std::string> typeNames = {{SortType::Text, "Text"}, {SortType::Number, "Number"}, {SortType::Quantity, "Quantity"},
    {SortType::Created, "Created"}, {SortType::Since, "Since"}, {SortType::Length, "Length"}, {SortType::Date, "Date"}, {SortType::Ratio, "Ratio"},
    {SortType::Restarts, "Restarts"}, {SortType::Utilization, "Utilization"}, {SortType::Address, "Address"}, {SortType::Version, "Version"},
    {SortType::Boolean, "Boolean"}};

} // namespace

class SortKeyTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void ages_data()
    {
        QTest::addColumn<qint64>("seconds");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<qint64>("back"); // what the text can still say
        constexpr qint64 m = 60;
        constexpr qint64 h = 60 * m;
        constexpr qint64 d = 24 * h;
        constexpr qint64 y = 365 * d;
        const std::tuple<qint64, const char *, qint64> cases[] = {
            {-1000000, "<invalid>", -2},
            {-2, "<invalid>", -2},
            {-1, "0s", 0},
            {0, "0s", 0},
            {1, "1s", 1},
            {59, "59s", 59},
            {60, "60s", 60},
            {119, "119s", 119},
            {2 * m, "2m", 2 * m},
            {2 * m + 1, "2m1s", 2 * m + 1},
            {6 * m + 2, "6m2s", 6 * m + 2},
            {10 * m - 1, "9m59s", 10 * m - 1},
            {10 * m, "10m", 10 * m},
            {10 * m + 59, "10m", 10 * m},
            {3 * h - 1, "179m", 179 * m},
            {3 * h, "3h", 3 * h},
            {3 * h + m, "3h1m", 3 * h + m},
            {8 * h - 1, "7h59m", 8 * h - m},
            {8 * h, "8h", 8 * h},
            {8 * h + 59 * m, "8h", 8 * h},
            {48 * h - 1, "47h", 47 * h},
            {48 * h, "2d", 2 * d},
            {49 * h, "2d1h", 49 * h},
            {3 * d + 4 * h, "3d4h", 3 * d + 4 * h},
            {8 * d - 1, "7d23h", 8 * d - h},
            {8 * d, "8d", 8 * d},
            {8 * d + 23 * h, "8d", 8 * d},
            {2 * y - 1, "729d", 729 * d},
            {2 * y, "2y", 2 * y},
            {2 * y + d, "2y1d", 2 * y + d},
            {8 * y - 1, "7y364d", 7 * y + 364 * d},
            {8 * y, "8y", 8 * y},
            {8 * y + 364 * d, "8y", 8 * y},
            {100 * y, "100y", 100 * y},
        };
        for (const auto &[s, text, back] : cases)
            QTest::addRow("%lld", static_cast<long long>(s)) << s << QByteArray(text) << back;
    }

    void ages()
    {
        QFETCH(qint64, seconds);
        QFETCH(QByteArray, text);
        QFETCH(qint64, back);
        QCOMPARE(formatAge(std::chrono::seconds(seconds)), text.toStdString());
        const auto parsed = parseAge(text.toStdString());
        QVERIFY(parsed);
        QCOMPARE(qint64(parsed->count()), back);
        QCOMPARE(formatAge(*parsed), text.toStdString());
    }

    void anyAgeReadsBackAsItself()
    {
        std::mt19937_64 random(11);
        for (int i = 0; i < 20000; ++i) {
            const std::chrono::seconds age(random() >> (24 + random() % 40));
            const std::string text = formatAge(age);
            const auto parsed = parseAge(text);
            QVERIFY2(parsed && *parsed <= age, text.c_str());
            QCOMPARE(formatAge(*parsed), text);
        }
    }

    void whatIsNoAge()
    {
        for (const char *text :
            {"", "<unknown>", "<none>", "5", "s", "5x", "-5s", "5s3m", "5m5m", "1.5h", "5 m", "99999999999999999999s", "99999999999y", "True"})
            QVERIFY2(!parseAge(text), text);
        QCOMPARE(qint64(parseAge("1h0m5s")->count()), qint64(3605));
    }

    void timesAreRead()
    {
        QCOMPARE(parseTime("1970-01-01T00:00:00Z")->time_since_epoch(), milliseconds(0));
        QCOMPARE(parseTime("2026-11-24T18:40:01Z")->time_since_epoch(), milliseconds(1795545601000));
        QCOMPARE(parseTime("2026-11-24T18:40:01.123456Z")->time_since_epoch(), milliseconds(1795545601123));
        QCOMPARE(parseTime("2026-11-24T20:40:01+02:00")->time_since_epoch(), milliseconds(1795545601000));
        QCOMPARE(parseTime("2026-11-24T13:10:01-05:30")->time_since_epoch(), milliseconds(1795545601000));
        for (const char *text :
            {"", "2026-11-24", "2026-11-24T18:40:01", "2026-02-30T00:00:00Z", "2026-11-24T24:00:00Z", "2026-11-24T18:40:01.Z", "26-11-24T18:40:01Z"})
            QVERIFY2(!parseTime(text), text);
        QCOMPARE(formatAge(*parseTime("2026-11-24T18:40:01Z"), *parseTime("2026-11-24T18:46:03.9Z")), std::string("6m2s"));
    }

    void quantities()
    {
        const std::pair<const char *, double> cases[] = {{"0", 0}, {"250m", .25}, {"1", 1}, {"1.5", 1.5}, {".5", .5}, {"5.", 5}, {"-3", -3},
            {"+3", 3}, {"1k", 1e3}, {"1Ki", 1024}, {"1Gi", 1073741824}, {"10Mi", 10485760}, {"1e3", 1e3}, {"1E3", 1e3}, {"12e-1", 1.2}, {"1E", 1e18},
            {"2Ei", 2.0 * 1152921504606846976.0}, {"100n", 1e-7}, {"3u", 3e-6}, {"1e+300", 1e300}};
        for (const auto &[text, value] : cases) {
            const auto parsed = parseQuantity(text);
            QVERIFY2(parsed, text);
            QVERIFY2(std::abs(*parsed - value) <= 1e-12 * std::abs(value), text);
        }
        for (const char *text :
            {"", "-", ".", "1.2.3", "Gi", "1gi", "1 Gi", "1Gi ", "inf", "nan", "0x10", "1e", "1e999", "1e3Gi", "<none>", "1/2", "--1"})
            QVERIFY2(!parseQuantity(text), text);
    }

    void order_data()
    {
        QTest::addColumn<int>("type");
        QTest::addColumn<QByteArray>("texts");
        const std::pair<SortType, const char *> cases[] = {
            {SortType::Text, "a|A-1|a-2|a-10|a-10-b|b9|b10||"},
            {SortType::Text, "1|2|10|x|<none>|"},
            {SortType::Number, "-10|0|5|50%|1000|2000001000|N/A|True|"},
            {SortType::Quantity, "250m|1|1k|1Ki|64Mi|1Gi|1000G|<unset>|"},
            {SortType::Since, "<invalid>|0s|59s|119s|2m|6m2s|3h1m|47h|2d|8d|2y1d|<none>|<unknown>|"},
            {SortType::Length, "3s|4s|12m|24h|<unset>|"},
            {SortType::Ratio, "0/2|0/3|1/4|1/2|2/3|0/0|1/1|2/2|4/3|True|"},
            {SortType::Restarts, "0|2 (21s ago)|14|14 (3h ago)|14 (2m ago)|100 (1s ago)|<none>|"},
            {SortType::Utilization, "cpu: 0%/80%|cpu: 5%/80%|memory: 10Mi/64Mi|cpu: 80%/80% + 1 more...|120%/80%|<none>|cpu: <unknown>/80%|"},
            {SortType::Address,
                "9.0.0.1|10.0.0.2|10.0.0.10|10.0.0.10:80|10.0.0.10:443,10.0.0.2:80|10.96.0.0/12|10.96.0.0/16|::1|2001:db8::2|2001:db8::10|[fe80::1]:80|<none>|<pending>|db.example.com|None|"},
            {SortType::Version, "v1.9.3|v1.34.4-alpha.1|v1.34.4-rc.1|v1.34.4|v1.34.4+k3s1|v1.34.10|v1.35.0-rc.1|v1.35.0|<unknown>|"},
            {SortType::Boolean, "False|True|<unset>|"},
            {SortType::Date, "1999-01-01T00:00:00Z|2026-11-24T18:40:01Z|2026-11-24T18:40:01.5Z|<unknown>|"},
        };
        for (const auto &[type, texts] : cases)
            QTest::addRow("%s %s", typeNames.at(type).c_str(), texts) << static_cast<int>(type) << QByteArray(texts);
    }

    void order()
    {
        QFETCH(int, type);
        QFETCH(QByteArray, texts);
        QCOMPARE(sorted(static_cast<SortType>(type), split(texts)), texts.toStdString());
    }

    void naturalOrderIsAStrictOrder()
    {
        std::mt19937 random(3);
        std::vector<std::string> texts;
        for (int i = 0; i < 400; ++i) {
            std::string text;
            for (std::size_t n = random() % 6; n-- > 0;)
                text += "aAb019-."[random() % 8];
            texts.push_back(text);
        }
        for (const std::string &a : texts) {
            for (const std::string &b : texts) {
                QCOMPARE(naturalOrder(a, b) == 0, a == b);
                QCOMPARE(naturalOrder(a, b) < 0, naturalOrder(b, a) > 0);
                const std::string &c = texts[random() % texts.size()];
                if (naturalOrder(a, b) < 0 && naturalOrder(b, c) < 0)
                    QVERIFY2(naturalOrder(a, c) < 0, (a + " " + b + " " + c).c_str());
            }
        }
    }

    // Whatever a server sends: no crash, no value that compares with nothing, one order.
    void anyCellHasItsPlace()
    {
        std::mt19937 random(5);
        const std::vector<std::string> pieces = {"0", "1", "9", "99999999999999999999", "/", ":", "::", ".", "-", "%", " (", "ago)", "<none>", "<",
            "s", "m", "d", "e", "Gi", "E", "\xff", "\xd9\xa3", " ", ",", "+", "[", "]", "T", "Z", "1e308", "v", "~", "\x01"};
        for (const auto &[type, typeName] : typeNames) {
            std::vector<SortKey> keys;
            for (int i = 0; i < 300; ++i) {
                std::string cell;
                for (std::size_t n = random() % 7; n-- > 0;)
                    cell += pieces[random() % pieces.size()];
                keys.push_back(sortKey(type, cell, Moment(hours(1))));
                QVERIFY2(keys.back().first == keys.back().first && keys.back().second == keys.back().second, cell.c_str());
            }
            std::sort(keys.begin(), keys.end());
            for (std::size_t i = 0; i < keys.size(); ++i) {
                const std::size_t j = random() % keys.size();
                QVERIFY2(i <= j ? keys[i] <= keys[j] : keys[j] <= keys[i], typeName.c_str());
            }
        }
    }

    void agesToldAtDifferentTimesCompareRightly()
    {
        const Moment noon = *parseTime("2026-11-24T12:00:00Z");
        // "2m" said at noon is older than "3m" said five minutes later.
        QVERIFY(sortKey(SortType::Since, "2m", noon) > sortKey(SortType::Since, "3m", noon + minutes(5)));
        QVERIFY(sortKey(SortType::Restarts, "3 (2m ago)", noon) < sortKey(SortType::Restarts, "3 (3m ago)", noon + minutes(5)));
        QVERIFY(sortKey(SortType::Length, "2m", noon) < sortKey(SortType::Length, "3m", noon + minutes(5)));
    }

    void anAgeIsTheRowsCreation()
    {
        const Fixture pods = fixture(QStringLiteral("pods.json"));
        const auto age = Cells(pods.page.columns, pods.page.rows[0]).column("Age");
        QVERIFY(age);
        std::vector<const kube::Row *> rows;
        for (const kube::Row &each : pods.page.rows)
            rows.push_back(&each);
        std::stable_sort(rows.begin(), rows.end(),
            [&](const kube::Row *a, const kube::Row *b) { return sortKey(SortType::Created, *a, *age) < sortKey(SortType::Created, *b, *age); });
        // The youngest first, also among those that all say "12m".
        for (std::size_t i = 1; i < rows.size(); ++i)
            QVERIFY(rows[i - 1]->created() >= rows[i]->created());
    }

    // Every column of every kind that the server has: sorted as what it holds, and no cell of a typed column is a stranger to its type.
    void everyColumnHasItsType()
    {
        const std::set<std::string> strangers = {
            "ingresses/Address", "ipaddresses/Name",                                      // none here, but host names may stand there
            "poddisruptionbudgets/Min Available", "poddisruptionbudgets/Max Unavailable", // "N/A"
            "services/Cluster-IP",                                                        // "None" of headless ones
            "services/External-IP",                                                       // a host name
        };
        std::map<std::string, std::string> found;
        QVERIFY(fixtures().size() >= 55);
        for (const QString &name : fixtures()) {
            const Fixture table = fixture(name);
            const Kind &kind = kindOf(table.group, table.resource);
            for (std::size_t i = 0; i < table.page.columns.size(); ++i) {
                const kube::Column &column = table.page.columns[i];
                const SortType type = kind.sortType(column);
                const std::string where = table.resource + "/" + column.name;
                found[where] = typeNames.at(type);
                for (const kube::Row &row : table.page.rows) {
                    const SortKey key = sortKey(type, row, i);
                    const std::string_view cell = row.cell(i);
                    const bool unset = cell.starts_with('<') || cell.find("<unknown>") != std::string_view::npos;
                    if (key.rank == SortKey::Rank::Word && !unset)
                        QVERIFY2(strangers.count(where) != 0, (where + ": " + std::string(cell)).c_str());
                    // What looks like more than text is not compared as text.
                    const bool digits = !cell.empty() && cell.find_first_not_of("0123456789.") == std::string_view::npos;
                    const bool age = parseAge(cell) && cell != "0";
                    if ((digits || age) && type == SortType::Text)
                        QVERIFY2(std::set<std::string>({"endpointslices/Ports", "ingresses/Ports"}).count(where) != 0,
                            (where + ": " + std::string(cell)).c_str());
                }
            }
        }
        const std::map<std::string, std::string> some = {{"pods/Ready", "Ratio"}, {"pods/Restarts", "Restarts"}, {"pods/Age", "Created"},
            {"pods/IP", "Address"}, {"pods/Name", "Text"}, {"pods/Node", "Text"}, {"deployments/Ready", "Ratio"},
            {"deployments/Up-to-date", "Number"}, {"deployments/Available", "Number"}, {"replicasets/Ready", "Number"},
            {"statefulsets/Ready", "Ratio"}, {"jobs/Completions", "Ratio"}, {"jobs/Duration", "Length"}, {"cronjobs/Last Schedule", "Since"},
            {"cronjobs/Suspend", "Boolean"}, {"events/Last Seen", "Since"}, {"events/First Seen", "Since"}, {"events/Count", "Number"},
            {"nodes/Version", "Version"}, {"nodes/Internal-IP", "Address"}, {"services/Cluster-IP", "Address"},
            {"persistentvolumes/Capacity", "Quantity"}, {"persistentvolumeclaims/Capacity", "Quantity"},
            {"horizontalpodautoscalers/Targets", "Utilization"}, {"horizontalpodautoscalers/Replicas", "Number"}, {"configmaps/Data", "Number"},
            {"secrets/Data", "Number"}, {"limitranges/Created At", "Date"}, {"priorityclasses/Value", "Number"}, {"ipaddresses/Name", "Address"},
            {"endpointslices/Endpoints", "Address"}, {"orders/Price", "Number"}, {"orders/Due", "Date"}, {"orders/Paid", "Boolean"},
            {"orders/Age", "Created"}, {"certificatesigningrequests/RequestedDuration", "Length"}};
        for (const auto &[where, type] : some)
            QCOMPARE(where + " " + found[where], where + " " + type);
    }
};

QTEST_GUILESS_MAIN(SortKeyTest)
#include "tst_sortkey.moc"
