// SPDX-License-Identifier: GPL-3.0-or-later
// Who uses each config map, secret, claim and service account of the scenario small, on a real API server: what the object's page is told is
// what a walk through kubectl's JSON finds, which knows of no path.
#include "items/relatedfeed.h"
#include "kinds/kinds.h"
#include "kube/net/curltransport.h"
#include "kube/session.h"
#include "support/livecluster.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <map>
#include <set>

using namespace fairlead;
using namespace fairlead::test;
using items::Related;
using items::RelatedFeed;

namespace {

constexpr int patience = 60'000; // ms, for what takes seconds here

/// "Deployment web" of each "Secret team-a/login".
using Users = std::map<QString, std::set<QString>>;

QString text(const QJsonObject &object, const char *key)
{
    return object[QLatin1String(key)].toString();
}

QJsonObject metaOf(const QJsonObject &object)
{
    return object[QLatin1String("metadata")].toObject();
}

// Every name that stands anywhere in a pod's spec, by the name of the member around it.
void names(const QString &member, const QJsonValue &value, std::set<QString> &into)
{
    for (const auto &each : value.toArray())
        names(member, each, into);
    const QJsonObject object = value.toObject();
    const QString name = text(object, "name");
    if (member == QLatin1String("secretKeyRef") || member == QLatin1String("secretRef") || member == QLatin1String("imagePullSecrets") ||
        member == QLatin1String("nodePublishSecretRef") || (member == QLatin1String("secret") && !name.isEmpty()))
        into.insert(QStringLiteral("Secret ") + name);
    if (member == QLatin1String("configMapKeyRef") || member == QLatin1String("configMapRef") || member == QLatin1String("configMap"))
        into.insert(QStringLiteral("ConfigMap ") + name);
    if (!text(object, "secretName").isEmpty())
        into.insert(QStringLiteral("Secret ") + text(object, "secretName"));
    if (!text(object, "claimName").isEmpty())
        into.insert(QStringLiteral("PersistentVolumeClaim ") + text(object, "claimName"));
    if (!text(object, "serviceAccountName").isEmpty())
        into.insert(QStringLiteral("ServiceAccount ") + text(object, "serviceAccountName"));
    for (auto it = object.begin(); it != object.end(); ++it)
        names(it.key(), it.value(), into);
}

Users usersOf(const QJsonArray &list)
{
    std::map<QString, QJsonObject> objects;
    for (const auto &each : list)
        objects[text(metaOf(each.toObject()), "uid")] = each.toObject();
    const auto top = [&objects](QJsonObject object) {
        for (bool climbs = true; climbs;) {
            climbs = false;
            for (const auto &owner : metaOf(object)[QLatin1String("ownerReferences")].toArray()) {
                const auto found = objects.find(text(owner.toObject(), "uid"));
                if (!climbs && found != objects.end()) {
                    object = found->second;
                    climbs = true;
                }
            }
        }
        return object;
    };
    Users users;
    for (const auto &[uid, object] : objects) {
        const QString kind = text(object, "kind");
        std::set<QString> used;
        if (kind == QLatin1String("ServiceAccount")) {
            names(QStringLiteral("imagePullSecrets"), object[QLatin1String("imagePullSecrets")], used);
            names(QStringLiteral("secretRef"), object[QLatin1String("secrets")], used);
        } else if (kind == QLatin1String("PodTemplate")) {
            names({}, object[QLatin1String("template")], used);
        } else {
            names({}, object[QLatin1String("spec")], used);
        }
        const QJsonObject owner = top(object);
        for (const QString &each : used)
            users[each.section(u' ', 0, 0) + u' ' + text(metaOf(object), "namespace") + u'/' + each.section(u' ', 1)].insert(
                text(owner, "kind") + u' ' + text(metaOf(owner), "name"));
    }
    return users;
}

QString words(const std::set<QString> &names)
{
    return QStringList(names.begin(), names.end()).join(QStringLiteral(", "));
}

} // namespace

class UsesLiveTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_cluster = std::make_unique<LiveCluster>(QStringLiteral("uses"));
        QVERIFY2(m_cluster->whyNot().isEmpty(), qPrintable(m_cluster->whyNot()));
        const QString wrong = m_cluster->load();
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
        m_transport = std::make_unique<net::CurlTransport>(m_cluster->endpoint());
        m_session = std::make_unique<kube::Session>(*m_transport, m_dispatcher, m_pool, m_cluster->endpoint().address(),
            [](const kube::GroupVersionResource &id) { return kinds::kindOf(id.group, id.resource).projection(); });
    }
    void cleanupTestCase()
    {
        m_session.reset();
        m_transport.reset();
        m_pool.waitForDone();
        m_cluster.reset();
    }

    void whoUsesEach()
    {
        int used = 0;
        int unused = 0;
        Users known = usersOf(get(QStringLiteral("pods,deployments,statefulsets,daemonsets,replicasets,replicationcontrollers,jobs,cronjobs,"
                                                 "podtemplates,ingresses,serviceaccounts"))); // asked again where it differs
        for (const auto &[kind, plural] : {std::pair("ConfigMap", "configmaps"), {"Secret", "secrets"},
                 {"PersistentVolumeClaim", "persistentvolumeclaims"}, {"ServiceAccount", "serviceaccounts"}}) {
            const QJsonArray targets = get(QLatin1String(plural));
            QVERIFY2(targets.size() > 2, plural);
            for (const auto &each : targets) {
                const QJsonObject meta = metaOf(each.toObject());
                const QString target = QLatin1String(kind) + u' ' + text(meta, "namespace") + u'/' + text(meta, "name");
                RelatedFeed feed(*m_session);
                kinds::Summary summary;
                summary.kind = kind;
                summary.name = text(meta, "name").toStdString();
                summary.space = text(meta, "namespace").toStdString();
                summary.uid = text(meta, "uid").toStdString();
                feed.setSummary(kinds::kindOf("", plural), summary);
                std::set<QString> wanted;
                std::set<QString> got;
                // Cron jobs go on while one looks: both say the same at one moment.
                const bool same = QTest::qWaitFor(
                    [&] {
                        if (!feed.isSettled())
                            return false;
                        got.clear();
                        for (const Related &user : feed.all()) {
                            if (user.how == Related::How::User)
                                got.insert(QString::fromStdString(user.reference.kind + " " + user.reference.name));
                        }
                        wanted = known[target];
                        if (got == wanted)
                            return true;
                        known =
                            usersOf(get(QStringLiteral("pods,deployments,statefulsets,daemonsets,replicasets,replicationcontrollers,jobs,cronjobs,"
                                                       "podtemplates,ingresses,serviceaccounts")));
                        return false;
                    },
                    patience);
                QVERIFY2(same, qPrintable(target + QStringLiteral(": told ") + words(got) + QStringLiteral("; in the JSON ") + words(wanted)));
                QCOMPARE(feed.users(), RelatedFeed::Users::All);
                (wanted.empty() ? unused : used) += 1;
            }
        }
        QVERIFY2(used >= 8 && unused >= 8, qPrintable(QStringLiteral("%1 used, %2 unused").arg(used).arg(unused)));
    }

    // A deployment without pods, and a change while one looks.
    void usersAreLive()
    {
        RelatedFeed feed(*m_session);
        const QJsonObject meta =
            metaOf(QJsonDocument::fromJson(m_cluster->kubectl({QStringLiteral("get"), QStringLiteral("secret"), QStringLiteral("basic"),
                                               QStringLiteral("-n"), QStringLiteral("team-b"), QStringLiteral("-o"), QStringLiteral("json")}))
                       .object());
        kinds::Summary summary;
        summary.name = "basic";
        summary.space = "team-b";
        summary.uid = text(meta, "uid").toStdString();
        feed.setSummary(kinds::kindOf("", "secrets"), summary);
        QTRY_VERIFY_WITH_TIMEOUT(feed.isSettled(), patience);
        QCOMPARE(feed.all().size(), std::size_t(0));
        const QByteArray asleep =
            R"({"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"asleep","namespace":"team-b"},"spec":{"replicas":0,
            "selector":{"matchLabels":{"app":"asleep"}},"template":{"metadata":{"labels":{"app":"asleep"}},"spec":{"containers":[
            {"name":"a","image":"myapp:1.0","envFrom":[{"secretRef":{"name":"basic"}}]}]}}}})";
        QVERIFY(!m_cluster->kubectl({QStringLiteral("apply"), QStringLiteral("-f"), QStringLiteral("-")}, asleep).isEmpty());
        QTRY_COMPARE_WITH_TIMEOUT(feed.all().size(), std::size_t(1), patience);
        QCOMPARE(QString::fromStdString(feed.all()[0].reference.kind + " " + feed.all()[0].reference.name), QStringLiteral("Deployment asleep"));
        QCOMPARE(QString::fromStdString(feed.all()[0].word), QStringLiteral("env"));
        QVERIFY(!m_cluster
                     ->kubectl({QStringLiteral("delete"), QStringLiteral("deployment"), QStringLiteral("asleep"), QStringLiteral("-n"),
                         QStringLiteral("team-b")})
                     .isEmpty());
        QTRY_COMPARE_WITH_TIMEOUT(feed.all().size(), std::size_t(0), patience);
    }

private:
    QJsonArray get(const QString &kinds) const
    {
        const QByteArray answer =
            m_cluster->kubectl({QStringLiteral("get"), kinds, QStringLiteral("-A"), QStringLiteral("-o"), QStringLiteral("json")});
        return QJsonDocument::fromJson(answer).object()[QLatin1String("items")].toArray();
    }

    std::unique_ptr<LiveCluster> m_cluster;
    Dispatcher m_dispatcher;
    QThreadPool m_pool;
    std::unique_ptr<net::CurlTransport> m_transport;
    std::unique_ptr<kube::Session> m_session;
};

QTEST_GUILESS_MAIN(UsesLiveTest)
#include "tst_uses_live.moc"
