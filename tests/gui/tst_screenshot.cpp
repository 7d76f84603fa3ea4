// SPDX-License-Identifier: GPL-3.0-or-later
// The program itself, started as a user would: pictures without a display and without an environment; no abort where there is none.
#include <QImage>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

namespace fairlead {

class TestScreenshot : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void emptyEnvironment();
    void sizeScaleAndTheme();
    void platformOfTheEnvironmentDoesNotMatter();
    void contextsAreShown();
    void failedPageIsWrittenAndSaid();
    void unknownContextIsSaidOnEveryPage();
    void pictureThatCannotBeWritten();
    void noDisplayIsNoAbort_data();
    void noDisplayIsNoAbort();
    void unknownPage();

private:
    struct Ended {
        int code = -1;
        QString err;
    };
    /// Runs with nothing but `environment`.
    Ended run(const QStringList &arguments, const QStringList &environment = {});
    [[nodiscard]] QString path(const char *name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    QString file(const char *name, const QByteArray &text);

    QString m_program;
    QTemporaryDir m_folder;
};

void TestScreenshot::initTestCase()
{
    m_program = qEnvironmentVariable("FAIRLEAD_PROGRAM", QCoreApplication::applicationDirPath() + QStringLiteral("/../fairlead"));
    QVERIFY2(QFile::exists(m_program), qPrintable(m_program));
    QVERIFY(m_folder.isValid());
}

TestScreenshot::Ended TestScreenshot::run(const QStringList &arguments, const QStringList &environment)
{
    QProcess process;
    QStringList all = environment;
    // The sanitizers' own settings are the test run's, not the user's.
    for (const char *name : {"ASAN_OPTIONS", "LSAN_OPTIONS", "UBSAN_OPTIONS"}) {
        if (qEnvironmentVariableIsSet(name))
            all << QString::fromLatin1(name) + QLatin1Char('=') + qEnvironmentVariable(name);
    }
    QProcessEnvironment only;
    for (const QString &line : std::as_const(all))
        only.insert(line.section(QLatin1Char('='), 0, 0), line.section(QLatin1Char('='), 1));
    if (only.isEmpty())
        only.insert(QStringLiteral("FAIRLEAD_TEST"), QStringLiteral("1")); // QProcess takes an empty one for "inherit"
    process.setProcessEnvironment(only);
    process.setWorkingDirectory(m_folder.path());
    process.setStandardInputFile(QProcess::nullDevice());
    process.start(m_program, arguments);
    if (!process.waitForFinished(60'000)) {
        process.kill();
        process.waitForFinished();
        return {-2, QStringLiteral("did not end")};
    }
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1, QString::fromUtf8(process.readAllStandardError())};
}

QString TestScreenshot::file(const char *name, const QByteArray &text)
{
    QFile out(path(name));
    if (!out.open(QIODevice::WriteOnly) || out.write(text) != text.size())
        qFatal("cannot write %s", name);
    return out.fileName();
}

void TestScreenshot::emptyEnvironment()
{
    const Ended ended = run({QStringLiteral("--screenshot"), path("empty.png")});
    QCOMPARE(ended.err, QString());
    QCOMPARE(ended.code, 0);
    QCOMPARE(QImage(path("empty.png")).size(), QSize(1280, 800));
}

void TestScreenshot::sizeScaleAndTheme()
{
    const Ended ended =
        run({QStringLiteral("--screenshot"), path("dark.png"), QStringLiteral("--size"), QStringLiteral("900x600"), QStringLiteral("--scale"),
            QStringLiteral("1.5"), QStringLiteral("--theme"), QStringLiteral("dark"), QStringLiteral("--page"), QStringLiteral("clusters")});
    QCOMPARE(ended.code, 0);
    const QImage image(path("dark.png"));
    QCOMPARE(image.size(), QSize(1350, 900));
    QVERIFY(qGray(image.pixel(1300, 800)) < 64);
    QCOMPARE(run({QStringLiteral("--screenshot"), path("light.png"), QStringLiteral("--theme"), QStringLiteral("light")}).code, 0);
    QCOMPARE(QImage(path("light.png")).pixel(1200, 700), qRgb(255, 255, 255));
}

void TestScreenshot::platformOfTheEnvironmentDoesNotMatter()
{
    for (const char *line :
        {"QT_QPA_PLATFORM=xcb", "QT_QPA_PLATFORM=wayland", "DISPLAY=:77", "WAYLAND_DISPLAY=nowhere", "QT_SCALE_FACTOR=2", "LANG=xx_YY.ISO-8859-1"}) {
        QFile::remove(path("any.png"));
        const Ended ended = run({QStringLiteral("--screenshot"), path("any.png")}, {QString::fromLatin1(line)});
        QVERIFY2(ended.code == 0, line);
        QCOMPARE(QImage(path("any.png")).size(), QSize(1280, 800));
    }
}

void TestScreenshot::contextsAreShown()
{
    const QString config =
        file("config", "apiVersion: v1\nkind: Config\ncurrent-context: shop\nclusters:\n- name: one\n  cluster:\n    server: https://127.0.0.1:1\n"
                       "users:\n- name: mara\n  user:\n    token: abc\ncontexts:\n- name: shop\n  context:\n    cluster: one\n    user: mara\n");
    QCOMPARE(run({QStringLiteral("--screenshot"), path("none.png")}).code, 0);
    // The window opens on the current context, whose server does not answer: that is a picture too, and an exit code of its own.
    const Ended one = run({QStringLiteral("--kubeconfig"), config, QStringLiteral("--screenshot"), path("one.png")});
    QCOMPARE(one.code, 3);
    QVERIFY2(one.err.contains(QStringLiteral("127.0.0.1:1")), qPrintable(one.err));
    QVERIFY(QImage(path("one.png")) != QImage(path("none.png")));
    const QStringList clusters = {QStringLiteral("--page"), QStringLiteral("clusters"), QStringLiteral("--screenshot")};
    QCOMPARE(run(QStringList{QStringLiteral("--kubeconfig"), config} + clusters + QStringList{path("clusters.png")}).code, 0);
    QCOMPARE(run(clusters + QStringList{path("variable.png")}, {QStringLiteral("KUBECONFIG=") + config}).code, 0);
    QVERIFY(QImage(path("clusters.png")) != QImage(path("none.png")));
    QVERIFY(QImage(path("variable.png")) != QImage(path("none.png")));
    // The picture is the same each time: nothing in it depends on when.
    QCOMPARE(run({QStringLiteral("--screenshot"), path("again.png")}).code, 0);
    QCOMPARE(QImage(path("again.png")), QImage(path("none.png")));
}

void TestScreenshot::failedPageIsWrittenAndSaid()
{
    const QString config = file("broken", "contexts:\n- name: x\n context: {}\n");
    const Ended ended = run({QStringLiteral("--kubeconfig"), config, QStringLiteral("--screenshot"), path("failed.png")});
    QCOMPARE(ended.code, 1);
    QVERIFY2(ended.err.contains(config + QLatin1Char(':')), qPrintable(ended.err));
    QCOMPARE(QImage(path("failed.png")).size(), QSize(1280, 800));
}

void TestScreenshot::unknownContextIsSaidOnEveryPage()
{
    const QString config =
        file("known", "clusters:\n- name: one\n  cluster:\n    server: https://127.0.0.1:1\nusers:\n- name: mara\n  user:\n    token: abc\n"
                      "contexts:\n- name: shop\n  context:\n    cluster: one\n    user: mara\n");
    const QStringList asked{QStringLiteral("--kubeconfig"), config, QStringLiteral("--context"), QStringLiteral("nosuch")};
    const Ended command = run(asked + QStringList{QStringLiteral("get"), QStringLiteral("pods")});
    for (const QStringList &page : {QStringList(), QStringList{QStringLiteral("--page"), QStringLiteral("clusters")}}) {
        const Ended ended = run(asked + page + QStringList{QStringLiteral("--screenshot"), path("nosuch.png")});
        QCOMPARE(ended.code, command.code);
        QVERIFY2(ended.err.contains(QStringLiteral("nosuch")), qPrintable(ended.err));
        QCOMPARE(QImage(path("nosuch.png")).size(), QSize(1280, 800));
    }
}

void TestScreenshot::pictureThatCannotBeWritten()
{
    const Ended ended = run({QStringLiteral("--screenshot"), path("no/such/folder.png")});
    QCOMPARE(ended.code, 1);
    QVERIFY2(ended.err.contains(QStringLiteral("no/such/folder.png")), qPrintable(ended.err));
}

void TestScreenshot::noDisplayIsNoAbort_data()
{
    QTest::addColumn<QStringList>("environment");
    QTest::newRow("none") << QStringList{};
    QTest::newRow("x, gone") << QStringList{QStringLiteral("DISPLAY=:7771")};
    QTest::newRow("wayland, gone") << QStringList{QStringLiteral("WAYLAND_DISPLAY=wayland-7"), QStringLiteral("XDG_RUNTIME_DIR=/nonexistent")};
    QTest::newRow("nonsense") << QStringList{QStringLiteral("DISPLAY=nonsense"), QStringLiteral("WAYLAND_DISPLAY=/dev/null")};
}

void TestScreenshot::noDisplayIsNoAbort()
{
    QFETCH(QStringList, environment);
    const Ended ended = run({}, environment);
    QCOMPARE(ended.code, 1);
    QVERIFY2(ended.err.contains(QStringLiteral("--screenshot")), qPrintable(ended.err));
}

void TestScreenshot::unknownPage()
{
    const Ended ended = run({QStringLiteral("--page"), QStringLiteral("nosuch"), QStringLiteral("--screenshot"), path("page.png")});
    QCOMPARE(ended.code, 2);
    QVERIFY2(ended.err.contains(QStringLiteral("nosuch")), qPrintable(ended.err));
    QVERIFY(!QFile::exists(path("page.png")));
}

} // namespace fairlead

QTEST_GUILESS_MAIN(fairlead::TestScreenshot)
#include "tst_screenshot.moc"
