// SPDX-License-Identifier: GPL-3.0-or-later
// How a kubeconfig's users sign in, and when that ends.
#include "support/paths.h"

#include "contexts/readcontexts.h"
#include "contexts/tokenend.h"
#include "kube/kubeconfig/certificateend.h"

#include <QFile>
#include <QTest>

#include <map>
#include <string>

namespace fairlead {

using contexts::ContextList;
using contexts::Standing;
using kube::SignIn;
using TimePoint = std::chrono::system_clock::time_point;

namespace {

std::string certificate(const char *name)
{
    QFile file(QString::fromStdString(test::sourcePath("tests/fixtures/certificates/" + std::string(name) + ".pem")));
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

std::optional<TimePoint> at(int year, unsigned month, unsigned day, int hour, int minute, int second)
{
    using namespace std::chrono;
    return sys_days(year_month_day(std::chrono::year(year), std::chrono::month(month), std::chrono::day(day))) + hours(hour) + minutes(minute) +
           seconds(second);
}

/// A kubeconfig of one context whose user has these lines.
std::string configOf(const std::string &user, const std::string &server = "https://one.example.com:6443")
{
    return "apiVersion: v1\nkind: Config\ncurrent-context: c\nclusters:\n- name: k\n  cluster: {server: \"" + server +
           "\"}\ncontexts:\n- name: c\n  context: {cluster: k, user: u}\nusers:\n- name: u\n  user:\n" + user;
}

contexts::ContextFacts factsOf(const std::string &config, std::map<std::string, std::string> files = {})
{
    files["/a/config"] = config;
    const kube::Surroundings world{.environment = [](const std::string &) -> std::optional<std::string> { return std::nullopt; },
        .home = "/home/mara",
        .workingFolder = "/",
        .readFile = [files](const std::string &path) -> Result<std::string> {
            const auto found = files.find(path);
            if (found == files.end())
                return failure({.code = Code::NotFound, .message = "there is no such file", .place = {.file = path}});
            return found->second;
        }};
    const ContextList list = contexts::readContexts(world, "/a/config");
    return list.contexts.empty() ? contexts::ContextFacts{} : list.contexts.front();
}

std::string base64(const std::string &text)
{
    return QByteArray::fromStdString(text).toBase64().toStdString();
}

std::string tokenOf(const std::string &claims)
{
    return "eyJhbGciOiJub25lIn0." +
           QByteArray::fromStdString(claims).toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals).toStdString() + ".c2ln";
}

} // namespace

class TestSignIn : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void certificateEnds_data();
    void certificateEnds();
    void brokenCertificatesTellNothing();
    void tokenEnds();
    void ways_data();
    void ways();
    void endsAreRead();
    void whatCannotBeReadIsNotUsable();
    void overHttpNothingIsSent();
    void addedFilesComeLast();
};

void TestSignIn::certificateEnds_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<qint64>("seconds");
    const auto seconds = [](const std::optional<TimePoint> &time) {
        return qint64(std::chrono::duration_cast<std::chrono::seconds>(time->time_since_epoch()).count());
    };
    QTest::newRow("UTCTime, no version") << QByteArray("ends-2031") << seconds(at(2031, 2, 3, 4, 5, 6));
    QTest::newRow("UTCTime, version 3") << QByteArray("ends-2031-version-3") << seconds(at(2031, 2, 3, 4, 5, 6));
    QTest::newRow("GeneralizedTime") << QByteArray("ends-2075") << seconds(at(2075, 2, 3, 4, 5, 6));
    QTest::newRow("never") << QByteArray("ends-9999") << seconds(TimePoint::max());
}

void TestSignIn::certificateEnds()
{
    QFETCH(QByteArray, file);
    QFETCH(qint64, seconds);
    const std::string pem = certificate(file.constData());
    QVERIFY(!pem.empty());
    const auto ends = kube::certificateEnd(pem);
    QVERIFY(ends);
    QCOMPARE(qint64(std::chrono::duration_cast<std::chrono::seconds>(ends->time_since_epoch()).count()), seconds);
    // Text before it, further certificates after it, and Windows' line ends change nothing.
    std::string other = "subject=/CN=mara\n" + pem + certificate("ends-9999");
    QCOMPARE(kube::certificateEnd(other), ends);
    for (std::size_t line = 0; (line = other.find('\n', line)) != std::string::npos; line += 2)
        other.replace(line, 1, "\r\n");
    QCOMPARE(kube::certificateEnd(other), ends);
}

