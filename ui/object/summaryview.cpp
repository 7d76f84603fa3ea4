// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/object/summaryview.h"

#include "items/plaintext.h"
#include "kinds/kinds.h"
#include "ui/object/eventsview.h"
#include "ui/object/section.h"
#include "ui/object/wording.h"
#include "ui/widgets/button.h"
#include "ui/widgets/measures.h"

#include <QDateTime>
#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace fairlead::ui {

using items::EventModel;
using items::ObjectFeed;
using items::plainText;
using items::Related;
using kinds::Moment;

namespace {

constexpr int oneColumn = 640;    // below this width
constexpr int threeColumns = 900; // at least this width, where it is low
constexpr int lowHeight = 420;
constexpr int leastSide = 356; // of the right one of two
constexpr int mostSide = 520;
constexpr int mostEvents = 6;
constexpr int mostPairs = 60;
constexpr int mostRelated = 60;
constexpr int longText = 26; // characters: takes a line of its own

int sideOf(int width)
{
    return std::clamp(width * 31 / 100, leastSide, mostSide) / 4 * 4;
}

FactCell right(FactCell cell)
{
    cell.alignment = Qt::AlignRight;
    return cell;
}

FactCell age(std::optional<Moment> moment, Moment now)
{
    FactCell cell = FactCell::words(moment ? QString::fromStdString(kinds::formatAge(*moment, now)) : QString(), &Tokens::muted);
    if (moment)
        cell.toolTip = exactText(*moment);
    return right(cell);
}

QString roleText(kinds::Container::Role role)
{
    switch (role) {
    case kinds::Container::Role::Init:
        return SummaryView::tr("init");
    case kinds::Container::Role::Sidecar:
        return SummaryView::tr("sidecar");
    case kinds::Container::Role::Ephemeral:
        return SummaryView::tr("ephemeral");
    case kinds::Container::Role::Main:
        break;
    }
    return {};
}

QString bytesText(std::size_t bytes)
{
    if (bytes == 1)
        return SummaryView::tr("1 byte");
    if (bytes < 10'000)
        return SummaryView::tr("%1 bytes").arg(bytes);
    return SummaryView::tr("%1 KiB").arg((bytes + 512) / 1024);
}

} // namespace

SummaryView::SummaryView(const Theme &theme, EventModel &events, items::RelatedFeed &related, QWidget *parent)
    : QScrollArea(parent)
    , m_theme(theme)
    , m_events(events)
    , m_related(related)
    , m_body(new QWidget)
    , m_row(new QHBoxLayout(m_body))
    , m_lines(makePart(tr("SUMMARY")))
    , m_containers(makePart(tr("CONTAINERS")))
    , m_conditions(makePart(tr("CONDITIONS")))
    , m_data(makePart(tr("DATA")))
    , m_relatedPart(makePart(tr("RELATED")))
    , m_eventsPart(makePart(tr("EVENTS")))
    , m_labels(makePart(tr("LABELS")))
    , m_annotations(makePart(tr("ANNOTATIONS")))
    , m_reveal(new Button(theme, ButtonKind::Link, tr("Show values")))
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Summary"));
    setWidget(m_body);
    m_body->installEventFilter(this);
    m_row->setContentsMargins(measure::margin, measure::inside, measure::margin, measure::margin);
    m_row->setSpacing(2 * measure::margin);

    m_lines.grid->setStretch(1, 3);
    m_lines.grid->setStretch(3, 2);
    m_conditions.grid->setStretch(2, 1);
    m_data.grid->setStretch(2, 1);
    m_data.grid->setMostWidth(0, 220);
    m_relatedPart.grid->setStretch(1, 1);
    m_relatedPart.grid->setMostWidth(2, 130);
    for (Part *pairs : {&m_labels, &m_annotations}) {
        pairs->grid->setStretch(1, 1);
        pairs->grid->setMostWidth(0, 190);
    }
    m_data.section->add(m_reveal);
    connect(m_reveal, &Button::clicked, this, [this] {
        m_revealed = !m_revealed;
        refresh();
    });

