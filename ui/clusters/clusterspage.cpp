// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/clusters/clusterspage.h"

#include "items/plaintext.h"
#include "ui/clusters/contextdelegate.h"
#include "ui/clusters/messages.h"
#include "ui/clusters/problempane.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/messagepanel.h"
#include "ui/widgets/pageheader.h"
#include "ui/widgets/tableview.h"

#include <QItemSelectionModel>
#include <QVBoxLayout>

namespace fairlead::ui {

using contexts::ContextList;
using contexts::Standing;
using items::ContextModel;

ClustersPage::ClustersPage(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_header(new PageHeader(theme, tr("Clusters")))
    , m_warning(new Banner(theme))
    , m_chosen(new ProblemPane(theme))
    , m_table(new TableView(theme))
    , m_message(new MessagePanel(theme))
{
    setObjectName(QStringLiteral("clusters"));
    setAccessibleName(tr("Clusters"));
    m_table->setObjectName(QStringLiteral("contexts"));
    m_table->setAccessibleName(QStringLiteral("contexts"));
    m_message->setObjectName(QStringLiteral("message"));
    m_warning->setObjectName(QStringLiteral("warning"));
    m_chosen->setObjectName(QStringLiteral("chosen"));
    m_table->setItemDelegate(new ContextDelegate(m_theme, m_table));
    m_table->setModel(&m_model);
    m_warning->hide();
    m_chosen->hide();

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addWidget(m_warning);
    column->addWidget(m_table, 1);
    column->addWidget(m_message, 1);
    column->addWidget(m_chosen);

    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &ClustersPage::showChosen);
    connect(&m_model, &QAbstractItemModel::dataChanged, this, &ClustersPage::showChosen);
    connect(&m_model, &QAbstractItemModel::rowsRemoved, this, &ClustersPage::showChosen);
}

void ClustersPage::setList(const ContextList &list)
{
    m_model.setList(list);
    m_header->setCount(countText(list));
    showWarnings(list);
    const bool content = list.state() == ContextList::State::Content;
    m_message->setVisible(!content);
    // Without rows only its captions stay, faint: what would stand here is to be seen.
    m_table->setMaximumHeight(content ? QWIDGETSIZE_MAX : measure::caption);
    m_table->setEnabled(content);
    switch (list.state()) {
    case ContextList::State::Content:
        m_table->fitColumns();
        if (!m_table->currentIndex().isValid())
            m_table->setCurrentIndex(m_model.index(std::max(0, m_model.preferredRow()), 0));
        m_table->setFocus();
        break;
    case ContextList::State::Empty:
        m_message->say(emptyMessage(list));
        m_message->setFocus();
        break;
    case ContextList::State::Failed:
        m_message->say(failedMessage(list));
        m_message->setFocus();
        break;
    }
    showChosen();
}

QString ClustersPage::countText(const ContextList &list) const
{
    switch (list.state()) {
    case ContextList::State::Failed:
        return {};
    case ContextList::State::Empty:
        return tr("none yet");
    case ContextList::State::Content:
        break;
    }
    const auto contexts = qsizetype(list.contexts.size());
    const int files = list.files();
    return tr("%1 in %2")
        .arg(contexts == 1 ? tr("1 context") : tr("%1 contexts").arg(contexts), files == 1 ? tr("1 file") : tr("%1 files").arg(files));
}

void ClustersPage::showWarnings(const ContextList &list)
{
    const bool bad = !list.problems.empty();
    const auto &said = bad ? list.problems : list.warnings;
    m_warning->setVisible(!said.empty() && list.state() == ContextList::State::Content);
    if (said.empty())
        return;
    const Error &first = said.front();
    const QString place = items::plainText(contexts::shortPlace(first.place, list.home));
    const auto more = qsizetype(list.problems.size() + list.warnings.size()) - 1;
    QString rest = items::plainText(first.message);
    if (more > 0)
        rest = tr("%1 (and %2 more)").arg(rest).arg(more);
    if (!first.remedy.empty())
        rest += QStringLiteral(". ") + items::plainText(first.remedy);
    m_warning->say(bad ? Shape::Bad : Shape::Warn, place.isEmpty() ? tr("Kubeconfig") : place, rest);
}

void ClustersPage::showChosen()
{
    const QModelIndex row = m_table->currentIndex();
    const auto standing = Standing(row.data(ContextModel::StandingRole).toInt());
    const bool speak = row.isValid() && standing != Standing::Usable;
    m_chosen->setVisible(speak);
    if (speak) {
        m_chosen->say(standing == Standing::Broken ? Shape::Bad : Shape::Warn, row.siblingAtColumn(ContextModel::Name).data().toString(),
            row.data(ContextModel::WhyRole).toString(), row.data(ContextModel::RemedyRole).toString(),
            row.data(ContextModel::WherePlaceRole).toString());
    }
}

} // namespace fairlead::ui
