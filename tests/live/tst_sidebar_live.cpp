// SPDX-License-Identifier: GPL-3.0-or-later
// The side bar of a real cluster: every kind that kubectl can list, and as many objects as kubectl lists.
#include "app/engine.h"
#include "items/gotonames.h"
#include "items/kindcounts.h"
#include "items/namespacenames.h"
#include "items/sidebarmodel.h"
#include "kinds/commonkinds.h"
#include "support/livecluster.h"

#include <QAbstractItemModelTester>
#include <QTest>

#include <algorithm>
#include <memory>
#include <set>

using namespace fairlead;
using namespace fairlead::items;
using namespace fairlead::test;

namespace {

constexpr int patience = 60'000; // milliseconds

std::set<QString> kindsIn(const SideBarModel &model, const QModelIndex &parent = {})
{
    std::set<QString> keys;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex index = model.index(row, 0, parent);
        if (index.data(SideBarModel::TypeRole).toInt() == int(SideBarModel::Type::Kind))
            keys.insert(index.data(SideBarModel::KeyRole).toString());
        keys.merge(kindsIn(model, index));
    }
    return keys;
}

} // namespace

class SideBarLiveTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_cluster = std::make_unique<LiveCluster>(QStringLiteral("sidebar"));
        QVERIFY2(m_cluster->whyNot().isEmpty(), qPrintable(m_cluster->whyNot()));
    }
    void cleanupTestCase() { m_cluster.reset(); }

    void everyKindThatKubectlLists();
    void countsAreKubectls();
    void namespacesOfWhoMayNotListThem();
    void objectsAreFoundByName();

private:
    [[nodiscard]] std::set<QString> lines(const QStringList &arguments) const
    {
        std::set<QString> all;
        const auto output = QString::fromUtf8(m_cluster->kubectl(arguments)).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
        for (const QString &line : output)
            all.insert(line.trimmed());
        return all;
    }

    std::unique_ptr<LiveCluster> m_cluster;
};

void SideBarLiveTest::everyKindThatKubectlLists()
{
    app::Engine engine(m_cluster->endpoint());
    auto &session = engine.session();
    SideBarModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    connect(&session.discovery(), &kube::Discovery::changed, &model, &SideBarModel::setOffer);
    session.discovery().load().then(&model, [](const auto &) {});
    session.discovery().follow();
    const QStringList listed{QStringLiteral("api-resources"), QStringLiteral("--verbs=list"), QStringLiteral("-o"), QStringLiteral("name")};
    QTRY_VERIFY_WITH_TIMEOUT(model.rowCount() > 0, patience);
    QVERIFY(lines(listed).size() > 50);
    QCOMPARE(kindsIn(model), lines(listed));

    // A kind that appears is there without being asked for, and goes again.
    const QByteArray definition = "apiVersion: apiextensions.k8s.io/v1\n"
                                  "kind: CustomResourceDefinition\n"
                                  "metadata: {name: gadgets.shop.example.com}\n"
                                  "spec:\n"
                                  "  group: shop.example.com\n"
                                  "  scope: Namespaced\n"
                                  "  names: {plural: gadgets, singular: gadget, kind: Gadget}\n"
                                  "  versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]\n";
    QVERIFY(!m_cluster->kubectl({QStringLiteral("apply"), QStringLiteral("-f"), QStringLiteral("-")}, definition).isEmpty());
    QTRY_VERIFY_WITH_TIMEOUT(model.kindIndex("gadgets.shop.example.com").isValid(), patience);
    QVERIFY(!m_cluster->kubectl({QStringLiteral("delete"), QStringLiteral("crd"), QStringLiteral("gadgets.shop.example.com")}).isEmpty());
    QTRY_VERIFY_WITH_TIMEOUT(!model.kindIndex("gadgets.shop.example.com").isValid(), patience);
}

