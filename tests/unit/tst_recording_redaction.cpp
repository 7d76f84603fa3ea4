// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/decode/json.h"
#include "recording/block.h"
#include "recording/credentialnames.h"
#include "recording/reader.h"
#include "recording/recorder.h"
#include "recording/redactor.h"
#include "recording/tableparts.h"
#include "support/paths.h"

#include <QByteArray>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <functional>
#include <random>

using namespace fairlead;
using namespace fairlead::recording;

namespace {

constexpr Moment start{std::chrono::milliseconds(1'764'000'000'000)};

std::string jsonText(std::string_view text)
{
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\')
            out += '\\';
        if (c == '\n')
            out += "\\n";
        else
            out += c;
    }
    return out + '"';
}

// Quotation marks as ` so that moc can read them.
std::string json(std::string text)
{
    for (char &c : text)
        c = c == '`' ? '"' : c;
    return text;
}

std::string base64(std::string_view text)
{
    return QByteArray(text.data(), static_cast<qsizetype>(text.size())).toBase64().toStdString();
}

std::string replaced(std::string text, std::string_view what, std::string_view with)
{
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
        text.replace(at, what.size(), with);
    return text;
}

struct Outcome {
    std::string text;
    Redactions counts;
};

Outcome redacted(std::string text, Redactor::Subject subject = Redactor::Subject::Other)
{
    const std::string was = text;
    Redactor redactor;
    if (!redactor.redactJson(text, subject))
        qFatal("no JSON: %s", was.c_str());
    if (text.size() != was.size())
        qFatal("another length: %s", text.c_str());
    if (!kube::Json::parse(text))
        qFatal("no JSON any more: %s", text.c_str());
    return {text, redactor.redactions()};
}

// Where a secret may hide in an object. ~ is the secret; JSON.
struct Spot {
    const char *name;
    Reason reason;
    bool isSecret; // of the resource secrets
    std::function<std::string(const std::string &)> object;
};

std::string deployment(const std::string &container, const std::string &annotations = "{}")
{
    return json(R"({`kind`:`Deployment`,`apiVersion`:`apps/v1`,`metadata`:{`name`:`web`,`namespace`:`shop`,`annotations`:)") + annotations +
           json(R"(},`spec`:{`template`:{`spec`:{`containers`:[{`name`:`main`,)") + container + "}]}}}}";
}

std::string with(const char *text, const std::string &secret)
{
    return replaced(json(text), "~", secret);
}

