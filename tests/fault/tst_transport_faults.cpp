// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/net/curltransport.h"
#include "support/faultserver.h"
#include "support/transportcase.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace fairlead;
using namespace fairlead::net;
using fairlead::test::codeOf;
using fairlead::test::fetch;
using fairlead::test::json;
using fairlead::test::messageOf;
using namespace fairlead::test::requests;
using Seen = fairlead::test::Collected::Seen;
using namespace std::chrono_literals;

namespace {

Limits quick()
{
    Limits out = test::quickLimits(1'500ms, 300ms);
    out.listStall = 1s;
    return out;
}

} // namespace

/// Against real sockets: the faults of a connection, of TLS and of credentials, and what a person is told.
class TransportFaultsTest : public QObject {
    Q_OBJECT

private:
    test::FaultServer m_server;

    Seen ask(const Endpoint &endpoint, Request request = get("/version"), const Limits &limits = quick())
    {
        CurlTransport transport(endpoint, limits);
        return fetch(transport, std::move(request));
    }

private Q_SLOTS:
    void initTestCase() { QCOMPARE(m_server.whyNot(), QString()); }
    void init() { m_server.thaw(); }

    void failuresSayWhatAndWhereAndWhatToDo_data()
    {
        QTest::addColumn<QString>("listener");
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("words");

        QTest::newRow("expired") << "expired"
                                 << "/version"
                                 << "Untrusted"
                                 << "has expired";
        QTest::newRow("not yet valid") << "notyet"
                                       << "/version"
                                       << "Untrusted"
                                       << "is not valid yet";
        QTest::newRow("other name") << "othername"
                                    << "/version"
                                    << "Untrusted"
                                    << "is not for that host name";
        QTest::newRow("old TLS") << "oldtls"
                                 << "/version"
                                 << "Untrusted"
                                 << "TLS";
        QTest::newRow("asks for a client certificate") << "clientauth"
                                                       << "/version"
                                                       << "Unauthorized"
                                                       << "asks for a client certificate, and there is none";
        QTest::newRow("refused") << "refused"
                                 << "/version"
                                 << "Unreachable"
                                 << "refused the connection";
        QTest::newRow("closes at once") << "closing"
                                        << "/version"
                                        << "Unreachable"
                                        << "closed the connection during the TLS handshake";
        QTest::newRow("accepts and says nothing") << "mute"
                                                  << "/version"
                                                  << "Unreachable"
                                                  << "no connection to";
        QTest::newRow("no TLS") << "tls to plain"
                                << "/version"
                                << "NotKubernetes"
                                << "does not speak TLS";
        QTest::newRow("another protocol") << "banner"
                                          << "/version"
                                          << "NotKubernetes"
                                          << "does not speak TLS";
        QTest::newRow("another protocol, plain") << "plain to banner"
                                                 << "/version"
                                                 << "NotKubernetes"
                                                 << "does not speak HTTP";
        QTest::newRow("closes without an answer") << "good"
                                                  << "/close"
                                                  << "Interrupted"
                                                  << "closed the connection without an answer";
        QTest::newRow("head cut") << "good"
                                  << "/cut/head"
                                  << "Interrupted"
                                  << "without an answer";
        QTest::newRow("body shorter than its length") << "good"
                                                      << "/cut/length"
                                                      << "Interrupted"
                                                      << "cut in the middle of an answer";
        QTest::newRow("chunk cut") << "good"
                                   << "/cut/chunked"
                                   << "Interrupted"
                                   << "cut in the middle of an answer";
    }