    connect(&m_related, &items::RelatedFeed::changed, this, &SummaryView::refresh);
    connect(&m_events, &EventModel::stateChanged, this, &SummaryView::refresh);
    connect(&m_events, &QAbstractItemModel::rowsInserted, this, &SummaryView::refresh);
    connect(&m_events, &QAbstractItemModel::rowsRemoved, this, &SummaryView::refresh);
    connect(&m_events, &QAbstractItemModel::rowsMoved, this, &SummaryView::refresh);
    connect(&m_events, &QAbstractItemModel::dataChanged, this, &SummaryView::refresh);
    // Ages grow by themselves.
    connect(&m_ages, &QTimer::timeout, this, [this] {
        if (isVisible())
            refresh();
    });
    m_ages.start(1000);
}

SummaryView::Part SummaryView::makePart(const QString &title)
{
    Part part{new Section(m_theme, title, m_body), new FactGrid(m_theme)};
    part.section->add(part.grid);
    part.section->hide();
    connect(part.grid, &FactGrid::linked, this, &SummaryView::wanted);
    return part;
}

void SummaryView::setFeed(ObjectFeed *feed)
{
    if (m_feed)
        m_feed->disconnect(this);
    m_feed = feed;
    m_revealed = false;
    verticalScrollBar()->setValue(0);
    if (feed != nullptr) {
        connect(feed, &ObjectFeed::changed, this, &SummaryView::refresh);
        const auto &id = feed->resource();
        m_lines.section->setTitle(plainText(id.kind).toUpper());
    }
    refresh();
}

void SummaryView::setStale(bool stale)
{
    for (const Part *each : {&m_lines, &m_containers, &m_conditions, &m_data, &m_relatedPart, &m_eventsPart, &m_labels, &m_annotations})
        each->grid->setStale(stale);
}

void SummaryView::layOut()
{
    const int width = viewport()->width();
    const bool low = viewport()->height() < lowHeight;
    const int columns = width < oneColumn ? 1 : (low && width >= threeColumns) ? 3 : 2;
    // The side of two columns grows with the page, a little.
    if (columns == m_columns && low == m_short && (columns != 2 || m_side == sideOf(width)))
        return;
    m_side = sideOf(width);
    m_containers.grid->setStretch(2, 3); // what it does is longer than its image's name
    m_containers.grid->setStretch(3, columns == 2 ? 2 : 0);
    m_eventsPart.grid->setStretch(1, columns == 2 ? 1 : 0);
    m_eventsPart.grid->setStretch(3, columns == 2 ? 0 : 1);
    m_labels.grid->setMostWidth(0, columns == 1 ? 240 : 190);
    m_annotations.grid->setMostWidth(0, columns == 3 ? 190 : columns == 1 ? 240 : 330);
    m_columns = columns;
    m_short = low;
    for (QVBoxLayout *layout : std::as_const(m_layouts)) {
        while (QLayoutItem *item = layout->takeAt(0))
            delete item; // the sections are m_body's
        m_row->removeItem(layout);
        delete layout;
    }
    m_layouts.clear();
    using Sections = QList<Section *>;
    QList<Sections> places;
    switch (columns) {
    case 1:
        places = {{m_containers.section, m_lines.section, m_conditions.section, m_data.section, m_eventsPart.section, m_relatedPart.section,
            m_labels.section, m_annotations.section}};
        break;
    case 2:
        places = {{m_lines.section, m_containers.section, m_conditions.section, m_data.section, m_annotations.section},
            {m_relatedPart.section, m_eventsPart.section, m_labels.section}};
        break;
    default:
        places = {{m_containers.section, m_lines.section, m_data.section}, {m_conditions.section, m_relatedPart.section},
            {m_eventsPart.section, m_labels.section, m_annotations.section}};
    }
    for (int i = 0; i < places.size(); ++i) {
        auto *layout = new QVBoxLayout;
        layout->setSpacing(columns == 3 ? measure::between : measure::group);
        for (Section *section : std::as_const(places[i]))
            layout->addWidget(section);
        layout->addStretch(1);
        m_row->addLayout(layout);
        m_layouts.append(layout);
        const bool side = columns == 2 && i == 1;
        const int sideWidth = sideOf(width);
        m_row->setStretch(i, side ? 0 : columns == 3 ? (i == 1 ? 9 : 10) : 1);
        for (Section *section : std::as_const(places[i])) {
            section->setMinimumWidth(side ? sideWidth : 0);
            section->setMaximumWidth(side ? sideWidth : QWIDGETSIZE_MAX);
        }
    }
    // The keyboard goes down the columns as the eye does.
    QWidget *last = nullptr;
    for (const Sections &place : std::as_const(places)) {
        for (Section *section : place) {
            if (last != nullptr)
                setTabOrder(last, section);
            last = section;
        }
    }
    refresh();
}