std::vector<Spot> spots()
{
    const auto env = [](const char *name) {
        return [name](const std::string &secret) { return deployment(replaced(with(R"(`env`:[{`name`:`#`,`value`:`~`}])", secret), "#", name)); };
    };
    const auto container = [](const char *text) { return [text](const std::string &secret) { return deployment(with(text, secret)); }; };
    using Object = std::function<std::string(const std::string &)>;
    const auto annotated = [](const Object &inner) -> Object {
        return [inner](const std::string &secret) {
            return deployment("\"image\":\"web:1\"", "{\"kubectl.kubernetes.io/last-applied-configuration\":" + jsonText(inner(secret)) + "}");
        };
    };
    const auto secret = [](const char *text) { return [text](const std::string &value) { return with(text, base64(value)); }; };
    const auto plainSecret = [](const char *text) { return [text](const std::string &value) { return with(text, value); }; };
    return {
        {"data", Reason::SecretValue, true, secret(R"({`kind`:`Secret`,`metadata`:{`name`:`s`},`data`:{`any`:`~`}})")},
        {"data, kind last", Reason::SecretValue, false, secret(R"({`data`:{`any`:`~`},`metadata`:{`name`:`s`},`kind`:`Secret`})")},
        {"data, no kind", Reason::SecretValue, true, secret(R"({`data`:{`any`:`~`},`metadata`:{`name`:`s`}})")},
        {"data, broken base64", Reason::SecretValue, true, plainSecret(R"({`kind`:`Secret`,`metadata`:{`name`:`s`},`data`:{`any`:`~`}})")},
        {"stringData", Reason::SecretValue, true, plainSecret(R"({`kind`:`Secret`,`metadata`:{`name`:`s`},`stringData`:{`any`:`~`}})")},
        {"secret's annotation", Reason::SecretAnnotation, true,
            plainSecret(R"({`kind`:`Secret`,`metadata`:{`annotations`:{`a`:`is ~ here`}},`data`:{}})")},
        {"env PASSWORD", Reason::Named, false, env("DB_PASSWORD")},
        {"env key", Reason::Named, false, env("STRIPE_API_KEY")},
        {"env token", Reason::Named, false, env("githubToken")},
        {"env pwd", Reason::Named, false, env("MYSQL_PWD")},
        {"env value first", Reason::Named, false, container(R"(`env`:[{`value`:`~`,`name`:`CLIENT_SECRET`}])")},
        {"env escaped name", Reason::Named, false, container(R"(`env`:[{`name`:`PASS\u0057ORD`,`value`:`~`}])")},
        {"env URL", Reason::Url, false, container(R"(`env`:[{`name`:`DATABASE`,`value`:`postgres://shop:~@db.shop.svc:5432/shop`}])")},
        {"env URL without user", Reason::Url, false, container(R"(`env`:[{`name`:`CACHE`,`value`:`redis://:~@cache:6379`}])")},
        {"env data source", Reason::Url, false, container(R"(`env`:[{`name`:`SOURCE`,`value`:`shop:~@tcp(db:3306)/shop`}])")},
        {"header", Reason::Named, false, container(R"(`livenessProbe`:{`httpGet`:{`httpHeaders`:[{`name`:`Authorization`,`value`:`~`}]}})")},
        {"argument =", Reason::Named, false, container(R"(`args`:[`serve`,`--admin-password=~`,`--port=80`])")},
        {"argument next", Reason::Argument, false, container(R"(`args`:[`--token`,`~`,`serve`])")},
        {"argument user", Reason::Argument, false, container(R"(`command`:[`curl`,`-u`,`admin:~`,`http://web`])")},
        {"shell", Reason::Named, false, container(R"(`command`:[`sh`,`-c`,`export API_TOKEN=~; serve`])")},
        {"shell option", Reason::Argument, false, container(R"(`command`:[`sh`,`-c`,`serve --password ~ --port 80`])")},
        {"shell quoted", Reason::Named, false, container(R"(`command`:[`sh`,`-c`,`PGPASSWORD='~' psql`])")},
        {"shell user", Reason::Argument, false, container(R"(`command`:[`sh`,`-c`,`curl -u admin:~ http://web`])")},
        {"bearer", Reason::Token, false, container(R"(`args`:[`-H`,`X-Auth: Bearer ~`])")},
        {"probe", Reason::Named, false, container(R"(`livenessProbe`:{`exec`:{`command`:[`check`,`--secret=~`]}})")},
        {"config map key", Reason::Named, false,
            plainSecret(R"({`kind`:`ConfigMap`,`metadata`:{`name`:`c`},`data`:{`db-password`:`~`,`port`:`80`}})")},
        {"config map text", Reason::Named, false,
            plainSecret(R"({`kind`:`ConfigMap`,`metadata`:{`name`:`c`},`data`:{`app.properties`:`port=80\ndb.password=~\nx=1`}})")},
        {"config map YAML", Reason::Named, false,
            plainSecret(R"({`kind`:`ConfigMap`,`metadata`:{`name`:`c`},`data`:{`app.yaml`:`db:\n  password: ~\n  port: 1`}})")},
        {"config map JSON", Reason::Named, false,
            plainSecret(R"({`kind`:`ConfigMap`,`metadata`:{`name`:`c`},`data`:{`app.json`:`{\`db\`:{\`apiKey\`:\`~\`}}`}})")},
        {"field", Reason::Named, false, plainSecret(R"({`kind`:`Mail`,`metadata`:{`name`:`m`},`spec`:{`smtp`:{`password`:`~`,`host`:`h`}}})")},
        {"field list", Reason::Named, false, plainSecret(R"({`kind`:`Mail`,`metadata`:{`name`:`m`},`spec`:{`apiToken`:[`~`]}})")},
        {"annotation", Reason::Named, false,
            plainSecret(R"({`kind`:`Pod`,`metadata`:{`name`:`m`,`annotations`:{`shop.example.com/auth-token`:`~`}}})")},
        {"event", Reason::Url, false,
            plainSecret(R"({`kind`:`Event`,`metadata`:{`name`:`m`},`message`:`cannot pull https://robot:~@registry.example.com/x`})")},
        {"applied env", Reason::Named, false, annotated(env("DB_PASSWORD"))},
        {"applied argument", Reason::Argument, false, annotated(container(R"(`args`:[`--token`,`~`])"))},
        {"applied secret", Reason::SecretValue, false, annotated(secret(R"({`kind`:`Secret`,`metadata`:{`name`:`s`},`data`:{`any`:`~`}})"))},
        {"applied twice", Reason::Named, false, annotated(annotated(env("SESSION_TOKEN")))},
        {"applied and broken", Reason::Named, false, annotated([](const std::string &value) { return "{\"kind\":\"Odd\",\"a\":\"" + value + "\""; })},
    };
}

