// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/kubeconfig/kubeconfig.h"
#include "kube/yaml/reader.h"
#include "kube/yaml/yamlwriter.h"
#include "support/paths.h"
#include "support/yamljson.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include <functional>
#include <optional>
#include <string>

using namespace fairlead;
using kube::Kubeconfig;

// kubectl is the judge of what a kubeconfig says; it needs no server for that.
class KubeconfigKubectlTest : public QObject {
    Q_OBJECT

    struct Answer {
        int exitCode = -1;
        QByteArray out;
        QByteArray err;
        [[nodiscard]] QJsonObject json() const { return QJsonDocument::fromJson(out).object(); }
    };

    static QString fixtures() { return QString::fromStdString(test::sourcePath("tests/fixtures/kubeconfig/")); }

    static Answer kubectl(const QStringList &arguments, const QString &kubeconfig)
    {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        const QString program = environment.value(QStringLiteral("FAIRLEAD_KUBECTL"), QStringLiteral("kubectl"));
        environment.insert(QStringLiteral("KUBECONFIG"), kubeconfig);
        for (const QString &name : environment.keys()) {
            if (name.toLower().endsWith(QStringLiteral("_proxy")))
                environment.remove(name);
        }
        process.setProcessEnvironment(environment);
        process.setWorkingDirectory(QDir::tempPath());
        process.setStandardInputFile(QProcess::nullDevice()); // it asks for a user name where there are no credentials
        process.start(program, arguments);
        if (!process.waitForStarted() || !process.waitForFinished())
            return {};
        return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
    }

    static Result<Kubeconfig> load(const QString &kubeconfig)
    {
        kube::Surroundings surroundings = kube::processSurroundings();
        surroundings.environment = [value = kubeconfig.toStdString()](
                                       const std::string &name) { return name == "KUBECONFIG" ? std::optional(value) : std::nullopt; };
        return Kubeconfig::load(std::move(surroundings));
    }

    static QString text(const std::string &utf8) { return QString::fromStdString(utf8); }

    /// The entry's body by name in one of kubectl's lists.
    static QJsonObject body(const QJsonObject &config, const char *list, const char *field, const QString &name)
    {
        for (const QJsonValue &entry : config[QLatin1String(list)].toArray()) {
            if (entry[QLatin1String("name")].toString() == name)
                return entry[QLatin1String(field)].toObject();
        }
        return {};
    }

    static QByteArray pemText(const net::Pem &pem)
    {
        if (!pem.data.empty() || pem.file.empty())
            return QByteArray::fromStdString(pem.data);
        QFile file(text(pem.file));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("unreadable");
    }

    /// What both make of the same list of files; "" where they agree, else how they differ.
    static QString difference(const QString &kubeconfig)
    {
        const Answer view = kubectl(
            {QStringLiteral("config"), QStringLiteral("view"), QStringLiteral("--raw"), QStringLiteral("-o"), QStringLiteral("json")}, kubeconfig);
        const Result<Kubeconfig> config = load(kubeconfig);
        if (!config)
            return QStringLiteral("ours: ") + text(config.error().text());
        if (view.exitCode != 0)
            return config->problems().empty() ? QStringLiteral("only kubectl refuses: ") + QString::fromUtf8(view.err) : QString();
        if (!config->problems().empty())
            return QStringLiteral("only ours refuses: ") + text(config->problems().front().text());
        const QJsonObject theirs = view.json();
        if (theirs[QLatin1String("current-context")].toString() != text(config->currentContext()))
            return QStringLiteral("current context");
        const std::vector<kube::ContextInfo> contexts = config->contexts();
        if (theirs[QLatin1String("contexts")].toArray().size() != qsizetype(contexts.size()))
            return QStringLiteral("number of contexts");
        for (const kube::ContextInfo &context : contexts) {
            const QString name = text(context.name);
            const QJsonObject theirContext = body(theirs, "contexts", "context", name);
            const auto same = [&](const char *field, const std::string &ours) { return theirContext[QLatin1String(field)].toString() == text(ours); };
            if (!same("cluster", context.cluster) || !same("user", context.user) || !same("namespace", context.namespaceName))
                return QStringLiteral("context ") + name;
            if (body(theirs, "clusters", "cluster", text(context.cluster))[QLatin1String("server")].toString() != text(context.server))
                return QStringLiteral("server of ") + name;
            const QString problem = targetDifference(*config, context.name, kubeconfig);
            if (!problem.isEmpty())
                return QStringLiteral("context ") + name + QStringLiteral(": ") + problem;
        }
        return {};
    }