void SummaryView::put(Part &part, const QList<FactRow> &rows, const QString &note)
{
    part.grid->setRows(rows);
    part.section->setNote(note);
    part.section->setVisible(!rows.isEmpty());
}

void SummaryView::refresh()
{
    const kinds::Summary *summary = m_feed ? m_feed->summary() : nullptr;
    m_body->setVisible(summary != nullptr);
    if (summary == nullptr)
        return;
    const Moment now = m_feed->now();
    showLines(*summary, now);
    showContainers(*summary, now);
    showConditions(*summary, now);
    showData(*summary);
    showRelated(*summary);
    showEvents(now);
    showPairs(m_labels, summary->labels, {});
    showPairs(m_annotations, summary->annotations, {});
    viewport()->update();
}

void SummaryView::showLines(const kinds::Summary &summary, Moment now)
{
    struct Line {
        QString label;
        FactCell value;
        bool wide = false;
    };
    QList<Line> lines;
    if (m_columns == 3 && !summary.owners.empty()) {
        const kinds::Reference &owner = summary.owners.front();
        const QString text = plainText(owner.kind + " " + owner.name);
        const auto target = destinationOf(owner);
        lines.append({tr("Owner"), target ? FactCell::link(text, *target) : FactCell::words(text), text.size() > longText});
    }
    for (const kinds::SummaryLine &line : summary.lines) {
        FactCell cell;
        const auto target = line.target ? destinationOf(*line.target) : std::nullopt;
        if (line.moment) {
            cell = FactCell::words(agoText(*line.moment, now));
            cell.toolTip = exactText(*line.moment);
        } else if (target) {
            cell = FactCell::link(plainText(line.text), *target);
        } else {
            cell = FactCell::words(plainText(line.text));
        }
        lines.append({plainText(line.label), cell, cell.text.size() > longText});
    }
    if (summary.created) {
        FactCell cell = FactCell::words(agoText(*summary.created, now));
        cell.toolTip = exactText(*summary.created);
        lines.append({tr("Created"), cell});
    }
    QList<FactRow> rows;
    const auto label = [](const QString &text) { return FactCell::words(text, &Tokens::muted); };
    for (int i = 0; i < lines.size(); ++i) {
        // Two short ones share a line.
        if (!lines[i].wide && i + 1 < lines.size() && !lines[i + 1].wide) {
            rows.append({label(lines[i].label), lines[i].value, label(lines[i + 1].label), lines[i + 1].value});
            ++i;
        } else {
            FactCell value = lines[i].value;
            value.span = 3;
            rows.append({label(lines[i].label), value});
        }
    }
    put(m_lines, rows, {});
}

