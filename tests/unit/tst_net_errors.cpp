// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/net/failures.h"
#include "kube/net/headreader.h"
#include "kube/net/requestrules.h"
#include "kube/net/transfer.h"
#include "kube/net/waitingline.h"

#include <QTest>

#include <cerrno>

#include <curl/curl.h>

using namespace fairlead;
using namespace fairlead::net;
using namespace std::chrono_literals;

namespace {

QString text(std::string_view from)
{
    return QString::fromUtf8(from.data(), static_cast<qsizetype>(from.size()));
}

Endpoint endpoint()
{
    Endpoint out;
    out.server = "https://ann:sesame@example.com:6443/";
    out.place = {"config", 3, 1};
    out.authority = {.file = "/etc/ca.pem", .place = {"config", 4, 1}};
    out.certificate = {.file = "/etc/client.pem", .place = {"config", 5, 1}};
    out.key = {.file = "/etc/client.key", .place = {"config", 6, 1}};
    return out;
}

HeadReader read(std::initializer_list<const char *> lines)
{
    HeadReader reader;
    for (const char *line : lines)
        reader.line(line);
    return reader;
}

std::unique_ptr<Transfer> waiting(Ticket ticket, Traffic traffic, std::chrono::milliseconds deadline = 0ms, WaitingLine::Time from = {})
{
    Request request{.verb = traffic == Traffic::Watch ? Verb::Watch : Verb::List, .path = "/", .deadline = deadline, .traffic = traffic};
    return std::make_unique<Transfer>(ticket, std::move(request), Sink{}, from);
}

} // namespace

