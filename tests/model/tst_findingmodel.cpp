// SPDX-License-Identifier: GPL-3.0-or-later
// What is broken, as rows: changes by the least step end as a model made anew.
#include "items/findingmodel.h"

#include <QAbstractItemModelTester>
#include <QPersistentModelIndex>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <random>

namespace fairlead {

using items::FindingModel;
using kinds::Finding;
using overview::Overview;

namespace {

Finding finding(const std::string &name, Finding::Severity severity = Finding::Severity::Broken, const std::string &reason = "It is broken")
{
    return {.id = "crash-loop",
        .severity = severity,
        .object = {"apps/v1", "Deployment", "team-a", name},
        .reason = reason,
        .since = Moment(std::chrono::milliseconds(1000)),
        .seenAt = {"v1", "Pod", "team-a", name + "-1"},
        .evidence = {"exit code 137"}};
}

/// All rows, as they are said.
QStringList said(const FindingModel &model)
{
    QStringList out;
    for (int row = 0; row < model.rowCount(); ++row) {
        const QModelIndex index = model.index(row, 0);
        out << index.data().toString() << model.index(0, 0, index).data().toString() << index.data(FindingModel::SeverityRole).toString();
    }
    return out;
}

} // namespace

class TestFindingModel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sayWhatIsBroken();
    void whatCouldNotBeReadComesFirst();
    void onlyWhatIsChosen();
    void foreignTextIsShownLiterally();
    void randomChangesEndAsMadeAnew();
};

void TestFindingModel::sayWhatIsBroken()
{
    FindingModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    Overview::Glance glance;
    glance.findings = {finding("web")};
    model.show(glance);
    const QModelIndex index = model.index(0, 0);
    QCOMPARE(index.data(Qt::AccessibleTextRole).toString(), QStringLiteral("Broken: Deployment web in team-a: It is broken"));
    QCOMPARE(index.data(FindingModel::WhereRole).toString(), QStringLiteral("Deployment  ·  team-a"));
    QCOMPARE(index.data(FindingModel::SinceRole).toLongLong(), qint64(1000));
    QCOMPARE(model.rowCount(index), 1);
    const QModelIndex beneath = model.index(0, 0, index);
    QVERIFY(beneath.data(FindingModel::DetailRole).toBool() && !index.data(FindingModel::DetailRole).toBool());
    QVERIFY(beneath.data().toString().contains(QStringLiteral("exit code 137. What usually helps: Read the log")));
    QCOMPARE(model.finding(beneath)->object.name, std::string("web"));
    QVERIFY(model.unread(beneath) == nullptr);
}

void TestFindingModel::whatCouldNotBeReadComesFirst()
{
    FindingModel model;
    Overview::Glance glance;
    glance.findings = {finding("web")};
    kube::Resource nodes;
    nodes.id = {"", "v1", "nodes"};
    nodes.kind = "Node";
    glance.unread.push_back({nodes, {.code = Code::Forbidden, .message = "nodes is forbidden", .remedy = "Ask for it"}, {}});
    model.show(glance);
    QCOMPARE(model.rowCount(), 2);
    const QModelIndex first = model.index(0, 0);
    QCOMPARE(first.data(FindingModel::NameRole).toString(), QStringLiteral("Nodes"));
    QCOMPARE(first.data(FindingModel::SeverityRole).toInt(), int(Finding::Severity::Unknown));
    QCOMPARE(first.data(FindingModel::EvidenceRole).toStringList(), QStringList(QStringLiteral("nodes is forbidden")));
    QCOMPARE(first.data(FindingModel::HelpRole).toString(), QStringLiteral("Ask for it"));
    QVERIFY(model.finding(first) == nullptr && model.unread(first) != nullptr);
}

void TestFindingModel::onlyWhatIsChosen()
{
    FindingModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    Overview::Glance glance;
    glance.findings = {finding("a"), finding("b", Finding::Severity::Risk), finding("c", Finding::Severity::Risk)};
    model.show(glance);
    const QPersistentModelIndex kept(model.index(2, 0));
    model.setChosen({Finding::Severity::Risk});
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(kept.row(), 1);
    QCOMPARE(model.count(Finding::Severity::Broken), 1); // whatever is chosen
    QCOMPARE(model.total(), 3);
    model.setChosen({});
    QCOMPARE(model.rowCount(), 3);
}

void TestFindingModel::foreignTextIsShownLiterally()
{
    FindingModel model;
    Overview::Glance glance;
    glance.findings = {finding("web", Finding::Severity::Broken, "a\nb\x1b[31m<b>")};
    model.show(glance);
    QCOMPARE(model.index(0, 0).data(FindingModel::ReasonRole).toString(), QStringLiteral("a\\nb\\x1b[31m<b>"));
}

void TestFindingModel::randomChangesEndAsMadeAnew()
{
    std::mt19937 random(11);
    FindingModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    std::vector<Finding> there;
    for (int round = 0; round < 300; ++round) {
        const auto at = [&] { return there.begin() + std::ptrdiff_t(random() % there.size()); };
        switch (random() % 4) {
        case 0:
            there.insert(there.empty() ? there.begin() : at(), finding("object-" + std::to_string(round), Finding::Severity(random() % 3)));
            break;
        case 1:
            if (!there.empty())
                there.erase(at());
            break;
        case 2:
            if (!there.empty())
                at()->reason = "changed in round " + std::to_string(round);
            break;
        default:
            if (there.size() > 1)
                std::iter_swap(at(), at());
        }
        if (random() % 10 == 0)
            model.setChosen(random() % 2 == 0 ? std::set<Finding::Severity>{} : std::set<Finding::Severity>{Finding::Severity(random() % 3)});
        Overview::Glance glance;
        glance.findings = there;
        model.show(glance);
        if (round % 20 == 0 || round == 299) {
            model.setChosen({});
            FindingModel anew;
            anew.show(glance);
            QCOMPARE(said(model), said(anew));
        }
    }
    QCOMPARE(reset.size(), 0);
}

} // namespace fairlead

QTEST_GUILESS_MAIN(fairlead::TestFindingModel)
#include "tst_findingmodel.moc"