    void failuresSayWhatAndWhereAndWhatToDo()
    {
        QFETCH(QString, listener);
        QFETCH(QString, path);
        QFETCH(QString, code);
        QFETCH(QString, words);
        Endpoint endpoint = m_server.endpoint(listener);
        if (listener == QLatin1String("tls to plain"))
            endpoint.server = "https://127.0.0.1:" + std::to_string(m_server.port(QStringLiteral("plain")));
        if (listener == QLatin1String("plain to banner"))
            endpoint.server = "http://127.0.0.1:" + std::to_string(m_server.port(QStringLiteral("banner")));
        endpoint.token = "sesame-open-0123456789";
        endpoint.place = {"/home/someone/config", 7, 13};

        Seen seen = ask(endpoint, get(path.toStdString()));

        QCOMPARE(codeOf(seen.result), code);
        const Error error = seen.result->error();
        const QString text = QString::fromStdString(error.text());
        QVERIFY2(text.contains(words), qPrintable(text));
        QVERIFY2(text.contains(QString::fromStdString(endpoint.address())), qPrintable(text));
        QVERIFY2(!error.remedy.empty() && (error.remedy.back() == '.' || error.remedy.back() == '?'), qPrintable(text));
        QVERIFY(!text.contains(QLatin1String("sesame")));
        QCOMPARE(error.server, endpoint.address());
        QVERIFY(!seen.disorder);
        if (code == QLatin1String("Untrusted") || code == QLatin1String("Unreachable"))
            QCOMPARE(error.place.line, 7);
    }

    void wrongAuthorityNamesTheFileAndItsPlace()
    {
        Endpoint endpoint = m_server.endpoint(QStringLiteral("good"));
        endpoint.authority = {.file = m_server.file(QStringLiteral("otherca.pem")), .place = {"config", 5, 1}};
        Seen seen = ask(endpoint);
        QCOMPARE(codeOf(seen.result), QStringLiteral("Untrusted"));
        QVERIFY2(messageOf(seen).contains(QLatin1String("otherca.pem")), qPrintable(messageOf(seen)));
        QCOMPARE(seen.result->error().place.line, 5);

        endpoint.authority = {.data = m_server.text(QStringLiteral("otherca.pem"))};
        seen = ask(endpoint);
        QVERIFY2(messageOf(seen).contains(QLatin1String("certificate-authority-data")), qPrintable(messageOf(seen)));

        endpoint.authority = {}; // the system's do not know it either
        seen = ask(endpoint);
        QCOMPARE(codeOf(seen.result), QStringLiteral("Untrusted"));
        QVERIFY2(messageOf(seen).contains(QLatin1String("this system trusts")), qPrintable(messageOf(seen)));
    }

    void hostNamesThatNobodyKnows()
    {
        Endpoint endpoint;
        endpoint.server = "https://no-such-host.invalid:6443";
        const Seen seen = ask(endpoint);
        QCOMPARE(codeOf(seen.result), QStringLiteral("Unreachable"));
        QVERIFY2(messageOf(seen).contains(QLatin1String("no host of that name")), qPrintable(messageOf(seen)));
    }

    void addressesThatAreNone_data()
    {
        QTest::addColumn<QString>("server");
        QTest::newRow("empty") << QString();
        QTest::newRow("no host") << QStringLiteral("https://");
        QTest::newRow("port") << QStringLiteral("https://127.0.0.1:99999");
        QTest::newRow("scheme") << QStringLiteral("ftp://127.0.0.1:1");
        QTest::newRow("file") << QStringLiteral("file:///etc");
        QTest::newRow("no host but a port") << QStringLiteral("https://:6443");
        QTest::newRow("query") << QStringLiteral("https://127.0.0.1:1/?a=b");
        QTest::newRow("spaces") << QStringLiteral("https://a b:1");
    }

    void passwordsInAddressesAreNotUsed()
    {
        Endpoint endpoint = m_server.endpoint(QStringLiteral("good"));
        endpoint.server.insert(8, "ann:sesame@");
        const Seen seen = ask(endpoint);
        QCOMPARE(codeOf(seen.result), QStringLiteral("Unsupported"));
        QVERIFY(!QString::fromStdString(seen.result->error().text() + seen.result->error().server).contains(QLatin1String("sesame")));
    }

    void addressesThatAreNone()
    {
        QFETCH(QString, server);
        Endpoint endpoint;
        endpoint.server = server.toStdString();
        const Seen seen = ask(endpoint);
        QCOMPARE(codeOf(seen.result), QStringLiteral("BadInput"));
        QVERIFY2(messageOf(seen).contains(QLatin1String("is not a server's address")), qPrintable(messageOf(seen)));
    }