std::string rowOf(const std::string &object, const std::string &cell = "1")
{
    return json(R"({`cells`:[`web`,`)") + cell + json(R"(`],`object`:)") + object + "}";
}

} // namespace

class RecordingRedactionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everySpotIsFound_data()
    {
        QTest::addColumn<int>("spot");
        const auto all = spots();
        for (std::size_t i = 0; i < all.size(); ++i)
            QTest::newRow(all[i].name) << static_cast<int>(i);
    }
    // And nothing but the secret changes: with x in its place the text is the one that comes out.
    void everySpotIsFound()
    {
        QFETCH(const int, spot);
        const Spot where = spots()[static_cast<std::size_t>(spot)];
        const bool isQuoted = QByteArray(where.name) == "shell quoted"; // a quotation mark ends it; one at the end of any text is the text's own
        for (const std::string secret : {"Tr0ub4dor-Zq9", "Zq1;a,b(c)d]e}f&g@h@i", "Zq2'a,'b'c"}) {
            if (!isQuoted || secret.find('\'') == std::string::npos)
                isFound(where, secret);
        }
    }
    static void isFound(const Spot &where, const std::string &secret)
    {
        const Outcome outcome = redacted(rowOf(where.object(secret)), where.isSecret ? Redactor::Subject::Secret : Redactor::Subject::Other);
        QVERIFY2(outcome.text.find(secret) == std::string::npos && outcome.text.find(base64(secret)) == std::string::npos, outcome.text.c_str());
        QCOMPARE(outcome.counts.of(where.reason), std::uint64_t(1));
        QCOMPARE(outcome.counts.total(), std::uint64_t(1));
        const bool isWhole = QByteArray(where.name) == "secret's annotation" || QByteArray(where.name) == "applied and broken";
        if (!isWhole)
            QCOMPARE(outcome.text, rowOf(where.object(std::string(secret.size(), 'x'))));
        // A second time finds the same and changes nothing.
        QCOMPARE(redacted(outcome.text, where.isSecret ? Redactor::Subject::Secret : Redactor::Subject::Other).text, outcome.text);
    }

    // A password may hold what elsewhere ends a word; what stands beside it stays.
    void passwordsWithPunctuation_data()
    {
        QTest::addColumn<QString>("was");
        QTest::addColumn<QString>("becomes");
        const auto row = [](const char *was, const char *becomes) { QTest::newRow(was) << QString::fromLatin1(was) << QString::fromLatin1(becomes); };
        row("{`args`:[`--db-password=Zq1;LEAK`,`--port=80`]}", "{`args`:[`--db-password=xxxxxxxx`,`--port=80`]}");
        row("{`args`:[`--token=Zq4)LEAK x`]}", "{`args`:[`--token=xxxxxxxxxx`]}");
        row("{`command`:[`env`,`DB_PASSWORD=Zq1&a=LEAK`]}", "{`command`:[`env`,`DB_PASSWORD=xxxxxxxxxx`]}");
        row("{`args`:[`--url=postgres://user:Zq2,LEAK@db`]}", "{`args`:[`--url=postgres://user:xxxxxxxx@db`]}");
        row("{`args`:[`--dsn=postgres://u:Zq3@LEAK@db`]}", "{`args`:[`--dsn=postgres://u:xxxxxxxx@db`]}");
        row("{`value`:`mysql://user:Zq7(LEAK@db/x`}", "{`value`:`mysql://user:xxxxxxxx@db/x`}");
        row("{`value`:`user:Zq8;LEAK@tcp(db:3306)`}", "{`value`:`user:xxxxxxxx@tcp(db:3306)`}");
        row("{`value`:`user:Zq=LEAK@tcp(db:3306)`}", "{`value`:`user:xxxxxxx@tcp(db:3306)`}");
        row("{`value`:`{\\`user\\`:\\`me\\`,\\`pw\\`:\\`Zq5,LEAK\\`}`}", "{`value`:`{\\`user\\`:\\`me\\`,\\`pw\\`:\\`xxxxxxxx\\`}`}");
        row("{`value`:`smtp://me@corp.com:Zq6LEAK@mail`}", "{`value`:`smtp://xx@corp.com:xxxxxxx@mail`}");
        row("{`value`:`http://web/?token=Zq&user=me`}", "{`value`:`http://web/?token=xx&user=me`}");
        row("{`value`:`f(password=Zq), see 'http://u:p@h' or m@h`}", "{`value`:`f(password=xx), see 'http://u:x@h' or m@h`}");
        row("{`args`:[`{\\`password\\`:\\`LEAK=\\`}`]}", "{`args`:[`{\\`password\\`:\\`xxxxx\\`}`]}");
    }
    void passwordsWithPunctuation()
    {
        QFETCH(const QString, was);
        QFETCH(const QString, becomes);
        QCOMPARE(redacted(json(was.toStdString())).text, json(becomes.toStdString()));
    }

    // Texts that give themselves away, wherever they stand.
    void tokensAndKeysByTheirLooks_data()
    {
        QTest::addColumn<QByteArray>("secret");
        QTest::addColumn<int>("reason");
        const QByteArray token = QByteArray("{\"alg\":\"RS256\"}").toBase64() + '.' + QByteArray("{\"sub\":\"me\"}").toBase64() + ".c2lnbmF0dXJl";
        QTest::newRow("web token") << token << static_cast<int>(Reason::Token);
        QTest::newRow("cloud key") << QByteArray("AKIA") + "IOSFODNN7EXAMPLE" << static_cast<int>(Reason::Token);
        QTest::newRow("forge token") << QByteArray("ghp_") + "0123456789abcdefghijABCDEFGHIJ012345" << static_cast<int>(Reason::Token);
        const QByteArray key = QByteArray("-----BEGIN RSA ") + "PRIVATE KEY-----\nMIIEpAIBAAKCAQEA7\nabc+/=\n-----END RSA " + "PRIVATE KEY-----";
        QTest::newRow("private key") << key << static_cast<int>(Reason::PrivateKey);
        QTest::newRow("half a private key") << key.left(60) << static_cast<int>(Reason::PrivateKey);
        QTest::newRow("private key in base64") << key.toBase64() << static_cast<int>(Reason::PrivateKey);
    }
    void tokensAndKeysByTheirLooks()
    {
        QFETCH(const QByteArray, secret);
        QFETCH(const int, reason);
        for (const char *object :
            {R"({`kind`:`ConfigMap`,`data`:{`file`:@}})", R"({`kind`:`Odd`,`spec`:{`text`:[@]}})", R"({`status`:{`message`:@}})"}) {
            const std::string text = replaced(json(object), "@", jsonText("see: " + secret.toStdString()));
            const Outcome outcome = redacted(rowOf(text));
            QCOMPARE(outcome.counts.of(static_cast<Reason>(reason)), std::uint64_t(1));
            QVERIFY(outcome.text.find("\"see: xxxxxxxx") != std::string::npos);
            for (qsizetype at = 0; at + 8 <= secret.size(); ++at)
                QVERIFY2(outcome.text.find(jsonText(secret.mid(at, 8).toStdString()).substr(1, 8)) == std::string::npos, outcome.text.c_str());
        }
    }

    void whatIsNoSecretStays_data()
    {
        QTest::addColumn<QString>("object");
        for (const char *text : {R"({`kind`:`Pod`,`spec`:{`volumes`:[{`name`:`v`,`secret`:{`secretName`:`db-password`}}],`serviceAccountName`:`a`}})",
                 R"({`env`:[{`name`:`DB_PASSWORD`,`valueFrom`:{`secretKeyRef`:{`name`:`db`,`key`:`password`}}}]})",
                 R"({`image`:`registry.example.com/team/web:1.2@sha256:0123456789abcdef`})",
                 R"({`args`:[`--password=$(DB_PASSWORD)`,`--token`,`$(TOKEN)`]})", R"({`args`:[`--token-ttl`,`--port`,`80`]})",
                 R"({`message`:`Started container main`,`mail`:`someone@example.com`})",
                 R"({`caBundle`:`LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUMvVENDQWVXZ0F3SUJBZ0lVUQ==`})",
                 R"({`env`:[{`name`:`PWDX`,`value`:`here`},{`name`:`PASSES`,`value`:`3`}],`url`:`https://example.com/a@b`})",
                 R"({`automountServiceAccountToken`:true,`token`:null,`password`:``})",
                 R"({`time`:`2026-01-02T03:04:05Z`,`uid`:`0-1-2`,`n`:[1,2.5,-3e4]})",
                 R"({`metadata`:{`labels`:{`app`:`token-service`},`name`:`secret-store`}})",
                 R"({`kind`:`Secret`,`type`:`Opaque`,`metadata`:{`labels`:{`a`:`b`}}})"})
            QTest::newRow(text) << QString::fromUtf8(text);
    }
    void whatIsNoSecretStays()
    {
        QFETCH(const QString, object);
        const std::string text = rowOf(json(object.toStdString()));
        const Outcome outcome = redacted(text);
        QCOMPARE(outcome.text, text);
        QCOMPARE(outcome.counts.total(), std::uint64_t(0));
    }

    // Numbers become numbers; values of Secrets stay base64, and their escapes and lengths are kept.
    void formsAreKept()
    {
        QCOMPARE(redacted(json(R"({`password`:-12.5e3,`a`:1})")).text, json(R"({`password`:1111111,`a`:1})"));
        for (const auto &[was, becomes] : std::vector<std::pair<std::string, std::string>>{{"QQ==", "eA=="}, {"QUI=", "eHg="}, {"QUJD", "eHh4"},
                 {"QUJDREU=", "eHh4eHg="}, {"", ""}, {"abc", "xxx"}, {R"(a\u003d=)", "xxxxxxxx"}}) {
            const std::string object = json(R"({`kind`:`Secret`,`data`:{`a`:`@`}})");
            QCOMPARE(redacted(replaced(object, "@", was)).text, replaced(object, "@", becomes));
        }
        const std::string escaped = json(R"({`password`:`\u00e4\n\`é`})");
        QCOMPARE(redacted(escaped).text, json(R"({`password`:`)") + std::string(12, 'x') + json("`}"));
    }

    // A column of a custom resource that shows what its object hides.
    void cellsShowNothingElse()
    {
        const std::string object = json(R"({`kind`:`Mail`,`spec`:{`password`:`Tr0ub4dor`}})");
        const std::string text = redacted(rowOf(object, "uses Tr0ub4dor")).text;
        QCOMPARE(text, rowOf(json(R"({`kind`:`Mail`,`spec`:{`password`:`xxxxxxxxx`}})"), "uses xxxxxxxxx"));
    }

    void noJsonIsNotWritten()
    {
        Redactor redactor;
        for (std::string text : {"", "{", "{\"a\":\"b", "{} x", "{\"a\":\"\x01\"}"})
            QVERIFY(!redactor.redactJson(text, Redactor::Subject::Other));
        QCOMPARE(redactor.redactions().total(), std::uint64_t(0));
    }

    void names()
    {
        for (const char *name : {"password", "DB_PASSWORD", "apiKey", "api-key", "API_KEY", "AWS_SECRET_ACCESS_KEY", "auth.token", "Authorization",
                 "--token", "DB_PASS", "pwd", "Cookie", "clientCredential", "PRIVATE_KEY"})
            QVERIFY2(isCredentialName(name), name);
        for (const char *name : {"", "PATH", "OLDPWD", "bypass", "KEYBOARD", "PORT", "monkey", "key"})
            QVERIFY2(!isCredentialName(name), name);
        for (const char *name : {"password", "apiToken", "smtp_password", "accessKey", "pw", "pass"})
            QVERIFY2(isCredentialField(name), name);
        for (const char *name : {"secretName", "secret", "tokenExpirationSeconds", "passwordSecretRef", "name", "bypass", "passes"})
            QVERIFY2(!isCredentialField(name), name);
    }

    void logs()
    {
        Redactor redactor;
        std::string text =
            "2026-01-02T03:04:05Z GET /x\nAuthorization: Bearer abcdefgh.ijk\npassword=hunter2 user=me\n{\"token\":\"abc\"} {\\\"token\\\":\\\"abc\\\"}\n";
        redactor.redactText(text);
        QCOMPARE(text, std::string("2026-01-02T03:04:05Z GET /x\nAuthorization: Bearer xxxxxxxxxxxx\npassword=xxxxxxx user=me\n"
                                   "{\"token\":\"xxx\"} {\\\"token\\\":\\\"xxx\\\"}\n"));
    }

    // A key that comes line by line, with what is around it; one without an end hides no more than a key's length.
    void keysInPiecesOfALog()
    {
        Redactor redactor;
        Redactor::Piece piece;
        std::string all;
        const std::string key =
            std::string("T -----BEGIN RSA ") + "PRIVATE KEY-----\nT MIIEpAIBAAKC\nT abcdef\nT -----END RSA " + "PRIVATE KEY-----\n";
        const std::string log = "T before\n" + key + "T after\n";
        for (std::size_t at = 0; at < log.size();) {
            const std::size_t end = log.find('\n', at) + 1;
            std::string line = log.substr(at, end - at);
            redactor.redactText(line, piece);
            all += line;
            at = end;
        }
        std::string whole = log;
        redactor.redactText(whole);
        for (const std::string &text : {all, whole}) {
            QCOMPARE(text.size(), log.size());
            QCOMPARE(std::count(text.begin(), text.end(), '\n'), std::count(log.begin(), log.end(), '\n'));
            QVERIFY2(text.starts_with("T before\nT xxxx") && text.ends_with("x\nT after\n"), text.c_str());
            QVERIFY(text.find("MII") == std::string::npos && text.find("abc") == std::string::npos);
        }
        QCOMPARE(redactor.redactions().of(Reason::PrivateKey), std::uint64_t(2));
        std::string open = key.substr(0, 50);
        redactor.redactText(open, piece);
        std::string line;
        for (int i = 0; i < 300; ++i) {
            line = "ordinary\n";
            redactor.redactText(line, piece);
            QVERIFY(i > 10 || line == "xxxxxxxx\n");
        }
        QCOMPARE(line, std::string("ordinary\n"));
    }

    // Objects of a real cluster: hardly anything of them is hidden.
    void realObjectsStay()
    {
        const QDir folder(QString::fromStdString(test::sourcePath("tests/fixtures/kinds")));
        std::uint64_t hidden = 0;
        int rows = 0;
        for (const QString &name : folder.entryList({QStringLiteral("*.json")})) {
            QFile file(folder.filePath(name));
            QVERIFY(file.open(QIODevice::ReadOnly));
            const std::string table = file.readAll().toStdString();
            const auto parts = TableParts::split(table);
            QVERIFY2(parts && parts->isTable && !parts->rows.empty(), qPrintable(name));
            for (const std::string_view row : parts->rows) {
                const bool isSecret = name == QStringLiteral("secrets.json");
                const Outcome outcome = redacted(std::string(row), isSecret ? Redactor::Subject::Secret : Redactor::Subject::Other);
                if (!isSecret && outcome.counts.total() > 0) {
                    hidden += outcome.counts.total();
                    qInfo("%s: %s", qPrintable(name), outcome.text.c_str());
                }
                ++rows;
            }
        }
        QVERIFY(rows > 150);
        QCOMPARE(hidden, std::uint64_t(0));
    }

    // 200 secrets, of random looks, at random spots: none is in the file's plain bytes, and its summary says how many there were.
    void noPlantedSecretIsWritten()
    {
        const QTemporaryDir folder;
        const std::string path = folder.filePath(QStringLiteral("a.flrec")).toStdString();
        constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/_-.!*%^,;()[]{}@&#?~|'";
        std::mt19937 random(
            qEnvironmentVariableIntValue("FAIRLEAD_SEED") != 0 ? static_cast<unsigned>(qEnvironmentVariableIntValue("FAIRLEAD_SEED")) : 1u);
        const auto all = spots();
        std::vector<std::string> planted;
        {
            auto writer = Writer::create(path, platform::File::Existing::Replace, start, {});
            QVERIFY(writer);
            Recorder recorder(std::move(*writer));
            const auto secrets = recorder.addResource({"", "v1", "secrets"}, "Secret", true, start);
            const auto others = recorder.addResource({"shop.example.com", "v1", "things"}, "Thing", true, start);
            QVERIFY(secrets && others);
            for (int i = 0; i < 200; ++i) {
                const Spot &spot = all[static_cast<std::size_t>(i) < all.size() ? static_cast<std::size_t>(i) : random() % all.size()];
                const bool isQuoted = QByteArray(spot.name) == "shell quoted"; // a quotation mark ends it
                std::string secret = "S" + std::to_string(1000 + i);
                for (unsigned n = 6 + random() % 20; n > 0; --n)
                    secret += alphabet[random() % (alphabet.size() - (isQuoted ? 1 : 0))];
                secret += "z";
                planted.push_back(secret);
                const std::string line = json(R"({`type`:`ADDED`,`object`:{`kind`:`Table`,`apiVersion`:`meta.k8s.io/v1`,`metadata`:{},`rows`:[)") +
                                         rowOf(spot.object(secret)) + "]}}";
                QVERIFY(recorder.addEvent(spot.isSecret ? *secrets : *others, line, start));
            }
            QVERIFY(recorder.close());
            QCOMPARE(recorder.skipped(), std::uint64_t(0));
        }
        auto file = RecordingFile::open(path);
        QVERIFY(file);
        std::string plain;
        for (const BlockPlace &block : std::vector<BlockPlace>(file->index().blocks))
            plain += file->read(block).value();
        QVERIFY(plain.size() > 20'000);
        for (const std::string &secret : planted) {
            QVERIFY2(plain.find(secret) == std::string::npos, secret.c_str());
            QVERIFY2(plain.find(secret.substr(1)) == std::string::npos, secret.c_str());
            QVERIFY2(plain.find(base64(secret)) == std::string::npos, secret.c_str());
            QVERIFY2(plain.find(secret.substr(secret.size() - 7)) == std::string::npos, secret.c_str());
        }
        QVERIFY(file->index().redactions.total() >= 200);
    }
};

QTEST_GUILESS_MAIN(RecordingRedactionTest)
#include "tst_recording_redaction.moc"
