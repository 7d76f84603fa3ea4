// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/logs/logbar.h"

#include "ui/widgets/button.h"
#include "ui/widgets/dropbutton.h"
#include "ui/widgets/healthshape.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/segmentedswitch.h"

#include <QAction>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLocale>
#include <QMenu>
#include <QPainter>

#include <array>

namespace fairlead::ui {

namespace {

constexpr int rowHeight = 34;
constexpr int fieldWidth = 236;
constexpr int leastField = 120;
constexpr int leastWidth = 440; // of the bar
constexpr std::size_t mostSegments = 6;

struct Since {
    const char *text;
    std::chrono::seconds seconds;
};
constexpr std::array<Since, 7> sinces = {
    {{"1 min", std::chrono::minutes(1)}, {"5 min", std::chrono::minutes(5)}, {"15 min", std::chrono::minutes(15)}, {"1 h", std::chrono::hours(1)},
        {"6 h", std::chrono::hours(6)}, {"24 h", std::chrono::hours(24)}, {"7 d", std::chrono::hours(24 * 7)}}};
constexpr std::array<std::int64_t, 3> tails = {100, 1'000, 10'000};

QString roleWord(logs::Container::Role role)
{
    switch (role) {
    case logs::Container::Role::Main:
        return {};
    case logs::Container::Role::Sidecar:
        return QStringLiteral("sidecar");
    case logs::Container::Role::Init:
        return QStringLiteral("init");
    case logs::Container::Role::Ephemeral:
        return QStringLiteral("ephemeral");
    }
    return {};
}

QString stageWord(const logs::Container &container)
{
    switch (container.stage) {
    case logs::Container::Stage::Waiting:
        return container.waitingReason.empty() ? QStringLiteral("Waiting") : QString::fromStdString(container.waitingReason);
    case logs::Container::Stage::Running:
        return container.ready ? QStringLiteral("Running") : QStringLiteral("Running, not ready");
    case logs::Container::Stage::Ended:
        return QStringLiteral("Ended");
    case logs::Container::Stage::Unknown:
        break;
    }
    return {};
}

QString nameOf(const logs::Container &container)
{
    return QString::fromStdString(container.name);
}

QHBoxLayout *rowLayout(QWidget *parent)
{
    auto *row = parent ? new QHBoxLayout(parent) : new QHBoxLayout;
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    return row;
}

} // namespace

LogBar::LogBar(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_left(new QWidget(this))
    , m_right(new QWidget(this))
    , m_first(rowLayout(nullptr))
    , m_second(rowLayout(nullptr))
{
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(measure::margin, 5, measure::margin, 6);
    rows->setSpacing(6);
    rows->addLayout(m_first);
    rows->addLayout(m_second);
    makeLeft();
    makeRight();
    m_first->addWidget(m_left);
    m_first->addStretch(1);
    m_first->addWidget(m_right);
    fillSince();
    setWish({});
}

void LogBar::makeLeft()
{
    auto *row = rowLayout(m_left);
    m_segments = new SegmentedSwitch(m_theme, QStringLiteral("Container"), {});
    m_drop = new DropButton(m_theme, DropButton::Frame::Outlined, QString());
    m_drop->setCaption(QStringLiteral("Container"));
    m_drop->setStrong(true);
    m_drop->setMostWidth(220);
    m_dropMenu = new QMenu;
    m_drop->setMenu(m_dropMenu);
    m_drop->hide();
    m_run = new SegmentedSwitch(m_theme, QStringLiteral("Run"), {{.text = QStringLiteral("Current")}, {.text = QStringLiteral("Previous")}});
    m_follow = new Button(m_theme, ButtonKind::Normal, Icon::Apply, QStringLiteral("Follow"));
    m_follow->setCheckable(true);
    m_since = new DropButton(m_theme, DropButton::Frame::Outlined, QString());
    m_sinceMenu = new QMenu;
    m_since->setMenu(m_sinceMenu);
    for (QWidget *each : std::initializer_list<QWidget *>{m_segments, m_drop, m_run, m_follow, m_since})
        row->addWidget(each);
    connect(m_segments, &SegmentedSwitch::chosenChanged, this, &LogBar::choose);
    connect(m_run, &SegmentedSwitch::chosenChanged, this, [this](int part) {
        m_wish.previous = part == 1;
        Q_EMIT wishChanged(m_wish);
    });
    connect(m_follow, &QAbstractButton::clicked, this, &LogBar::followWanted);
}

void LogBar::makeRight()
{
    auto *row = rowLayout(m_right);
    row->setSpacing(measure::inside);
    m_search = new SearchField(m_theme, QStringLiteral("Search"));
    m_search->setMinimumWidth(leastField);
    m_search->setMaximumWidth(fieldWidth);
    m_search->setShortcutHint(QStringLiteral("Ctrl+F"));
    m_search->installEventFilter(this);
    m_up = Button::onlyIcon(m_theme, Icon::Up, QStringLiteral("Previous hit (Shift+F3)"));
    m_down = Button::onlyIcon(m_theme, Icon::Down, QStringLiteral("Next hit (F3)"));
    m_stamps = Button::onlyIcon(m_theme, Icon::Clock, QStringLiteral("Time stamps"));
    m_wrap = Button::onlyIcon(m_theme, Icon::Wrap, QStringLiteral("Wrap long lines"));
    m_copy = Button::onlyIcon(m_theme, Icon::Copy, QStringLiteral("Copy the selection, or all lines"));
    m_save = Button::onlyIcon(m_theme, Icon::Save, QStringLiteral("Save to a file"));
    m_stamps->setCheckable(true);
    m_wrap->setCheckable(true);
    row->addWidget(m_search, 1);
    for (Button *each : {m_up, m_down, m_stamps, m_wrap, m_copy, m_save})
        row->addWidget(each);
    connect(m_search, &QLineEdit::textChanged, this, &LogBar::patternChanged);
    connect(m_up, &QAbstractButton::clicked, this, &LogBar::previousWanted);
    connect(m_down, &QAbstractButton::clicked, this, &LogBar::nextWanted);
    connect(m_stamps, &QAbstractButton::clicked, this, &LogBar::stampsWanted);
    connect(m_wrap, &QAbstractButton::clicked, this, &LogBar::wrapWanted);
    connect(m_copy, &QAbstractButton::clicked, this, &LogBar::copyWanted);
    connect(m_save, &QAbstractButton::clicked, this, &LogBar::saveWanted);
    setResult({}, false);
}

void LogBar::fillSince()
{
    const auto add = [this](const QString &text, auto set) {
        connect(m_sinceMenu->addAction(text), &QAction::triggered, this, [this, set] {
            m_wish.since.reset();
            m_wish.sinceTime.reset();
            m_wish.tail.reset();
            set(m_wish);
            showSince();
            Q_EMIT wishChanged(m_wish);
        });
    };
    add(QStringLiteral("Since the start"), [](logs::LogWish &) {});
    for (const Since &each : sinces)
        add(QStringLiteral("Since ") + QLatin1String(each.text), [seconds = each.seconds](logs::LogWish &wish) { wish.since = seconds; });
    add(QStringLiteral("From now on"), [](logs::LogWish &wish) { wish.sinceTime = Moment(); });
    m_sinceMenu->addSeparator();
    for (const std::int64_t each : tails)
        add(QStringLiteral("Last %1 lines").arg(QLocale(QLocale::English).toString(qint64(each))), [each](logs::LogWish &wish) { wish.tail = each; });
}

void LogBar::showSince()
{
    m_since->setCaption(m_wish.tail ? QStringLiteral("Last") : QStringLiteral("Since"));
    QString words = QStringLiteral("start");
    if (m_wish.tail)
        words = QStringLiteral("%1 lines").arg(QLocale(QLocale::English).toString(qint64(*m_wish.tail)));
    else if (m_wish.sinceTime)
        words = QStringLiteral("now");
    for (const Since &each : sinces) {
        if (m_wish.since == each.seconds)
            words = QLatin1String(each.text);
    }
    m_since->setWords(words);
}

void LogBar::setContainers(const std::vector<logs::Container> &containers, const std::string &chosen)
{
    QList<SegmentedSwitch::Part> parts;
    int number = -1;
    bool same = m_containers.size() == containers.size() && !m_containers.empty();
    for (std::size_t i = 0; i < containers.size(); ++i) {
        const logs::Container &each = containers[i];
        same = same && m_containers[i].name == each.name && m_containers[i].health() == each.health();
        if (each.name == chosen)
            number = int(i);
        parts.append({.text = nameOf(each), .icon = {}, .shape = shapeOf(each.health()), .note = roleWord(each.role)});
    }
    m_containers = containers;
    if (!same) {
        m_segments->setParts(parts);
        m_dropMenu->clear();
        for (std::size_t i = 0; i < containers.size(); ++i) {
            const QString note = roleWord(containers[i].role);
            QString text = nameOf(containers[i]);
            text.replace(QLatin1Char('&'), QLatin1String("&&"));
            connect(m_dropMenu->addAction(note.isEmpty() ? text : text + QStringLiteral("  (%1)").arg(note)), &QAction::triggered, this,
                [this, i] { choose(int(i)); });
        }
    }
    m_segments->choose(number);
    m_drop->setWords(QString::fromStdString(chosen));
    if (number >= 0) {
        const logs::Container &shown = containers[std::size_t(number)];
        m_drop->showShape(shapeOf(shown.health()), stageWord(shown));
    }
    const bool before = number >= 0 && containers[std::size_t(number)].before.has_value();
    if (QAbstractButton *previous = m_run->part(1))
        previous->setEnabled(before || m_wish.previous);
    arrange();
}

void LogBar::choose(int container)
{
    if (container < 0 || std::size_t(container) >= m_containers.size())
        return;
    m_wish.container = m_containers[std::size_t(container)].name;
    m_wish.previous = false;
    m_segments->choose(container);
    Q_EMIT wishChanged(m_wish);
}

void LogBar::setWish(const logs::LogWish &wish)
{
    m_wish = wish;
    m_run->choose(wish.previous ? 1 : 0);
    m_follow->setEnabled(!wish.previous);
    showSince();
}

void LogBar::setFollowing(bool following)
{
    m_follow->setChecked(following);
}

void LogBar::setStamps(bool shown)
{
    m_stamps->setChecked(shown);
}

void LogBar::setWrapped(bool wrapped)
{
    m_wrap->setChecked(wrapped);
}

void LogBar::setResult(const QString &result, bool found)
{
    m_result = result;
    m_search->setResult(result);
    m_up->setEnabled(found);
    m_down->setEnabled(found);
}

void LogBar::setCanCopy(bool can)
{
    m_copy->setEnabled(can);
    m_save->setEnabled(can);
}

// Enter goes to the next hit, with Shift to the one before.
bool LogBar::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_search && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            if ((key->modifiers() & Qt::ShiftModifier) != 0)
                Q_EMIT previousWanted();
            else
                Q_EMIT nextWanted();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void LogBar::arrange()
{
    const int room = width() - 2 * measure::margin;
    const auto leftWidth = [this] {
        m_left->layout()->invalidate();
        return m_left->layout()->minimumSize().width();
    };
    m_segments->setVisible(m_containers.size() > 1 && m_containers.size() <= mostSegments);
    m_drop->setVisible(m_containers.size() > mostSegments);
    int left = leftWidth();
    const int right = m_right->layout()->minimumSize().width();
    const bool two = left + measure::group + right > room;
    if (two && left > room && m_segments->isVisibleTo(m_left)) {
        m_segments->hide();
        m_drop->show();
        left = leftWidth();
    }
    QHBoxLayout *wanted = two ? m_second : m_first;
    if (wanted->indexOf(m_right) < 0) {
        (two ? m_first : m_second)->removeWidget(m_right);
        wanted->addWidget(m_right);
    }
    m_search->setMaximumWidth(two ? QWIDGETSIZE_MAX : fieldWidth);
    setFixedHeight(two ? 2 * rowHeight - 3 : rowHeight + 1);
}

// What its layout wants depends on its width, so the layout is not asked.
QSize LogBar::minimumSizeHint() const
{
    return {leastWidth, rowHeight};
}

void LogBar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void LogBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.tokens().surface);
    painter.fillRect(0, height() - 1, width(), 1, m_theme.tokens().line);
}

} // namespace fairlead::ui
