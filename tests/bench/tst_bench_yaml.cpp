// SPDX-License-Identifier: GPL-3.0-or-later
// A megabyte of YAML on its way into the editor: how long the thread that paints is held at a time.
#include "items/yamlpage.h"
#include "kinds/kinds.h"
#include "support/objectworld.h"
#include "support/offscreenmain.h"
#include "ui/object/objectview.h"
#include "ui/object/yamleditor.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QTest>

#include <algorithm>
#include <memory>
#include <string>

namespace fairlead {

using namespace ui;

namespace {

std::shared_ptr<const items::YamlPage> pageOf(const std::string &text)
{
    auto page = items::yamlPage("{\"kind\":\"ConfigMap\",\"data\":{\"text\":\"" + text + "\",\"x\":\"y\"}}", kinds::kindOf("", "configmaps"), {});
    return page ? std::make_shared<const items::YamlPage>(std::move(*page)) : nullptr;
}

std::string shortLines(int first)
{
    std::string out;
    for (int i = 0; i < 26'000; ++i)
        out += "the line of number " + std::to_string(first + i) + ", more or less\\n";
    return out;
}

} // namespace

class YamlBench : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_theme.applyTo(*qApp); }

    void aMegabyte_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("26,000 lines") << QString::fromStdString(shortLines(100'000));
        QTest::newRow("300 lines of 3,500 bytes") << QString::fromStdString([] {
            std::string out;
            for (int i = 0; i < 300; ++i)
                out += std::string(3'500, char('a' + i % 26)) + "\\n";
            return out;
        }());
        QTest::newRow("one line") << QString(1'000'000, QLatin1Char('x'));
    }

    // First shown, then replaced by a later state of the object, with a fold in place.
    void aMegabyte()
    {
        QFETCH(QString, text);
        YamlEditor editor(m_theme);
        editor.resize(1068, 706);
        editor.show();
        QCoreApplication::processEvents();
        const auto first = pageOf(text.toStdString());
        const auto later = pageOf(text.toStdString() + "and more\\n");
        QVERIFY(first && later);
        for (const auto &page : {first, later}) {
            QElapsedTimer turn;
            QElapsedTimer all;
            all.start();
            turn.start();
            editor.setPage(page);
            double longest = double(turn.nsecsElapsed()) / 1e6;
            const double set = longest;
            int turns = 0;
            for (; !editor.isSettled() || turns == 0; ++turns) {
                turn.restart();
                QCoreApplication::processEvents();
                longest = std::max(longest, double(turn.nsecsElapsed()) / 1e6);
            }
            qInfo("%s: setPage %.1f ms, longest of %d turns %.1f ms, settled after %lld ms", page == first ? "first" : "later", set, turns, longest,
                all.elapsed());
            QCOMPARE(editor.SendScintilla(QsciScintillaBase::SCI_GETLENGTH), long(page->shown.size()));
            QVERIFY2(longest < 50, qPrintable(QString::number(longest)));
            editor.toggleFoldAt(1);
        }
    }

    // The whole way of a config map of one line: from the server's bytes to the page. What the world delivers is the network's, not the
    // painter's: only the turns of the loop are counted.
    void theWholeWay()
    {
        test::ObjectWorld world;
        const std::string path = "/api/v1/namespaces/payments/configmaps";
        world.addCollection(path, {"Name", "Data", "Age"});
        std::string json =
            "{'kind':'ConfigMap','apiVersion':'v1','metadata':{'name':'long','namespace':'payments','uid':'u-long','resourceVersion':'7',"
            "'creationTimestamp':'2026-11-24T10:28:00Z'},'data':{'text':'" +
            std::string(1u << 20, 'x') + "'}}";
        std::replace(json.begin(), json.end(), '\'', '"'); // moc 6.4 loses its way in raw strings
        world.addObject(path, {"long", {"long", "1", "4h"}, json});
        kube::Resource resource = test::ObjectWorld::pods();
        resource.id.resource = "configmaps";
        resource.kind = "ConfigMap";
        ObjectView view(m_theme, world.cluster(), {}, ObjectView::Where::Page);
        view.resize(1068, 706);
        view.show();
        QCoreApplication::processEvents();
        for (const char *tab : {"summary", "yaml"}) {
            double longest = 0;
            QElapsedTimer turn;
            turn.start();
            if (std::string_view(tab) == "summary")
                view.showObject(resource, "payments", "long");
            else
                view.setTab(tab);
            longest = double(turn.nsecsElapsed()) / 1e6;
            for (int quiet = 0; quiet < 20;) {
                const int calls = world.server().deliver();
                world.session().client().pool().waitForDone();
                turn.restart();
                QCoreApplication::processEvents();
                longest = std::max(longest, double(turn.nsecsElapsed()) / 1e6);
                quiet = calls == 0 && view.isComplete() ? quiet + 1 : 0;
            }
            qInfo("%s: longest turn %.1f ms", tab, longest);
            QVERIFY2(longest < 50, qPrintable(QString::number(longest)));
        }
        QVERIFY(view.findChild<YamlEditor *>()->text().contains(QLatin1String("bytes more in this line")));
    }

private:
    Theme m_theme{Scheme::Light};
};

} // namespace fairlead

int main(int argc, char **argv)
{
    return fairlead::test::offscreenMain<fairlead::YamlBench>(argc, argv);
}

#include "tst_bench_yaml.moc"