void SummaryView::showContainers(const kinds::Summary &summary, Moment now)
{
    QList<FactRow> rows;
    // Beside another column there is room for a table; else the image stands below.
    const bool table = m_columns == 2;
    if (table && !summary.containers.empty()) {
        const auto head = [](const QString &text) { return FactCell::words(text, &Tokens::muted, FontRole::Caption); };
        rows.append({FactCell(), head(tr("NAME")), head(tr("STATE")), head(tr("IMAGE")), FactCell()});
    }
    for (const kinds::Container &each : summary.containers) {
        const bool runs = each.state == kinds::Container::State::Running;
        const QString role = roleText(each.role);
        FactCell name = FactCell::words(plainText(each.name), &Tokens::text, FontRole::Medium);
        if (!role.isEmpty())
            name.text += QStringLiteral(" (%1)").arg(role);
        QString state = plainText(each.word());
        if (each.health == kinds::Health::Degraded && runs)
            state += tr(", not ready");
        if (each.since && runs)
            state += QLatin1Char(' ') + QString::fromStdString(kinds::formatAge(*each.since, now));
        else if (const std::string ending = each.ending(); !ending.empty() && (m_columns != 3 || each.health == kinds::Health::Idle))
            state += QStringLiteral(", ") + plainText(ending);
        FactCell words = FactCell::words(state, each.health == kinds::Health::Healthy ? &Tokens::muted : inkOfHealth(each.health));
        const std::optional<Moment> since = each.since ? each.since : each.endedAt;
        words.toolTip = state + (since ? QLatin1Char('\n') + exactText(*since) : QString());
        const QString restarts = each.restarts == 0 ? QString() : each.restarts == 1 ? tr("1 restart") : tr("%1 restarts").arg(each.restarts);
        FactRow row{FactCell::mark(shapeOfHealth(each.health), state), name, words, right(FactCell::words(restarts, &Tokens::muted))};
        if (table)
            row.insert(3, FactCell::words(plainText(each.image)));
        rows.append(row);
        if (m_columns == 3)
            continue;
        QStringList facts;
        if (!table)
            facts << plainText(each.image);
        if (!each.requests.empty())
            facts << tr("asks for %1").arg(plainText(each.requests));
        if (!each.limits.empty())
            facts << tr("at most %1").arg(plainText(each.limits));
        if (!each.ports.empty())
            facts << tr("ports %1").arg(plainText(each.ports));
        if (facts.isEmpty())
            continue;
        FactCell more = FactCell::words(facts.join(QStringLiteral(" · ")), &Tokens::muted, FontRole::Small);
        more.span = table ? 4 : 3;
        rows.append({FactCell(), more});
    }
    // Those that run beside each other; the others come before them.
    const auto beside = [](const kinds::Container &each) {
        return each.role == kinds::Container::Role::Main || each.role == kinds::Container::Role::Sidecar;
    };
    const auto all = std::count_if(summary.containers.begin(), summary.containers.end(), beside);
    const auto ready = std::count_if(
        summary.containers.begin(), summary.containers.end(), [&beside](const kinds::Container &each) { return beside(each) && each.ready; });
    const bool done = std::all_of(summary.containers.begin(), summary.containers.end(),
        [&beside](const kinds::Container &each) { return !beside(each) || each.state == kinds::Container::State::Ended; });
    put(m_containers, rows, all > 0 && !done ? tr("%1 of %2 ready").arg(ready).arg(all) : QString());
}

void SummaryView::showConditions(const kinds::Summary &summary, Moment now)
{
    QList<FactRow> rows;
    for (const kinds::ConditionLine &each : summary.conditions) {
        const bool well = each.health == kinds::Health::Healthy;
        // What holds as it should needs no words; what nobody has agreed on needs its status.
        QString words = each.health ? QString() : plainText(each.status);
        for (const std::string &part : {each.reason, well ? std::string() : each.message}) {
            if (!part.empty())
                words += (words.isEmpty() ? QString() : QStringLiteral(": ")) + plainText(part);
        }
        FactCell text = FactCell::words(words, &Tokens::muted);
        text.toolTip = plainText(each.status) + QLatin1Char('\n') + plainText(each.reason) + QLatin1Char('\n') + plainText(each.message);
        rows.append({FactCell::mark(each.health ? shapeOfHealth(each.health) : ui::Shape::None, plainText(each.status)),
            FactCell::words(plainText(each.type)), text, age(each.since, now)});
    }
    put(m_conditions, rows, {});
}

