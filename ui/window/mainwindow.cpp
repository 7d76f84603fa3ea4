// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/mainwindow.h"

#include "items/plaintext.h"
#include "ui/clusters/clusterspage.h"
#include "ui/window/contextband.h"
#include "ui/window/headerbar.h"
#include "ui/window/statusline.h"

#include <QKeySequence>
#include <QShortcut>
#include <QVBoxLayout>

#include <algorithm>

namespace fairlead::ui {

using contexts::ContextList;

MainWindow::MainWindow(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_band(new ContextBand(theme))
    , m_header(new HeaderBar(theme))
    , m_clusters(new ClustersPage(theme))
    , m_status(new StatusLine(theme))
{
    setMinimumSize(leastWidth, leastHeight);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_band);
    column->addWidget(m_header);
    column->addWidget(m_clusters, 1);
    column->addWidget(m_status);
    connect(new QShortcut(QKeySequence::Quit, this), &QShortcut::activated, this, &QWidget::close);
    connect(new QShortcut(QKeySequence::Close, this), &QShortcut::activated, this, &QWidget::close);
    setList({});
}

void MainWindow::setList(const ContextList &list)
{
    const contexts::ContextFacts *opened = list.opened();
    m_band->setContext(opened);
    m_header->setContext(opened);
    m_clusters->setList(list);
    setWindowTitle(opened != nullptr ? tr("%1 – Fairlead").arg(items::plainText(opened->name)) : QStringLiteral("Fairlead"));

    switch (list.state()) {
    case ContextList::State::Failed:
        m_status->say(Shape::Bad, {tr("kubeconfig not readable")}, {});
        break;
    case ContextList::State::Empty:
        m_status->say(Shape::Idle,
            {tr("no cluster"), list.searched.size() == 1 ? tr("1 place searched") : tr("%1 places searched").arg(list.searched.size())}, {});
        break;
    case ContextList::State::Content:
        m_status->say(Shape::None, contentFacts(list), rightOfStatus(list));
        break;
    }
}

QStringList MainWindow::contentFacts(const ContextList &list) const
{
    const auto contexts = qsizetype(list.contexts.size());
    QStringList facts{contexts == 1 ? tr("1 context") : tr("%1 contexts").arg(contexts)};
    // kubectl passes over them in silence, and then wonders why a context is missing.
    const auto missing = std::count_if(list.searched.begin(), list.searched.end(), [](const contexts::Searched &place) {
        return place.what == contexts::Searched::What::Listed && place.found == contexts::Searched::Found::Missing;
    });
    if (missing > 0)
        facts << (missing == 1 ? tr("1 file of KUBECONFIG is not there") : tr("%1 files of KUBECONFIG are not there").arg(missing));
    facts << tr("no server was asked");
    return facts;
}

QString MainWindow::rightOfStatus(const ContextList &list) const
{
    return list.currentContext.empty() ? tr("no current context") : tr("kubectl's current context: %1").arg(items::plainText(list.currentContext));
}

} // namespace fairlead::ui
