// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/kubeconfig/kubeconfig.h"
#include "kube/kubeconfig/proxyrules.h"
#include "kube/kubeconfig/serveraddress.h"

#include <QTest>

#include <map>
#include <optional>
#include <string>

using namespace fairlead;
using kube::Kubeconfig;

namespace {

const std::string certificate = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
const std::string privateKey = "-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n";

std::string base64(const std::string &text)
{
    return QByteArray::fromStdString(text).toBase64().toStdString();
}

/// Files and variables of a test.
struct World {
    std::map<std::string, std::string> files;
    std::map<std::string, std::string> variables;

    [[nodiscard]] kube::Surroundings surroundings() const
    {
        return {.environment = [variables = variables](const std::string &name) -> std::optional<std::string> {
                    const auto found = variables.find(name);
                    return found == variables.end() ? std::nullopt : std::optional(found->second);
                },
            .home = "/home/u",
            .workingFolder = "/w",
            .readFile = [files = files](const std::string &path) -> Result<std::string> {
                const auto found = files.find(path);
                if (found == files.end())
                    return failure({.code = Code::NotFound, .message = "there is no such file"});
                return found->second;
            }};
    }
    [[nodiscard]] Result<Kubeconfig> load(const std::optional<std::string> &path = std::nullopt) const
    {
        return Kubeconfig::load(surroundings(), path);
    }
};

/// A whole kubeconfig around one cluster's and one user's fields, both in flow style.
std::string fileWith(const std::string &cluster, const std::string &user)
{
    return "current-context: c\ncontexts:\n- name: c\n  context: {cluster: k, user: u}\nclusters:\n- name: k\n  cluster: " + cluster +
           "\nusers:\n- name: u\n  user: " + user + "\n";
}

Result<kube::Target> resolved(const std::string &file, World world = {}, const std::optional<std::string> &context = std::nullopt)
{
    world.files["/w/k"] = file;
    const Result<Kubeconfig> config = world.load("k");
    return config ? config->resolve(context) : Result<kube::Target>(failure(config.error()));
}

Error refusal(const std::string &file, const World &world = {}, const std::optional<std::string> &context = std::nullopt)
{
    const Result<kube::Target> target = resolved(file, world, context);
    return target ? Error{.message = "accepted"} : target.error();
}

} // namespace

#define QVERIFY_SAYS(error, part) QVERIFY2((error).text().find(part) != std::string::npos, (error).text().c_str())

class KubeconfigTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void resolvesAllThatATransportNeeds()
    {
        const std::string file =
            "apiVersion: v1\nkind: Config\ncurrent-context: dev\npreferences: {}\ncontexts:\n- context:\n    cluster: local\n    user: me\n    namespace: team-a\n  name: dev\n"
            "clusters:\n- name: local\n  cluster:\n    server: HTTPS://Host:6443/k8s/\n    certificate-authority-data: " +
            base64(certificate) + "\nusers:\n- name: me\n  user:\n    client-certificate-data: " + base64(certificate) +
            "\n    client-key-data: " + base64(privateKey) + "\n    token: abc\n    tokenFile: t\n";
        const Result<kube::Target> target = resolved(file);
        QVERIFY2(target, refusal(file).text().c_str());
        QCOMPARE(target->context, std::string("dev"));
        QCOMPARE(target->cluster, std::string("local"));
        QCOMPARE(target->user, std::string("me"));
        QCOMPARE(target->namespaceName, std::string("team-a"));
        QCOMPARE(target->endpoint.server, std::string("https://host:6443/k8s"));
        QCOMPARE(target->endpoint.authority.data, certificate);
        QCOMPARE(target->endpoint.certificate.data, certificate);
        QCOMPARE(target->endpoint.key.data, privateKey);
        QCOMPARE(target->endpoint.token, std::string("abc"));
        QCOMPARE(target->endpoint.tokenFile, std::string("/w/t"));
        QCOMPARE(target->place.line, 10);
        QCOMPARE(target->endpoint.place.line, 14);
        QCOMPARE(target->endpoint.place.file, std::string("/w/k"));
        QCOMPARE(target->endpoint.key.place.line, 20);
        QVERIFY(target->warnings.empty());
    }

    void theFirstFileCounts()
    {
        World world;
        world.variables["KUBECONFIG"] = "/a/one::/b/missing:/a/two:/a/one";
        world.files["/a/one"] =
            "contexts:\n- name: x\n  context: {cluster: k1, user: u}\nclusters:\n- name: k1\n  cluster: {server: 'https://one', certificate-authority: ca}\nusers: []\n";
        world.files["/a/two"] =
            "current-context: x\ncontexts:\n- name: x\n  context: {cluster: k2, user: u, namespace: two}\n- name: z\n  context: {cluster: k1, user: u}\n"
            "clusters:\n- name: k1\n  cluster: {server: 'https://two'}\n- name: k2\n  cluster: {server: 'https://k2'}\nusers:\n- name: u\n  user: {token: t}\n";
        world.files["/a/ca"] = certificate;
        const Result<Kubeconfig> config = world.load();
        QVERIFY(config);
        QCOMPARE(config->files(), (std::vector<std::string>{"/a/one", "/a/two"}));
        QCOMPARE(config->currentContext(), std::string("x"));
        const std::vector<kube::ContextInfo> contexts = config->contexts();
        QCOMPARE(contexts.size(), std::size_t(2));
        QCOMPARE(contexts[0].name, std::string("x"));
        QCOMPARE(contexts[0].cluster, std::string("k1")); // as a whole: the second file's namespace is not added
        QCOMPARE(contexts[0].namespaceName, std::string());
        QVERIFY(contexts[0].current);
        QVERIFY(!contexts[0].problem);
        QCOMPARE(contexts[0].server, std::string("https://one"));
        QCOMPARE(contexts[0].place.file, std::string("/a/one"));
        QCOMPARE(contexts[0].place.line, 2);
        QCOMPARE(contexts[1].place.line, 5);
        const Result<kube::Target> target = config->resolve();
        QVERIFY(target);
        QCOMPARE(target->namespaceName, std::string("default"));
        QCOMPARE(target->endpoint.authority.file, std::string("/a/ca")); // beside its own file
    }

    void whereItLooks()
    {
        World world;
        const Result<Kubeconfig> none = world.load();
        QVERIFY(!none);
        QCOMPARE(none.error().code, Code::NotFound);
        QVERIFY_SAYS(none.error(), "/home/u/.kube/config");
        world.variables["KUBECONFIG"] = "/x:y";
        QVERIFY_SAYS(world.load().error(), "/x, /w/y");
        world.variables["KUBECONFIG"] = ":";
        QVERIFY_SAYS(world.load().error(), "names no file");
        world.variables.clear();
        world.files["/home/u/.kube/config"] = fileWith("{server: 'https://home'}", "{token: t}");
        QVERIFY(world.load() && world.load()->resolve());
        const Result<Kubeconfig> missing = world.load("nowhere");
        QVERIFY(!missing);
        QCOMPARE(missing.error().code, Code::NotFound);
        QVERIFY_SAYS(missing.error(), "/w/nowhere");
        QVERIFY(!missing.error().remedy.empty());
    }

    void refusesByName_data()
    {
        QTest::addColumn<QByteArray>("cluster");
        QTest::addColumn<QByteArray>("user");
        QTest::addColumn<int>("code");
        QTest::addColumn<int>("line"); // the cluster is on line 7, the user on line 10
        QTest::addColumn<QByteArray>("says");
        const QByteArray good = "{server: 'https://h'}";
        const auto unsupportedUser = [&](const char *user, const char *field) {
            QTest::newRow(user) << good << QByteArray(user) << int(Code::Unsupported) << 10 << QByteArray(field);
        };
        unsupportedUser("{exec: {command: aws}}", "\"exec\"");
        unsupportedUser("{auth-provider: {name: gcp}}", "\"auth-provider\"");
        unsupportedUser("{username: SECRET-u}", "\"username\"");
        unsupportedUser("{password: SECRET-p}", "\"password\"");
        unsupportedUser("{as: root, token: SECRET-t}", "\"as\"");
        unsupportedUser("{as-uid: \"1\"}", "\"as-uid\"");
        unsupportedUser("{as-groups: [a]}", "\"as-groups\"");
        unsupportedUser("{as-user-extra: {a: [b]}}", "\"as-user-extra\"");
        const auto unsupportedCluster = [&](const char *cluster, const char *field) {
            QTest::newRow(cluster) << QByteArray(cluster) << QByteArray("{token: SECRET-t}") << int(Code::Unsupported) << 7 << QByteArray(field);
        };
        unsupportedCluster("{server: 'https://h', insecure-skip-tls-verify: true}", "\"insecure-skip-tls-verify\"");
        unsupportedCluster("{server: 'https://h', tls-server-name: x}", "\"tls-server-name\"");
        unsupportedCluster("{server: 'https://h', proxy-url: 'http://SECRET-u:p@x'}", "\"proxy-url\"");
        unsupportedCluster("{server: 'https://u:SECRET-p@h'}", "user or password");
        const auto wrong = [&](const char *name, QByteArray cluster, QByteArray user, int line, const char *says) {
            QTest::newRow(name) << std::move(cluster) << std::move(user) << int(Code::BadInput) << line << QByteArray(says);
        };
        const QByteArray someone = "{token: t}";
        wrong("no server", "{}", someone, 6, "has no server");
        wrong("null cluster", "", someone, 6, "has no server");
        wrong("empty server", "{server: ''}", someone, 7, "has no server");
        wrong("other scheme", "{server: 'ftp://h'}", someone, 7, "neither https nor http");
        wrong("no host", "{server: 'https://'}", someone, 7, "names no host");
        wrong("wrong port", "{server: 'https://h:99999'}", someone, 7, "wrong port");
        wrong("space in server", "{server: 'https://h h'}", someone, 7, "a space");
        wrong("server is a number", "{server: 12}", someone, 7, "\"server\" must be text");
        wrong("flag is text", "{server: 'https://h', insecure-skip-tls-verify: 'true'}", someone, 7, "must be true or false");
        wrong("authority not base64", "{server: 'https://h', certificate-authority-data: 'SECRET*'}", someone, 7, "not base64");
        wrong("authority cut", "{server: 'https://h', certificate-authority-data: 'SECRE'}", someone, 7, "cut");
        wrong("authority's text cut",
            QByteArray::fromStdString("{server: 'https://h', certificate-authority-data: " + base64("-----BEGIN CERTIFICATE-----\nMIIB") + "}"),
            someone, 7, "or it is cut");
        wrong("authority no certificate", "{server: 'https://h', certificate-authority-data: 'U0VDUkVU'}", someone, 7, "PEM");
        wrong("authority twice",
            QByteArray::fromStdString("{server: 'https://h', certificate-authority: ca, certificate-authority-data: " + base64(certificate) + "}"),
            someone, 7, "both");
        wrong("authority missing", "{server: 'https://h', certificate-authority: nowhere/ca}", someone, 7, "/w/nowhere/ca cannot be read");
        wrong("token is a number", good, "{token: 12345}", 10, "\"token\" must be text, but YAML reads a number");
        wrong("token is a list", good, "{token: [SECRET-t]}", 10, "\"token\" must be text, but YAML reads a list");
        wrong("token with a line end", good, "{token: \"SECRET-t\\n\"}", 10, "line end");
        wrong("token file missing", good, "{tokenFile: nowhere}", 10, "/w/nowhere cannot be read");
        wrong("key missing", good, "{client-certificate: cert.pem}", 10, "no key");
        wrong("key encrypted", good, "{client-certificate: cert.pem, client-key: encrypted.pem}", 10, "encrypted");
        wrong("key is none", good, "{client-certificate: cert.pem, client-key: text}", 10, "PEM");
    }
    void refusesByName()
    {
        QFETCH(QByteArray, cluster);
        QFETCH(QByteArray, user);
        QFETCH(int, code);
        QFETCH(int, line);
        QFETCH(QByteArray, says);
        World world;
        world.files = {{"/w/cert.pem", certificate}, {"/w/text", "SECRET"}, {"/w/ca", certificate},
            {"/w/encrypted.pem", "-----BEGIN ENCRYPTED PRIVATE KEY-----\nSECRET\n-----END ENCRYPTED PRIVATE KEY-----\n"}};
        const Error error = refusal(fileWith(cluster.toStdString(), user.toStdString()), world);
        QCOMPARE(int(error.code), code);
        QCOMPARE(error.place.file, std::string("/w/k"));
        QCOMPARE(error.place.line, line);
        QVERIFY_SAYS(error, says.toStdString());
        QVERIFY_SAYS(error, "\"c\""); // the context
        QVERIFY(!error.remedy.empty());
        QVERIFY2(error.text().find("SECRE") == std::string::npos, error.text().c_str());
    }

    void whatIsEmptyIsNotRefused()
    {
        const std::string user = "{exec: null, as: '', as-groups: [], as-user-extra: {}, username: '', auth-provider: , token: t}";
        const Result<kube::Target> target =
            resolved(fileWith("{server: 'https://h', insecure-skip-tls-verify: false, proxy-url: '', tls-server-name: }", user));
        QVERIFY(target);
        QCOMPARE(target->endpoint.token, std::string("t"));
    }

    void plainHttpGetsNoCredentials()
    {
        for (const std::string server : {"http://h:8001", "h:8001"}) {
            const Result<kube::Target> target = resolved(fileWith("{server: '" + server + "'}", "{token: t, exec: {command: x}}"));
            QVERIFY(target);
            QCOMPARE(target->endpoint.server, std::string("http://h:8001"));
            QVERIFY(target->endpoint.token.empty());
            QVERIFY(!target->endpoint.secure());
            QVERIFY(!target->warnings.empty());
        }
        QCOMPARE(refusal(fileWith("{server: 'http://h'}", "{as: x}")).code, Code::Unsupported); // kubectl sends that header anyway
    }

    void aKeyWithoutCertificateIsNotUsed()
    {
        World world;
        world.files["/w/key"] = privateKey;
        const Result<kube::Target> target = resolved(fileWith("{server: 'https://h'}", "{client-key: key, token: t}"), world);
        QVERIFY(target);
        QVERIFY(target->endpoint.key.empty());
        QCOMPARE(target->warnings.size(), std::size_t(1));
    }

    void tokenFilesAreRead()
    {
        World world;
        world.files["/w/t"] = "abc\n";
        const Result<kube::Target> target = resolved(fileWith("{server: 'https://h'}", "{tokenFile: ./x/../t}"), world);
        QVERIFY(target);
        QCOMPARE(target->endpoint.tokenFile, std::string("/w/t"));
        QVERIFY(resolved(fileWith("{server: 'https://h'}", "{tokenFile: nowhere, token: t}"))); // the token stands in for it
    }

    void contextsThatCannotBeUsed_data()
    {
        QTest::addColumn<QByteArray>("context");
        QTest::addColumn<QByteArray>("says");
        QTest::newRow("no cluster") << QByteArray("{user: u}") << QByteArray("names no cluster");
        QTest::newRow("no user") << QByteArray("{cluster: k}") << QByteArray("names no user");
        QTest::newRow("nothing") << QByteArray("") << QByteArray("names no cluster");
        QTest::newRow("other cluster") << QByteArray("{cluster: kk, user: u}") << QByteArray("There is: k.");
        QTest::newRow("other user") << QByteArray("{cluster: k, user: v}") << QByteArray("There is: u.");
        QTest::newRow("namespace") << QByteArray("{cluster: k, user: u, namespace: Team_A}") << QByteArray("namespace");
        QTest::newRow("number") << QByteArray("{cluster: k, user: u, namespace: 12}") << QByteArray("quotes");
        QTest::newRow("yes") << QByteArray("{cluster: k, user: yes}") << QByteArray("quotes");
    }
    void contextsThatCannotBeUsed()
    {
        QFETCH(QByteArray, context);
        QFETCH(QByteArray, says);
        World world;
        world.files["/w/k"] = fileWith("{server: 'https://h'}", "{token: t}");
        const std::string more = "- name: wrong\n  context: " + context.toStdString() + "\nclusters:";
        world.files["/w/k"].replace(world.files["/w/k"].find("clusters:"), 9, more);
        const Result<Kubeconfig> config = world.load("k");
        QVERIFY(config);
        const Result<kube::Target> target = config->resolve("wrong");
        QVERIFY(!target);
        QCOMPARE(target.error().code, Code::BadInput);
        QVERIFY_SAYS(target.error(), says.toStdString());
        QVERIFY2(target.error().place.line == 5 || target.error().place.line == 6, target.error().text().c_str());
        QVERIFY(config->contexts()[1].problem); // listed, with the reason
        QVERIFY(!config->contexts()[0].problem);
        QVERIFY(config->resolve("c")); // and it hides no other
    }

    void namesThatDoNotExist()
    {
        World world;
        world.files["/w/k"] = "contexts:\n- name: staging-eu\n- name: production-eu\n- name: production-us\n- name: minikube\n";
        const Result<Kubeconfig> config = world.load("k");
        QVERIFY(config);
        const Result<kube::Target> unknown = config->resolve("productoin-eu");
        QCOMPARE(unknown.error().code, Code::NotFound);
        QVERIFY_SAYS(unknown.error(), "There is: production-eu, production-us");
        QVERIFY_SAYS(config->resolve("staging").error(), "There is: staging-eu");
        const Result<kube::Target> none = config->resolve();
        QCOMPARE(none.error().code, Code::NotFound);
        QVERIFY_SAYS(none.error(), "no current context is set in /w/k");
        QVERIFY_SAYS(none.error(), "--context: staging-eu, production-eu");
        QVERIFY_SAYS(refusal("current-context: gone\ncontexts:\n- name: x\n"), "/w/k:1: the current context \"gone\" does not exist. There is: x.");
        QVERIFY_SAYS(refusal(""), "hold no context");
    }

    void brokenFilesHideNoOther_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("line");
        const auto row = [](const char *name, QByteArray text, int line) { QTest::newRow(name) << std::move(text) << line; };
        row("tab", "contexts:\n\t- name: a\n", 2);
        row("wrong indentation", "contexts:\n- name: a\n   context: {}\n", 3);
        row("binary",
            QByteArray("\x7f"
                       "ELF\x02\x01\x00\x00",
                8),
            1);
        row("half written", "contexts:\n- name: a\n  con", 3);
        row("open quote", "contexts:\n- name: \"a\n", 2);
        row("bomb",
            "a: &a [1,1,1,1,1,1,1,1,1,1]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\n"
            "e: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: [*e,*e,*e,*e,*e,*e,*e,*e,*e,*e]\n",
            2);
        row("list", "- a\n- b\n", 1);
        row("text", "hello\n", 1);
        row("a pod", "apiVersion: v1\nkind: Pod\n", 1);
        row("contexts are a map", "contexts:\n  a: {}\n", 2);
        row("entry is text", "users:\n- x\n", 2);
        row("name is a number", "clusters:\n- name: 1\n", 2);
        row("current context is a flag", "current-context: yes\n", 1);
        row("body is text", "clusters:\n- name: a\n  cluster: x\n", 3);
    }
    void brokenFilesHideNoOther()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, line);
        const std::string good = fileWith("{server: 'https://h'}", "{token: t}");
        for (const bool brokenFirst : {true, false}) {
            World world;
            world.variables["KUBECONFIG"] = brokenFirst ? "/w/broken:/w/good" : "/w/good:/w/broken";
            world.files = {{"/w/broken", text.toStdString()}, {"/w/good", good}};
            const Result<Kubeconfig> config = world.load();
            QVERIFY(config);
            QCOMPARE(config->problems().size(), std::size_t(1));
            QCOMPARE(config->problems()[0].place.file, std::string("/w/broken"));
            QVERIFY2(config->problems()[0].place.line == line, config->problems()[0].text().c_str());
            QVERIFY(!config->problems()[0].remedy.empty());
            QCOMPARE(config->contexts().front().name, std::string("c"));
            // The broken file might say something else about "c", or name another current context: then nothing is opened.
            for (const std::optional<std::string> &name : {std::optional<std::string>(), std::optional<std::string>("c")}) {
                const Result<kube::Target> target = config->resolve(name);
                QCOMPARE(target.has_value(), !brokenFirst);
                if (!target)
                    QVERIFY_SAYS(target.error(), "/w/broken");
            }
            const Result<kube::Target> unknown = config->resolve("other");
            QVERIFY_SAYS(unknown.error(), "/w/broken"); // it may be in there
        }
    }

    void unreadableFilesAreProblemsToo()
    {
        World world;
        world.files["/w/good"] = fileWith("{server: 'https://h'}", "{token: t}");
        kube::Surroundings surroundings = world.surroundings();
        surroundings.environment = [](const std::string &name) {
            return name == "KUBECONFIG" ? std::optional<std::string>("good:forbidden") : std::nullopt;
        };
        surroundings.readFile = [inner = surroundings.readFile](const std::string &path) -> Result<std::string> {
            return path == "/w/forbidden" ? Result<std::string>(failure({.code = Code::BadInput, .message = "Permission denied", .remedy = "Ask."}))
                                          : inner(path);
        };
        const Result<Kubeconfig> config = Kubeconfig::load(surroundings);
        QVERIFY(config);
        QVERIFY_SAYS(config->problems().at(0), "/w/forbidden: Permission denied");
        QVERIFY(config->resolve());
    }

    void warnsOfWhatIsIgnored()
    {
        World world;
        world.files["/w/k"] =
            "current-context: a\ncontexts:\n- name: c\n  context: {cluster: k, user: u, name-space: x}\ncurrent-context: c\nclusters:\n- name: k\n  cluster:\n    server: https://one\n"
            "    server: https://two\nusers:\n- name: u\n  user: {tokn: SECRET, token: t, eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl: x}\n---\nkind: Config\n";
        const Result<Kubeconfig> config = world.load("k");
        QVERIFY(config);
        std::string all;
        for (const Error &warning : config->warnings())
            all += warning.text() + "\n";
        const auto says = [&](const char *part) { return all.find(part) != std::string::npos; };
        QVERIFY2(says("/w/k:5: the key \"current-context\" stands twice, on lines 1 and 5"), all.c_str());
        QVERIFY2(says("/w/k:10: the key \"server\" stands twice, on lines 9 and 10"), all.c_str());
        QVERIFY2(says("/w/k:4: context \"c\" has a field \"name-space\""), all.c_str());
        QVERIFY2(says("/w/k:13: user \"u\" has a field \"tokn\""), all.c_str());
        QVERIFY2(says("/w/k:15: only the first document"), all.c_str());
        QVERIFY2(!says("SECRET") && !says("eyJh"), all.c_str());
        const Result<kube::Target> target = config->resolve();
        QVERIFY(target);
        QCOMPARE(target->context, std::string("c")); // the last one counts
        QCOMPARE(target->endpoint.server, std::string("https://two"));
    }

    void aNameThatStandsTwiceIsNotGuessed()
    {
        const std::string file =
            "contexts:\n- name: c\n  context: {cluster: k, user: u}\n- name: d\n  context: {cluster: k, user: v}\nclusters:\n- name: k\n  cluster: {server: 'https://h'}\n"
            "users:\n- name: u\n  user: {token: t}\n- name: u\n  user: {token: t2}\n- name: v\n";
        const Error error = refusal(file, {}, "c");
        QCOMPARE(error.code, Code::BadInput);
        QVERIFY_SAYS(error, "/w/k:10: user \"u\" stands twice in the file, on lines 10 and 12");
        QVERIFY(resolved(file, {}, "d"));
    }

    void proxiesOfTheEnvironment_data()
    {
        QTest::addColumn<QByteArray>("server");
        QTest::addColumn<QByteArray>("exceptions");
        QTest::addColumn<bool>("used");
        const auto row = [](const char *server, const char *exceptions, bool used) {
            QTest::addRow("%s / %s", server, exceptions) << QByteArray(server) << QByteArray(exceptions) << used;
        };
        row("https://api.example.com", "", true);
        row("https://localhost:6443", "", false);
        row("https://127.0.0.1:6443", "", false);
        row("https://127.8.9.10", "", false);
        row("https://[::1]:6443", "", false);
        row("https://[::ffff:127.0.0.1]:6443", "", false);
        row("https://10.0.0.1", "", true);
        row("https://localhost.example.com", "", true);
        row("https://api.example.com", "*", false);
        row("https://api.example.com", "example.com", false);
        row("https://api.example.com", " .EXAMPLE.com ,x", false);
        row("https://example.com", ".example.com", true);
        row("https://example.com", "example.com", false);
        row("https://badexample.com", "example.com", true);
        row("https://api.example.com", "*.example.com", false);
        row("https://api.example.com:6443", "example.com:6443", false);
        row("https://api.example.com:6443", "example.com:443", true);
        row("https://api.example.com", "example.com:443", false);
        row("https://10.1.2.3:6443", "10.0.0.0/8", false);
        row("https://11.1.2.3:6443", "10.0.0.0/8", true);
        row("https://10.1.2.3:6443", "10.1.2.3", false);
        row("https://10.1.2.3:6443", "10.1.2.3:6443", false);
        row("https://10.1.2.3:6443", "10.1.2.3:80", true);
        row("https://[fd00::1]:6443", "fd00::/8", false);
        row("https://[fd00::1]:6443", "[fd00::1]:6443", false);
        row("https://[fd00::1]:6443", "fd00:0:0::1", false);
        row("https://[fd00::1]:6443", "fd00::2,10.0.0.0/8,/,:80", true);
    }
    void proxiesOfTheEnvironment()
    {
        QFETCH(QByteArray, server);
        QFETCH(QByteArray, exceptions);
        QFETCH(bool, used);
        World world;
        world.variables = {{"https_proxy", "http://SECRET:p@proxy"}, {"NO_PROXY", exceptions.toStdString()}, {"no_proxy", "*"}, {"HTTP_PROXY", ""}};
        if (exceptions.isEmpty())
            world.variables.erase("no_proxy");
        const Result<kube::Target> target = resolved(fileWith("{server: '" + server.toStdString() + "'}", "{token: t}"), world);
        QCOMPARE(!target.has_value(), used);
        if (!target) {
            QCOMPARE(target.error().code, Code::Unsupported);
            QVERIFY_SAYS(target.error(), "https_proxy");
            QVERIFY_SAYS(target.error(), "NO_PROXY");
            QVERIFY(target.error().text().find("SECRET") == std::string::npos);
        }
        QVERIFY(!kube::proxyVariable("http://api.example.com", world.surroundings())); // HTTP_PROXY is empty
    }

    void serverAddresses()
    {
        const auto text = [](std::string_view address) {
            const Result<kube::ServerAddress> parsed = kube::parseServer(address);
            return parsed ? parsed->text() : "wrong";
        };
        QCOMPARE(text("https://h"), std::string("https://h"));
        QCOMPARE(text("https://h:443/"), std::string("https://h"));
        QCOMPARE(text("https://H:6443/a/b/"), std::string("https://h:6443/a/b"));
        QCOMPARE(text("https://[FD00::1]:6443"), std::string("https://[fd00::1]:6443"));
        QCOMPARE(text("h:80"), std::string("http://h"));
        QCOMPARE(text("h"), std::string("http://h"));
        for (const char *wrong : {"", "https://", "h/p", "https://h:x", "https://h:0", "https://[::1", "https://::1", "https://h?x", "https://h#x",
                 "https://h\nx", "https://[::1]x"})
            QCOMPARE(text(wrong), std::string("wrong"));
    }

    // A file that is being written: what can be read of it never connects to anything but the whole file's server.
    void everyPrefixIsRefusedOrRight()
    {
        const std::string whole =
            "apiVersion: v1\nkind: Config\ncurrent-context: c\ncontexts:\n- name: c\n  context:\n    cluster: k\n    user: u\nclusters:\n- name: k\n  cluster:\n"
            "    certificate-authority-data: " +
            base64(certificate) + "\n    server: https://host:6443\nusers:\n- name: u\n  user:\n    token: abc\n";
        int right = 0;
        for (std::size_t size = 0; size <= whole.size(); ++size) {
            const Result<kube::Target> target = resolved(whole.substr(0, size));
            if (!target) {
                QVERIFY(!target.error().remedy.empty());
                continue;
            }
            ++right;
            QCOMPARE(target->endpoint.server, std::string("https://host:6443"));
            QCOMPARE(target->endpoint.authority.data, certificate);
        }
        QVERIFY(right > 0);
    }

    void tenMegabytesAreRead()
    {
        std::string contexts = "current-context: c4000\ncontexts:\n";
        std::string clusters = "clusters:\n";
        std::string users = "users:\n";
        const std::string data = base64(certificate + std::string(1500, '#'));
        for (int i = 0; contexts.size() + clusters.size() + users.size() < 10'000'000; ++i) {
            const std::string n = std::to_string(i);
            contexts += "- name: c" + n + "\n  context: {cluster: k" + n + ", user: u" + n + "}\n";
            clusters += "- name: k" + n + "\n  cluster:\n    server: https://h" + n + "\n    certificate-authority-data: " + data + "\n";
            users += "- name: u" + n + "\n  user:\n    token: t" + n + "\n";
        }
        World world;
        world.files["/w/k"] = contexts + clusters + users;
        const Result<Kubeconfig> config = world.load("k");
        QVERIFY(config);
        QVERIFY(config->contexts().size() > 4000);
        QCOMPARE(config->resolve()->endpoint.server, std::string("https://h4000"));
        QVERIFY_SAYS(config->resolve("c9999999").error(), "There is: ");
    }
};

QTEST_APPLESS_MAIN(KubeconfigTest)
#include "tst_kubeconfig.moc"
