// SPDX-License-Identifier: GPL-3.0-or-later
// All pictures of this run on sheets, each beside its target where FAIRLEAD_TARGETS names the targets' folder. The last program of its
// label: it looks at what the others wrote into shots/ beside it.
#include "support/paths.h"

#include <QDir>
#include <QFile>
#include <QGuiApplication>
#include <QImage>
#include <QImageReader>
#include <QPainter>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

#include <algorithm>
#include <vector>

namespace fairlead {

namespace {

constexpr int half = 960;      // width of one picture
constexpr int caption = 26;    // over each
constexpr int gap = 16;        // round each
constexpr int rowsASheet = 10; // a sheet is opened in an image viewer

struct Beginning {
    QString ours;
    QString target;
};

/// As large as `width` wide.
QImage scaled(const QString &file, int width)
{
    QImageReader reader(file);
    const QSize size = reader.size();
    const QImage image = reader.read();
    return image.isNull()
               ? image
               : image.scaled(width, int(qint64(size.height()) * width / std::max(1, size.width())), Qt::KeepAspectRatio, Qt::SmoothTransformation);
}

} // namespace

class TestContactSheet : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everyLineMeetsAPicture();
    void everyPictureStandsOnASheet_data();
    void everyPictureStandsOnASheet();

private:
    [[nodiscard]] QString targetOf(const QString &picture) const;

    QDir m_folder;
    QString m_targets;
    std::vector<Beginning> m_beginnings;
};

void TestContactSheet::initTestCase()
{
    m_folder = QDir(QCoreApplication::applicationDirPath());
    if (!m_folder.cd(QStringLiteral("shots")))
        m_folder = QDir();
    m_targets = QString::fromLocal8Bit(qgetenv("FAIRLEAD_TARGETS"));
    QVERIFY2(m_targets.isEmpty() || QDir(m_targets).exists(), "FAIRLEAD_TARGETS names no folder");
    QFile table(QString::fromStdString(test::sourcePath("tests/shots/targets.txt")));
    QVERIFY(table.open(QIODevice::ReadOnly | QIODevice::Text));
    const QStringList lines = QString::fromUtf8(table.readAll()).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    for (const QString &line : lines) {
        if (line.startsWith(QLatin1Char('#')))
            continue;
        const QStringList words = line.split(QLatin1Char(' '));
        QCOMPARE(words.size(), 2);
        m_beginnings.push_back({words[0], words[1]});
        if (!m_targets.isEmpty())
            QVERIFY2(QDir(m_targets).exists(words[1] + QStringLiteral("-light.png")), qPrintable(line));
    }
    std::sort(m_beginnings.begin(), m_beginnings.end(), [](const Beginning &a, const Beginning &b) { return a.ours.size() > b.ours.size(); });
}

// Told by the programs' text, so that it is known also where not all of them ran: who writes pictures of that page, and of which states.
void TestContactSheet::everyLineMeetsAPicture()
{
    struct Program {
        QSet<QString> pages;
        QSet<QString> words; // all literals
    };
    std::vector<Program> programs;
    const QDir sources(QString::fromStdString(test::sourcePath("tests/shots")));
    const QRegularExpression page(QStringLiteral("(?|addShotRows?\\(\\s*\"([a-z]+)\"|\"([a-z]+)-%s)"));
    const QRegularExpression word(QStringLiteral("\"([a-z%][a-z%-]*)\""));
    for (const QString &name : sources.entryList({QStringLiteral("tst_*.cpp")})) {
        QFile file(sources.filePath(name));
        QVERIFY2(file.open(QIODevice::ReadOnly | QIODevice::Text), qPrintable(name));
        const QString text = QString::fromUtf8(file.readAll());
        Program &program = programs.emplace_back();
        for (auto each = page.globalMatch(text); each.hasNext();)
            program.pages.insert(each.next().captured(1));
        for (auto each = word.globalMatch(text); each.hasNext();)
            program.words.insert(each.next().captured(1));
    }
    for (const Beginning &line : m_beginnings) {
        const QString its = line.ours.section(QLatin1Char('-'), 0, 0);
        const QString state = line.ours.section(QLatin1Char('-'), 1);
        QVERIFY2(std::any_of(programs.begin(), programs.end(),
                     [&](const Program &program) {
                         return program.pages.contains(its) &&
                                std::any_of(program.words.begin(), program.words.end(), [&](const QString &each) { return each.startsWith(state); });
                     }),
            qPrintable(QStringLiteral("no picture begins with %1").arg(line.ours)));
    }
}

