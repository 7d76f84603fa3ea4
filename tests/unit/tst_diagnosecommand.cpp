// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/diagnosecommand.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <string>
#include <vector>

using namespace fairlead;
using kinds::Finding;

namespace {

std::vector<Finding> two()
{
    return {{.id = "crash-loop",
                .severity = Finding::Severity::Broken,
                .object = {"apps/v1", "Deployment", "team-a", "api"},
                .reason = "Container app ended with exit code 2, \x1b[31magain",
                .since = parseTime("2026-01-01T00:00:00.5Z"),
                .evidence = {"one", "two \"quoted\""}},
        {.id = "node-pressure", .severity = Finding::Severity::Risk, .object = {"v1", "Node", "", "n1"}, .reason = "The node is short of memory"}};
}

} // namespace

// Against a server: live/tst_diagnose.
class DiagnoseCommandTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void json()
    {
        QJsonParseError error;
        const QJsonArray list = QJsonDocument::fromJson(QByteArray::fromStdString(app::findingsJson(two())), &error).array();
        QCOMPARE(error.errorString(), QStringLiteral("no error occurred"));
        QCOMPARE(list.size(), 2);
        const QJsonObject first = list[0].toObject();
        QCOMPARE(first.keys(), (QStringList{QStringLiteral("evidence"), QStringLiteral("id"), QStringLiteral("object"), QStringLiteral("reason"),
                                   QStringLiteral("severity"), QStringLiteral("since")}));
        QCOMPARE(first[QLatin1String("id")].toString(), QStringLiteral("crash-loop"));
        QCOMPARE(first[QLatin1String("severity")].toString(), QStringLiteral("broken"));
        QCOMPARE(first[QLatin1String("since")].toString(), QStringLiteral("2026-01-01T00:00:00Z"));
        QCOMPARE(first[QLatin1String("reason")].toString(), QStringLiteral("Container app ended with exit code 2, \u001b[31magain"));
        QCOMPARE(first[QLatin1String("evidence")].toArray(), (QJsonArray{QStringLiteral("one"), QStringLiteral("two \"quoted\"")}));
        QCOMPARE(first[QLatin1String("object")].toObject(),
            (QJsonObject{{QStringLiteral("apiVersion"), QStringLiteral("apps/v1")}, {QStringLiteral("kind"), QStringLiteral("Deployment")},
                {QStringLiteral("namespace"), QStringLiteral("team-a")}, {QStringLiteral("name"), QStringLiteral("api")}}));
        const QJsonObject second = list[1].toObject();
        QVERIFY(second[QLatin1String("since")].isNull());
        QCOMPARE(second[QLatin1String("evidence")].toArray().size(), 0);
        QCOMPARE(second[QLatin1String("object")].toObject()[QLatin1String("namespace")], QJsonValue(QString()));
        QCOMPARE(app::findingsJson({}), std::string("[]\n"));
        // No control reaches a terminal.
        QVERIFY(app::findingsJson(two()).find('\x1b') == std::string::npos);
    }
    void table()
    {
        QCOMPARE(QString::fromStdString(app::findingsTable(two(), *parseTime("2026-01-01T00:05:00Z"))),
            QStringLiteral("SEVERITY   NAMESPACE   OBJECT           SINCE       REASON\n"
                           "broken     team-a      Deployment/api   4m59s       Container app ended with exit code 2, ^[[31magain\n"
                           "risk                   Node/n1          <unknown>   The node is short of memory\n"));
    }
    void exitCodes()
    {
        QCOMPARE(app::diagnoseExitOf({.code = Code::Unreachable}), app::DiagnoseUnreachable);
        QCOMPARE(app::diagnoseExitOf({.code = Code::Untrusted}), app::DiagnoseUnreachable);
        QCOMPARE(app::diagnoseExitOf({.code = Code::Forbidden, .http = 403}), app::NothingRead);
        QCOMPARE(app::diagnoseExitOf({.code = Code::Unauthorized, .http = 401}), app::NothingRead);
        QCOMPARE(app::diagnoseExitOf({.code = Code::Invalid}), app::DiagnoseUsage);
        QCOMPARE(app::diagnoseExitOf({.code = Code::ServerError, .http = 500}), app::DiagnoseFailed);
        QCOMPARE(app::diagnoseExitOf({.code = Code::BadInput}), app::DiagnoseFailed);
    }
};

QTEST_APPLESS_MAIN(DiagnoseCommandTest)
#include "tst_diagnosecommand.moc"
