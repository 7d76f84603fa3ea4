// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "contexts/contextbook.h"
#include "contexts/contextlist.h"
#include "contexts/localcluster.h"
#include "items/contextmodel.h"
#include "ui/clusters/messages.h"
#include "ui/widgets/page.h"

#include <QPointer>

#include <memory>

class QFileDialog;
class QMenu;
class QStackedWidget;

namespace fairlead::ui {

class Banner;
class Button;
class Chip;
class ContextPane;
class MessagePanel;
class PageHeader;
class PlaceholderRows;
class SearchField;
class StartProgress;
class TableView;

/// Every context of every kubeconfig, one row each, with what its server told; or why there is none and what can be done; or why it
/// cannot be said.
///
/// Promise: one of loading (placeholders after 150 ms), content, empty, failed, and the start of a test cluster is always shown; the
/// captions stand over each of them. What the files' reader warned of stands above the rows, all that is known of the chosen context
/// below them. While the page is visible each server is asked once a minute (contexts::Reachability); a file that changes is read again
/// by itself.
class ClustersPage : public Page {
    Q_OBJECT

public:
    /// As a destination's view: starts a test cluster, where one can be started.
    static constexpr const char *startView = "start";

    /// Shows the program's book, or one of its own where there is none.
    ClustersPage(const PageContext &context, const Destination &destination, QWidget *parent = nullptr);
    ~ClustersPage() override;

    /// The checkout that `Start a local test cluster` uses; empty: it is not offered. As the page begins: FAIRLEAD_CHECKOUT.
    void setCheckout(const QString &folder);

    [[nodiscard]] QString title() const override { return tr("Clusters"); }
    [[nodiscard]] Icon icon() const override { return Icon::Wheel; }
    [[nodiscard]] Destination destination() const override;
    bool goTo(const Destination &destination) override;
    [[nodiscard]] bool isComplete() const override;
    [[nodiscard]] std::optional<Error> failure() const override;
    [[nodiscard]] QString statusText() const override;
    void focusFilter() override;
    void reload() override;
    /// A kubeconfig or a recording, as if it had been chosen.
    bool openFile(const QString &file) override;

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void build();
    void follow();
    void takeList();
    void takeReach(const std::string &context);
    void applyFilter();
    void showState();
    void showCounts();
    void fitHeader();
    void showWarnings();
    void showChosen();
    void say(Offer offer);
    void take(Action action);
    void openChosen(bool newTab);
    void copyServer();
    void showMenu(const QPoint &where);
    void chooseFile();
    void closePane(bool closed);
    void startCluster();
    void openRecording(const std::string &file);
    void tellIfComplete();
    [[nodiscard]] std::string chosen() const;
    [[nodiscard]] bool isStarting() const { return m_cluster && m_cluster->isRunning(); }

    const Theme &m_theme;
    Settings &m_settings;
    std::unique_ptr<SystemClock> m_ownClock;
    std::unique_ptr<contexts::ContextBook> m_ownBook;
    contexts::ContextBook &m_book; ///< the program's, or the page's own
    contexts::ContextList m_list;
    items::ContextModel m_model;
    std::unique_ptr<contexts::LocalCluster> m_cluster;
    QString m_checkout;
    std::string m_wanted; ///< a context to be chosen once it is there
    std::optional<Error> m_fileRefused;
    QList<Action> m_actions; ///< what the buttons of the message do
    bool m_isRead = false;
    bool m_wasComplete = false;
    bool m_paneClosed = false;
    bool m_watching = false;

    PageHeader *m_header;
    SearchField *m_filter;
    QList<Chip *> m_chips; ///< by ContextModel::Kind, and one for what expires
    Button *m_checkAll;
    Button *m_addFile;
    Banner *m_warning;
    TableView *m_table;
    QStackedWidget *m_below; ///< what stands under the captions instead of rows
    PlaceholderRows *m_loading;
    MessagePanel *m_message;
    StartProgress *m_progress;
    ContextPane *m_pane;
    QPointer<QFileDialog> m_dialog;
};

} // namespace fairlead::ui