void TestSignIn::brokenCertificatesTellNothing()
{
    const std::string pem = certificate("ends-2031");
    QCOMPARE(kube::certificateEnd(""), std::nullopt);
    QCOMPARE(kube::certificateEnd("-----BEGIN CERTIFICATE-----"), std::nullopt);
    QCOMPARE(kube::certificateEnd("-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----"), std::nullopt);
    QCOMPARE(kube::certificateEnd("-----BEGIN CERTIFICATE-----\n????\n-----END CERTIFICATE-----"), std::nullopt);
    // Every cut and every changed byte: no crash, and never a read beyond the text (the sanitizers look).
    const QByteArray der = QByteArray::fromBase64(QByteArray::fromStdString(pem.substr(28, pem.find("-----END") - 28)));
    QVERIFY(der.size() > 200);
    const auto wrapped = [](const QByteArray &bytes) {
        return "-----BEGIN CERTIFICATE-----\n" + bytes.toBase64().toStdString() + "\n-----END CERTIFICATE-----\n";
    };
    for (qsizetype cut = 0; cut < der.size(); ++cut)
        QCOMPARE(kube::certificateEnd(wrapped(der.left(cut))), std::nullopt);
    int told = 0;
    for (qsizetype i = 0; i < der.size(); ++i) {
        for (const unsigned char byte : {0x00, 0x80, 0x84, 0xFF, 0x30}) {
            QByteArray changed = der;
            changed[i] = char(byte);
            told += kube::certificateEnd(wrapped(changed)) ? 1 : 0;
        }
    }
    QVERIFY(told > 0); // what is after the field is not looked at
}

void TestSignIn::tokenEnds()
{
    using contexts::tokenEnd;
    QCOMPARE(tokenEnd(tokenOf(R"({"iss":"x","exp":1925000000})")), std::optional(TimePoint(std::chrono::seconds(1925000000))));
    QCOMPARE(tokenEnd(tokenOf(R"({"iss":"??>>~~","exp":1925000001})")), std::optional(TimePoint(std::chrono::seconds(1925000001))));
    QVERIFY(tokenEnd(tokenOf(R"({"exp":99999999999999999})")).has_value());
    for (const std::string &token : {std::string(), std::string("abc"), std::string("a.b.c"), std::string(".."), tokenOf("{}"), tokenOf("[]"),
             tokenOf("{"), tokenOf(R"({"exp":"soon"})"), tokenOf(R"({"exp":-5})"), std::string("a.b")})
        QVERIFY2(!tokenEnd(token), token.c_str());
}

void TestSignIn::ways_data()
{
    QTest::addColumn<QByteArray>("user");
    QTest::addColumn<int>("by");
    QTest::addColumn<QByteArray>("program");
    QTest::addColumn<int>("standing");
    const auto row = [](const char *name, const std::string &user, SignIn::By by, const char *program, Standing standing) {
        QTest::newRow(name) << QByteArray::fromStdString(user) << int(by) << QByteArray(program) << int(standing);
    };
    const std::string data = base64(certificate("ends-2031"));
    const std::string key = base64("-----BEGIN PRIVATE KEY-----\nx\n-----END PRIVATE KEY-----\n");
    row("nothing", "    {}\n", SignIn::By::Nothing, "", Standing::Usable);
    row("certificate", "    client-certificate-data: " + data + "\n    client-key-data: " + key + "\n", SignIn::By::Certificate, "",
        Standing::Usable);
    row("token", "    token: abc\n", SignIn::By::Token, "", Standing::Usable);
    row("token file", "    tokenFile: /t\n", SignIn::By::TokenFile, "", Standing::Usable);
    row("token beside a certificate", "    client-certificate-data: " + data + "\n    client-key-data: " + key + "\n    token: abc\n",
        SignIn::By::Token, "", Standing::Usable);
    row("exec", "    exec: {apiVersion: client.authentication.k8s.io/v1, command: /usr/bin/aws, args: [eks]}\n", SignIn::By::Plugin, "aws",
        Standing::NotYet);
    row("exec without a command", "    exec: {}\n", SignIn::By::Plugin, "", Standing::NotYet);
    row("exec as a list", "    exec: [aws]\n", SignIn::By::Plugin, "", Standing::NotYet);
    row("provider", "    auth-provider: {name: gcp}\n", SignIn::By::Provider, "gcp", Standing::NotYet);
    row("password", "    username: a\n    password: b\n", SignIn::By::Password, "", Standing::NotYet);
}

void TestSignIn::ways()
{
    QFETCH(QByteArray, user);
    QFETCH(int, by);
    QFETCH(QByteArray, program);
    QFETCH(int, standing);
    const auto facts = factsOf(configOf(user.toStdString()), {{"/t", "abc\n"}});
    QCOMPARE(int(facts.signIn.by), by);
    QCOMPARE(QByteArray::fromStdString(facts.signIn.program), program);
    QCOMPARE(int(facts.standing), standing);
    QCOMPARE(facts.problem.has_value(), facts.standing != Standing::Usable);
}