    void clientCertificates()
    {
        Endpoint endpoint = m_server.endpoint(QStringLiteral("clientauth"));
        endpoint.certificate.file = m_server.file(QStringLiteral("client.pem"));
        endpoint.key.file = m_server.file(QStringLiteral("client.key"));
        QCOMPARE(codeOf(ask(endpoint).result), QStringLiteral("ok"));

        endpoint.certificate = {.data = m_server.text(QStringLiteral("client.pem"))};
        endpoint.key = {.data = m_server.text(QStringLiteral("client.key"))};
        QCOMPARE(codeOf(ask(endpoint).result), QStringLiteral("ok"));

        endpoint.certificate = {.file = m_server.file(QStringLiteral("strangerclient.pem")), .place = {"config", 3, 1}};
        endpoint.key = {.file = m_server.file(QStringLiteral("strangerclient.key"))};
        const Seen seen = ask(endpoint);
        QCOMPARE(codeOf(seen.result), QStringLiteral("Unauthorized"));
        QVERIFY2(messageOf(seen).contains(QLatin1String("refused the client certificate: it is of another authority")), qPrintable(messageOf(seen)));
        QCOMPARE(seen.result->error().place.line, 3);
    }

    void credentialsThatCannotBeUsedAreRefusedWithTheirPlace_data()
    {
        QTest::addColumn<QString>("authority");
        QTest::addColumn<QString>("certificate");
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("words");
        const QString ca = QStringLiteral("file ca.pem");
        const QString cert = QStringLiteral("file client.pem");
        const QString good = QStringLiteral("file client.key");

        QTest::newRow("key of another") << ca << cert << "file good.key"
                                        << "or does not belong to the client certificate";
        QTest::newRow("encrypted") << ca << cert << "file encrypted.key"
                                   << "is encrypted with a passphrase";
        QTest::newRow("encrypted, old form") << ca << cert << "file encrypted-old.key"
                                             << "is encrypted with a passphrase";
        QTest::newRow("encrypted, data") << ca << cert << "data encrypted.key"
                                         << "is encrypted with a passphrase";
        QTest::newRow("no key") << ca << cert << ""
                                << "without its key";
        QTest::newRow("no certificate") << ca << "" << good << "without its certificate";
        QTest::newRow("certificate missing") << ca << "file nowhere.pem" << good << "No such file";
        QTest::newRow("certificate is a folder") << ca << "file ." << good << "cannot read the client certificate";
        QTest::newRow("certificate is none") << ca << cert << "text hello"
                                             << "holds no PEM private key";
        QTest::newRow("key is none") << ca << "text hello" << good << "holds no PEM certificate";
        QTest::newRow("certificate garbled") << ca << "text -----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
                                             << good << "the client certificate cannot be used";
        QTest::newRow("key garbled") << ca << cert << "text -----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"
                                     << "the client key cannot be used";
        QTest::newRow("authority missing") << "file nowhere.pem" << cert << good << "No such file";
        QTest::newRow("authority is none") << "text hello" << cert << good << "holds no PEM certificate";
        QTest::newRow("authority garbled") << "text -----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
                                           << cert << good << "authority cannot be read";
    }

    void credentialsThatCannotBeUsedAreRefusedWithTheirPlace()
    {
        QFETCH(QString, authority);
        QFETCH(QString, certificate);
        QFETCH(QString, key);
        QFETCH(QString, words);
        const auto pem = [this](const QString &what) {
            Pem out{.place = {"config", 9, 1}};
            if (what.startsWith(QLatin1String("file ")))
                out.file = m_server.file(what.mid(5));
            else if (what.startsWith(QLatin1String("data ")))
                out.data = m_server.text(what.mid(5));
            else
                out.data = what.mid(5).toStdString();
            return out;
        };
        Endpoint endpoint = m_server.endpoint(QStringLiteral("clientauth"));
        endpoint.authority = pem(authority);
        endpoint.certificate = pem(certificate);
        endpoint.key = pem(key);

        const Seen seen = ask(endpoint);

        QCOMPARE(codeOf(seen.result), QStringLiteral("BadInput"));
        QVERIFY2(messageOf(seen).contains(words), qPrintable(messageOf(seen)));
        QCOMPARE(seen.result->error().place.line, 9);
        QVERIFY(!messageOf(seen).contains(QLatin1String("AAAA")));
    }

