// SPDX-License-Identifier: GPL-3.0-or-later
// Which hosts settings and command lines name, and what only looks like one.
#include "jobs/servicehost.h"
#include "jobs/settingname.h"

#include <QStringList>
#include <QTest>

using namespace fairlead::jobs;

namespace {

QString joined(const std::vector<std::string> &words)
{
    QStringList list;
    for (const std::string &each : words)
        list << QString::fromStdString(each);
    return list.join(u' ');
}

} // namespace

class ServiceHostTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void settings_data()
    {
        QTest::addColumn<QByteArray>("setting");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QString>("hosts");
        const auto row = [](const char *setting, const char *value, const char *hosts = "") {
            QTest::addRow("%s=%s", setting, value) << QByteArray(setting) << QByteArray(value) << QString::fromLatin1(hosts);
        };
        // Addresses, whatever the setting is called.
        row("A", "http://web", "web");
        row("A", "http://web/x?y=z", "web");
        row("A", "http://web:8080/api", "web");
        row("A", "https://Web.Shop.svc.cluster.local./x", "web.shop.svc.cluster.local");
        row("A", "postgres://orders:secret@orders-db:5432/orders?sslmode=disable", "orders-db");
        row("A", "postgres://orders:5432@orders-db/x", "orders-db");
        row("A", "jdbc:postgresql://orders-db/orders", "orders-db");
        row("A", "root@tcp(orders-db:3306)/orders", "orders-db");
        row("A", "mongodb://a:27017,b:27017/x", "a b");
        row("A", "orders-db:5432", "orders-db");
        row("A", "kafka-0.kafka:9092,kafka-1.kafka:9092", "kafka-0.kafka kafka-1.kafka");
        row("A", "deploy@web", "web");
        row("A", "see orders-db.data.svc for more", "orders-db.data.svc");
        row("A", "host=web port=5432 dbname=orders user=orders", "web");
        row("A", "server=orders-db;database=orders", "orders-db");
        // The whole value: by the setting, or where it is no ordinary word.
        row("DB_HOST", "web", "web");
        row("dbHost", "web", "web");
        row("PGHOST", "web", "web");
        row("REDIS_HOST_NAME", "web", "web");
        row("DB", "orders-db", "orders-db");
        row("", "orders-db");
        row("DB", "orders");
        row("MODE", "web");
        row("CACHE_BACKEND", "redis");
        row("SERVICE_NAME", "orders-api");
        row("DD_SERVICE", "orders-api");
        row("APP", "orders-api");
        row("DB_NAME", "orders-db");
        row("DB_USER", "orders-db");
        row("IMAGE", "orders-api:8080");
        row("IMAGE", "registry.tools.svc:5000/web:80");
        // What only looks like it.
        row("A", "redis:7");
        row("A", "postgres:16-alpine");
        row("A", "postgres:16.2");
        row("A", "the web is wide");
        row("A", "/etc/web:8080");
        row("A", "my_web:8080");
        row("A", "my-web.:8080", "my-web");
        row("A", "web:99999");
        row("A", "web:-80");
        row("A", "web:");
        row("A", "${web}:8080");
        row("A", "$web:8080");
        row("A", "10.0.0.1:8080");
        row("A", "-web:8080");
        row("A", "web-:8080");
        row("A", "a..b:8080");
        row("A", "w\xc3\xa4"
                 "b:8080");
        row("A", "://");
        row("A", "http://");
        row("A", "@");
        row("A", "=");
        row("HOST", "");
        row("HOST", "\x1b[31mweb");
        row("HOST", "web\n");
    }
    void settings()
    {
        QFETCH(const QByteArray, setting);
        QFETCH(const QByteArray, value);
        QFETCH(const QString, hosts);
        QCOMPARE(joined(hostsIn(value.toStdString(), setting.toStdString())), hosts);
    }

    void commandLines()
    {
        const auto hosts = [](const std::vector<std::string_view> &words) { return joined(hostsIn(words)); };
        QCOMPARE(hosts({"psql", "-h", "orders"}), QStringLiteral("orders"));
        QCOMPARE(hosts({"pg_dump", "--host", "orders", "--dbname", "shop"}), QStringLiteral("orders"));
        QCOMPARE(hosts({"pg_dump", "--host=orders", "--dbname=shop", "--jobs=web"}), QStringLiteral("orders"));
        QCOMPARE(hosts({"sh", "-c", "pg_dump -h orders -U web shop | gzip > /out/web.gz"}), QStringLiteral("orders"));
        QCOMPARE(hosts({"sh", "-c", "mysqldump -h \"orders-db\" shop; curl http://web/done"}), QStringLiteral("orders-db web"));
        QCOMPARE(hosts({"sh", "-c", "until nc -z web:8080; do sleep 1; done"}), QStringLiteral("web"));
        QCOMPARE(hosts({"web", "api", "worker"}), QString()); // a program and its subcommands
        QCOMPARE(hosts({"orders-api", "orders-db"}), QString());
        QCOMPARE(hosts({"kubectl", "-n", "orders-db", "-l", "web"}), QString());
        QCOMPARE(hosts({"run", "--name=orders-db", "--role", "web"}), QString());
        QCOMPARE(hosts({}), QString());
    }

    void longText()
    {
        std::string text; // whatever is looked for before or behind a name is near
        for (int i = 0; i < 20'000; ++i)
            text += "web:8080,=@ ";
        QCOMPARE(hostsIn(text, "A").size(), std::size_t(20'000));
        std::string addresses;
        for (int i = 0; i < 20'000; ++i)
            addresses += "://web";
        QCOMPARE(hostsIn(addresses, "A").size(), std::size_t(1)); // the last
        const std::string one(1'000'000, 'a');
        QCOMPARE(hostsIn(one + "=" + one, "HOST").size(), std::size_t(0));
        QCOMPARE(hostsIn(std::string(1'000'000, '='), "HOST").size(), std::size_t(0));
        QCOMPARE(hostsIn(std::string(1'000'000, ' ') + "web", "HOST").size(), std::size_t(0));
    }

    void whatServicesTheyAre()
    {
        const auto services = [](std::string_view host) {
            QStringList list;
            for (const ServiceHost &each : servicesOf(host))
                list << QString::fromStdString(each.space + "/" + each.name + (each.certain ? "!" : ""));
            return list.join(u' ');
        };
        QCOMPARE(services("web"), QStringLiteral("/web"));
        QCOMPARE(services("web.shop"), QStringLiteral("shop/web /shop"));
        QCOMPARE(services("web.shop.svc"), QStringLiteral("shop/web!"));
        QCOMPARE(services("web.shop.svc.cluster.local"), QStringLiteral("shop/web!"));
        QCOMPARE(services("db-0.db.shop.svc"), QStringLiteral("shop/db!"));
        QCOMPARE(services("db-0.db.shop"), QStringLiteral("shop/db"));
        QCOMPARE(services("www.example.com.at"), QString());
        QCOMPARE(services("a.b.c.d.svc"), QString());
        QCOMPARE(services(""), QString());
    }

    void databases()
    {
        for (const char *name : {"orders-db", "db", "DATABASE_URL", "ordersdb", "db-0", "postgres14", "PGPASSWORD", "dbUrl", "DBUrl", "redis-master",
                 "mysql", "MySQL", "mariadb", "jdbc.url", "dsn", "mongodb", "users_sql"})
            QVERIFY2(saysDatabase(name), name);
        for (const char *name : {"", "orders", "debug", "gdb", "dbus", "pgp-key", "sqlite3x", "adblock", "token", "\xff\xfe"})
            QVERIFY2(!saysDatabase(name), name);
        QCOMPARE(joined(wordsOf("DATABASE_URL")), QStringLiteral("database url"));
        QCOMPARE(joined(wordsOf("databaseUrl2")), QStringLiteral("database url"));
        QCOMPARE(joined(wordsOf("--db-host")), QStringLiteral("db host"));
        QCOMPARE(joined(wordsOf("42")), QString());
    }
};

QTEST_GUILESS_MAIN(ServiceHostTest)
#include "tst_jobs_servicehost.moc"
