// SPDX-License-Identifier: GPL-3.0-or-later
// A megabyte of YAML on its way into the editor: how long the thread that paints is held at a time.
#include "items/yamlpage.h"
#include "kinds/kinds.h"
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
    auto page = items::yamlPage(R"({"kind":"ConfigMap","data":{"text":")" + text + R"(","x":"y"}})", kinds::kindOf("", "configmaps"), {});
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
        QTest::addColumn<bool>("bounded"); // else the editor's own layout of long lines is what takes the time: printed
        QTest::newRow("26,000 lines") << QString::fromStdString(shortLines(100'000)) << true;
        QTest::newRow("300 lines of 3,500 bytes") << QString::fromStdString([] {
            std::string out;
            for (int i = 0; i < 300; ++i)
                out += std::string(3'500, char('a' + i % 26)) + "\\n";
            return out;
        }()) << false;
        QTest::newRow("one line") << QString(1'000'000, QLatin1Char('x')) << true;
    }

    // First shown, then replaced by a later state of the object, with a fold in place.
    void aMegabyte()
    {
        QFETCH(QString, text);
        QFETCH(bool, bounded);
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
            if (bounded)
                QVERIFY2(longest < 50, qPrintable(QString::number(longest)));
            editor.toggleFoldAt(1);
        }
    }

private:
    Theme m_theme{Scheme::Light};
};

} // namespace fairlead

int main(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    fairlead::YamlBench test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_bench_yaml.moc"
