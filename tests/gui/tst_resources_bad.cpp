// SPDX-License-Identifier: GPL-3.0-or-later
// What goes wrong under a resources page: names without end, hundreds of columns, hostile texts, a kind that vanishes, rights that are lost.
#include "support/offscreenmain.h"
#include "support/resourcesstage.h"

#include "ui/resources/ownertreeview.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/text.h"

#include <QAccessible>
#include <QHeaderView>
#include <QMenu>
#include <QPlainTextEdit>
#include <QSignalSpy>

#include <algorithm>
#include <cerrno>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace fairlead {

using namespace ui;
using test::ObjectWorld;
using test::podsPath;
using test::ResourcesStage;
using test::stagePod;
using test::toolTipAt;

namespace {

const std::string replicaSets = "/apis/apps/v1/namespaces/payments/replicasets";

/// A port of this machine at which nobody is to call.
class Listening {
public:
    Listening()
        : m_socket(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0))
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto *const any = reinterpret_cast<sockaddr *>(&address);
        if (bind(m_socket, any, size) == 0 && listen(m_socket, 4) == 0 && getsockname(m_socket, any, &size) == 0)
            m_port = ntohs(address.sin_port);
    }
    ~Listening() { close(m_socket); }
    Listening(const Listening &) = delete;
    Listening &operator=(const Listening &) = delete;

    [[nodiscard]] int port() const { return m_port; } ///< 0: it cannot be called
    [[nodiscard]] bool wasCalled() const { return accept(m_socket, nullptr, nullptr) >= 0 || errno != EAGAIN; }

private:
    int m_socket;
    int m_port = 0;
};

} // namespace

class TestResourcesBad : public QObject, private ResourcesStage {
    Q_OBJECT

private Q_SLOTS:
    void init() { set(); }
    void cleanup() { strike(); }
    void aNameWithoutEndIsCutAndSaidWhole();
    void hundredsOfColumns();
    void hostileTextsAreShownLiterally();
    void aKindVanishesWhileItIsShown();
    void rightsAreLostMeanwhile();
    void whoMayNotListAnywhereIsShownTheWay();
    void aTreeSaysWhatItMayNotRead();

private:
    [[nodiscard]] Banner *banner(const QString &beginning);
};

Banner *TestResourcesBad::banner(const QString &beginning)
{
    for (Banner *one : m_page->findChildren<Banner *>()) {
        if (one->isVisibleTo(m_page.get()) && one->accessibleName().startsWith(beginning))
            return one;
    }
    return nullptr;
}

void TestResourcesBad::aNameWithoutEndIsCutAndSaidWhole()
{
    const std::string name = "a" + std::string(498, 'x') + "z";
    const QString whole = QString::fromStdString(name);
    m_world->addObject(podsPath, stagePod(name, "0/1", "Error"));
    page();
    QCOMPARE(table().model()->rowCount(), 7);
    QVERIFY(table().horizontalHeader()->length() <= table().viewport()->width());
    for (int column = 1; column < table().model()->columnCount(); ++column) {
        if (!table().isColumnHidden(column))
            QVERIFY(table().columnWidth(column) >= table().wantedWidth(column)); // the others keep their room
    }
    const QStringList faults = test::lookFaults(*m_page);
    QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QLatin1Char('\n'))));
    table().selectNamed(name);
    const QModelIndex index = table().currentIndex().siblingAtColumn(0);
    QCOMPARE(index.data().toString(), whole);
    QCOMPARE(toolTipAt(table(), index), toolTipText(whole + QStringLiteral("\nFailing")));
    QAccessibleInterface *const spoken = QAccessible::queryAccessibleInterface(&table());
    QCOMPARE(spoken->tableInterface()->cellAt(index.row(), 0)->text(QAccessible::Name), whole);
    // In the tree, too.
    m_page->goTo({.page = "resources", .kind = "pods"});
    press(QStringLiteral("Tree"));
    m_world->settle();
    auto *tree = m_page->findChild<OwnerTreeView *>();
    QTRY_COMPARE((m_world->settle(), tree->model()->rowCount()), 7);
    QVERIFY(tree->header()->length() <= tree->viewport()->width());
}