void SummaryView::showData(const kinds::Summary &summary)
{
    QList<FactRow> rows;
    bool secret = false;
    for (const kinds::DataLine &each : summary.data) {
        secret = secret || each.secret;
        FactCell value;
        if (each.binary)
            value = FactCell::words(tr("not text"), &Tokens::muted);
        else if (each.secret && !m_revealed)
            value = FactCell::words(QStringLiteral("\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022"), &Tokens::muted);
        else
            value = FactCell::words(plainText(std::string_view(each.value).substr(0, 300)), &Tokens::text, FontRole::Fixed);
        rows.append({FactCell::words(plainText(each.key)), right(FactCell::words(bytesText(each.bytes), &Tokens::muted)), value});
    }
    put(m_data, rows, rows.isEmpty() ? QString() : QString::number(rows.size()));
    m_reveal->setVisible(secret);
    m_reveal->setWords(m_revealed ? tr("Hide values") : tr("Show values"));
}

void SummaryView::showRelated(const kinds::Summary &summary)
{
    QList<FactRow> rows;
    const auto row = [&rows](int level, Icon icon, ui::Shape shape, const QString &kind, FactCell name, const QString &word, Ink ink) {
        FactCell mark;
        mark.what = FactCell::What::Kind;
        mark.depth = level;
        mark.icon = icon;
        mark.shape = shape;
        mark.text = kind;
        name.toolTip = word.isEmpty() ? kind : kind + QStringLiteral(", ") + word;
        rows.append({mark, name, right(FactCell::words(word, ink))});
    };
    int depth = 0;
    bool self = false;
    const auto addSelf = [&] {
        if (self || depth == 0)
            return;
        self = true;
        FactCell name = FactCell::words(plainText(summary.name), &Tokens::text, FontRole::Medium);
        row(depth, iconNamed(m_feed->kind().icon), shapeOfHealth(m_feed->health()), plainText(summary.kind), name, tr("this"), &Tokens::muted);
    };
    int count = 0;
    const auto head = [&rows](const QString &words, const QString &note) {
        rows.append({FactCell::words(words, &Tokens::muted), FactCell::words(note, &Tokens::muted), FactCell::words({})});
    };
    // Only where it is asked who uses it: all else is named by the object itself.
    using Users = items::RelatedFeed::Users;
    const auto &all = m_related.all();
    const bool used = std::any_of(all.begin(), all.end(), [](const Related &each) { return each.how == Related::How::User; });
    bool usersSaid = m_related.users() == Users::NotAsked || m_related.users() == Users::Asking;
    const auto sayUsers = [&] {
        if (std::exchange(usersSaid, true))
            return;
        const bool some = m_related.users() == Users::Some;
        head(tr("Used by"), used ? (some ? tr("what may be read") : QString()) : some ? tr("nobody that may be read") : tr("nobody"));
    };
    for (const Related &each : all) {
        if (each.how != Related::How::Owner)
            addSelf();
        if (each.how == Related::How::User || (each.how != Related::How::Owner && each.how != Related::How::Owned))
            sayUsers();
        if (++count > mostRelated)
            break;
        const kinds::Reference &reference = each.reference;
        QString label = plainText(reference.name);
        if (each.how == Related::How::Chosen) {
            for (const auto &[key, value] : reference.labels)
                label += (label.isEmpty() ? QString() : QStringLiteral(", ")) + plainText(key + "=" + value);
        }
        const auto target = destinationOf(each);
        FactCell name = target ? FactCell::link(label, *target) : FactCell::words(label);
        QString word = plainText(each.word);
        Ink ink = inkOfHealth(each.health);
        ui::Shape shape = shapeOfHealth(each.health);
        if (each.known == Related::Known::Missing) {
            word = tr("not there");
            ink = &Tokens::bad;
            shape = ui::Shape::Bad;
        } else if (each.known == Related::Known::Unknown && each.how != Related::How::Chosen) {
            word = tr("could not look");
            ink = &Tokens::unknown;
            shape = ui::Shape::Unknown;
        } else if (each.how == Related::How::User || each.health == kinds::Health::Healthy || !each.health) {
            ink = &Tokens::muted;
        }
        const int level = each.how == Related::How::Owner ? each.depth : each.how == Related::How::Owned ? (depth == 0 ? 0 : depth + 1) : 0;
        name.stem = each.stem ? int(plainText(std::string_view(reference.name).substr(0, *each.stem)).size()) : -1;
        const QString kind = plainText(reference.kind.empty() ? reference.resource : reference.kind);
        row(level, iconOfReference(reference), shape, kind, name, word, ink);
        if (each.how == Related::How::Owner)
            depth = each.depth + 1;
    }
    addSelf();
    sayUsers();
    put(m_relatedPart, rows, rows.isEmpty() ? QString() : QString::number(int(m_related.all().size())));
}

