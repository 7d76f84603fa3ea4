// SPDX-License-Identifier: GPL-3.0-or-later
// The tree by owner over a real API server with the scenario small: what stands beneath what is what kubectl's ownerReferences and selectors
// say, also after controllers have been busy.
#include "items/ownertreemodel.h"
#include "kinds/kinds.h"
#include "kube/net/curltransport.h"
#include "kube/session.h"
#include "support/livecluster.h"

#include <QAbstractItemModelTester>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTest>

#include <map>
#include <set>

using namespace fairlead;
using namespace fairlead::test;
using items::OwnerTreeCells;
using items::OwnerTreeModel;

namespace {

constexpr int patience = 60'000; // ms, for what takes seconds here

/// By uid: whom it stands beneath ("": nobody). With "service/pod" for who is selected.
using Parents = std::map<QString, QString>;

QString text(const QJsonObject &object, const char *key)
{
    return object[QLatin1String(key)].toString();
}

Parents parentsOf(const QJsonArray &objects)
{
    std::set<QString> here;
    for (const auto &each : objects)
        here.insert(text(each.toObject()[QLatin1String("metadata")].toObject(), "uid"));
    Parents parents;
    for (const auto &each : objects) {
        const QJsonObject object = each.toObject();
        const QJsonObject meta = object[QLatin1String("metadata")].toObject();
        QString parent;
        bool controlled = false;
        for (const auto &entry : meta[QLatin1String("ownerReferences")].toArray()) {
            const QJsonObject owner = entry.toObject();
            const bool controller = owner[QLatin1String("controller")].toBool();
            if (here.contains(text(owner, "uid")) && (parent.isEmpty() || (controller && !controlled))) {
                parent = text(owner, "uid");
                controlled = controller;
            }
        }
        parents[text(meta, "uid")] = parent;
        const QJsonObject selector = object[QLatin1String("spec")].toObject()[QLatin1String("selector")].toObject();
        if (text(object, "kind") != QLatin1String("Service") || selector.isEmpty())
            continue;
        for (const auto &other : objects) {
            const QJsonObject pod = other.toObject()[QLatin1String("metadata")].toObject();
            if (text(other.toObject(), "kind") != QLatin1String("Pod") || text(pod, "namespace") != text(meta, "namespace"))
                continue;
            const QJsonObject labels = pod[QLatin1String("labels")].toObject();
            bool all = true;
            for (auto it = selector.begin(); it != selector.end(); ++it)
                all = all && labels[it.key()] == it.value();
            if (all)
                parents[text(meta, "uid") + u'/' + text(pod, "uid")] = text(meta, "uid");
        }
    }
    return parents;
}

void collect(const OwnerTreeModel &model, const QModelIndex &parent, Parents &into)
{
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex index = model.index(row, 0, parent);
        const QString key = index.data(OwnerTreeCells::KeyRole).toString();
        if (!key.contains(u'#'))
            into[key] = parent.data(OwnerTreeCells::KeyRole).toString();
        collect(model, index, into);
    }
}

/// By uid, for people: "Pod team-a/web-1".
using Names = std::map<QString, QString>;

Names namesOf(const QJsonArray &objects)
{
    Names names;
    for (const auto &each : objects) {
        const QJsonObject object = each.toObject();
        const QJsonObject meta = object[QLatin1String("metadata")].toObject();
        names[text(meta, "uid")] = text(object, "kind") + u' ' + text(meta, "namespace") + u'/' + text(meta, "name");
    }
    return names;
}

/// Whose places or owners differ, a line each.
QString difference(const Parents &shown, const Parents &wanted, const Names &names)
{
    QStringList lines;
    const auto named = [&names](const QString &key) {
        QStringList parts;
        for (const QString &uid : key.split(u'/'))
            parts << (names.count(uid) > 0 ? names.at(uid) : uid);
        return key.isEmpty() ? QStringLiteral("nobody") : parts.join(QStringLiteral(" selects "));
    };
    for (const auto &[key, parent] : shown) {
        const auto found = wanted.find(key);
        if (found == wanted.end())
            lines << QStringLiteral("only in the tree: %1 beneath %2").arg(named(key), named(parent));
        else if (found->second != parent)
            lines << QStringLiteral("%1: in the tree beneath %2, by its owners beneath %3").arg(named(key), named(parent), named(found->second));
    }
    for (const auto &[key, parent] : wanted) {
        if (shown.count(key) == 0)
            lines << QStringLiteral("not in the tree: %1 beneath %2").arg(named(key), named(parent));
    }
    return lines.join(u'\n');
}

} // namespace

class OwnerTreeLiveTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_cluster = std::make_unique<LiveCluster>(QStringLiteral("ownertree"));
        QVERIFY2(m_cluster->whyNot().isEmpty(), qPrintable(m_cluster->whyNot()));
        const QString wrong = m_cluster->load();
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    }
    void cleanupTestCase() { m_cluster.reset(); }
    void cleanup()
    {
        m_tester.reset();
        m_model.reset();
        m_session.reset();
        m_transport.reset();
        m_pool.waitForDone();
    }

    void theTreeIsWhatOwnersSay()
    {
        open(QStringLiteral("admin"), "pods", kube::Scope::all());
        QTRY_VERIFY_WITH_TIMEOUT(m_model->isWhole(), patience);
        QVERIFY(m_model->sources().missing().empty());
        equal();
        if (QTest::currentTestFailed())
            return;
        Parents shown;
        collect(*m_model, {}, shown);
        QVERIFY2(shown.size() > 80, qPrintable(QString::number(shown.size())));
        // Controllers at work: pods come and go, revisions change hands, an owner leaves its pods behind.
        QSignalSpy reset(m_model.get(), &QAbstractItemModel::modelReset);
        const auto kubectl = [this](const QString &arguments) { (void)m_cluster->kubectl(arguments.split(u' ')); };
        kubectl(QStringLiteral("scale deployment web -n team-a --replicas=5"));
        kubectl(QStringLiteral("set image deployment/api *=myapp:2.0 -n team-a"));
        kubectl(QStringLiteral("delete pod -l app=web -n team-a --wait=false --grace-period=0 --force"));
        kubectl(QStringLiteral("delete deployment crash-loop -n team-a --cascade=orphan"));
        kubectl(QStringLiteral("patch service nobody -n team-a -p {\"spec\":{\"selector\":{\"app\":\"web\"}}}"));
        kubectl(QStringLiteral("create job more --image=alpine:3.20 -n team-b"));
        equal();
        if (QTest::currentTestFailed())
            return;
        QCOMPARE(reset.count(), 0);
        for (std::size_t i = 0; i < m_model->sources().size(); ++i)
            QCOMPARE(m_model->sources().source(i).store->listRequests(), 1); // the watches alone did it
    }

    // Who may see one namespace only sees its tree; what he may not list is left out and said.
    void asDev()
    {
        open(QStringLiteral("dev"), "pods", kube::Scope::of({"team-a"}));
        QTRY_VERIFY_WITH_TIMEOUT(m_model->isWhole(), patience);
        QVERIFY(m_model->size() > 10);
        QVERIFY(m_model->sources().missing().empty());
        m_model->show(storeOf(), m_offer, resource("pods"), kube::Scope::of({"team-b"}));
        QTRY_VERIFY_WITH_TIMEOUT(m_model->isWhole(), patience);
        QCOMPARE(m_model->rowCount(), 0);
        QCOMPARE(m_model->sources().missing().size(), m_model->sources().size());
        QCOMPARE(m_model->sources().missing()[0].why.code, Code::Forbidden);
    }

private:
    OwnerTreeModel::StoreOf storeOf()
    {
        return [this](const kube::Source &source) { return m_session->store(source); };
    }

    kube::Resource resource(const std::string &name) const
    {
        for (const kube::Resource &each : m_offer->resources) {
            if (each.preferred && each.qualifiedName() == name)
                return each;
        }
        return {};
    }

    void open(const QString &user, const std::string &name, const kube::Scope &scope)
    {
        m_transport = std::make_unique<net::CurlTransport>(m_cluster->endpoint(user));
        m_session = std::make_unique<kube::Session>(*m_transport, m_dispatcher, m_pool, m_cluster->endpoint(user).address(),
            [](const kube::GroupVersionResource &id) { return kinds::kindOf(id.group, id.resource).projection(); });
        m_offer.reset();
        m_session->discovery().load().then(this, [this](const Result<kube::OfferPtr> &offer) { m_offer = offer ? *offer : nullptr; });
        QTRY_VERIFY_WITH_TIMEOUT(m_offer, patience);
        m_model = std::make_unique<OwnerTreeModel>(m_session->clock());
        m_tester = std::make_unique<QAbstractItemModelTester>(m_model.get(), QAbstractItemModelTester::FailureReportingMode::Fatal);
        m_model->show(storeOf(), m_offer, resource(name), scope);
    }

    // Sooner or later both say the same at one moment; with one answer for each try, since controllers do not wait: QTRY_VERIFY would ask
    // again after it was true, and by then they have gone on.
    void equal()
    {
        Parents wanted;
        Parents shown;
        Names names;
        const bool same = QTest::qWaitFor(
            [&] {
                const QByteArray answer = m_cluster->kubectl({QStringLiteral("get"),
                    QStringLiteral("pods,replicasets,deployments,statefulsets,daemonsets,jobs,cronjobs,replicationcontrollers,services"),
                    QStringLiteral("-A"), QStringLiteral("-o"), QStringLiteral("json")});
                const QJsonArray objects = QJsonDocument::fromJson(answer).object()[QLatin1String("items")].toArray();
                wanted = parentsOf(objects);
                QCoreApplication::sendPostedEvents();
                shown.clear();
                collect(*m_model, {}, shown);
                names = namesOf(objects);
                return shown == wanted;
            },
            patience);
        QVERIFY2(same, qPrintable(difference(shown, wanted, names)));
        QVERIFY(!wanted.empty());
    }

    std::unique_ptr<LiveCluster> m_cluster;
    Dispatcher m_dispatcher;
    QThreadPool m_pool;
    std::unique_ptr<net::CurlTransport> m_transport;
    std::unique_ptr<kube::Session> m_session;
    kube::OfferPtr m_offer;
    std::unique_ptr<OwnerTreeModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

QTEST_GUILESS_MAIN(OwnerTreeLiveTest)
#include "tst_ownertree_live.moc"