QString TestContactSheet::targetOf(const QString &picture) const
{
    const QString scheme = picture.contains(QStringLiteral("-dark")) ? QStringLiteral("-dark.png") : QStringLiteral("-light.png");
    for (const Beginning &each : m_beginnings) {
        if (!picture.startsWith(each.ours))
            continue;
        const QString wide = each.target + QStringLiteral("-1920x1200") + scheme;
        if (picture.contains(QStringLiteral("-1920x1200")) && QDir(m_targets).exists(wide))
            return QDir(m_targets).filePath(wide);
        return QDir(m_targets).filePath(each.target + scheme);
    }
    return {};
}

void TestContactSheet::everyPictureStandsOnASheet_data()
{
    QTest::addColumn<QString>("scheme");
    QTest::newRow("light") << QStringLiteral("light");
    QTest::newRow("dark") << QStringLiteral("dark");
}

void TestContactSheet::everyPictureStandsOnASheet()
{
    QFETCH(QString, scheme);
    const QStringList old = m_folder.entryList({QStringLiteral("contact-sheet-%1-*.png").arg(scheme)}, QDir::Files);
    for (const QString &file : old)
        m_folder.remove(file);
    // One of each size: what differs at 200 % only is looked at by itself.
    QStringList pictures = m_folder.entryList({QStringLiteral("*-100-%1.png").arg(scheme)}, QDir::Files, QDir::Name);
    if (pictures.isEmpty())
        qInfo("no program has written a picture yet");
    int sheets = 0;
    qsizetype placed = 0;
    for (qsizetype from = 0; from < pictures.size(); from += rowsASheet) {
        struct Row {
            QString name;
            QImage ours;
            QImage target;
        };
        std::vector<Row> rows;
        int height = gap;
        for (const QString &name : pictures.mid(from, rowsASheet)) {
            Row row{name, scaled(m_folder.filePath(name), half), {}};
            QVERIFY2(!row.ours.isNull(), qPrintable(name));
            if (const QString target = m_targets.isEmpty() ? QString() : targetOf(name); !target.isEmpty())
                row.target = scaled(target, half);
            height += caption + std::max(row.ours.height(), row.target.height()) + gap;
            rows.push_back(std::move(row));
        }
        QImage sheet(m_targets.isEmpty() ? half + 2 * gap : 2 * half + 3 * gap, height, QImage::Format_RGB32);
        sheet.fill(QColor(0x80, 0x84, 0x8a));
        QPainter painter(&sheet);
        painter.setPen(Qt::white);
        int y = gap;
        for (const Row &row : rows) {
            painter.drawText(QRect(gap, y, half, caption), Qt::AlignVCenter, row.name);
            painter.drawImage(gap, y + caption, row.ours);
            if (!row.target.isNull())
                painter.drawImage(2 * gap + half, y + caption, row.target);
            else if (!m_targets.isEmpty())
                painter.drawText(QRect(2 * gap + half, y + caption, half, caption), Qt::AlignVCenter, QStringLiteral("no target"));
            y += caption + std::max(row.ours.height(), row.target.height()) + gap;
            ++placed;
        }
        painter.end();
        ++sheets;
        QVERIFY(sheet.save(m_folder.filePath(QStringLiteral("contact-sheet-%1-%2.png").arg(scheme).arg(sheets, 2, 10, QLatin1Char('0')))));
    }
    QCOMPARE(placed, pictures.size());
    QCOMPARE(m_folder.entryList({QStringLiteral("contact-sheet-%1-*.png").arg(scheme)}, QDir::Files).size(), sheets);
}

} // namespace fairlead

int main(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    qputenv("QT_FONT_DPI", "96");
    qputenv("LC_ALL", "C.UTF-8");
    QGuiApplication application(argc, argv);
    fairlead::TestContactSheet test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_contact_sheet.moc"