    void tokensAndTheirFile()
    {
        QTemporaryDir folder;
        const QString name = folder.filePath(QStringLiteral("token"));
        const auto write = [&name](const char *text) {
            QFile file(name);
            QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
            file.write(text);
        };
        Endpoint endpoint = m_server.endpoint(QStringLiteral("good"));
        const auto sent = [](const Seen &seen) { return json(seen)[QLatin1String("headers")].toObject()[QLatin1String("authorization")].toString(); };

        endpoint.token = "first";
        QCOMPARE(sent(ask(endpoint, get("/echo"))), QStringLiteral("Bearer first"));

        endpoint.tokenFile = name.toStdString();
        QCOMPARE(sent(ask(endpoint, get("/echo"))), QStringLiteral("Bearer first")); // no such file: as in client-go
        endpoint.token.clear();
        QCOMPARE(codeOf(ask(endpoint, get("/echo")).result), QStringLiteral("BadInput"));
        write("");
        QVERIFY(messageOf(ask(endpoint, get("/echo"))).contains(QLatin1String("is empty")));
        write("one\r\nInjected: yes");
        QCOMPARE(codeOf(ask(endpoint, get("/echo")).result), QStringLiteral("BadInput"));
        write("second\n");
        endpoint.token = "first";
        CurlTransport transport(endpoint, quick());
        QCOMPARE(sent(fetch(transport, get("/echo"))), QStringLiteral("Bearer second"));
        write("third, longer");
        QCOMPARE(sent(fetch(transport, get("/echo"))), QStringLiteral("Bearer second")); // not a token: the good one stays
        write("third-longer");
        QCOMPARE(sent(fetch(transport, get("/echo"))), QStringLiteral("Bearer third-longer"));
        QVERIFY(QFile::remove(name));
        QCOMPARE(sent(fetch(transport, get("/echo"))), QStringLiteral("Bearer third-longer"));
    }

    void noCredentialsOverPlainHttp()
    {
        Endpoint endpoint = m_server.endpoint(QStringLiteral("plain"));
        endpoint.token = "sesame";
        const Seen seen = ask(endpoint, get("/echo"));
        QCOMPARE(codeOf(seen.result), QStringLiteral("ok"));
        QVERIFY(!seen.body.empty());
        QVERIFY(!QString::fromStdString(seen.body).contains(QLatin1String("sesame")));
    }

    void surroundingsChangeNothing()
    {
        // A proxy that would refuse, and a password file of the user's: neither is looked at.
        qputenv("https_proxy", "http://127.0.0.1:1");
        qputenv("http_proxy", "http://127.0.0.1:1");
        qputenv("ALL_PROXY", "http://127.0.0.1:1");
        QTemporaryDir home;
        QFile netrc(home.filePath(QStringLiteral(".netrc")));
        QVERIFY(netrc.open(QIODevice::WriteOnly));
        netrc.write("machine 127.0.0.1 login a password b\n");
        netrc.close();
        qputenv("HOME", home.path().toUtf8());
        const Seen seen = ask(m_server.endpoint(QStringLiteral("good")), get("/echo"));
        for (const char *variable : {"https_proxy", "http_proxy", "ALL_PROXY"})
            qunsetenv(variable);

        QCOMPARE(codeOf(seen.result), QStringLiteral("ok"));
        const auto headers = json(seen)[QLatin1String("headers")].toObject();
        QVERIFY(!headers.contains(QLatin1String("authorization")));
        QVERIFY(!headers.contains(QLatin1String("accept-encoding")));
        QVERIFY(headers[QLatin1String("user-agent")].toString().startsWith(QLatin1String("fairlead/")));
        QCOMPARE(headers[QLatin1String("accept")].toString(), QStringLiteral("application/json"));
    }