    /// One context, with all files read, by both.
    static QString targetDifference(const Kubeconfig &config, const std::string &context, const QString &kubeconfig)
    {
        const Result<kube::Target> target = config.resolve(context);
        const QStringList of = {QStringLiteral("--context"), text(context)};
        const Answer flat = kubectl(QStringList{QStringLiteral("config"), QStringLiteral("view"), QStringLiteral("--raw"), QStringLiteral("--minify"),
                                        QStringLiteral("--flatten"), QStringLiteral("-o"), QStringLiteral("json")} +
                                        of,
            kubeconfig);
        // "view" does not judge whether the parts are fit for use: asking a port where nobody listens does. Who gets as far
        // as certificates, a user name or the port takes the configuration. (Without a server kubectl tries localhost:8080.)
        const Answer request =
            kubectl(QStringList{QStringLiteral("get"), QStringLiteral("pods"), QStringLiteral("--request-timeout=2s")} + of, kubeconfig);
        bool taken = false;
        for (const char *word : {"refused", "PEM", "x509", "tls:", "Username", "EOF"})
            taken = taken || (request.err.contains(word) && !request.err.contains("localhost:8080"));
        const bool refused = flat.exitCode != 0 || !taken;
        if (refused || !target) {
            if (refused && !target)
                return {};
            return refused ? QStringLiteral("only kubectl refuses: ") + QString::fromUtf8(flat.err + request.err)
                           : QStringLiteral("only ours refuses: ") + text(target.error().text());
        }
        const QJsonObject theirs = flat.json();
        const QJsonObject cluster = theirs[QLatin1String("clusters")][0][QLatin1String("cluster")].toObject();
        const QJsonObject user = theirs[QLatin1String("users")][0][QLatin1String("user")].toObject();
        const net::Endpoint &endpoint = target->endpoint;
        const auto data = [](const QJsonObject &object, const char *field) {
            return QByteArray::fromBase64(object[QLatin1String(field)].toString().toUtf8());
        };
        if (cluster[QLatin1String("server")].toString() != text(endpoint.server))
            return QStringLiteral("server");
        if (data(cluster, "certificate-authority-data") != pemText(endpoint.authority))
            return QStringLiteral("authority");
        if (data(user, "client-certificate-data") != pemText(endpoint.certificate) || data(user, "client-key-data") != pemText(endpoint.key))
            return QStringLiteral("certificate or key");
        // "view" leaves the path of a token file as it stands; what it is relative to is judged for the other files.
        const QString tokenFile = user[QLatin1String("tokenFile")].toString();
        if (user[QLatin1String("token")].toString() != text(endpoint.token) || tokenFile.isEmpty() != endpoint.tokenFile.empty() ||
            !text(endpoint.tokenFile).endsWith(tokenFile))
            return QStringLiteral("token");
        const QString space = theirs[QLatin1String("contexts")][0][QLatin1String("context")][QLatin1String("namespace")].toString();
        if ((space.isEmpty() ? QStringLiteral("default") : space) != text(target->namespaceName))
            return QStringLiteral("namespace");
        return {};
    }

private Q_SLOTS:
    void sameFilesAreTakenAndReadAlike_data()
    {
        QTest::addColumn<QString>("file");
        const QStringList files = QDir(fixtures()).entryList({QStringLiteral("*.yaml"), QStringLiteral("*.json")}, QDir::Files, QDir::Name);
        QVERIFY(files.size() > 25);
        for (const QString &file : files)
            QTest::newRow(qPrintable(file)) << file;
    }
    void sameFilesAreTakenAndReadAlike()
    {
        QFETCH(QString, file);
        const Answer view =
            kubectl({QStringLiteral("config"), QStringLiteral("view"), QStringLiteral("--raw"), QStringLiteral("-o"), QStringLiteral("json")},
                fixtures() + file);
        const Result<Kubeconfig> config = load(fixtures() + file);
        QVERIFY(config);
        if (view.exitCode != 0) {
            // kubectl refuses the whole file where we may refuse the one context that uses what is wrong.
            const Result<kube::Target> target = config->resolve();
            QVERIFY2(!target, view.err.constData());
            QVERIFY2(!target.error().remedy.empty() && (target.error().place.line > 0 || target.error().code == Code::NotFound),
                target.error().text().c_str());
            return;
        }
        const QString differs = difference(fixtures() + file);
        QVERIFY2(differs.isEmpty(), qPrintable(differs));
    }

