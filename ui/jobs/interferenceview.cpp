// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/interferenceview.h"

#include "base/platform/zonefile.h"
#include "items/plaintext.h"
#include "ui/jobs/hoursdelegate.h"
#include "ui/jobs/runlook.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/messagepanel.h"
#include "ui/widgets/placeholderrows.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/tableview.h"
#include "ui/widgets/text.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>
#include <utility>

namespace fairlead::ui {

using namespace std::chrono;

namespace {

RowRoles roles()
{
    RowRoles made;
    made.health = InterferenceTable::ShapeRole;
    made.number = InterferenceTable::NumberRole;
    made.shape = [](int shape) { return Shape(shape); };
    return made;
}

} // namespace

InterferenceView::InterferenceView(const PageContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_scope(context.scope)
    , m_feed(*context.cluster->session, platform::readZoneFile)
    , m_notice(new Banner(context.theme))
    , m_loading(new PlaceholderRows(context.theme))
    , m_message(new MessagePanel(context.theme))
{
    auto *const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_notice);
    m_shared = makeSection(InterferenceTable::What::Shared, tr("Used by jobs and services alike"),
        tr("databases first; bars: jobs that start in each of the next 24 hours"));
    m_crowded =
        makeSection(InterferenceTable::What::Crowded, tr("Jobs without limits beside services"), tr("what they take, the services there lack"));
    column->addWidget(m_loading, 1);
    column->addWidget(m_message, 1);
    column->addStretch(0);
    m_notice->offer(tr("Retry now"), Icon::Read);
    m_notice->hide();
    m_message->hide();
    connect(m_notice, &Banner::acted, this, &InterferenceView::retry);
    connect(m_message, &MessagePanel::acted, this, &InterferenceView::retry);
    connect(&m_feed, &jobs::InterferenceFeed::changed, this, &InterferenceView::update);
    connect(&m_feed, &jobs::InterferenceFeed::stateChanged, this, &InterferenceView::say);
    setFocusProxy(m_shared.table);
    update();
}

InterferenceView::~InterferenceView() = default;

InterferenceView::Section InterferenceView::makeSection(InterferenceTable::What what, const QString &title, const QString &note)
{
    Section made;
    made.heading = new QWidget;
    auto *const line = new QHBoxLayout(made.heading);
    line->setContentsMargins(measure::margin, 0, measure::margin, 0);
    line->setSpacing(measure::between);
    auto *const words = new PlainLabel(m_context.theme, FontRole::Bold, &Tokens::text);
    words->setLine(title);
    made.count = new PlainLabel(m_context.theme, FontRole::Body, &Tokens::muted);
    auto *const rest = new PlainLabel(m_context.theme, FontRole::Small, &Tokens::muted);
    rest->setLine(note);
    line->addWidget(words);
    line->addWidget(made.count);
    line->addStretch(1);
    line->addWidget(rest);
    made.heading->setFixedHeight(measure::bar);

    made.rows = new InterferenceTable(what, this);
    made.table = new TableView(m_context.theme);
    made.delegate = new HoursDelegate(m_context.theme, roles(), InterferenceTable::HoursRole, made.table);
    made.delegate->setMarkedColumn(0);
    made.table->setAccessibleName(title);
    made.table->setModel(made.rows);
    made.table->setItemDelegate(made.delegate);
    made.table->setKeptColumn(0);
    connect(made.table, &QAbstractItemView::activated, this,
        [this, rows = made.rows](const QModelIndex &index) { Q_EMIT wanted(rows->destinationOf(index.row())); });
    auto *const column = static_cast<QVBoxLayout *>(layout());
    column->addWidget(made.heading);
    column->addWidget(made.table, 1);
    return made;
}

void InterferenceView::setScope(const kube::Scope &scope)
{
    m_scope = scope;
    m_wasComplete = false;
    if (isVisible())
        m_feed.watch(m_scope);
    update();
}

void InterferenceView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_feed.watch(m_scope);
    update();
}

// It holds all pods with their facts: nobody needs them who does not look.
void InterferenceView::hideEvent(QHideEvent *event)
{
    m_feed.stop();
    m_wasComplete = false;
    QWidget::hideEvent(event);
}

void InterferenceView::take(Section &section)
{
    const QString current = section.table->currentIndex().data(InterferenceTable::KeyRole).toString();
    const int before = section.rows->rowCount();
    section.rows->show(*m_feed.told());
    section.count->setLine(grouped(section.rows->rowCount()));
    if (const int row = current.isEmpty() ? -1 : section.rows->rowOf(current); row >= 0 && row != section.table->currentIndex().row())
        section.table->setCurrentIndex(section.rows->index(row, 0));
    if (before != section.rows->rowCount())
        section.table->fitColumns();
    // As high as its rows, so that the next one begins beneath them.
    section.table->setMaximumHeight(
        section.table->horizontalHeader()->sizeHint().height() + section.rows->rowCount() * m_context.theme.rows().table + 1);
}

void InterferenceView::update()
{
    const jobs::Interference *const told = m_feed.told();
    if (told != nullptr) {
        take(m_shared);
        take(m_crowded);
    }
    const bool failed = m_feed.failure().has_value();
    for (const Section *section : {&m_shared, &m_crowded}) {
        const bool shown = told != nullptr && !failed && section->rows->rowCount() > 0;
        section->heading->setVisible(shown);
        section->table->setVisible(shown);
    }
    const bool content = !m_shared.table->isHidden() || !m_crowded.table->isHidden();
    const bool loading = told == nullptr && !failed;
    if (loading)
        m_loading->begin();
    else
        m_loading->end();
    m_loading->setVisible(loading);
    m_message->setVisible(!loading && !content);
    if (failed) {
        const Error &why = *m_feed.failure();
        m_message->say({.shape = Shape::Bad,
            .title = tr("What jobs and services share cannot be read"),
            .text = items::plainText(why.remedy),
            .words = items::plainText(why.message),
            .actions = {{tr("Retry")}}});
    } else if (!loading && !content) {
        m_message->say({.shape = Shape::Ok,
            .title = m_scope.isAll() ? tr("Jobs and services keep apart in this cluster") : tr("Jobs and services keep apart in these namespaces"),
            .text = tr("No pod of a job runs without limits beside services, and no secret, config map or service is used by both.")});
    }
    setFocusProxy(m_shared.table->isHidden() && !m_crowded.table->isHidden() ? m_crowded.table : m_shared.table);
    say();
    if (isComplete() && !std::exchange(m_wasComplete, isComplete()))
        Q_EMIT completed();
}

void InterferenceView::say()
{
    const auto state = m_feed.state();
    const auto *const told = m_feed.told();
    const bool stale = told != nullptr && state && state->phase == kube::Phase::Stale;
    for (const Section *section : {&m_shared, &m_crowded}) {
        section->delegate->setStale(stale);
        section->table->viewport()->update();
    }
    const bool partly = told != nullptr && !m_feed.failure() && !told->errors.empty();
    m_notice->setVisible(stale || partly);
    const auto now = floor<milliseconds>(m_context.cluster->session->clock().now());
    if (stale)
        m_notice->say(Shape::Unknown, tr("No word from the server."),
            tr("All that is shown is as of %1.").arg(localTime(floor<milliseconds>(state->lastWord), now)));
    else if (partly)
        m_notice->say(Shape::Unknown, tr("Not all of it can be told."), items::plainText(told->errors.front().message));
}

} // namespace fairlead::ui
