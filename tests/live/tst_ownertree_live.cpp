// SPDX-License-Identifier: GPL-3.0-or-later
// The tree by owner over a real API server with the scenario small: what stands beneath what is what kubectl's ownerReferences, selectors,
// endpoint slices and ingresses say, also after controllers have been busy.
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

#include <algorithm>
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

QJsonObject metaOf(const QJsonObject &object)
{
    return object[QLatin1String("metadata")].toObject();
}

/// Whose objects stand beneath whom by ownerReferences, and who shows whom besides: by uid.
struct Relations {
    std::map<QString, QJsonObject> objects;
    std::map<QString, QString> owner; ///< "": nobody who is here
    std::map<QString, std::set<QString>> owned;
    std::map<QString, std::set<QString>> guests;
    std::set<QString> hosted;
};

bool selects(const QJsonObject &service, const QJsonObject &pod)
{
    const QJsonObject selector = service[QLatin1String("spec")].toObject()[QLatin1String("selector")].toObject();
    const QJsonObject labels = metaOf(pod)[QLatin1String("labels")].toObject();
    bool all = !selector.isEmpty() && text(metaOf(pod), "namespace") == text(metaOf(service), "namespace");
    for (auto it = selector.begin(); it != selector.end(); ++it)
        all = all && labels[it.key()] == it.value();
    return all;
}

std::set<QString> podsOf(const QJsonObject &slice)
{
    std::set<QString> pods;
    for (const auto &each : slice[QLatin1String("endpoints")].toArray())
        pods.insert(text(each.toObject()[QLatin1String("targetRef")].toObject(), "uid"));
    return pods;
}

std::set<QString> servicesOf(const QJsonObject &ingress)
{
    const QJsonObject spec = ingress[QLatin1String("spec")].toObject();
    const auto nameOf = [](const QJsonObject &backend) { return text(backend[QLatin1String("service")].toObject(), "name"); };
    std::set<QString> names{nameOf(spec[QLatin1String("defaultBackend")].toObject())};
    for (const auto &rule : spec[QLatin1String("rules")].toArray()) {
        for (const auto &path : rule.toObject()[QLatin1String("http")].toObject()[QLatin1String("paths")].toArray())
            names.insert(nameOf(path.toObject()[QLatin1String("backend")].toObject()));
    }
    return names;
}

Relations relationsOf(const QJsonArray &list)
{
    Relations all;
    for (const auto &each : list)
        all.objects[text(metaOf(each.toObject()), "uid")] = each.toObject();
    for (const auto &[uid, object] : all.objects) {
        QString parent;
        bool controlled = false;
        for (const auto &entry : metaOf(object)[QLatin1String("ownerReferences")].toArray()) {
            const QJsonObject owner = entry.toObject();
            const bool controller = owner[QLatin1String("controller")].toBool();
            if (all.objects.contains(text(owner, "uid")) && (parent.isEmpty() || (controller && !controlled))) {
                parent = text(owner, "uid");
                controlled = controller;
            }
        }
        all.owner[uid] = parent;
        all.owned[parent].insert(uid);
    }
    const auto show = [&all](const QString &host, const QString &guest) {
        if (all.owner[guest] == host)
            return;
        all.guests[host].insert(guest);
        all.hosted.insert(guest);
    };
    for (const auto &[uid, host] : all.objects) {
        for (const auto &[other, guest] : all.objects) {
            const QString pair = text(host, "kind") + u' ' + text(guest, "kind");
            const bool near = text(metaOf(host), "namespace") == text(metaOf(guest), "namespace");
            const auto isSliceOf = [](const QJsonObject &slice, const QJsonObject &service) {
                return text(slice, "kind") == QLatin1String("EndpointSlice") &&
                       text(metaOf(slice), "namespace") == text(metaOf(service), "namespace") &&
                       text(metaOf(slice)[QLatin1String("labels")].toObject(), "kubernetes.io/service-name") == text(metaOf(service), "name");
            };
            if (pair == QLatin1String("Ingress Service") && near && servicesOf(host).contains(text(metaOf(guest), "name")))
                show(uid, other);
            if (pair == QLatin1String("Service EndpointSlice") && isSliceOf(guest, host))
                show(uid, other);
            if (pair == QLatin1String("EndpointSlice Pod") && podsOf(host).contains(other))
                show(uid, other);
            if (pair != QLatin1String("Service Pod") || !selects(host, guest))
                continue;
            const bool covered = std::any_of(all.objects.begin(), all.objects.end(),
                [&](const auto &each) { return isSliceOf(each.second, host) && podsOf(each.second).contains(other); });
            if (!covered)
                show(uid, other);
        }
    }
    return all;
}

void walk(const Relations &all, const QString &uid, const QString &key, const QString &above, Parents &into)
{
    into[key] = above;
    const auto below = [&all](const std::map<QString, std::set<QString>> &relation, const QString &of) {
        const auto found = relation.find(of);
        return found == relation.end() ? std::set<QString>() : found->second;
    };
    for (const QString &each : below(all.owned, uid))
        walk(all, each, key.contains(u'/') ? key + u'/' + each : each, key, into);
    for (const QString &each : below(all.guests, uid))
        walk(all, each, key + u'/' + each, key, into);
}

Parents parentsOf(const QJsonArray &list)
{
    const Relations all = relationsOf(list);
    Parents parents;
    for (const auto &[uid, object] : all.objects) {
        const QString kind = text(object, "kind");
        const bool beneath = kind == QLatin1String("Service") || kind == QLatin1String("EndpointSlice");
        if (all.owner.at(uid).isEmpty() && !(beneath && all.hosted.contains(uid)))
            walk(all, uid, uid, QString(), parents);
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
        return key.isEmpty() ? QStringLiteral("nobody") : parts.join(QStringLiteral(" shows "));
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
                    QStringLiteral(
                        "pods,replicasets,deployments,statefulsets,daemonsets,jobs,cronjobs,replicationcontrollers,services,endpointslices,ingresses"),
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