    void theSameInOtherClothes_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QFile file(fixtures() + QStringLiteral("anchors.yaml"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray text = file.readAll();
        QTest::newRow("CR LF") << QByteArray(text).replace("\n", "\r\n");
        QTest::newRow("byte order mark") << "\xEF\xBB\xBF" + text;
        const QString wide = QString::fromUtf8(text);
        QTest::newRow("UTF-16") << "\xFF\xFE" + QByteArray(reinterpret_cast<const char *>(wide.utf16()), wide.size() * 2);
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("comments only") << QByteArray("# nothing\n");
        QTest::newRow("null") << QByteArray("~\n");
        QTest::newRow("separators only") << QByteArray("---\n---\n") + text;
    }
    void theSameInOtherClothes()
    {
        QFETCH(QByteArray, bytes);
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("config")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
        file.close();
        const QString differs = difference(file.fileName());
        QVERIFY2(differs.isEmpty(), qPrintable(differs));
    }

    void twoFilesMergeAlike()
    {
        for (const QString &order : {QStringLiteral("%1merge-first.yaml:%1merge-second.yaml"),
                 QStringLiteral("%1merge-second.yaml:%1missing.yaml::%1merge-first.yaml:%1merge-second.yaml")}) {
            const QString differs = difference(order.arg(fixtures()));
            QVERIFY2(differs.isEmpty(), qPrintable(differs));
        }
    }

    // Files made at random from few names, so that they clash: merged alike, and each context resolved alike.
    void randomFilesMergeAlike()
    {
        const quint32 seed = qEnvironmentVariableIsSet("FAIRLEAD_SEED") ? quint32(qEnvironmentVariableIntValue("FAIRLEAD_SEED")) : 1;
        const int rounds = qEnvironmentVariableIsSet("FAIRLEAD_ROUNDS") ? qEnvironmentVariableIntValue("FAIRLEAD_ROUNDS") : 4;
        QRandomGenerator random(seed);
        const auto oneOf = [&](const QStringList &texts) { return texts[qsizetype(random.bounded(quint32(texts.size())))]; };
        const QString pki = fixtures() + QStringLiteral("pki/");
        const QStringList servers = {QStringLiteral("https://127.0.0.1:1"), QStringLiteral("https://127.0.0.1:2/path"), QStringLiteral("")};
        const QStringList authorities = {QString(), QStringLiteral(", certificate-authority: ../kubeconfig/pki/ca.pem"),
            QStringLiteral(", certificate-authority: %1ca.pem").arg(pki), QStringLiteral(", certificate-authority: missing.pem")};
        const QStringList users = {QStringLiteral("{token: abc}"), QStringLiteral("{tokenFile: pki/token}"),
            QStringLiteral("{token: x, tokenFile: pki/token}"), QStringLiteral("{}"),
            QStringLiteral("{client-certificate: pki/client.pem, client-key: pki/client.key}"),
            QStringLiteral("{client-certificate: pki/client.pem}"), QStringLiteral("{token: !!str 12}"), QStringLiteral("{token: 0x10}")};
        const QStringList names = {QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")};
        for (int round = 0; round < rounds; ++round) {
            QTemporaryDir folder;
            QDir(folder.path()).mkdir(QStringLiteral("pki"));
            for (const char *file : {"client.pem", "client.key", "token"})
                QFile::copy(pki + QLatin1String(file), folder.filePath(QStringLiteral("pki/") + QLatin1String(file)));
            QStringList list;
            QByteArray all;
            for (int i = 0; i < 3; ++i) {
                QString yaml;
                if (random.bounded(2) == 0)
                    yaml += QStringLiteral("current-context: %1\n").arg(oneOf({QStringLiteral("a"), QStringLiteral("''"), QStringLiteral("b")}));
                const auto section = [&](const QString &title, const std::function<QString()> &entry) {
                    yaml += title + QStringLiteral(":\n");
                    QStringList left = names;
                    for (int n = int(random.bounded(4)); n > 0; --n)
                        yaml += QStringLiteral("- name: %1\n  %2\n").arg(left.takeAt(qsizetype(random.bounded(quint32(left.size())))), entry());
                };
                section(QStringLiteral("contexts"), [&] {
                    return QStringLiteral("context: {cluster: %1, user: %2%3}")
                        .arg(oneOf(names), oneOf(names), oneOf({QString(), QStringLiteral(", namespace: team-%1").arg(i)}));
                });
                section(
                    QStringLiteral("clusters"), [&] { return QStringLiteral("cluster: {server: '%1'%2}").arg(oneOf(servers), oneOf(authorities)); });
                section(QStringLiteral("users"), [&] { return QStringLiteral("user: ") + oneOf(users); });
                QFile file(folder.filePath(QStringLiteral("config%1").arg(i)));
                QVERIFY(file.open(QIODevice::WriteOnly));
                file.write(yaml.toUtf8());
                list.append(file.fileName());
                all += "# file " + QByteArray::number(i) + "\n" + yaml.toUtf8();
            }
            // A number for a token makes kubectl refuse the whole; we refuse the contexts that use it, which the unit tests judge.
            if (all.contains("0x10"))
                continue;
            const QString differs = difference(list.join(QLatin1Char(':')));
            QVERIFY2(differs.isEmpty(), qPrintable(QStringLiteral("seed %1: %2\n%3").arg(seed).arg(differs, QString::fromUtf8(all))));
        }
    }

    // What YamlWriter prints is put into a kubeconfig's extension, which kubectl reads and prints as JSON.
    void kubectlReadsWhatWePrint()
    {
        QJsonObject value;
        const QStringList texts = {QString(), QStringLiteral("y"), QStringLiteral("0x1F"), QStringLiteral("12:30"), QStringLiteral("1e3"),
            QStringLiteral("2001-01-01"), QStringLiteral("a: b #c"), QStringLiteral("- x"), QStringLiteral("a\nb\n"), QStringLiteral("\n a\n\n"),
            QStringLiteral("tab\there"), QStringLiteral("\u001b[31m"), QStringLiteral("\u0085\u202e\u2028"), QStringLiteral("\U0001F600"),
            QStringLiteral("<<"), QStringLiteral("{{ x }}"), QStringLiteral("it's ").repeated(30).trimmed(), QStringLiteral("key").repeated(50),
            QStringLiteral("~"), QStringLiteral("1_000"), QStringLiteral("null"), QStringLiteral("a \nb"), QStringLiteral("---")};
        for (const QString &text : texts)
            value.insert(QStringLiteral("k") + text, QJsonArray{text, QJsonObject{{QStringLiteral("v") + text, text}}, 1.5, true, QJsonValue()});
        const QJsonObject config{{QStringLiteral("apiVersion"), QStringLiteral("v1")}, {QStringLiteral("kind"), QStringLiteral("Config")},
            {QStringLiteral("extensions"),
                QJsonArray{QJsonObject{{QStringLiteral("name"), QStringLiteral("x")}, {QStringLiteral("extension"), value}}}}};
        yaml::YamlWriter writer;
        test::write(writer, config);
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("config")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray::fromStdString(writer.take()));
        file.close();
        const Answer view =
            kubectl({QStringLiteral("config"), QStringLiteral("view"), QStringLiteral("--raw"), QStringLiteral("-o"), QStringLiteral("json")},
                file.fileName());
        QVERIFY2(view.exitCode == 0, view.err.constData());
        const QJsonObject back = view.json()[QLatin1String("extensions")][0][QLatin1String("extension")].toObject();
        for (auto entry = value.begin(); entry != value.end(); ++entry)
            QVERIFY2(back.value(entry.key()) == entry.value(), qPrintable(entry.key()));
        QCOMPARE(back.size(), value.size());
    }
};

QTEST_GUILESS_MAIN(KubeconfigKubectlTest)
#include "tst_kubeconfig_kubectl.moc"