void TestResourcesBad::hundredsOfColumns()
{
    constexpr int count = 300;
    const std::string path = "/api/v1/namespaces/payments/configmaps";
    std::vector<std::string> columns{"Name"};
    ObjectWorld::Object object = stagePod("wide", "", "");
    object.cells = {"wide"};
    for (int i = 1; i < count; ++i) {
        columns.push_back("Column " + std::to_string(i));
        object.cells.push_back("cell " + std::to_string(i));
    }
    m_world->addCollection(path, columns);
    for (int i = 0; i < 200; ++i) {
        ObjectWorld::Object one = object;
        one.name = one.cells[0] = "wide-" + std::to_string(i);
        for (std::size_t at = 0; (at = one.json.find("wide", at)) != std::string::npos; at += one.name.size())
            one.json.replace(at, 4, one.name);
        m_world->addObject(path, one);
    }
    page({.page = "resources", .kind = "configmaps"});
    QVERIFY(m_page->isComplete());
    QCOMPARE(table().model()->columnCount(), count);
    QCOMPARE(column(QStringLiteral("Column 299")).size(), 200);
    QVERIFY(table().columnWidth(0) >= 100); // a name can still be read
    QVERIFY(table().horizontalHeader()->length() > table().viewport()->width());
    QMenu menu;
    table().fillColumnsMenu(menu);
    QVERIFY(menu.actions().size() >= count);
    for (int i = 5; i < count; ++i)
        menu.actions().at(i)->trigger();
    QCOMPARE(table().shownColumns().size(), std::size_t(5));
    QVERIFY(table().horizontalHeader()->length() <= table().viewport()->width());
    // And so it is the next time.
    page({.page = "resources", .kind = "configmaps"});
    QCOMPARE(table().shownColumns().size(), std::size_t(5));
}

void TestResourcesBad::hostileTextsAreShownLiterally()
{
    const Listening listening;
    const std::string image = "<img src=http://127.0.0.1:" + std::to_string(listening.port()) + "/x>";
    const std::string hostile = "<b>bold</b>" + image;
    ObjectWorld::Object pod = stagePod("hostile", "0/1", hostile);
    m_world->addObject(podsPath, pod);
    page();
    const int status = 2;
    const QString literal = QString::fromStdString(hostile);
    QVERIFY(column(QStringLiteral("Status")).contains(literal));
    table().selectNamed("hostile");
    table().setColumnWidth(status, 60);
    const QString tip = toolTipAt(table(), table().currentIndex().siblingAtColumn(status));
    QCOMPARE(tip, toolTipText(literal + QLatin1Char('\n') + table().currentIndex().data(items::TableModel::HealthWordRole).toString()));
    // The server's own words: over the rows, then instead of them.
    m_world->refuse(podsPath, 503, "ServiceUnavailable", hostile);
    m_world->server().breakWatch({.code = Code::Interrupted, .message = "the connection was lost"}, podsPath);
    QTRY_VERIFY((m_world->settle(), banner(QStringLiteral("No word from the server.")) != nullptr));
    QTRY_VERIFY2((m_world->settle(), banner({})->accessibleName().contains(literal)), qPrintable(banner({})->accessibleName()));
    m_world->addCollection("/api/v1/namespaces/payments/services", {"Name"});
    m_world->refuse("/api/v1/namespaces/payments/services", 403, "Forbidden", hostile);
    page({.page = "resources", .kind = "services"});
    auto *words = m_page->findChild<QPlainTextEdit *>();
    QVERIFY(words != nullptr && words->isVisibleTo(m_page.get()));
    QVERIFY2(words->toPlainText().contains(literal), qPrintable(words->toPlainText()));
    QVERIFY(listening.port() != 0 && !listening.wasCalled()); // nobody has fetched anything
}

void TestResourcesBad::aKindVanishesWhileItIsShown()
{
    page();
    QSignalSpy shown(m_page.get(), &Page::statusChanged);
    m_world->refuse(podsPath, 404, "NotFound", "the server could not find the requested resource");
    m_world->server().breakWatch({.code = Code::Interrupted, .message = "the connection was lost"}, podsPath);
    QTRY_VERIFY2(
        (m_world->settle(), said().contains(QStringLiteral("This cluster has no pods any more."))), qPrintable(said().join(QLatin1Char('|'))));
    QVERIFY(m_page->isComplete());
    QVERIFY(m_page->failure() && m_page->failure()->code == Code::NotFound);
    QVERIFY(!table().isEnabled());
    const QStringList faults = test::lookFaults(*m_page);
    QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QLatin1Char('\n'))));
    // It comes back, and somebody looks again.
    m_world->refuse(podsPath, 0, {}, {});
    press(QStringLiteral("Look again"));
    QTRY_COMPARE((m_world->settle(), column(QStringLiteral("Name")).size()), 6);
    QVERIFY(table().isEnabled());
    QVERIFY(!m_page->failure());
}

