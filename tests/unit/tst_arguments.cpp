// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/arguments.h"

#include "app/getplan.h"

#include <QTest>

#include <string>
#include <vector>

using namespace fairlead;
using app::Arguments;
using app::Format;

namespace {

std::vector<std::string> words(const QString &line)
{
    std::vector<std::string> out;
    for (const QString &word : line.split(u' ', Qt::SkipEmptyParts))
        out.push_back(word == u"''" ? std::string() : word.toStdString());
    return out;
}

Result<Arguments> parsed(const QString &line)
{
    return app::parseArguments(words(line));
}

QString joined(const std::vector<std::string> &texts)
{
    QStringList out;
    for (const std::string &text : texts)
        out.append(QString::fromStdString(text));
    return out.join(u' ');
}

// All that was read, in one line: what a row of a table test compares.
QString told(const Arguments &a)
{
    static const char *const formats[] = {"table", "wide", "json", "yaml", "name"};
    QStringList out{joined(a.operands)};
    const auto text = [&out](const char *name, const std::string &value) {
        if (!value.empty())
            out.append(QLatin1String(name) + u'=' + QString::fromStdString(value));
    };
    text("config", a.kubeconfig);
    text("context", a.context);
    text("n", a.space);
    text("l", a.labels);
    text("f", a.fields);
    if (a.allNamespaces)
        out.append(QStringLiteral("A"));
    if (a.watch)
        out.append(QStringLiteral("w"));
    if (!a.headers)
        out.append(QStringLiteral("no-headers"));
    out.append(QLatin1String(formats[int(a.format)]));
    return out.join(u'|');
}

kube::Resource resource(const char *group, const char *version, const char *name, const char *kind, bool namespaced, const char *shortName)
{
    kube::Resource r;
    r.id = {group, version, name};
    r.kind = kind;
    r.singular = QString::fromLatin1(kind).toLower().toStdString();
    r.shortNames = {shortName};
    r.categories = {"all"};
    r.verbs = {"get", "list", "watch"};
    r.namespaced = namespaced;
    r.preferred = true;
    return r;
}

kube::Offer offer()
{
    kube::Offer out;
    out.resources = {resource("", "v1", "pods", "Pod", true, "po"), resource("", "v1", "services", "Service", true, "svc"),
        resource("", "v1", "nodes", "Node", false, "no"), resource("apps", "v1", "deployments", "Deployment", true, "deploy")};
    return out;
}

// "list:pods list:nodes" or "pods/a nodes/b", with "single" where one object was named; or the error's message.
QString planned(const QString &line)
{
    const auto arguments = parsed(line);
    if (!arguments)
        return QString::fromStdString(arguments.error().message);
    const auto operands = app::readOperands(*arguments);
    if (!operands)
        return QString::fromStdString(operands.error().message);
    const auto plan = app::planGet(*operands, *arguments, offer());
    if (!plan)
        return QString::fromStdString(plan.error().message);
    QStringList out;
    for (const kube::Resource &list : plan->lists)
        out.append(QString::fromStdString("list:" + list.id.resource));
    for (const app::GetPlan::Object &object : plan->objects)
        out.append(QString::fromStdString(object.resource.id.resource + '/' + object.name));
    if (plan->single)
        out.append(QStringLiteral("single"));
    return out.join(u' ');
}

} // namespace

class ArgumentsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsWhatKubectlReads_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *line, const char *expected) {
            QTest::newRow(line) << QString::fromLatin1(line) << QString::fromLatin1(expected);
        };
        row("get pods", "pods|table");
        row("get pods web -n team-a", "pods web|n=team-a|table");
        row("get pods -n team-a web", "pods web|n=team-a|table");
        row("get -n team-a pods", "pods|n=team-a|table");
        row("-n team-a get pods", "pods|n=team-a|table");
        row("--namespace team-a get pods", "pods|n=team-a|table");
        row("--namespace=team-a get pods", "pods|n=team-a|table");
        row("get pods -nteam-a", "pods|n=team-a|table");
        row("get pods -n=team-a", "pods|n=team-a|table");
        row("get pods -n one -n two", "pods|n=two|table");
        row("--context c get pods --kubeconfig=/x/y", "pods|config=/x/y|context=c|table");
        row("get pods --context=c --kubeconfig f", "pods|config=f|context=c|table");
        row("get pods -A", "pods|A|table");
        row("get -A pods", "pods|A|table");
        row("get pods --all-namespaces", "pods|A|table");
        row("get pods --all-namespaces=false", "pods|table");
        row("get pods -A=true", "pods|A|table");
        row("get pods -Aw", "pods|A|w|table");
        row("get pods -Aowide", "pods|A|wide");
        row("get pods -o wide", "pods|wide");
        row("get pods -o=wide", "pods|wide");
        row("get pods -owide", "pods|wide");
        row("get pods --output wide", "pods|wide");
        row("get pods --output=json", "pods|json");
        row("get pods -o JSON", "pods|json");
        row("get pods -o yaml", "pods|yaml");
        row("get pods -o name", "pods|name");
        row("get pods -o table", "pods|table");
        row("get pods -l app=web,tier!=db", "pods|l=app=web,tier!=db|table");
        row("get pods -l=app=web", "pods|l=app=web|table");
        row("get pods --selector app=web", "pods|l=app=web|table");
        row("get pods --selector=app=web", "pods|l=app=web|table");
        row("get pods --selector= -A", "pods|A|table");
        row("get pods --selector '' -A", "pods|A|table");
        row("get pods --field-selector status.phase=Running", "pods|f=status.phase=Running|table");
        row("get pods --watch", "pods|w|table");
        row("get pods -w --no-headers", "pods|w|no-headers|table");
        row("get pods,svc", "pods,svc|table");
        row("get pod/a svc/b", "pod/a svc/b|table");
        row("get contexts", "contexts|table"); // a kind may bear a command's name
        row("get get", "get|table");
        row("get cron next", "cron next|table");
        row("get -- -n", "-n|table");
        row("get pods -- web", "pods web|table");
    }
    void readsWhatKubectlReads()
    {
        QFETCH(QString, line);
        QFETCH(QString, expected);
        const auto arguments = parsed(line);
        QVERIFY2(arguments.has_value(), arguments ? "" : arguments.error().message.c_str());
        QCOMPARE(arguments->command, Arguments::Command::Get);
        QCOMPARE(told(*arguments), expected);
    }

    void blanksRoundSelectorsDoNotCount()
    {
        const auto arguments = app::parseArguments({"get", "pods", "-l", "  ", "--field-selector", " a=b "});
        QVERIFY(arguments);
        QCOMPARE(arguments->labels, std::string());
        QCOMPARE(arguments->fields, std::string("a=b"));
    }

    void refusesWrongUsage_data()
    {
        QTest::addColumn<QString>("line");
        for (const char *line : {"get pods --nonsense", "get pods -x", "nonsense", "get pods -o jsonpath={.x}", "get pods -o WIDE",
                 "contexts -o wide", "contexts -o yaml", "get pods -n", "contexts extra", "contexts -- extra", "-- get",
                 "--screenshot x.png get pods", "cron", "cron last", "cron next", "cron next 0 5 * * 1", "cron next @daily -o wide",
                 "cron next @daily --count 0", "cron next @daily --count x", "cron next @daily --count 99999999999",
                 "--screenshot x.png cron next @daily", "contexts --zone UTC", "diagnose pods", "diagnose -o wide", "diagnose -- x",
                 "--screenshot x.png diagnose", "jobs", "jobs show", "jobs show a b", "jobs runs a b", "jobs list x", "jobs list -o ics",
                 "jobs list -o yaml", "jobs forecast -o wide", "jobs forecast --days 0", "jobs forecast --days 367", "jobs forecast --days x",
                 "jobs forecast -- x", "jobs beside x", "jobs beside -o wide", "jobs beside -- x", "--screenshot x.png jobs list", "tree -o wide",
                 "tree -l a=b", "--screenshot x.png tree", "record", "record pods", "record -o", "record --for 10 -o x", "record --for 0s -o x",
                 "record --for <invalid> -o x", "record --for= -o x", "record -w -o x", "record -o x --recording y", "record -o x --demo",
                 "record -o x --at +5m", "--screenshot x.png record -o x", "recording", "recording info", "recording info a b",
                 "recording info a -o wide", "recording info a --recording b", "recording last", "get pods --at +5m", "get pods --recording",
                 "get pods --recording=", "get pods --recording a --demo", "get pods --recording a --context b",
                 "get pods --recording a --kubeconfig b", "get pods --demo --context b", "get pods --demo --kubeconfig b",
                 "get pods --context a.flrec --kubeconfig b", "get pods --context a.flrec --demo", "get pods --recording a --context b.flrec",
                 "contexts --recording a", "contexts --demo", "cron next @daily --demo", "cron next @daily --at +5m"})
            QTest::newRow(line) << QString::fromLatin1(line);
    }
    void refusesWrongUsage()
    {
        QFETCH(QString, line);
        const auto arguments = parsed(line);
        QVERIFY(!arguments);
        QCOMPARE(arguments.error().code, Code::Invalid);
        QVERIFY(!arguments.error().message.empty());
        QVERIFY2(arguments.error().remedy.find("--help") != std::string::npos, arguments.error().remedy.c_str());
    }

    void thePageOfAnObjectIsOfOne()
    {
        for (const char *line : {"--page object", "--page object --kind pods", "--page=object --name web", "--screenshot a.png --page object"}) {
            const auto arguments = parsed(QString::fromLatin1(line));
            QVERIFY2(!arguments, line);
            QCOMPARE(arguments.error().code, Code::Invalid);
            for (const char *flag : {"--kind", "--name"})
                QVERIFY2(arguments.error().message.find(flag) != std::string::npos, arguments.error().message.c_str());
        }
        QVERIFY(parsed(QStringLiteral("--page object --kind pods --name web")));
        QVERIFY(parsed(QStringLiteral("--page resources")));
    }

    void otherCommands()
    {
        QCOMPARE(parsed(QString())->command, Arguments::Command::Window);
        QCOMPARE(parsed(QStringLiteral("--context c"))->command, Arguments::Command::Window);
        QCOMPARE(parsed(QStringLiteral("contexts -o json"))->command, Arguments::Command::Contexts);
        QCOMPARE(parsed(QStringLiteral("contexts -o json"))->format, Format::Json);
        QCOMPARE(parsed(QStringLiteral("--kubeconfig f contexts"))->kubeconfig, std::string("f"));
        QCOMPARE(parsed(QStringLiteral("--screenshot a.png"))->command, Arguments::Command::Screenshot);
        QCOMPARE(parsed(QStringLiteral("--screenshot=a.png"))->screenshot, std::string("a.png"));
        const auto cron = parsed(QStringLiteral("cron next --zone=Europe/Berlin @daily --from 2026-01-01T00:00:00Z --count=3 -ojson"));
        QCOMPARE(cron->command, Arguments::Command::CronNext);
        QCOMPARE(joined(cron->operands), QStringLiteral("@daily"));
        QCOMPARE(cron->zone, std::string("Europe/Berlin"));
        QCOMPARE(cron->from, std::string("2026-01-01T00:00:00Z"));
        QCOMPARE(cron->count, 3);
        QCOMPARE(cron->format, Format::Json);
        QCOMPARE(joined(parsed(QStringLiteral("cron next -- -5"))->operands), QStringLiteral("-5"));
        const auto diagnose = parsed(QStringLiteral("diagnose -A -o json --context c"));
        QCOMPARE(diagnose->command, Arguments::Command::Diagnose);
        QVERIFY(diagnose->allNamespaces);
        QCOMPARE(diagnose->format, Format::Json);
        QCOMPARE(parsed(QStringLiteral("diagnose -n team-a"))->space, std::string("team-a"));
        const auto tree = parsed(QStringLiteral("tree deploy/web -n team-a -o json"));
        QCOMPARE(tree->command, Arguments::Command::Tree);
        QCOMPARE(joined(tree->operands), QStringLiteral("deploy/web"));
        QCOMPARE(tree->format, Format::Json);
        QVERIFY(!parsed(QStringLiteral("tree --no-headers"))->headers);
        QCOMPARE(parsed(QStringLiteral("jobs list -A"))->command, Arguments::Command::JobsList);
        const auto runs = parsed(QStringLiteral("jobs runs nightly -n team-a -ojson"));
        QCOMPARE(runs->command, Arguments::Command::JobsRuns);
        QCOMPARE(joined(runs->operands), QStringLiteral("nightly"));
        QCOMPARE(runs->format, Format::Json);
        QCOMPARE(parsed(QStringLiteral("jobs runs"))->command, Arguments::Command::JobsRuns);
        QCOMPARE(joined(parsed(QStringLiteral("jobs show -- -x"))->operands), QStringLiteral("-x"));
        const auto forecast = parsed(QStringLiteral("jobs forecast --days=7 -o ics"));
        QCOMPARE(forecast->command, Arguments::Command::JobsForecast);
        QCOMPARE(forecast->days, 7);
        QCOMPARE(forecast->format, Format::Calendar);
        const auto beside = parsed(QStringLiteral("jobs beside -A -o json"));
        QCOMPARE(beside->command, Arguments::Command::JobsBeside);
        QVERIFY(beside->allNamespaces);
        QCOMPARE(beside->format, Format::Json);
        const auto record = parsed(QStringLiteral("record deploy svc,pods -n team-a --for 1h30m --logs -o x.flrec --context c"));
        QCOMPARE(record->command, Arguments::Command::Record);
        QCOMPARE(joined(record->operands), QStringLiteral("deploy svc,pods"));
        QCOMPARE(record->space, std::string("team-a"));
        QCOMPARE(record->context, std::string("c"));
        QCOMPARE(record->file, std::string("x.flrec"));
        QVERIFY(record->length == std::chrono::seconds(5400) && record->logs && !record->allNamespaces);
        const auto all = parsed(QStringLiteral("record -Ao x.flrec"));
        QVERIFY(all->allNamespaces && !all->length && !all->logs);
        QCOMPARE(all->file, std::string("x.flrec"));
        QCOMPARE(joined(parsed(QStringLiteral("record -o x -- pods"))->operands), QStringLiteral("pods"));
        const auto info = parsed(QStringLiteral("recording info x.flrec -o json"));
        QCOMPARE(info->command, Arguments::Command::RecordingInfo);
        QCOMPARE(joined(info->operands), QStringLiteral("x.flrec"));
        QCOMPARE(info->format, Format::Json);
        QVERIFY(!info->isOfRecording());
        const auto version = parsed(QStringLiteral("--version"));
        QCOMPARE(version->command, Arguments::Command::Text);
        QCOMPARE(version->text, std::string("fairlead " FAIRLEAD_VERSION "\n"));
    }

    void recordingsInPlaceOfAContext_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("recording");
        QTest::addColumn<QString>("at");
        const auto row = [](const char *line, const char *recording, const char *at) {
            QTest::newRow(line) << QString::fromLatin1(line) << QString::fromLatin1(recording) << QString::fromLatin1(at);
        };
        row("get pods --recording a.flrec", "a.flrec", "");
        row("--recording a.flrec get pods --at +5m", "a.flrec", "+5m");
        row("get pods --recording=a --at -30s", "a", "-30s");
        row("get pods --at=-30s --recording=a", "a", "-30s");
        row("get -w pods --recording a --at 2026-01-02T03:04:05Z", "a", "2026-01-02T03:04:05Z");
        row("get pods --context dir/a.flrec", "dir/a.flrec", "");
        row("get pods --context a.flrec --at +1s", "a.flrec", "+1s");
        row("tree --recording a", "a", "");
        row("diagnose -A --recording a", "a", "");
        row("jobs list --recording a", "a", "");
        row("jobs forecast --recording a", "a", "");
        row("--recording a", "a", "");
        row("get pods --demo", "", "");
        row("--demo jobs list -A --at +5m", "", "+5m");
    }
    void recordingsInPlaceOfAContext()
    {
        QFETCH(QString, line);
        QFETCH(QString, recording);
        QFETCH(QString, at);
        const auto arguments = parsed(line);
        QVERIFY2(arguments.has_value(), arguments ? "" : arguments.error().message.c_str());
        QVERIFY(arguments->isOfRecording());
        QCOMPARE(QString::fromStdString(arguments->recording), recording);
        QCOMPARE(QString::fromStdString(arguments->at), at);
        QCOMPARE(arguments->demo, recording.isEmpty());
        QCOMPARE(arguments->context, std::string());
    }

    void helpNamesEveryOption()
    {
        const auto general = parsed(QStringLiteral("--help"));
        QCOMPARE(general->command, Arguments::Command::Text);
        for (const char *word : {"contexts", "get", "cron", "diagnose", "jobs", "tree", "--kubeconfig", "--context", "--namespace", "--screenshot",
                 "--recording", "--at", "+5m", "-30s", "--demo", "record ", "recording ", "--version", "Exit codes"})
            QVERIFY2(general->text.find(word) != std::string::npos, word);
        const auto cron = parsed(QStringLiteral("cron next --help"));
        for (const char *word : {"SCHEDULE", "--zone", "--from", "--count", "--output"})
            QVERIFY2(cron->text.find(word) != std::string::npos, word);
        const auto record = parsed(QStringLiteral("record --help"));
        for (const char *word : {"RESOURCE", "--output", "--all-namespaces", "--for", "--logs"})
            QVERIFY2(record->text.find(word) != std::string::npos, word);
        const auto info = parsed(QStringLiteral("recording info --help"));
        for (const char *word : {"FILE", "--output", "Exit codes"})
            QVERIFY2(info->text.find(word) != std::string::npos, word);
        const auto get = parsed(QStringLiteral("get --help"));
        for (const char *word : {"--all-namespaces", "--selector", "--field-selector", "--output", "--watch", "yaml"})
            QVERIFY2(get->text.find(word) != std::string::npos, word);
    }

    void plansAsKubectlBuilds_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *line, const char *expected) {
            QTest::newRow(line) << QString::fromLatin1(line) << QString::fromLatin1(expected);
        };
        row("get pods", "list:pods");
        row("get po,svc", "list:pods list:services");
        row("get pods,po,pod", "list:pods");
        row("get all", "list:pods list:services list:nodes list:deployments");
        row("get pods a", "pods/a single");
        row("get pods a b", "pods/a pods/b");
        row("get pod/a", "pods/a single");
        row("get pod/a svc/b", "pods/a services/b");
        row("get po,svc a b", "pods/a pods/b services/a services/b");
        row("get no/a -A", "nodes/a single");
        row("get pods ''", "pods/ single");
        row("get", "You must specify the type of resource to get.");
        row("get pods/a/b", "arguments in resource/name form may not have more than one slash");
        row("get pods/", "arguments in resource/name form must have a single resource and name");
        row("get /a", "arguments in resource/name form must have a single resource and name");
        row("get pods,svc/a", "arguments in resource/name form must have a single resource and name");
        row("get pods a -l x=y", "name cannot be provided when a selector is specified");
        row("get pods/a -l x=y", "selectors and the all flag cannot be used when passing resource/name arguments");
        row("get pods/a --field-selector x=y", "selectors and the all flag cannot be used when passing resource/name arguments");
        row("get pods a -A", "a resource cannot be retrieved by name across all namespaces");
        row("get pods/a -A", "a resource cannot be retrieved by name across all namespaces");
        row("get all a", "you must specify only one resource");
        row("get nonsense", "the server doesn't have a resource type \"nonsense\"");
        row("get nonsense/a", "the server doesn't have a resource type \"nonsense\"");
        row("get all/a", "the server doesn't have a resource type \"all\"");
        row("get pods,nonsense", "the server doesn't have a resource type \"nonsense\"");
        row("get pods,svc -w", "you may only specify a single resource type");
        row("get pods/a svc/b -w", "you may only specify a single resource type");
        row("get all -w", "you may only specify a single resource type");
    }
    void plansAsKubectlBuilds()
    {
        QFETCH(QString, line);
        QFETCH(QString, expected);
        QCOMPARE(planned(line), expected);
    }

    void mixedFormsAreExplained()
    {
        QVERIFY(planned(QStringLiteral("get pods pods/a")).startsWith(u"there is no need to specify a resource type as a separate argument"));
    }
};

QTEST_GUILESS_MAIN(ArgumentsTest)
#include "tst_arguments.moc"