    void pathsAndQueriesArriveAsTheyWere()
    {
        Request request = get("/echo");
        request.query = {{"labelSelector", "a=b,c in (d e)&x=1"}, {"limit", "500"}, {"ü", "%41+"}};
        const QString target = json(ask(m_server.endpoint(QStringLiteral("good")), request))[QLatin1String("target")].toString();
        QCOMPARE(target, QStringLiteral("/echo?labelSelector=a%3Db%2Cc%20in%20%28d%20e%29%26x%3D1&limit=500&%C3%BC=%2541%2B"));

        Endpoint below = m_server.endpoint(QStringLiteral("good"));
        below.server += "/k8s/clusters/one/";
        QCOMPARE(ask(below).head->status, 404); // "/k8s/clusters/one/version"
    }

    void reviewsArePostedAndNothingElse()
    {
        CurlTransport transport(m_server.endpoint(QStringLiteral("good")), quick());
        Request review{.verb = Verb::Review, .path = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", .body = R"({"a":1})"};
        const auto echoed = json(fetch(transport, review));
        QCOMPARE(echoed[QLatin1String("method")].toString(), QStringLiteral("POST"));
        QCOMPARE(echoed[QLatin1String("body")].toString(), QStringLiteral(R"({"a":1})"));
        QCOMPARE(echoed[QLatin1String("headers")].toObject()[QLatin1String("content-type")].toString(), QStringLiteral("application/json"));
        const int connections = transport.connections();

        review.path = "/api/v1/namespaces";
        QCOMPARE(codeOf(fetch(transport, review).result), QStringLiteral("Invalid"));
        Request exec = get("/api/v1/namespaces/a/pods/b");
        exec.subresource = "exec";
        QCOMPARE(codeOf(fetch(transport, exec).result), QStringLiteral("Invalid"));
        QCOMPARE(transport.connections(), connections);
        const auto count = json(fetch(transport, get("/count")));
        QVERIFY(!count.contains(QLatin1String("/api/v1/namespaces")));
        QVERIFY(!count.contains(QLatin1String("/api/v1/namespaces/a/pods/b/exec")));
    }

    void refusalsAreAnswers_data()
    {
        QTest::addColumn<int>("status");
        for (const int status : {401, 403, 404, 429, 500, 503})
            QTest::addRow("%d", status) << status;
    }

    void refusalsAreAnswers()
    {
        QFETCH(int, status);
        const Seen seen = ask(m_server.endpoint(QStringLiteral("good")), get("/status/" + std::to_string(status)));
        QCOMPARE(codeOf(seen.result), QStringLiteral("ok"));
        QCOMPARE(seen.head->status, status);
        QCOMPARE(json(seen)[QLatin1String("code")].toInt(), status);
        QCOMPARE(seen.head->retryAfter.value_or(0ms) == 7s, status == 429 || status == 503);
        QVERIFY(seen.head->date.has_value());
        QVERIFY(!seen.disorder);
    }

    void warningsOfSeveralHeaders()
    {
        const Seen seen = ask(m_server.endpoint(QStringLiteral("good")), get("/warned"));
        const std::vector<std::string> expected{"v1 Old is deprecated", R"(say "no", twice)", "second"};
        QVERIFY(seen.head->warnings == expected);
    }

    void pagesOfAnotherServerArriveUntouched()
    {
        const Seen html = ask(m_server.endpoint(QStringLiteral("good")), get("/html"));
        QCOMPARE(html.head->status, 200);
        QCOMPARE(html.head->contentType, std::string("text/html"));
        const Seen redirect = ask(m_server.endpoint(QStringLiteral("good")), get("/redirect"));
        QCOMPARE(redirect.head->status, 302); // never followed: a token would go with it
    }
};

QTEST_GUILESS_MAIN(TransportFaultsTest)
#include "tst_transport_faults.moc"
