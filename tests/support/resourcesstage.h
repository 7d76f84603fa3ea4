// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/lookasserts.h"
#include "support/noclusters.h"
#include "support/objectworld.h"
#include "ui/resources/resourcespage.h"
#include "ui/resources/resourcetable.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/theme.h"

#include <QAbstractButton>
#include <QApplication>
#include <QHelpEvent>
#include <QTest>
#include <QToolTip>

#include <algorithm>
#include <memory>
#include <string>

namespace fairlead::test {

inline const std::string podsPath = "/api/v1/namespaces/payments/pods";

/// One pod of the stage's world. Its texts hold no quotes.
[[nodiscard]] inline ObjectWorld::Object stagePod(const std::string &name, const std::string &ready, const std::string &status,
    const std::string &restarts = "0", const std::string &label = "web", int version = 5)
{
    std::string json = "{'kind':'Pod','apiVersion':'v1','metadata':{'name':'" + name + "','namespace':'payments','uid':'u-" + name +
                       "','resourceVersion':'" + std::to_string(version) + "','creationTimestamp':'2026-11-24T10:28:00Z','labels':{'app':'" + label +
                       "'}}}";
    std::replace(json.begin(), json.end(), '\'', '"');
    return {.name = name, .cells = {name, ready, status, restarts, "4h12m"}, .json = json};
}

/// What is shown when the pointer rests on that cell.
[[nodiscard]] inline QString toolTipAt(QAbstractItemView &view, const QModelIndex &index)
{
    QToolTip::hideText();
    (void)QTest::qWaitFor([] { return !QToolTip::isVisible(); }); // it takes its time
    const QPoint at = view.visualRect(index).center();
    QHelpEvent event(QEvent::ToolTip, at, view.viewport()->mapToGlobal(at));
    QCoreApplication::sendEvent(view.viewport(), &event);
    return QToolTip::text();
}

/// One resources page with all that it stands on: six pods in the namespace payments.
class ResourcesStage {
public:
    void set()
    {
        m_theme = std::make_unique<ui::Theme>(ui::Scheme::Light);
        m_theme->applyTo(*qApp);
        m_settings = std::make_unique<Settings>(QString());
        m_world = std::make_unique<ObjectWorld>();
        m_world->addCollection(podsPath, {"Name", "Ready", "Status", "Restarts", "Age"});
        for (const auto &object : {stagePod("web-1", "1/1", "Running"), stagePod("api-1", "0/1", "CrashLoopBackOff", "14 (2m ago)", "api"),
                 stagePod("web-2", "1/1", "Running"), stagePod("wait-1", "0/1", "Pending"), stagePod("api-2", "0/1", "Error", "2", "api"),
                 stagePod("done-1", "0/1", "Completed")})
            m_world->addObject(podsPath, object);
    }
    void strike()
    {
        m_page.reset();
        m_world.reset();
    }

    /// What a tree of pods reads besides them.
    void addTreeKinds()
    {
        for (const char *path :
            {"/apis/apps/v1/namespaces/payments/replicasets", "/api/v1/namespaces/payments/services", "/apis/apps/v1/namespaces/payments/deployments",
                "/apis/apps/v1/namespaces/payments/statefulsets", "/apis/apps/v1/namespaces/payments/daemonsets",
                "/apis/batch/v1/namespaces/payments/jobs", "/apis/batch/v1/namespaces/payments/cronjobs",
                "/api/v1/namespaces/payments/replicationcontrollers", "/api/v1/namespaces/payments/configmaps",
                "/apis/discovery.k8s.io/v1/namespaces/payments/endpointslices", "/apis/networking.k8s.io/v1/namespaces/payments/ingresses"})
            m_world->addCollection(path, {"Name", "Age"});
    }

    ui::ResourcesPage &page(const ui::Destination &destination = {.page = "resources", .kind = "pods"}, const ui::DetailPaneMaker &maker = {})
    {
        m_page = std::make_unique<ui::ResourcesPage>(
            ui::PageContext{*m_theme, *m_settings, m_clusters, m_world->cluster(), destination.scope.value_or(kube::Scope::of({"payments"}))},
            destination, maker);
        (void)picture(*m_page, {1068, 700});
        m_world->settle();
        (void)picture(*m_page, {1068, 700});
        return *m_page;
    }
    [[nodiscard]] ui::ResourceTable &table() { return *m_page->findChild<ui::ResourceTable *>(); }
    /// Cells of the column with this caption.
    [[nodiscard]] QStringList column(const QString &caption)
    {
        const QAbstractItemModel &model = *table().model();
        QStringList cells;
        for (int i = 0; i < model.columnCount(); ++i) {
            if (model.headerData(i, Qt::Horizontal).toString() != caption)
                continue;
            for (int row = 0; row < model.rowCount(); ++row)
                cells.append(model.index(row, i).data().toString());
        }
        return cells;
    }
    [[nodiscard]] ui::Chip *chip(const QString &name)
    {
        for (ui::Chip *one : m_page->findChildren<ui::Chip *>()) {
            if (one->accessibleName().startsWith(name + QLatin1Char(' ')))
                return one;
        }
        return nullptr;
    }
    /// All labels that can be seen.
    [[nodiscard]] QStringList said()
    {
        QStringList said;
        for (const ui::PlainLabel *label : m_page->findChildren<ui::PlainLabel *>()) {
            if (label->isVisibleTo(m_page.get()) && !label->text().isEmpty())
                said.append(label->text());
        }
        return said;
    }
    void press(const QString &button)
    {
        for (QAbstractButton *one : m_page->findChildren<QAbstractButton *>()) {
            if (one->isVisibleTo(m_page.get()) && one->accessibleName() == button) {
                QTest::mouseClick(one, Qt::LeftButton);
                return;
            }
        }
        QFAIL(qPrintable(QStringLiteral("no button ") + button));
    }

    // As a test's own: it may stand below a test class.
    std::unique_ptr<ui::Theme> m_theme;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<ObjectWorld> m_world;
    std::unique_ptr<ui::ResourcesPage> m_page;
    NoClusters m_clusters;
};

} // namespace fairlead::test
