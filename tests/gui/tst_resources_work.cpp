// SPDX-License-Identifier: GPL-3.0-or-later
// Jobs, services and mixed workloads on the resources page: a column with its reasons, a button that filters, both remembered.
#include "support/offscreenmain.h"
#include "support/resourcesstage.h"

#include "ui/resources/resourcesbar.h"
#include "ui/widgets/dropbutton.h"

#include <QAction>
#include <QMenu>

#include <algorithm>

namespace fairlead {

using namespace ui;
using test::ObjectWorld;
using test::ResourcesStage;
using test::stagePod;

namespace {

const std::string deploymentsPath = "/apis/apps/v1/namespaces/payments/deployments";
const Destination deployments{.page = "resources", .kind = "deployments"};

// moc 6.4 loses its way in raw strings: ' stands for a quotation mark.
std::string json(std::string text)
{
    std::replace(text.begin(), text.end(), '\'', '"');
    return text;
}

ObjectWorld::Object deployment(const std::string &name, const std::string &containers)
{
    return {.name = name,
        .cells = {name, "1/1", "1", "1", "4d"},
        .json = json("{'kind':'Deployment','apiVersion':'apps/v1','metadata':{'name':'" + name + "','namespace':'payments','uid':'u-" + name +
                     "','resourceVersion':'7','creationTimestamp':'2026-11-20T14:40:00Z'},'spec':{'replicas':1,'template':{'spec':{'restartPolicy':"
                     "'Always','containers':[" +
                     containers + "]}}},'status':{'replicas':1,'readyReplicas':1}}")};
}

} // namespace

class TestResourcesWork : public QObject, private ResourcesStage {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        set();
        const std::string loop = "{'name':'b','command':['sh','-c','while true; do tidy; sleep 600; done']}";
        m_world->addCollection(deploymentsPath, {"Name", "Ready", "Up-to-date", "Available", "Age"});
        m_world->addObject(deploymentsPath, deployment("api", "{'name':'a','ports':[{'containerPort':8080}]}"));
        m_world->addObject(deploymentsPath, deployment("mailer", "{'name':'a','ports':[{'containerPort':80}]}," + loop));
        m_world->addObject(deploymentsPath, deployment("tidy", loop));
    }
    void cleanup() { strike(); }

    void theColumnSaysWhatAndWhy()
    {
        page(deployments);
        QCOMPARE(column(QStringLiteral("Work")),
            QStringList({QStringLiteral("service: serves :8080"), QStringLiteral("mixed: a container sleeps in a loop"),
                QStringLiteral("job: a container sleeps in a loop, and nothing asks for it")}));
        QVERIFY(button().isVisibleTo(m_page.get()));
        QCOMPARE(menu(),
            QStringList({QStringLiteral("Mixed  1"), QStringLiteral("Jobs  1"), QStringLiteral("Services  1"), QString(), QStringLiteral("All")}));
    }

    void aChoiceFiltersAndIsRemembered()
    {
        page(deployments);
        choose(QStringLiteral("Mixed"));
        QCOMPARE(column(QStringLiteral("Name")), QStringList{QStringLiteral("mailer")});
        QCOMPARE(m_page->destination().states, std::string("mixed"));
        choose(QStringLiteral("Jobs"));
        QCOMPARE(column(QStringLiteral("Name")), QStringList({QStringLiteral("mailer"), QStringLiteral("tidy")}));
        QVERIFY2(button().accessibleName().contains(QStringLiteral("Mixed, Jobs")), qPrintable(button().accessibleName()));
        // As the next start restores it.
        const Destination there = m_page->destination();
        page(there);
        QCOMPARE(column(QStringLiteral("Name")), QStringList({QStringLiteral("mailer"), QStringLiteral("tidy")}));
        choose(QStringLiteral("All"));
        QCOMPARE(column(QStringLiteral("Name")).size(), 3);
        QVERIFY(m_page->destination().states.empty());
    }

    // A filter that hides all says so, and can be taken back.
    void nothingLeftIsSaid()
    {
        m_world->remove(deploymentsPath, "mailer");
        page({.page = "resources", .kind = "deployments", .states = "mixed"});
        QCOMPARE(column(QStringLiteral("Name")).size(), 0);
        QVERIFY(button().isVisibleTo(m_page.get()));
        press(QStringLiteral("Clear the filter"));
        QCOMPARE(column(QStringLiteral("Name")).size(), 2);
    }

    void aKindThatRunsNothingHasNoButton()
    {
        m_world->addCollection("/api/v1/namespaces/payments/configmaps", {"Name", "Data", "Age"});
        page({.page = "resources", .kind = "configmaps"});
        QVERIFY(!button().isVisibleTo(m_page.get()));
    }

    void podsOfServicesAloneHaveNone()
    {
        page();
        QVERIFY(!button().isVisibleTo(m_page.get()));
        QVERIFY(!table().shows(items::TableColumns::Own::Work)); // only where somebody asks for it
        QMenu columns;
        table().fillColumnsMenu(columns);
        for (QAction *action : columns.actions()) {
            if (action->text() == QStringLiteral("Work"))
                action->trigger();
        }
        m_world->settle();
        QVERIFY(table().shows(items::TableColumns::Own::Work));
        QVERIFY(button().isVisibleTo(m_page.get()));
    }

    void aTreeHasNone()
    {
        page(deployments);
        choose(QStringLiteral("Mixed"));
        press(QStringLiteral("Tree"));
        QVERIFY(!button().isVisibleTo(m_page.get()));
        press(QStringLiteral("Table"));
        QVERIFY(button().isVisibleTo(m_page.get()));
        QCOMPARE(column(QStringLiteral("Name")), QStringList{QStringLiteral("mailer")});
    }

private:
    [[nodiscard]] DropButton &button() { return m_page->findChild<ResourcesBar *>()->work(); }
    [[nodiscard]] QStringList menu()
    {
        Q_EMIT button().opening();
        QStringList words;
        for (const QAction *action : button().menu()->actions())
            words << action->text();
        return words;
    }
    void choose(const QString &start)
    {
        (void)menu();
        for (QAction *action : button().menu()->actions()) {
            if (action->text().startsWith(start)) {
                action->trigger();
                m_world->settle();
                return;
            }
        }
        QFAIL(qPrintable(start));
    }
};

} // namespace fairlead

int main(int argc, char **argv)
{
    return fairlead::test::offscreenMain<fairlead::TestResourcesWork>(argc, argv);
}

#include "tst_resources_work.moc"