void TestResourcesBad::rightsAreLostMeanwhile()
{
    page();
    table().selectNamed("api-2");
    const std::string words = "pods is forbidden: User dev cannot list resource pods in the namespace payments";
    m_world->refuse(podsPath, 403, "Forbidden", words);
    m_world->server().breakWatch({.code = Code::Interrupted, .message = "the connection was lost"}, podsPath);
    QTRY_VERIFY2((m_world->settle(), banner(QStringLiteral("You may not list pods in namespace payments any more.")) != nullptr),
        qPrintable(said().join(QLatin1Char('|'))));
    QVERIFY(banner({})->accessibleName().contains(QString::fromStdString(words)));
    QVERIFY(banner({})->accessibleName().contains(QStringLiteral("The rows are those of ")));
    QCOMPARE(column(QStringLiteral("Name")).size(), 6); // what was read stays, without colour
    QCOMPARE(table().current()->name(), std::string_view("api-2"));
    m_world->refuse(podsPath, 0, {}, {});
    press(QStringLiteral("Retry now"));
    QTRY_VERIFY((m_world->settle(), banner({}) == nullptr));
    QCOMPARE(table().current()->name(), std::string_view("api-2"));
}

void TestResourcesBad::whoMayNotListAnywhereIsShownTheWay()
{
    m_world->addCollection("/api/v1/pods", {"Name"});
    m_world->refuse("/api/v1/pods", 403, "Forbidden", "pods is forbidden: User dev cannot list resource pods in API group  at the cluster scope");
    page({.page = "resources", .kind = "pods", .scope = kube::Scope::all()});
    QVERIFY(m_page->failure());
    QVERIFY2(m_page->failure()->remedy.starts_with("Choose a namespace in which you may see pods."), m_page->failure()->remedy.c_str());
    QTRY_VERIFY2((m_world->settle(), said().join(QLatin1Char('|')).contains(QStringLiteral("Choose a namespace in which you may see pods."))),
        qPrintable(said().join(QLatin1Char('|'))));
}

void TestResourcesBad::aTreeSaysWhatItMayNotRead()
{
    m_world->addCollection(replicaSets, {"Name", "Desired", "Current", "Ready", "Age"});
    for (const char *path :
        {"/api/v1/namespaces/payments/services", "/apis/apps/v1/namespaces/payments/deployments", "/apis/apps/v1/namespaces/payments/statefulsets",
            "/apis/apps/v1/namespaces/payments/daemonsets", "/apis/batch/v1/namespaces/payments/jobs", "/apis/batch/v1/namespaces/payments/cronjobs",
            "/api/v1/namespaces/payments/replicationcontrollers", "/apis/discovery.k8s.io/v1/namespaces/payments/endpointslices",
            "/apis/networking.k8s.io/v1/namespaces/payments/ingresses"})
        m_world->addCollection(path, {"Name", "Age"});
    const std::string words = "replicasets.apps is forbidden: User dev cannot list resource replicasets";
    m_world->refuse(replicaSets, 403, "Forbidden", words);
    page();
    QVERIFY(banner({}) == nullptr);
    press(QStringLiteral("Tree"));
    auto *tree = m_page->findChild<OwnerTreeView *>();
    QTRY_COMPARE((m_world->settle(), tree->model()->rowCount()), 6);
    Banner *const missing = banner(QStringLiteral("You may not list replica sets."));
    QVERIFY2(missing != nullptr, qPrintable(said().join(QLatin1Char('|'))));
    QVERIFY2(missing->accessibleName().contains(QString::fromStdString(words)), qPrintable(missing->accessibleName()));
    QVERIFY(m_page->isComplete());
    const QStringList faults = test::lookFaults(*m_page);
    QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QLatin1Char('\n'))));
    // In the table nothing is missing.
    press(QStringLiteral("Table"));
    QVERIFY(banner({}) == nullptr);
    press(QStringLiteral("Tree"));
    QTRY_VERIFY((m_world->settle(), banner(QStringLiteral("You may not list replica sets.")) != nullptr));
    m_world->refuse(replicaSets, 0, {}, {});
    press(QStringLiteral("Retry now"));
    QTRY_VERIFY((m_world->settle(), banner({}) == nullptr));
}

} // namespace fairlead

int main(int argc, char **argv)
{
    return fairlead::test::offscreenMain<fairlead::TestResourcesBad>(argc, argv);
}

#include "tst_resources_bad.moc"