void SummaryView::showEvents(Moment now)
{
    QList<FactRow> rows;
    for (int i = 0; i < std::min(mostEvents, m_events.rowCount()); ++i) {
        const QModelIndex reason = m_events.index(i, EventModel::Reason);
        const QModelIndex message = m_events.index(i, EventModel::Message);
        const auto health = kinds::Health(reason.data(EventModel::HealthRole).toInt());
        FactCell when = FactCell::words(m_events.index(i, EventModel::Age).data().toString(), &Tokens::muted);
        const qint64 seen = reason.data(EventModel::SeenRole).toDateTime().toMSecsSinceEpoch();
        when.toolTip = exactText(Moment(std::chrono::milliseconds(seen)));
        const FactCell mark = FactCell::mark(shapeOfHealth(health), reason.data(EventModel::TypeRole).toString());
        const FactCell bold = FactCell::words(reason.data().toString(), &Tokens::text, FontRole::Medium);
        if (m_columns == 2) {
            // Two short lines in the narrow column beside the page, a hairline between events.
            if (i > 0)
                rows.append({FactCell::rule(3)});
            rows.append({mark, bold, right(when)});
            FactCell words = FactCell::words(message.data().toString(), &Tokens::muted, FontRole::Small);
            words.span = 2;
            rows.append({FactCell(), words});
        } else {
            rows.append({right(when), mark, bold, FactCell::words(message.data().toString(), &Tokens::muted)});
        }
    }
    if (rows.isEmpty()) {
        const QString why = noEventsText(m_events);
        if (!why.isEmpty()) {
            FactCell words = FactCell::words(why, &Tokens::muted);
            words.shaping = Shaping::Prose;
            words.span = m_columns == 2 ? 3 : 4;
            rows.append({words});
        }
    }
    (void)now;
    const int count = m_events.rowCount();
    put(m_eventsPart, rows, count > mostEvents ? tr("%1 in all").arg(count) : count > 0 ? QString::number(count) : QString());
}

void SummaryView::showPairs(Part &part, const std::vector<std::pair<std::string, std::string>> &pairs, const QString &otherwise)
{
    QList<FactRow> rows;
    for (const auto &[key, value] : pairs) {
        if (rows.size() >= mostPairs)
            break;
        rows.append({FactCell::words(plainText(key), &Tokens::muted), FactCell::words(plainText(std::string_view(value).substr(0, 2000)))});
    }
    put(part, rows, pairs.empty() ? otherwise : QString::number(int(pairs.size())));
}

void SummaryView::resizeEvent(QResizeEvent *event)
{
    QScrollArea::resizeEvent(event);
    layOut();
}

void SummaryView::showEvent(QShowEvent *event)
{
    QScrollArea::showEvent(event);
    layOut();
    refresh();
}

bool SummaryView::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_body && event->type() == QEvent::Paint && m_columns == 2) {
        QPainter painter(m_body);
        painter.fillRect(QRect(m_body->width() - m_side - 2 * measure::margin, 0, 1, m_body->height()), m_theme.tokens().line);
    }
    return QScrollArea::eventFilter(watched, event);
}

} // namespace fairlead::ui