/// What the network says in words, what may leave, what a head tells, who goes first: all without a network.
class NetErrorsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void failures_data()
    {
        QTest::addColumn<int>("result");
        QTest::addColumn<long>("verification");
        QTest::addColumn<long>("osError");
        QTest::addColumn<QByteArray>("words");
        QTest::addColumn<bool>("connected");
        QTest::addColumn<bool>("answered");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("says");
        QTest::addColumn<int>("line");

        const auto row = [](const char *title, CURLcode result, long verification, long osError, const char *words, bool connected, bool answered,
                             const char *code, const char *says, int line) {
            QTest::newRow(title) << int(result) << verification << osError << QByteArray(words) << connected << answered << QString::fromLatin1(code)
                                 << QString::fromLatin1(says) << line;
        };
        row("wrong authority", CURLE_PEER_FAILED_VERIFICATION, 20, 0, "", false, false, "Untrusted",
            "was not issued by the certificate authority in /etc/ca.pem", 4);
        row("self-signed", CURLE_PEER_FAILED_VERIFICATION, 18, 0, "", false, false, "Untrusted", "was not issued by", 4);
        row("expired", CURLE_PEER_FAILED_VERIFICATION, 10, 0, "", false, false, "Untrusted", "has expired", 3);
        row("not yet", CURLE_PEER_FAILED_VERIFICATION, 9, 0, "", false, false, "Untrusted", "not valid yet", 3);
        row("revoked", CURLE_PEER_FAILED_VERIFICATION, 23, 0, "", false, false, "Untrusted", "revoked", 3);
        row("name", CURLE_PEER_FAILED_VERIFICATION, 0, 0, "SSL: no alternative certificate subject name matches target host name 'a'", false, false,
            "Untrusted", "is not for that host name", 3);
        row("other", CURLE_PEER_FAILED_VERIFICATION, 24, 0, "SSL certificate problem: invalid CA certificate", false, false, "Untrusted",
            "invalid CA certificate", 4);
        row("ca file", CURLE_SSL_CACERT_BADFILE, 0, 0, "x", false, false, "BadInput", "certificate authority cannot be read", 4);
        row("key", CURLE_SSL_CERTPROBLEM, 0, 0, "unable to set private key file: '(memory blob)' type PEM", false, false, "BadInput",
            "client key cannot be used", 6);
        row("certificate", CURLE_SSL_CERTPROBLEM, 0, 0, "could not load PEM client certificate from (memory blob)", false, false, "BadInput",
            "client certificate cannot be used", 5);
        row("no TLS", CURLE_SSL_CONNECT_ERROR, 0, 0, "error:0A00010B:SSL routines::wrong version number", false, false, "NotKubernetes",
            "does not speak TLS", 3);
        row("old TLS", CURLE_SSL_CONNECT_ERROR, 0, 0, "tlsv1 alert protocol version", false, false, "Untrusted", "before 1.2", 3);
        row("reset in TLS", CURLE_SSL_CONNECT_ERROR, 0, 0, "OpenSSL SSL_connect: Connection reset by peer", false, false, "Unreachable",
            "during the TLS handshake", 3);
        row("certificate refused", CURLE_RECV_ERROR, 0, 0, "tlsv13 alert certificate required", true, false, "Unauthorized",
            "refused the client certificate", 5);
        row("certificate expired", CURLE_RECV_ERROR, 0, 0, "sslv3 alert certificate expired", true, false, "Unauthorized", "it has expired", 5);
        row("host", CURLE_COULDNT_RESOLVE_HOST, 0, 0, "", false, false, "Unreachable", "no host of that name", 3);
        row("refused", CURLE_COULDNT_CONNECT, 0, ECONNREFUSED, "", false, false, "Unreachable", "refused the connection", 3);
        row("no route", CURLE_COULDNT_CONNECT, 0, EHOSTUNREACH, "", false, false, "Unreachable", "there is no way to", 3);
        row("other connect", CURLE_COULDNT_CONNECT, 0, 0, "odd", false, false, "Unreachable", "cannot connect to", 3);
        row("connect too long", CURLE_OPERATION_TIMEDOUT, 0, 0, "", false, false, "Unreachable", "no connection to", 3);
        row("no answer", CURLE_OPERATION_TIMEDOUT, 0, 0, "", true, false, "Timeout", "did not answer within 30 s", 0);
        row("half an answer", CURLE_OPERATION_TIMEDOUT, 0, 0, "", true, true, "Timeout", "did not finish its answer within 30 s", 0);
        row("slow", CURLE_OPERATION_TIMEDOUT, 0, 0, "Operation too slow. Less than 1 bytes/sec", true, true, "Timeout", "stopped sending", 0);
        row("cut", CURLE_PARTIAL_FILE, 0, 0, "", true, true, "Interrupted", "in the middle of an answer", 0);
        row("cut before", CURLE_RECV_ERROR, 0, 0, "", true, false, "Interrupted", "before an answer came", 0);
        row("stream", CURLE_HTTP2_STREAM, 0, 0, "", true, true, "Interrupted", "in the middle of an answer", 0);
        row("nothing", CURLE_GOT_NOTHING, 0, 0, "", true, false, "Interrupted", "without an answer", 0);
        row("no HTTP", CURLE_UNSUPPORTED_PROTOCOL, 0, 0, "Received HTTP/0.9 when not allowed", true, false, "NotKubernetes", "does not speak HTTP",
            3);
        row("scheme", CURLE_UNSUPPORTED_PROTOCOL, 0, 0, "Protocol \"ftp\" not supported", false, false, "BadInput", "is not a server's address", 3);
        row("ours", CURLE_OUT_OF_MEMORY, 0, 0, "", false, false, "Internal", "failed", 0);
    }

    void failures()
    {
        QFETCH(int, result);
        QFETCH(long, verification);
        QFETCH(long, osError);
        QFETCH(QByteArray, words);
        QFETCH(bool, connected);
        QFETCH(bool, answered);
        QFETCH(QString, code);
        QFETCH(QString, says);
        QFETCH(int, line);

        const Error error = failureOf({.result = result,
                                          .verification = verification,
                                          .osError = osError,
                                          .words = words.constData(),
                                          .connected = connected,
                                          .answered = answered,
                                          .deadline = 30s},
            endpoint(), {});

        QCOMPARE(text(name(error.code)), code);
        QVERIFY2(text(error.message).contains(says), error.message.c_str());
        QVERIFY2(text(error.message).contains(QLatin1String("https://example.com:6443")) || code == QLatin1String("BadInput"), error.message.c_str());
        QVERIFY(!text(error.text() + error.server).contains(QLatin1String("sesame")));
        QCOMPARE(error.place.line, line);
        QVERIFY(!error.remedy.empty() || error.code == Code::Internal);
    }

    void libcurlsWordsAreRedacted()
    {
        const Error error = failureOf({.result = CURLE_OUT_OF_MEMORY, .words = "Authorization: Bearer abcdefghijklmnop"}, endpoint(), {});
        QVERIFY(!text(error.message).contains(QLatin1String("abcdefgh")));
    }

    void whatMayLeave_data()
    {
        QTest::addColumn<int>("verb");
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("subresource");
        QTest::addColumn<QString>("body");
        QTest::addColumn<bool>("may");
        const auto row = [](const char *title, Verb verb, const char *path, const char *subresource, const char *body, bool may) {
            QTest::newRow(title) << int(verb) << QString::fromUtf8(path) << QString::fromUtf8(subresource) << QString::fromUtf8(body) << may;
        };
        row("get", Verb::Get, "/api/v1/namespaces/a/pods/b", "", "", true);
        row("log", Verb::Get, "/api/v1/namespaces/a/pods/b", "log", "", true);
        row("a pod named exec", Verb::Get, "/api/v1/namespaces/a/pods/exec", "", "", true);
        row("exec", Verb::Get, "/api/v1/namespaces/a/pods/b", "exec", "", false);
        row("attach", Verb::Get, "/api/v1/namespaces/a/pods/b", "attach", "", false);
        row("portforward", Verb::Get, "/api/v1/namespaces/a/pods/b", "portforward", "", false);
        row("proxy", Verb::Get, "/api/v1/namespaces/a/services/b", "proxy", "", false);
        row("proxy and a path", Verb::Get, "/api/v1/namespaces/a/services/b", "proxy/admin", "", false);
        row("body", Verb::Get, "/version", "", "{}", false);
        row("no slash", Verb::Get, "version", "", "", false);
        row("empty", Verb::Get, "", "", "", false);
        row("query in the path", Verb::List, "/api/v1/pods?watch=1", "", "", false);
        row("fragment", Verb::List, "/api/v1/pods#a", "", "", false);
        row("space", Verb::List, "/api/v1/pods HTTP/1.1", "", "", false);
        row("line end", Verb::List, "/api/v1/pods\r\nX: y", "", "", false);
        row("dots", Verb::Get, "/api/v1/namespaces/../../x", "", "", false);
        row("dots at the end", Verb::Get, "/api/v1/..", "", "", false);
        row("dots in a name", Verb::Get, "/apis/a.b..c/v1", "", "", true);
        row("dots below", Verb::Get, "/api/v1/namespaces/a/pods/b", "log/../exec", "", false);
        row("unescaped", Verb::Get, "/api/v1/namespaces/ä", "", "", false);
        row("access review", Verb::Review, "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", "", "{}", true);
        row("rules review", Verb::Review, "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews", "", "{}", true);
        row("own review", Verb::Review, "/apis/authentication.k8s.io/v1/selfsubjectreviews", "", "{}", true);
        row("review of others", Verb::Review, "/apis/authorization.k8s.io/v1/subjectaccessreviews", "", "{}", false);
        row("post", Verb::Review, "/api/v1/namespaces", "", "{}", false);
        row("below a review", Verb::Review, "/apis/authentication.k8s.io/v1/selfsubjectreviews", "status", "{}", false);
        row("review in another way", Verb::Review, "/apis/authentication.k8s.io/v1/selfsubjectreviews/", "", "{}", false);
    }

    void whatMayLeave()
    {
        QFETCH(int, verb);
        QFETCH(QString, path);
        QFETCH(QString, subresource);
        QFETCH(QString, body);
        QFETCH(bool, may);
        const auto result =
            allowed({.verb = Verb(verb), .path = path.toStdString(), .subresource = subresource.toStdString(), .body = body.toStdString()});
        QCOMPARE(result.has_value(), may);
        if (!may)
            QCOMPARE(text(name(result.error().code)), QStringLiteral("Invalid"));
    }

    void headersCannotBeSmuggledIn()
    {
        QVERIFY(!allowed({.path = "/version", .accept = "text/plain\r\nX-Remote-User: admin"}));
        QVERIFY(!allowed({.path = "/version", .accept = ""}));
        QVERIFY(allowed({.path = "/version", .accept = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json"}));
    }

    void urls()
    {
        Endpoint at;
        at.server = "https://host:6443//";
        QCOMPARE(text(url(at, {.path = "/version"})), QStringLiteral("https://host:6443/version"));
        at.server = "https://host/k8s/clusters/c-1";
        QCOMPARE(text(url(at, {.path = "/a", .subresource = "log", .query = {{"container", "x&y"}, {"s", " =é"}}})),
            QStringLiteral("https://host/k8s/clusters/c-1/a/log?container=x%26y&s=%20%3D%C3%A9"));
    }

    void addresses()
    {
        QCOMPARE(text(endpoint().address()), QStringLiteral("https://example.com:6443"));
        Endpoint at;
        at.server = "https://[::1]:6443/a@b";
        QCOMPARE(text(at.address()), QStringLiteral("https://[::1]:6443/a@b"));
        QVERIFY(at.isAddress() && at.secure());
        at.server = "http://localhost:8080";
        QVERIFY(at.isAddress() && !at.secure());
        at.server = "HTTPS://x";
        QVERIFY(!at.isAddress());
    }

    void heads()
    {
        const Head head = read(
            {"HTTP/2 429 \r\n", "Content-Type: application/json\r\n", "RETRY-AFTER: 3\r\n", "date: Tue, 24 Nov 2026 12:00:00 GMT\r\n",
                "warning: 299 - \"first\"\r\n", "warning: 299 - \"a \\\"b\\\" \\\\ c, d\" \"Tue, 24 Nov 2026 12:00:00 GMT\", 299 - \"third\"\r\n",
                "warning: 199 - \"not ours\"\r\n", "\r\n"})
                              .head();
        QCOMPARE(head.status, 429);
        QCOMPARE(text(head.contentType), QStringLiteral("application/json"));
        QVERIFY(head.retryAfter == 3s);
        QCOMPARE(std::chrono::system_clock::to_time_t(*head.date), time_t(1795521600));
        const std::vector<std::string> warnings{"first", R"(a "b" \ c, d)", "third"};
        QVERIFY(head.warnings == warnings);
    }

    void retryAfterAsADateCountsFromTheServersClock()
    {
        const Head head = read({"HTTP/1.1 503 No", "Date: Tue, 24 Nov 2026 12:00:00 GMT", "Retry-After: Tue, 24 Nov 2026 12:00:05 GMT", ""}).head();
        QVERIFY(head.retryAfter == 5s);
        const Head past = read({"HTTP/1.1 503 No", "Date: Tue, 24 Nov 2026 12:00:00 GMT", "Retry-After: Tue, 24 Nov 2020 12:00:05 GMT", ""}).head();
        QVERIFY(past.retryAfter == 0s);
    }

    void oddHeadsLoseOnlyWhatIsOdd()
    {
        const HeadReader odd = read({"HTTP/1.1 200", "no colon", "Retry-After: soon", "Retry-After: -4", "Date: never", "Warning: 299 - unquoted",
            "Warning: 299 - \"open", ""});
        QVERIFY(odd.complete());
        QCOMPARE(odd.head().status, 200);
        QVERIFY(!odd.head().retryAfter && !odd.head().date);
        QCOMPARE(odd.head().warnings.size(), std::size_t(1));
        QVERIFY(read({"HTTP/1.1 429 x", "Retry-After: 99999999999999", ""}).head().retryAfter <= 24h);
    }

    void interimAnswersAndTrailersAreNotTheHead()
    {
        HeadReader reader;
        for (const char *line : {"HTTP/1.1 100 Continue", "X: y", ""})
            QVERIFY(!reader.line(line));
        QVERIFY(!reader.complete());
        QVERIFY(!reader.line("HTTP/1.1 201 Created"));
        QVERIFY(reader.line("\r\n"));
        QVERIFY(!reader.line("Content-Type: text/plain"));
        QVERIFY(!reader.line(""));
        QCOMPARE(reader.head().status, 201);
        QVERIFY(reader.head().contentType.empty());
    }

    void whoWaitsForAPersonGoesFirst()
    {
        WaitingLine line({});
        line.add(waiting(1, Traffic::Bulk));
        line.add(waiting(2, Traffic::Watch));
        line.add(waiting(3, Traffic::Interactive));
        line.add(waiting(4, Traffic::Interactive));
        std::vector<Ticket> order;
        while (auto next = line.next())
            order.push_back(next->ticket());
        const std::vector<Ticket> expected{3, 4, 2, 1};
        QVERIFY(order == expected);
        QCOMPARE(line.running(), 4);
    }

    void eachClassIsBoundedByItself()
    {
        Limits limits;
        limits.streams = 10;
        limits.watches = 4;
        limits.bulk = 2;
        WaitingLine line(limits);
        for (Ticket ticket = 1; ticket <= 30; ++ticket)
            line.add(waiting(ticket, ticket <= 10 ? Traffic::Bulk : ticket <= 20 ? Traffic::Watch : Traffic::Interactive));
        std::array<int, 3> running{};
        for (int i = 0; i < 4; ++i)
            ++running[std::size_t(line.next()->traffic())];
        QCOMPARE(running[std::size_t(Traffic::Interactive)], 4);
        while (auto next = line.next())
            ++running[std::size_t(next->traffic())];
        QCOMPARE(line.running(), 10); // interactive took all there is
        for (int i = 0; i < 10; ++i)
            line.left(Traffic::Interactive);
        running = {};
        while (auto next = line.next())
            ++running[std::size_t(next->traffic())];
        QCOMPARE(running[std::size_t(Traffic::Watch)], 4);
        QCOMPARE(running[std::size_t(Traffic::Bulk)], 2);
        line.left(Traffic::Bulk);
        QCOMPARE(line.next()->ticket(), Ticket(3)); // first come, first served
        QVERIFY(!line.next());
    }

    void thoseThatWaitCanLeaveTheLine()
    {
        Limits limits;
        limits.streams = 0;
        WaitingLine line(limits);
        const WaitingLine::Time start{};
        line.add(waiting(1, Traffic::Bulk, 10s, start));
        line.add(waiting(2, Traffic::Bulk, 5s, start));
        line.add(waiting(3, Traffic::Watch));
        QVERIFY(!line.next());
        QVERIFY(line.nextDeadline() == start + 5s);
        QVERIFY(line.expired(start + 4s).empty());
        const auto expired = line.expired(start + 6s);
        QCOMPARE(expired.size(), std::size_t(1));
        QCOMPARE(expired.front()->ticket(), Ticket(2));
        QVERIFY(!line.take(2));
        QCOMPARE(line.take(3)->ticket(), Ticket(3));
        QCOMPARE(line.takeAll().size(), std::size_t(1));
        QVERIFY(!line.nextDeadline());
    }
};

QTEST_APPLESS_MAIN(NetErrorsTest)
#include "tst_net_errors.moc"
