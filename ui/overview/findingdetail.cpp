// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/overview/findingdetail.h"

#include "items/findingmodel.h"
#include "kinds/kinds.h"
#include "ui/overview/findingdelegate.h"
#include "ui/widgets/button.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/well.h"

#include <QGridLayout>
#include <QHBoxLayout>

#include <algorithm>

namespace fairlead::ui {

using items::FindingModel;

namespace {

constexpr int mostLines = 6; // of evidence at once; the object's page has the rest
constexpr int right = 34;
constexpr int rowGap = 8;

} // namespace

FindingDetail::FindingDetail(const Theme &theme, const QModelIndex &index, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_index(index)
    , m_heading(new PlainLabel(theme, FontRole::Caption, &Tokens::muted))
    , m_note(new PlainLabel(theme, FontRole::Small, &Tokens::muted))
    , m_evidence(new Well(theme, {}))
    , m_help(new PlainLabel(theme, FontRole::Small, &Tokens::text))
    , m_open(new Button(theme, ButtonKind::Normal, Icon::Arrow, tr("Open")))
    , m_log(new Button(theme, ButtonKind::Normal, Icon::Terminal, tr("Log")))
    , m_rows(new Button(theme, ButtonKind::Normal, Icon::Table, tr("In its table")))
    , m_again(new Button(theme, ButtonKind::Normal, Icon::Read, tr("Ask again")))
{
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(FindingDelegate::textLeft, 2, right, 10);
    grid->setHorizontalSpacing(0);
    grid->setVerticalSpacing(rowGap);
    grid->setColumnMinimumWidth(0, FindingDelegate::reasonLeft - FindingDelegate::textLeft);
    grid->setColumnStretch(1, 1);
    auto *left = new QVBoxLayout;
    left->setSpacing(2);
    left->addWidget(m_heading);
    left->addWidget(m_note);
    left->addStretch(1);
    auto *said = new PlainLabel(theme, FontRole::SmallMedium, &Tokens::text);
    said->setLine(tr("What usually helps"));
    m_help->setWordWrap(true);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(measure::between);
    for (Button *each : {m_open, m_log, m_rows, m_again})
        buttons->addWidget(each);
    buttons->addStretch(1);
    grid->addLayout(left, 0, 0);
    grid->addWidget(m_evidence, 0, 1);
    grid->addWidget(said, 1, 0, Qt::AlignTop);
    grid->addWidget(m_help, 1, 1);
    grid->addLayout(buttons, 2, 1);
    for (const auto &[button, where] :
        {std::pair{m_open, Go::Object}, std::pair{m_log, Go::Log}, std::pair{m_rows, Go::Rows}, std::pair{m_again, Go::Again}})
        connect(button, &QAbstractButton::clicked, this, [this, where = where] { Q_EMIT wanted(where); });
    setAccessibleName(tr("Evidence"));
    take();
}

void FindingDetail::take()
{
    if (!m_index.isValid())
        return;
    const auto *model = qobject_cast<const FindingModel *>(m_index.model());
    const kinds::Finding *finding = model != nullptr ? model->finding(m_index) : nullptr;
    const QStringList lines = m_index.data(FindingModel::EvidenceRole).toStringList();
    QStringList shown = lines.mid(0, mostLines);
    const QString text = shown.join(QLatin1Char('\n'));
    if (m_evidence->toPlainText() != text) {
        m_evidence->setPlainText(text);
        m_evidence->setAccessibleName(tr("Evidence: %1").arg(text));
        m_evidence->updateGeometry();
    }
    m_heading->setLine((finding != nullptr ? tr("Evidence") : tr("The server's words")).toUpper());
    m_note->setVisible(lines.size() > mostLines);
    m_note->setLine(lines.size() > mostLines ? tr("%1 of %2 lines").arg(mostLines).arg(lines.size()) : QString());
    const QString help = m_index.data(FindingModel::HelpRole).toString();
    m_help->setLine(help.isEmpty() ? tr("Nothing is known that usually helps.") : help);
    m_open->setVisible(finding != nullptr);
    m_rows->setVisible(finding != nullptr);
    m_again->setVisible(finding == nullptr);
    m_log->setVisible(finding != nullptr && finding->seenAt.kind == "Pod");
    if (finding != nullptr) {
        m_log->setWords(finding->object.kind == finding->seenAt.kind ? tr("Log") : tr("Log of a pod"));
    }
}

int FindingDetail::heightFor(int width) const
{
    const int room = std::max(120, width - FindingDelegate::reasonLeft - right);
    const int help = m_help->heightForWidth(room);
    return 2 + m_evidence->heightForWidth(room) + rowGap + std::max(help, 16) + rowGap + measure::control + 10;
}

} // namespace fairlead::ui