void TestSignIn::endsAreRead()
{
    const std::string key = base64("-----BEGIN PRIVATE KEY-----\nx\n-----END PRIVATE KEY-----\n");
    const auto inside =
        factsOf(configOf("    client-certificate-data: " + base64(certificate("ends-2031")) + "\n    client-key-data: " + key + "\n"));
    QCOMPARE(inside.signIn.ends, at(2031, 2, 3, 4, 5, 6));
    const auto beside =
        factsOf(configOf("    client-certificate: c.pem\n    client-key-data: " + key + "\n"), {{"/a/c.pem", certificate("ends-2075")}});
    QCOMPARE(beside.signIn.ends, at(2075, 2, 3, 4, 5, 6));
    QCOMPARE(beside.standing, Standing::Usable);
    const std::string token = tokenOf(R"({"exp":1925000000})");
    QCOMPARE(factsOf(configOf("    token: " + token + "\n")).signIn.ends, std::optional(TimePoint(std::chrono::seconds(1925000000))));
    QCOMPARE(
        factsOf(configOf("    tokenFile: t\n"), {{"/a/t", token + "\n"}}).signIn.ends, std::optional(TimePoint(std::chrono::seconds(1925000000))));
    QCOMPARE(factsOf(configOf("    tokenFile: t\n"), {{"/a/t", "\n"}}).signIn.ends, std::nullopt);
}

void TestSignIn::whatCannotBeReadIsNotUsable()
{
    const auto facts = factsOf(configOf("    client-certificate: gone.pem\n    client-key: gone.key\n"));
    QCOMPARE(facts.standing, Standing::Broken);
    QVERIFY(facts.problem->message.find("gone.pem") != std::string::npos);
    QCOMPARE(facts.problem->place.file, std::string("/a/config"));
    QVERIFY(facts.problem->place.line > 0);
}

void TestSignIn::overHttpNothingIsSent()
{
    const auto facts = factsOf(configOf("    token: abc\n", "http://one.example.com:8080"));
    QCOMPARE(facts.standing, Standing::Usable);
    QCOMPARE(facts.signIn.by, SignIn::By::Nothing);
}

void TestSignIn::addedFilesComeLast()
{
    std::map<std::string, std::string> files{{"/home/mara/.kube/config", configOf("    token: abc\n")}, {"/x", configOf("    token: other\n")},
        {"/y", "apiVersion: v1\nkind: Config\ncontexts:\n- name: d\n  context: {cluster: k, user: u}\n"}};
    const kube::Surroundings world{.environment = [](const std::string &) -> std::optional<std::string> { return std::nullopt; },
        .home = "/home/mara",
        .workingFolder = "/",
        .readFile = [files](const std::string &path) -> Result<std::string> {
            const auto found = files.find(path);
            return found == files.end() ? Result<std::string>(failure({.code = Code::NotFound})) : Result<std::string>(found->second);
        }};
    const ContextList list = contexts::readContexts(world, contexts::ConfigFiles{.argument = {}, .added = {"/x", "/y", "/gone"}});
    QCOMPARE(list.contexts.size(), std::size_t(2)); // of one name the first counts
    QCOMPARE(list.contexts[0].place.file, std::string("/home/mara/.kube/config"));
    QCOMPARE(list.contexts[1].name, std::string("d"));
    QCOMPARE(list.contexts[1].standing, Standing::Usable); // its cluster and user stand in the files before it
    std::map<std::string, std::pair<contexts::Searched::What, contexts::Searched::Found>> searched;
    for (const contexts::Searched &place : list.searched)
        searched[place.text] = {place.what, place.found};
    using What = contexts::Searched::What;
    using Found = contexts::Searched::Found;
    QCOMPARE(searched["KUBECONFIG"], std::pair(What::Variable, Found::NotSet));
    QCOMPARE(searched["/home/mara/.kube/config"], std::pair(What::Home, Found::Read));
    QCOMPARE(searched["/y"], std::pair(What::Added, Found::Read));
    QCOMPARE(searched["/gone"], std::pair(What::Added, Found::Missing));
    // They add to --kubeconfig too.
    const ContextList narrow = contexts::readContexts(world, contexts::ConfigFiles{.argument = "/x", .added = {"/y"}});
    QCOMPARE(narrow.contexts.size(), std::size_t(2));
    QCOMPARE(narrow.contexts[0].place.file, std::string("/x"));
}

} // namespace fairlead

QTEST_APPLESS_MAIN(fairlead::TestSignIn)
#include "tst_signin.moc"
