// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/overview/healthyview.h"

#include "ui/widgets/mark.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/pixels.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/text.h"

#include <QGridLayout>
#include <QPainter>

namespace fairlead::ui {

HealthyView::HealthyView(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_title(new PlainLabel(theme, FontRole::Title, &Tokens::text))
    , m_text(new PlainLabel(theme, FontRole::Small, &Tokens::muted))
{
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(measure::margin + 2, 14, measure::margin, 14);
    grid->setHorizontalSpacing(measure::between);
    grid->setVerticalSpacing(4);
    grid->addWidget(Mark::shape(theme, Shape::Ok), 0, 0);
    grid->addWidget(m_title, 0, 1);
    grid->addWidget(m_text, 1, 1);
    grid->setColumnStretch(1, 1);
    m_title->setLine(tr("Nothing is broken."));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

QString HealthyView::lookedAt(const overview::Figures &figures)
{
    QStringList parts;
    const auto add = [&parts](std::int64_t count, const QString &one, const QString &many) {
        if (count > 0)
            parts << QStringLiteral("%1 %2").arg(grouped(qsizetype(count)), count == 1 ? one : many);
    };
    add(figures.pods.total, tr("pod"), tr("pods"));
    add(figures.workloads.total, tr("workload"), tr("workloads"));
    add(figures.services, tr("service"), tr("services"));
    add(figures.jobs.total, tr("job"), tr("jobs"));
    add(figures.cronJobs, tr("cron job"), tr("cron jobs"));
    add(figures.nodes.total, tr("node"), tr("nodes"));
    if (parts.isEmpty())
        return tr("There is nothing here yet.");
    const QString last = parts.takeLast();
    return parts.isEmpty() ? tr("%1 looked at.").arg(last) : tr("%1 and %2 looked at.").arg(parts.join(QStringLiteral(", ")), last);
}

void HealthyView::show(const overview::Overview::Glance &glance)
{
    m_text->setLine(lookedAt(glance.figures) + QLatin1Char(' ') + tr("Every kind could be read."));
}

void HealthyView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(onPixels(painter, QRectF(0, height() - 1, width(), 1)), m_theme.tokens().line);
}

} // namespace fairlead::ui
