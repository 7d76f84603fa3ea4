// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/decode/json.h"
#include "kube/decode/status.h"

#include <QTest>

using namespace fairlead;
using namespace std::chrono_literals;

namespace {

constexpr std::string_view server = "https://cluster.test:6443";

std::string status(int code, std::string_view reason, std::string_view message, std::string_view details = "{}")
{
    std::string escaped;
    for (const char c : message)
        escaped += c == '"' ? std::string("\\\"") : std::string(1, c);
    return R"({"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":")" + escaped + R"(","reason":")" + std::string(reason) +
           R"(","details":)" + std::string(details) + R"(,"code":)" + std::to_string(code) + "}";
}

Error answered(
    int http, std::string_view body, std::string_view contentType = "application/json", std::optional<std::chrono::milliseconds> retryAfter = {})
{
    return kube::errorOfAnswer(http, contentType, body, server, retryAfter);
}

bool has(std::string_view text, std::string_view part)
{
    return text.find(part) != std::string_view::npos;
}

} // namespace

class StatusTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theServersWordsStay()
    {
        const std::string message = R"(pods is forbidden: User "dev" cannot list resource "pods" in API group "" in the namespace "default")";
        const Error error = answered(403, status(403, "Forbidden", message, R"({"kind":"pods"})"));
        QCOMPARE(error.code, Code::Forbidden);
        QCOMPARE(error.http, 403);
        QCOMPARE(error.reason, std::string("Forbidden"));
        QCOMPARE(error.message, message);
        QCOMPARE(error.server, std::string(server));
        QCOMPARE(error.remedy, std::string("Ask an administrator of the cluster for the right to list pods in the namespace default."));
    }

    void everyCodeHasItsRemedy_data()
    {
        QTest::addColumn<int>("http");
        QTest::addColumn<QByteArray>("reason");
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<int>("code");
        QTest::addColumn<QByteArray>("remedy");
        const auto row = [](int http, const char *reason, const char *message, Code code, const char *remedy) {
            QTest::addRow("%d %s", http, reason) << http << QByteArray(reason) << QByteArray(message) << int(code) << QByteArray(remedy);
        };
        row(400, "BadRequest", "unable to parse requirement", Code::Invalid, "check selectors");
        row(401, "Unauthorized", "Unauthorized", Code::Unauthorized, "has expired");
        row(403, "Forbidden", R"(nodes is forbidden: User "dev" cannot list resource "nodes" in API group "" at the cluster scope)", Code::Forbidden,
            "the right to list nodes in the whole cluster.");
        row(403, "Forbidden2", R"(jobs.batch "a" is forbidden: User "dev" cannot get resource "jobs" in API group "batch" in the namespace "x")",
            Code::Forbidden, "the right to get jobs.batch in the namespace x.");
        row(403, "Forbidden3", R"(forbidden: User "dev" cannot get path "/metrics")", Code::Forbidden, "the right to get the path /metrics.");
        row(403, "Forbidden4", R"(pods "a" is forbidden: exceeded quota: small, requested: pods=1)", Code::Forbidden,
            "A quota of the namespace is used up");
        row(404, "NotFound", R"(pods "a" not found)", Code::NotFound, "Check the name and the namespace");
        row(405, "MethodNotAllowed", "the server does not allow this method on the requested resource", Code::Invalid, "did not understand");
        row(406, "NotAcceptable", "only the following media types are accepted", Code::Invalid, "too old");
        row(409, "Conflict", "the object has been modified", Code::Conflict, "read it again");
        row(409, "AlreadyExists", R"(pods "a" already exists)", Code::Conflict, "Choose another name");
        row(410, "Expired", "too old resource version: 1 (2)", Code::Gone, "list again");
        row(410, "Gone", "the provided continue parameter is too old", Code::Gone, "list again");
        row(413, "RequestEntityTooLarge", "limit is 3145728", Code::Invalid, "did not understand");
        row(422, "Invalid", "Pod is invalid", Code::Invalid, "did not understand");
        row(429, "TooManyRequests", "too many requests", Code::TooManyRequests, "try again in a moment");
        row(500, "InternalError", "etcdserver: no leader", Code::ServerError, "its log says more");
        row(500, "InternalError2", R"(Internal error occurred: failed calling webhook "check.example.test": connection refused)", Code::ServerError,
            "The admission webhook check.example.test does not answer");
        row(503, "ServiceUnavailable", "the server is currently unable to handle the request", Code::Unavailable, "overloaded");
        row(504, "Timeout", "context deadline exceeded", Code::Unavailable, "overloaded");
    }
    void everyCodeHasItsRemedy()
    {
        QFETCH(int, http);
        QFETCH(QByteArray, reason);
        QFETCH(QByteArray, message);
        QFETCH(int, code);
        QFETCH(QByteArray, remedy);
        while (reason.back() >= '2' && reason.back() <= '9')
            reason.chop(1); // row names are unique
        const std::string body = status(http, reason.toStdString(), message.toStdString());
        const Error error = answered(http, body);
        QCOMPARE(int(error.code), code);
        QCOMPARE(error.reason, reason.toStdString());
        QCOMPARE(error.message, message.toStdString());
        QVERIFY2(has(error.remedy, remedy.toStdString()), error.remedy.c_str());

        // The same inside a watch, and where the Status does not repeat the number.
        const auto json = kube::Json::parse(body);
        QVERIFY(json);
        const Error inWatch = kube::errorOfStatus(*json, server);
        QCOMPARE(int(inWatch.code), code);
        QCOMPARE(inWatch.http, http);
        QCOMPARE(inWatch.remedy, error.remedy);
        const Error unnumbered = answered(http, status(0, reason.toStdString(), message.toStdString()));
        QCOMPARE(int(unnumbered.code), code);
        QCOMPARE(unnumbered.http, http);
    }

    void aStatusWithoutANumberIsKnownByItsReason()
    {
        const auto json = kube::Json::parse(R"({"kind":"Status","reason":"Expired"})");
        QVERIFY(json);
        const Error error = kube::errorOfStatus(*json, server);
        QCOMPARE(error.code, Code::Gone);
        QCOMPARE(error.http, 410);
        QCOMPARE(error.message, std::string("the server answered with HTTP 410 (Expired)"));
    }

    void causesAreKept()
    {
        const Error error = answered(422,
            status(422, "Invalid", R"(Service "a" is invalid: spec.ports: Required value)",
                R"({"name":"a","kind":"Service","causes":[{"reason":"FieldValueRequired","message":"Required value","field":"spec.ports"},{"message":"Too long"}]})"));
        QCOMPARE(error.code, Code::Invalid);
        QCOMPARE(error.causes.size(), std::size_t(2));
        QCOMPARE(error.causes[0].field, std::string("spec.ports"));
        QCOMPARE(error.causes[0].reason, std::string("FieldValueRequired"));
        QCOMPARE(error.causes[0].message, std::string("Required value"));
        QCOMPARE(error.remedy, std::string("Correct the fields named above."));
    }

    void waitsAsLongAsTheServerSays()
    {
        const std::string body = status(429, "TooManyRequests", "slow down", R"({"retryAfterSeconds":7})");
        QCOMPARE(answered(429, body).retryAfter, std::optional<std::chrono::milliseconds>(7s));
        QCOMPARE(answered(429, body).remedy, std::string("The server is busy: try again in 7 seconds."));
        const Error header = answered(429, body, "application/json", 1s); // the header comes from whoever is nearest
        QCOMPARE(header.retryAfter, std::optional<std::chrono::milliseconds>(1s));
        QCOMPARE(header.remedy, std::string("The server is busy: try again in 1 second."));
        QCOMPARE(answered(503, "upstream gone", "text/plain", 3s).retryAfter, std::optional<std::chrono::milliseconds>(3s));
        QVERIFY(!answered(429, status(429, "TooManyRequests", "x", R"({"retryAfterSeconds":-1})")).retryAfter);
    }

    void aPathThatTheServerDoesNotServe()
    {
        const Error error = answered(404, "404 page not found\n", "text/plain; charset=utf-8");
        QCOMPARE(error.code, Code::NotFound);
        QCOMPARE(error.reason, std::string("NotFound"));
        QCOMPARE(error.message, std::string("the server could not find the requested resource"));
    }

    void aPageForPeopleIsNotKubernetes()
    {
        const std::string page = "<!doctype html>\n<html><head><title>Sign in</title></head></html>";
        for (const int http : {403, 404}) {
            const Error error = answered(http, page, "text/html");
            QCOMPARE(error.code, Code::NotKubernetes);
            QCOMPARE(error.message,
                "the server answered with HTTP " + std::to_string(http) + ": \"<!doctype html> <html><head><title>Sign in</title></head></html>\"");
            QVERIFY(has(error.remedy, "Check the server's address"));
        }
        QCOMPARE(answered(404, "  " + page, "").code, Code::NotKubernetes); // no type given
        QCOMPARE(answered(401, page, "text/html").code, Code::Unauthorized);
        QCOMPARE(answered(429, page, "text/html").code, Code::TooManyRequests);
        QCOMPARE(answered(502, page, "text/html").code, Code::Unavailable);
        QCOMPARE(answered(500, page, "text/html").code, Code::ServerError);
    }

    void foreignBodiesAreQuotedShortAndPlain()
    {
        QCOMPARE(answered(500, "", "").message, std::string("the server answered with HTTP 500 and an empty body"));
        QCOMPARE(
            answered(500, "{\"a\":\x1b[31m\xff\r\n1", "").message, std::string("the server answered with HTTP 500: \"{\"a\": [31m\xEF\xBF\xBD 1\""));
        for (std::size_t before = 195; before < 203; ++before) { // a character is never halved
            const std::string message = answered(500, std::string(before, 'a') + "\xF0\x9F\x98\x80\xC3\xA9zzzzzzzz", "text/plain").message;
            QVERIFY(QString::fromStdString(message).toUtf8().toStdString() == message);
            QVERIFY(!QString::fromStdString(message).contains(QChar::ReplacementCharacter));
            QVERIFY(message.size() <= std::string_view("the server answered with HTTP 500: \"\"…").size() + 200);
        }
    }

    void secretsAreNotQuoted()
    {
        const Error error = answered(500, "proxy error for Authorization: Bearer abcdefghijklmnopqrstuvwxyz0123456789", "text/plain");
        QVERIFY2(!has(error.message, "abcdefghij"), error.message.c_str());
    }

    void anErrorEventThatIsNoStatus()
    {
        const auto json = kube::Json::parse(R"({"kind":"Pod"})");
        QVERIFY(json);
        QCOMPARE(kube::errorOfStatus(*json, server).code, Code::NotKubernetes);
    }
};

QTEST_APPLESS_MAIN(StatusTest)
#include "tst_status.moc"
