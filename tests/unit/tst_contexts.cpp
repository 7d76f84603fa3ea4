// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/contextscommand.h"

#include "app/failurewords.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryFile>
#include <QTest>

#include <map>
#include <string>

using namespace fairlead;

namespace {

struct Run {
    int exitCode = -1;
    QByteArray output;
    QByteArray messages;
};

// The command as a program would run it, in a world of these files.
Run run(const std::map<std::string, std::string> &files, const std::string &list, app::Format format)
{
    kube::Surroundings surroundings;
    surroundings.environment = [list](const std::string &name) { return name == "KUBECONFIG" ? std::optional(list) : std::nullopt; };
    surroundings.home = "/home/me";
    surroundings.workingFolder = "/home/me";
    surroundings.readFile = [files](const std::string &path) -> Result<std::string> {
        const auto found = files.find(path);
        if (found == files.end())
            return failure({.code = Code::NotFound, .message = "no such file"});
        return found->second;
    };
    app::Arguments arguments;
    arguments.format = format;
    QTemporaryFile output;
    QTemporaryFile messages;
    Run result;
    if (!output.open() || !messages.open())
        return result;
    {
        app::Output out(output.handle());
        app::Output err(messages.handle());
        result.exitCode = app::runContexts(arguments, surroundings, out, err);
    }
    output.seek(0);
    messages.seek(0);
    result.output = output.readAll();
    result.messages = messages.readAll();
    return result;
}

const std::string good = "apiVersion: v1\n"
                         "kind: Config\n"
                         "current-context: dev\n"
                         "clusters:\n"
                         "- name: one\n"
                         "  cluster: {server: 'https://10.0.0.1:6443'}\n"
                         "users:\n"
                         "- name: me\n"
                         "  user: {token: secret-token}\n"
                         "contexts:\n"
                         "- name: dev\n"
                         "  context: {cluster: one, user: me, namespace: team-a}\n"
                         "- name: lost\n"
                         "  context: {cluster: nowhere, user: me}\n";

} // namespace

class ContextsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void jsonHoldsEveryField()
    {
        const Run r = run({{"/a", good}}, "/a", app::Format::Json);
        const QJsonArray list = QJsonDocument::fromJson(r.output).array();
        QCOMPARE(list.size(), 2);
        const QJsonObject expected{{QStringLiteral("name"), QStringLiteral("dev")}, {QStringLiteral("cluster"), QStringLiteral("one")},
            {QStringLiteral("server"), QStringLiteral("https://10.0.0.1:6443")}, {QStringLiteral("user"), QStringLiteral("me")},
            {QStringLiteral("namespace"), QStringLiteral("team-a")}, {QStringLiteral("current"), true},
            {QStringLiteral("file"), QStringLiteral("/a")}, {QStringLiteral("line"), 11}};
        QCOMPARE(list[0].toObject(), expected);
        QCOMPARE(list[1].toObject().value(u"current").toBool(), false);
        QVERIFY(!r.output.contains("secret-token"));
        QVERIFY(!r.messages.contains("secret-token"));
    }

    void aContextThatNamesNoClusterIsListedAndSaid()
    {
        const Run r = run({{"/a", good}}, "/a", app::Format::Table);
        QCOMPARE(r.exitCode, int(app::Done));
        const QList<QByteArray> lines = r.output.split('\n');
        QVERIFY(lines[0].startsWith("CURRENT   NAME   CLUSTER   SERVER"));
        QVERIFY2(lines[1].startsWith("*         dev    one       https://10.0.0.1:6443   team-a"), lines[1].constData());
        QVERIFY(lines[2].contains("lost"));
        QVERIFY2(r.messages.contains("/a:14"), r.messages.constData());
        QVERIFY(r.messages.contains("nowhere"));
    }

    void aBrokenFileHidesNoOther()
    {
        const Run r = run({{"/a", "clusters: [\n"}, {"/b", good}}, "/a:/b", app::Format::Json);
        QCOMPARE(r.exitCode, int(app::Failed));
        QCOMPARE(QJsonDocument::fromJson(r.output).array().size(), 2);
        QVERIFY2(r.messages.contains("/a:"), r.messages.constData());
    }

    void noFileIsSaid()
    {
        const Run r = run({}, "/a", app::Format::Table);
        QCOMPARE(r.exitCode, int(app::Failed));
        QVERIFY2(r.messages.contains("/a"), r.messages.constData());
    }

    void noControlLeavesTheFile()
    {
        const Run r = run({{"/a", "contexts:\n- name: \"x\\e[31m\\u202ey\"\n  context: {}\n"}}, "/a", app::Format::Table);
        QVERIFY(!r.output.contains('\x1b') && !r.messages.contains('\x1b'));
        QVERIFY(!r.output.contains("\xE2\x80\xAE") && !r.messages.contains("\xE2\x80\xAE"));
        QVERIFY(r.output.contains("x^[[31m\\u202ey"));
    }

    void failuresSpeakAsKubectl()
    {
        QCOMPARE(app::failureLines({.code = Code::NotFound, .http = 404, .reason = "NotFound", .message = "pods \"x\" not found"}),
            std::string("Error from server (NotFound): pods \"x\" not found\n"));
        QCOMPARE(
            app::failureLines({.code = Code::Unauthorized, .http = 401, .reason = "Unauthorized", .message = "Unauthorized", .server = "https://s"}),
            std::string("error: You must be logged in to the server (Unauthorized)\nServer: https://s\n"));
        QCOMPARE(app::failureLines({.code = Code::BadInput, .message = "wrong", .remedy = "Correct it.", .place = {"/a", 3, 1}}),
            std::string("error: /a:3: wrong\nCorrect it.\n"));
        QCOMPARE(app::failureLines({.code = Code::ServerError, .http = 500, .message = "a\x1b[0m"}), std::string("Error from server: a^[[0m\n"));
        const kube::Source pods{.resource = {"", "v1", "pods"}, .selector = {"a=b", ""}};
        QCOMPARE(app::asListFailure({.reason = "BadRequest", .message = "why"}, pods).message,
            std::string("Unable to find \"/v1, Resource=pods\" that match label selector \"a=b\", field selector \"\": why"));
        QCOMPARE(app::asListFailure({.reason = "NotFound", .message = "why"}, {.resource = {"apps", "v1", "x"}}).message,
            std::string("Unable to list \"apps/v1, Resource=x\": why"));
        QCOMPARE(app::asListFailure({.reason = "Forbidden", .message = "why"}, pods).message, std::string("why"));
    }

    void exitCodes()
    {
        using app::exitCodeOf;
        QCOMPARE(exitCodeOf(Error{.code = Code::Forbidden, .http = 403}), app::Forbidden);
        QCOMPARE(exitCodeOf(Error{.code = Code::Unreachable}), app::Unreachable);
        QCOMPARE(exitCodeOf(Error{.code = Code::Untrusted}), app::Unreachable);
        QCOMPARE(exitCodeOf(Error{.code = Code::Timeout}), app::Unreachable);
        QCOMPARE(exitCodeOf(Error{.code = Code::Timeout, .http = 504}), app::Failed);
        QCOMPARE(exitCodeOf(Error{.code = Code::Invalid}), app::WrongUsage);
        QCOMPARE(exitCodeOf(Error{.code = Code::Invalid, .http = 400}), app::Failed);
        QCOMPARE(exitCodeOf(Error{.code = Code::NotFound, .http = 404}), app::Failed);
        QCOMPARE(exitCodeOf(Error{.code = Code::BadInput}), app::Failed);
        QCOMPARE(exitCodeOf(std::vector<Error>{}), app::Done);
        QCOMPARE(exitCodeOf(std::vector<Error>{{.code = Code::Forbidden}, {.code = Code::Forbidden}}), app::Forbidden);
        QCOMPARE(exitCodeOf(std::vector<Error>{{.code = Code::Forbidden}, {.code = Code::NotFound}}), app::Failed);
    }
};

QTEST_GUILESS_MAIN(ContextsTest)
#include "tst_contexts.moc"
