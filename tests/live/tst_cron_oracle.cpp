// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/platform/zonefile.h"
#include "kinds/cron/schedule.h"
#include "kinds/cron/zone.h"
#include "support/paths.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRandomGenerator>
#include <QTest>
#include <QTimeZone>

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

using namespace fairlead;
using namespace fairlead::kinds::cron;
using namespace std::chrono;

namespace {

constexpr int asked = 12; // times of each schedule

struct Question {
    QString schedule;
    QString zone;
    qint64 from = 0;
    int nanos = 0;

    [[nodiscard]] QByteArray json() const
    {
        return QJsonDocument(QJsonObject{{QStringLiteral("schedule"), schedule}, {QStringLiteral("zone"), zone}, {QStringLiteral("from"), from},
                                 {QStringLiteral("nanos"), nanos}, {QStringLiteral("count"), asked}})
            .toJson(QJsonDocument::Compact);
    }
};

// The controller's own library, in a process of its own: support/cronoracle.
class Oracle {
public:
    [[nodiscard]] bool build()
    {
        QProcess process;
        process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        process.start(
            QStringLiteral("/usr/bin/python3"), {QStringLiteral("-B"), QString::fromStdString(test::sourcePath("tests/support/cronoracle/build"))});
        if (!process.waitForFinished(600'000) || process.exitCode() != 0)
            return false;
        m_path = QString::fromUtf8(process.readAllStandardOutput()).trimmed();
        return !m_path.isEmpty();
    }
    // Null where it has gone.
    QJsonObject ask(const Question &question)
    {
        if (!m_process) {
            m_process = std::make_unique<QProcess>();
            m_process->start(m_path, QStringList());
            if (!m_process->waitForStarted())
                return {};
        }
        m_process->write(question.json() + '\n');
        while (!m_process->canReadLine()) {
            if (!m_process->waitForReadyRead(60'000))
                return {};
        }
        const QJsonObject answer = QJsonDocument::fromJson(m_process->readLine()).object();
        if (answer[QLatin1String("stuck")].toBool())
            end(); // it still turns in its loop
        return answer;
    }
    ~Oracle() { end(); }
    Oracle() = default;
    Oracle(const Oracle &) = delete;
    Oracle &operator=(const Oracle &) = delete;

private:
    void end()
    {
        if (m_process) {
            m_process->kill();
            m_process->waitForFinished();
            m_process.reset();
        }
    }

    QString m_path;
    std::unique_ptr<QProcess> m_process;
};

} // namespace

class CronOracleTest : public QObject {
    Q_OBJECT

    Oracle m_oracle;
    QRandomGenerator m_random;
    QStringList m_names;
    std::map<QString, Zone> m_zones;

    int below(int end) { return int(m_random.bounded(quint32(end))); }
    template<typename List>
    auto oneOf(const List &list)
    {
        return list[decltype(list.size())(below(int(list.size())))];
    }

    const Zone &zone(const QString &name)
    {
        auto found = m_zones.find(name);
        if (found == m_zones.end()) {
            auto read = zoneNamed(name.toStdString(), platform::readZoneFile);
            if (!read)
                qFatal("%s", read.error().text().c_str());
            found = m_zones.emplace(name, std::move(*read)).first;
        }
        return found->second;
    }

    // One field: mostly what people write, now and then what nobody would.
    QString field(int min, int max, const QStringList &words)
    {
        const auto text = [&](int value) -> QString {
            if (!words.isEmpty() && below(3) == 0)
                return below(2) == 0 ? words[value - min] : words[value - min].toUpper();
            if (below(60) == 0)
                return QString::number(below(2) == 0 ? max + 1 : min - 1);
            return (below(30) == 0 ? QStringLiteral("+0") : QString()) + QString::number(value);
        };
        const auto any = [&] { return min + below(max - min + 1); };
        QStringList parts;
        for (int n = below(8) == 0 ? 1 + below(4) : 1; n > 0; --n) {
            QString part;
            switch (below(8)) {
            case 0:
            case 1:
            case 2:
                part = below(6) == 0 ? QStringLiteral("?") : QStringLiteral("*");
                break;
            case 3:
            case 4:
                // The wrong way round is refused.
                part = below(20) == 0 ? text(any()) + QLatin1Char('-') + text(any()) : QString();
                if (part.isEmpty()) {
                    const int first = any();
                    const int last = first + below(max - first + 1);
                    part = text(first) + QLatin1Char('-') + text(last);
                }
                break;
            default:
                part = text(any());
                break;
            }
            if (below(4) == 0)
                part += QLatin1Char('/') + QString::number(below(40) == 0 ? 0 : 1 + below(below(4) == 0 ? 90 : 8));
            parts.append(part);
        }
        return parts.join(QLatin1Char(','));
    }

    QString schedule()
    {
        if (below(12) == 0) {
            static const QStringList nicknames = {QStringLiteral("@yearly"), QStringLiteral("@annually"), QStringLiteral("@monthly"),
                QStringLiteral("@weekly"), QStringLiteral("@daily"), QStringLiteral("@midnight"), QStringLiteral("@hourly")};
            if (below(2) == 0)
                return oneOf(nicknames);
            static const QStringList units = {
                QStringLiteral("h"), QStringLiteral("m"), QStringLiteral("s"), QStringLiteral("ms"), QStringLiteral("d")};
            QString out = QStringLiteral("@every ");
            for (int n = 1 + below(3); n > 0; --n)
                out += QString::number(below(400)) + (below(5) == 0 ? QStringLiteral(".%1").arg(below(1000)) : QString()) + oneOf(units);
            return out;
        }
        static const QStringList months = {QStringLiteral("jan"), QStringLiteral("feb"), QStringLiteral("mar"), QStringLiteral("apr"),
            QStringLiteral("may"), QStringLiteral("jun"), QStringLiteral("jul"), QStringLiteral("aug"), QStringLiteral("sep"), QStringLiteral("oct"),
            QStringLiteral("nov"), QStringLiteral("dec")};
        static const QStringList days = {QStringLiteral("sun"), QStringLiteral("mon"), QStringLiteral("tue"), QStringLiteral("wed"),
            QStringLiteral("thu"), QStringLiteral("fri"), QStringLiteral("sat")};
        // Half of them in the hours in which clocks are changed.
        const QString hour = below(2) == 0 ? QString::number(below(4)) : field(0, 23, {});
        QString out = field(0, 59, {}) + QLatin1Char(' ') + hour;
        if (below(25) == 0) // hardly ever, or never
            return out + QStringLiteral(" %1 feb ").arg(29 + below(3)) + (below(2) == 0 ? QStringLiteral("*") : QStringLiteral("*/1"));
        // Days mostly open: else most schedules would hardly ever come due.
        out += QLatin1Char(' ') + (below(2) == 0 ? QStringLiteral("*") : field(1, 31, {}));
        out += QLatin1Char(' ') + (below(3) != 0 ? QStringLiteral("*") : field(1, 12, months));
        out += QLatin1Char(' ') + (below(2) == 0 ? QStringLiteral("*") : field(0, 6, days));
        if (below(12) == 0) { // spoilt at one place
            static const QString letters = QStringLiteral("*?/-,+0123456789 \t@aTZ=\u00A0");
            const int at = below(int(out.size()));
            if (below(2) == 0)
                out.remove(at, 1);
            else
                out.insert(at, letters[below(int(letters.size()))]);
        }
        return out;
    }

    // Half of them around a moment at which the zone's clocks change, if it has one in that year.
    qint64 start(const Zone &in)
    {
        const int inYear = below(8) == 0 ? 1970 + below(42) : 2012 + below(100);
        const sys_days newYear = year(inYear) / January / 1;
        if (below(2) == 0) {
            std::vector<sys_seconds> changes;
            for (sys_seconds at = newYear; at < newYear + years(1); at += hours(12)) {
                if (in.offset(at) != in.offset(at + hours(12)))
                    changes.push_back(at);
            }
            if (!changes.empty())
                return (oneOf(changes) + seconds(below(4 * 86400) - 3 * 86400)).time_since_epoch().count();
        }
        return (sys_seconds(newYear) + seconds(below(365 * 86400))).time_since_epoch().count();
    }

    // Empty where the library and we say the same.
    QString difference(const Question &question)
    {
        const QJsonObject theirs = m_oracle.ask(question);
        if (theirs.isEmpty())
            return QStringLiteral("the oracle has ended");
        const QString refused = theirs[QLatin1String("refused")].toString();
        const auto parsed = Schedule::parse(question.schedule.toStdString());
        if (!refused.isEmpty() || !parsed) {
            if (!refused.isEmpty() && !parsed)
                return {};
            return refused.isEmpty() ? QStringLiteral("only ours refuses: ") + QString::fromStdString(parsed.error().text())
                                     : QStringLiteral("only theirs refuses: ") + refused;
        }
        const Zone &in = zone(question.zone);
        QStringList ours;
        Moment at = sys_seconds(seconds(question.from)) + milliseconds(question.nanos / 1'000'000);
        for (int i = 0; i < asked; ++i) {
            const auto next = parsed->next(at, in);
            if (!next)
                break;
            at = *next;
            ours.append(QString::number(next->time_since_epoch().count()) + QLatin1Char(' ') +
                        (in.offset(*next).count() % 60 == 0 ? QString::fromStdString(in.text(*next)) : QString()));
        }
        if (theirs[QLatin1String("stuck")].toBool()) {
            ++m_stuck;
            return ours.size() < asked ? QString() : QStringLiteral("the library never returns, and ours goes on");
        }
        QStringList expected;
        const QJsonArray times = theirs[QLatin1String("times")].toArray();
        const QJsonArray texts = theirs[QLatin1String("texts")].toArray();
        for (qsizetype i = 0; i < times.size(); ++i) {
            const qint64 when = times[i].toInteger();
            const bool whole = in.offset(sys_seconds(seconds(when))).count() % 60 == 0;
            expected.append(QString::number(when) + QLatin1Char(' ') + (whole ? texts[i].toString() : QString()));
        }
        m_times += int(times.size());
        m_fewer += times.size() < asked ? 1 : 0;
        if (ours == expected)
            return {};
        return QStringLiteral("theirs:\n%1\nours:\n%2").arg(expected.join(u'\n'), ours.join(u'\n'));
    }

    int m_times = 0;
    int m_fewer = 0;
    int m_stuck = 0;

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_oracle.build());
        for (const QByteArray &id : QTimeZone::availableTimeZoneIds()) {
            if (zoneNamed(id.toStdString(), platform::readZoneFile))
                m_names.append(QString::fromLatin1(id));
        }
        m_names.sort();
        QVERIFY2(m_names.size() > 400, qPrintable(QString::number(m_names.size())));
    }

    void theLibrarySaysTheSame_data()
    {
        QTest::addColumn<QString>("schedule");
        QTest::addColumn<QString>("zoneName");
        QTest::addColumn<QString>("from");
        const auto row = [](const char *schedule, const char *zoneName, const char *from) {
            QTest::addRow("%s in %s", schedule, zoneName)
                << QString::fromUtf8(schedule) << QString::fromLatin1(zoneName) << QString::fromLatin1(from);
        };
        row("30 2 * * *", "Europe/Berlin", "2026-03-27T00:00:00Z");
        row("30 2 * * *", "Europe/Berlin", "2026-10-24T00:00:00Z");
        row("0 3 * * *", "Australia/Lord_Howe", "2026-10-02T12:00:00Z");
        row("45 23 * * *", "Asia/Pyongyang", "2018-05-04T14:30:00Z"); // its clocks change within an hour
        row("45 2 * * *", "America/Caracas", "2016-05-01T06:30:00Z");
        row("0 0 1 * *", "Asia/Amman", "2011-03-02T00:00:00Z");
        row("0 0 29 2 *", "UTC", "2096-03-01T00:00:00Z");
        row("0 9 * * *", "Africa/Monrovia", "1960-01-01T00:00:00Z");
        row("0 12 * * FR\u0130", "UTC", "2026-01-01T00:00:00Z");
        row(", * * * *", "UTC", "2026-01-01T00:00:00Z");
        row("*-x 0 1 1 *", "UTC", "2026-01-01T00:00:00Z");
        row("0\u20030 1 * *", "UTC", "2026-01-01T00:00:00Z");
        row("0\u200B0 1 * *", "UTC", "2026-01-01T00:00:00Z"); // of no width, and no blank
        row("0/9223372036854775807 * * * *", "UTC", "2026-01-01T00:00:00Z");
        row("0/9223372036854775808 * * * *", "UTC", "2026-01-01T00:00:00Z");
        row("@every 9223372036854775807ns", "UTC", "2026-01-01T00:00:00Z");
        row("@every 9223372036854775808ns", "UTC", "2026-01-01T00:00:00Z");
        row("@every -9223372036854775808ns", "UTC", "2026-01-01T00:00:00Z");
        row("@every 0.9223372036854775807123h", "UTC", "2026-01-01T00:00:00Z");
        row("@every 1.h.5m", "UTC", "2026-01-01T00:00:00Z");
        row("@every 3\u00B5s", "UTC", "2026-01-01T00:00:00Z");
        row("@daily ", "UTC", "2026-01-01T00:00:00Z");
        row(" @daily", "UTC", "2026-01-01T00:00:00Z");
        row("TZ=UTC 0 0 * * *", "UTC", "2026-01-01T00:00:00Z");
        row("* * * * *", "UTC", "9999-12-31T23:50:00Z");
    }
    void theLibrarySaysTheSame()
    {
        QFETCH(QString, schedule);
        QFETCH(QString, zoneName);
        QFETCH(QString, from);
        const auto start = parseTime(from.toStdString());
        QVERIFY(start);
        const QString differs = difference({schedule, zoneName, qint64(floor<seconds>(*start).time_since_epoch().count()), 0});
        QVERIFY2(differs.isEmpty(), qPrintable(differs));
    }

    // A day that a zone leaves out catches the library in its loop for ever; ours ends.
    void whereTheLibraryNeverReturns()
    {
        const QString differs = difference({QStringLiteral("0 0 * * 6"), QStringLiteral("Pacific/Apia"), 1325073600, 0});
        QVERIFY2(differs.isEmpty(), qPrintable(differs));
        QCOMPARE(m_stuck, 1);
    }

    void randomSchedulesZonesAndStarts()
    {
        const quint32 seed = qEnvironmentVariableIsSet("FAIRLEAD_SEED") ? quint32(qEnvironmentVariableIntValue("FAIRLEAD_SEED")) : 1;
        const int rounds = qEnvironmentVariableIsSet("FAIRLEAD_ROUNDS") ? qEnvironmentVariableIntValue("FAIRLEAD_ROUNDS") : 2000;
        m_random.seed(seed);
        m_times = m_fewer = 0;
        for (int round = 0; round < rounds; ++round) {
            Question question;
            question.schedule = schedule();
            question.zone = oneOf(m_names);
            question.from = start(zone(question.zone));
            question.nanos = below(4) == 0 ? below(1000) * 1'000'000 : 0;
            const QString differs = difference(question);
            QVERIFY2(differs.isEmpty(),
                qPrintable(QStringLiteral("seed %1, round %2: %3\n%4").arg(seed).arg(round).arg(QString::fromUtf8(question.json()), differs)));
        }
        std::printf("%d schedules, seed %u: %d times are the same; fewer than twelve of %d\n", rounds, seed, m_times, m_fewer);
        // Most schedules have their twelve times: it is not refusals that were compared.
        QVERIFY2(m_times > rounds * asked / 2, qPrintable(QString::number(m_times)));
    }
};

QTEST_GUILESS_MAIN(CronOracleTest)
#include "tst_cron_oracle.moc"
