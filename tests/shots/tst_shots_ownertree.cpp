// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of the tree by owner over what a real server told, in both schemes, at the page's size in both windows, written to shots/ beside
// this program, and what must be true of them.
#include "support/lookasserts.h"
#include "support/offerfixture.h"
#include "support/offscreenmain.h"
#include "support/treeworld.h"

#include "items/ownertreemodel.h"
#include "ui/resources/ownertreeview.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/shapes.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QDir>
#include <QHeaderView>
#include <QImage>
#include <QTest>
#include <QVBoxLayout>

#include <map>

namespace fairlead {

using namespace ui;
using items::OwnerTreeCells;
using items::OwnerTreeModel;

namespace {

kube::OfferPtr offer()
{
    static const auto one = std::make_shared<const kube::Offer>(test::standardOffer());
    return one;
}

} // namespace

class TestShotsOwnerTree : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_folder = QDir(QCoreApplication::applicationDirPath());
        QVERIFY(m_folder.mkpath(QStringLiteral("shots")) && m_folder.cd(QStringLiteral("shots")));
    }

    void everyState_data()
    {
        QTest::addColumn<QString>("state");
        QTest::addColumn<bool>("dark");
        QTest::addColumn<QSize>("size");
        QTest::addColumn<double>("scale");
        for (const char *state : {"content", "filtered", "stale", "by-namespace", "by-part-of", "by-node", "ingresses"}) {
            for (const bool dark : {false, true}) {
                for (const QSize size : {QSize(1068, 670), QSize(1708, 1070)}) {
                    for (const double scale : {1.0, 2.0})
                        QTest::addRow("tree-%s-%d-%d-%s", state, size.width(), int(scale * 100), dark ? "dark" : "light")
                            << QString::fromLatin1(state) << dark << size << scale;
                }
            }
        }
    }
    void everyState()
    {
        QFETCH(const QString, state);
        QFETCH(const bool, dark);
        QFETCH(const QSize, size);
        QFETCH(const double, scale);
        show(dark, state == QLatin1String("ingresses") ? "Service" : "Pod");
        const std::map<QString, const char *> groupings{{QStringLiteral("by-namespace"), "namespace"},
            {QStringLiteral("by-part-of"), "label:app.kubernetes.io/part-of"}, {QStringLiteral("by-node"), "node"}};
        if (const auto grouping = groupings.find(state); grouping != groupings.end()) {
            m_model->setGrouping(items::OwnerTreeGrouping::named(grouping->second));
            m_bench->advance(std::chrono::milliseconds(100));
            QVERIFY(m_model->rowCount() > 1);
        }
        if (state == QLatin1String("filtered"))
            m_model->setFilter(*items::RowFilter::parse("crash"));
        m_view->setStale(state == QLatin1String("stale"));
        if (groupings.contains(state)) {
            for (int row = 0; row < m_model->rowCount(); ++row)
                m_view->setExpanded(m_model->index(row, 0), true);
            m_view->expandBelow(m_model->index(0, 0, m_model->index(0, 0)));
        } else {
            open(5);
        }
        m_view->setCurrentIndex(m_model->index(0, 0, m_model->index(0, 0, m_model->index(0, 0))));
        m_view->setFocus();
        const QImage image = test::picture(*m_window, size, scale);
        QVERIFY(image.save(m_folder.filePath(QString::fromLatin1(QTest::currentDataTag()) + QStringLiteral(".png"))));
        QCOMPARE(image.size(), size * scale);
        QCOMPARE(test::lookFaults(*m_window), QStringList());
        QVERIFY(m_view->header()->length() <= m_view->viewport()->width());
        const Tokens &t = m_theme->tokens();
        const QRect all(QPoint(0, 0), image.size());
        const bool coloured = test::nearlyPixels(image, all, t.bad) > 100;
        QCOMPARE(coloured, state != QLatin1String("stale"));
    }

    // Of the picture: state's shape, kind's icon, name, small words, shapes with counts.
    void rowsHaveTheirParts()
    {
        show(false);
        open(5);
        const QImage image = test::picture(*m_window, {1068, 670});
        const Tokens &t = m_theme->tokens();
        for (int row = 0; row < m_model->rowCount(); ++row) {
            const QModelIndex index = m_model->index(row, 0);
            const QRect name = cell(index);
            if (!QRect(QPoint(0, 0), image.size()).contains(name))
                continue;
            QCOMPARE(name.height(), measure::row);
            QVERIFY(test::nearlyPixels(image, QRect(name.left() + 20, name.top(), 18, 22), t.muted) > 4); // the icon
            const QVariantList below = index.siblingAtColumn(OwnerTreeCells::Below).data(OwnerTreeCells::BelowRole).toList();
            const QRect health = cell(index.siblingAtColumn(OwnerTreeCells::Below));
            QCOMPARE(test::nearlyPixels(image, health, t.bad) > 4, below.value(int(kinds::Health::Failed)).toInt() > 0);
            QCOMPARE(test::nearlyPixels(image, health, t.ok) > 4, below.value(int(kinds::Health::Healthy)).toInt() > 0);
            QCOMPARE(test::nearlyPixels(image, health, t.warn) > 4, below.value(int(kinds::Health::Degraded)).toInt() > 0);
        }
    }

private:
    void show(bool dark, const char *kind = "Pod")
    {
        m_window.reset();
        m_model.reset();
        m_bench = std::make_unique<test::EngineBench>();
        test::serveRecorded(*m_bench);
        m_theme = std::make_unique<Theme>(dark ? Scheme::Dark : Scheme::Light);
        m_theme->applyTo(*qApp);
        m_model = std::make_unique<OwnerTreeModel>(m_bench->clock);
        m_window = std::make_unique<QWidget>();
        m_view = new OwnerTreeView(*m_theme);
        m_view->setAccessibleName(QStringLiteral("pods"));
        auto *column = new QVBoxLayout(m_window.get());
        column->setContentsMargins(0, 0, 0, 0);
        column->addWidget(m_view);
        m_view->setTree(*m_model);
        m_model->show(test::storesOf(*m_bench), offer(), test::resourceOfKind(kind), kube::Scope::all());
        m_bench->advance(std::chrono::milliseconds(100));
        QVERIFY(m_model->isWhole());
        QVERIFY(m_model->rowCount() > 5);
    }

    /// The first rows, down to containers.
    void open(int rows)
    {
        for (int row = 0; row < std::min(rows, m_model->rowCount()); ++row)
            m_view->expandBelow(m_model->index(row, 0));
    }

    [[nodiscard]] QRect cell(const QModelIndex &index) const
    {
        const QRect rect = m_view->visualRect(index);
        return {m_view->viewport()->mapTo(m_window.get(), rect.topLeft()), rect.size()};
    }

    QDir m_folder;
    std::unique_ptr<test::EngineBench> m_bench;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<OwnerTreeModel> m_model;
    std::unique_ptr<QWidget> m_window;
    OwnerTreeView *m_view = nullptr;
};

} // namespace fairlead

int main(int argc, char **argv)
{
    return fairlead::test::offscreenMain<fairlead::TestShotsOwnerTree>(argc, argv);
}

#include "tst_shots_ownertree.moc"