void SideBarLiveTest::countsAreKubectls()
{
    app::Engine engine(m_cluster->endpoint());
    auto &session = engine.session();
    QObject asker;
    kube::OfferPtr offer;
    session.discovery().load().then(&asker, [&](const Result<kube::OfferPtr> &answer) { offer = answer ? *answer : nullptr; });
    QTRY_VERIFY_WITH_TIMEOUT(offer != nullptr, patience);
    std::vector<kube::Resource> kinds;
    for (const kube::Resource &resource : offer->resources) {
        if (resource.preferred && resource.can("list") && kinds::isCommon(resource.id.group, resource.id.resource))
            kinds.push_back(resource);
    }
    QCOMPARE(kinds.size(), kinds::commonKinds().size());
    KindCounts counts(session);
    counts.setKinds(kinds);
    counts.setActive(true);
    QTRY_VERIFY_WITH_TIMEOUT(counts.isSettled(), patience);
    const auto check = [&](const QStringList &where) {
        for (const kube::Resource &resource : kinds) {
            const QString name = QString::fromStdString(resource.qualifiedName());
            if (name == QLatin1String("events"))
                continue; // they come while we look
            const auto ours = counts.count(resource.qualifiedName());
            QVERIFY2(ours.has_value(), qPrintable(name));
            const auto theirs = lines(QStringList{QStringLiteral("get"), name, QStringLiteral("-o"), QStringLiteral("name")} + where);
            // With all namespaces the same name may be there twice: the set is of namespace and name.
            if (where.contains(QStringLiteral("-A"))) {
                const QString form = QStringLiteral("jsonpath={range .items[*]}{.metadata.namespace}/{.metadata.name}{\"\\n\"}{end}");
                QCOMPARE(qsizetype(*ours), qsizetype(lines({QStringLiteral("get"), name, QStringLiteral("-A"), QStringLiteral("-o"), form}).size()));
            } else {
                QCOMPARE(qsizetype(*ours), qsizetype(theirs.size()));
            }
        }
    };
    check({QStringLiteral("-A")});
    counts.setScope(kube::Scope::of({"kube-system"}));
    QTRY_VERIFY_WITH_TIMEOUT(counts.isSettled(), patience);
    check({QStringLiteral("-n"), QStringLiteral("kube-system")});
    // Several: the sum.
    const auto inOne = counts.count("configmaps");
    counts.setScope(kube::Scope::of({"kube-system", "team-a"}));
    QTRY_VERIFY_WITH_TIMEOUT(counts.isSettled(), patience);
    QVERIFY(*counts.count("configmaps") > *inOne);
}

void SideBarLiveTest::namespacesOfWhoMayNotListThem()
{
    app::Engine admin(m_cluster->endpoint());
    NamespaceNames all(admin.session());
    all.follow();
    QTRY_VERIFY_WITH_TIMEOUT(all.names().count("team-a") == 1, patience);
    QVERIFY(!all.refusal().has_value());
    app::Engine dev(m_cluster->endpoint(QStringLiteral("dev")));
    NamespaceNames none(dev.session());
    none.follow();
    QTRY_VERIFY_WITH_TIMEOUT(none.refusal().has_value(), patience);
    QCOMPARE(none.refusal()->code, Code::Forbidden);
    QVERIFY(none.names().empty());
}

void SideBarLiveTest::objectsAreFoundByName()
{
    // As dev: nothing may be listed everywhere, but in the scope it may.
    app::Engine dev(m_cluster->endpoint(QStringLiteral("dev")));
    auto &session = dev.session();
    GoToModel model;
    GoToNames names(session, model);
    names.setScope(kube::Scope::of({"team-a"}));
    session.discovery().load().then(&names, [&](const Result<kube::OfferPtr> &answer) {
        model.setOffer(*answer);
        names.want();
    });
    model.setText(QStringLiteral("kube-root-ca"));
    QTRY_VERIFY_WITH_TIMEOUT(model.count(GoToModel::Type::Object) == 1, patience);
    const auto target = model.target(model.index(0, 0));
    QCOMPARE(target->name, std::string("kube-root-ca.crt"));
    QCOMPARE(target->space, std::string("team-a"));
    QCOMPARE(target->resource.qualifiedName(), std::string("configmaps"));
}

QTEST_GUILESS_MAIN(SideBarLiveTest)
#include "tst_sidebar_live.moc"
