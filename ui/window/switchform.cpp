// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/switchform.h"
#include "ui/window/listkeys.h"

#include "items/contextwords.h"
#include "items/plaintext.h"
#include "ui/widgets/accessiblerole.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/button.h"
#include "ui/widgets/mark.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/shapes.h"
#include "ui/window/switchdelegate.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QListView>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

namespace fairlead::ui {

using contexts::ContextFacts;
using items::plainText;

namespace {

constexpr int formWidth = 878; // the design's figures
constexpr int rowsWidth = 289;
constexpr int fieldBar = 46;
constexpr int factRow = 28;
constexpr int rowsInSight = 9;
constexpr int page = 6;

} // namespace

/// Under what differs then: a tint, and a bar at its left.
class SwitchForm::Sheet : public QWidget {
public:
    Sheet(const Theme &theme, const std::array<PlainLabel *, Facts> &now, const std::array<PlainLabel *, Facts> &then)
        : m_theme(theme)
        , m_now(now)
        , m_then(then)
    {
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Tokens &t = m_theme.tokens();
        QPainter painter(this);
        for (int fact = 0; fact < Facts; ++fact) {
            const QRect place = m_then[std::size_t(fact)]->geometry();
            if (m_now[std::size_t(fact)]->text() != m_then[std::size_t(fact)]->text()) {
                const QRectF ground(place.left() - measure::between, place.top(), place.width() + measure::between, place.height());
                painter.fillRect(ground, mix(t.surface, t.warn, t.scheme == Scheme::Dark ? 0.13 : 0.07));
                painter.fillRect(QRectF(ground.left(), ground.top(), 2, ground.height()), t.warn);
            }
            drawRule(painter, QRectF(measure::margin, place.bottom(), width() - 2 * measure::margin, 1), t.lineSoft);
        }
    }

private:
    const Theme &m_theme;
    const std::array<PlainLabel *, Facts> &m_now;
    const std::array<PlainLabel *, Facts> &m_then;
};

SwitchForm::SwitchForm(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_field(new SearchField(theme, tr("Switch to a context")))
    , m_count(new PlainLabel(theme, FontRole::Small, &Tokens::muted))
    , m_rows(new QListView)
    , m_sheet(new Sheet(theme, m_now, m_then))
    , m_why(new Banner(theme))
    , m_all(new Button(theme, ButtonKind::Flat, Icon::Wheel, tr("All clusters")))
    , m_newWindow(new Button(theme, ButtonKind::Normal, tr("Open in a new window")))
    , m_here(new Button(theme, ButtonKind::Primary, tr("Open here")))
{
    speakAs(*this, QAccessible::Dialog);
    setAccessibleName(tr("Switch the context"));
    build();
    m_rows->setFrameShape(QFrame::NoFrame);
    m_rows->setUniformItemSizes(true);
    m_rows->setMouseTracking(true);
    m_rows->setItemDelegate(new SwitchDelegate(theme, m_rows));
    m_rows->setModel(&m_model);
    m_rows->setAccessibleName(tr("Contexts"));
    m_rows->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusProxy(m_field);
    m_field->installEventFilter(this);
    m_rows->installEventFilter(this);
    connect(m_field, &QLineEdit::textChanged, this, [this](const QString &text) {
        static_cast<SwitchDelegate *>(m_rows->itemDelegate())->setText(text.trimmed());
        m_model.setFilter(text);
        takeBest();
        m_rows->viewport()->update();
    });
    connect(m_rows->selectionModel(), &QItemSelectionModel::currentChanged, this, &SwitchForm::showChosen);
    connect(m_rows, &QAbstractItemView::doubleClicked, this, [this] { take(false); });
    connect(m_here, &QAbstractButton::clicked, this, [this] { take(false); });
    connect(m_newWindow, &QAbstractButton::clicked, this, [this] { take(true); });
    connect(m_all, &QAbstractButton::clicked, this, [this] {
        close();
        Q_EMIT allWanted();
    });
}

void SwitchForm::build()
{
    const auto label = [this](FontRole font, Ink ink, const QString &words) {
        auto *made = new PlainLabel(m_theme, font, ink, Shaping::Exact);
        made->setLine(words);
        return made;
    };
    auto *head = new QHBoxLayout;
    head->setContentsMargins(measure::margin, 0, measure::margin, 0);
    head->setSpacing(measure::group);
    m_field->setFixedWidth(rowsWidth - measure::margin - measure::between);
    head->addWidget(m_field);
    head->addStretch(1);
    head->addWidget(m_count);
    for (const QString &keys : {tr("Enter opens here"), tr("Ctrl+Enter new window"), tr("Esc closes")})
        head->addWidget(label(FontRole::Small, &Tokens::muted, keys));

    auto *facts = new QGridLayout(m_sheet);
    facts->setContentsMargins(measure::margin, measure::between, measure::margin, 0);
    facts->setHorizontalSpacing(measure::group);
    facts->setVerticalSpacing(0);
    facts->setColumnMinimumWidth(0, 92);
    facts->setColumnStretch(1, 1);
    facts->setColumnStretch(2, 1);
    facts->addWidget(label(FontRole::Caption, &Tokens::muted, tr("Now").toUpper()), 0, 1);
    facts->addWidget(label(FontRole::Caption, &Tokens::muted, tr("Then").toUpper()), 0, 2);
    const std::array<QString, Facts> names = {tr("Context"), tr("Server"), tr("User"), tr("Signs in with"), tr("Namespace"), tr("Version")};
    for (int fact = 0; fact < Facts; ++fact) {
        m_now[std::size_t(fact)] = label(FontRole::Body, &Tokens::text, {});
        m_then[std::size_t(fact)] = label(FontRole::Medium, &Tokens::text, {});
        m_now[std::size_t(fact)]->setFixedHeight(factRow);
        m_then[std::size_t(fact)]->setFixedHeight(factRow);
        facts->addWidget(label(FontRole::Body, &Tokens::muted, names[std::size_t(fact)]), fact + 1, 0);
        facts->addWidget(m_now[std::size_t(fact)], fact + 1, 1);
        facts->addWidget(m_then[std::size_t(fact)], fact + 1, 2);
    }
    facts->setRowStretch(Facts + 1, 1);

    auto *right = new QVBoxLayout;
    right->setContentsMargins(0, 0, 0, 0);
    right->setSpacing(0);
    right->addWidget(m_why);
    right->addWidget(m_sheet, 1);
    auto *body = new QHBoxLayout;
    body->setContentsMargins(0, 0, 0, 0);
    body->setSpacing(0);
    m_rows->setFixedWidth(rowsWidth);
    body->addWidget(m_rows);
    body->addSpacing(1); // of a line
    body->addLayout(right, 1);

    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(measure::margin, 9, measure::margin, 9);
    foot->setSpacing(measure::between);
    foot->addWidget(m_all);
    foot->addWidget(label(FontRole::Body, &Tokens::muted, tr("Only this window changes; other windows and kubectl stay where they are.")), 1);
    foot->addWidget(m_newWindow);
    foot->addWidget(m_here);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(1, 1, 1, 1);
    column->setSpacing(0);
    auto *bar = new QWidget;
    bar->setFixedHeight(fieldBar - 1);
    bar->setLayout(head);
    column->addWidget(bar);
    column->addWidget(Mark::hairline(m_theme, &Tokens::line));
    column->addLayout(body, 1);
    column->addWidget(Mark::hairline(m_theme, &Tokens::line));
    column->addLayout(foot);
}

QSize SwitchForm::sizeHint() const
{
    const QWidget *const window = parentWidget() != nullptr ? parentWidget()->window() : nullptr;
    const int most = window != nullptr ? window->width() - 2 * measure::margin : formWidth;
    const int facts = measure::notice + 1 + (Facts + 1) * factRow + measure::group;
    const int rows = std::clamp(m_model.all(), 3, rowsInSight) * m_theme.rows().twoLines;
    return {std::min(formWidth, most), fieldBar + std::max(facts, rows) + measure::control + 2 * 9 + 4};
}

void SwitchForm::setList(const contexts::ContextList &list)
{
    m_list = list;
    m_model.setList(list);
    m_model.setOpened(m_opened);
    showChosen();
}

void SwitchForm::setReach(const std::string &context, const contexts::Reach &reach)
{
    m_reach[context] = reach;
    m_model.setReach(context, reach);
    showChosen();
}

void SwitchForm::setOpened(const std::string &context)
{
    m_opened = context;
    m_model.setOpened(context);
    showChosen();
}

const ContextFacts *SwitchForm::opened() const
{
    const auto found =
        std::find_if(m_list.contexts.begin(), m_list.contexts.end(), [this](const ContextFacts &facts) { return facts.name == m_opened; });
    return found == m_list.contexts.end() ? nullptr : &*found;
}

QString SwitchForm::fact(int fact, const ContextFacts &facts) const
{
    const auto reach = m_reach.find(facts.name);
    switch (Fact(fact)) {
    case Context:
        return plainText(facts.name);
    case Server:
        return plainText(facts.server.starts_with("https://") ? facts.server.substr(8) : facts.server);
    case User:
        return plainText(facts.user);
    case SignIn:
        return items::signInWords(facts.signIn);
    case Namespace:
        return facts.nameSpace.empty() ? QStringLiteral("default") : plainText(facts.nameSpace);
    case Version:
        return reach != m_reach.end() ? items::versionWords(reach->second.version) : QString();
    case Facts:
        break;
    }
    return {};
}

void SwitchForm::showChosen()
{
    const QModelIndex row = m_rows->currentIndex();
    const ContextFacts *const now = opened();
    const ContextFacts *const then = row.isValid() && row.row() < m_model.rowCount() ? &m_model.facts(row.row()) : nullptr;
    const auto words = [](const QString &text) { return text.isEmpty() ? QStringLiteral("–") : text; };
    QStringList spoken;
    for (int each = 0; each < Facts; ++each) {
        m_now[std::size_t(each)]->setLine(words(now != nullptr ? fact(each, *now) : QString()));
        m_then[std::size_t(each)]->setLine(words(then != nullptr ? fact(each, *then) : QString()));
        const bool same = m_now[std::size_t(each)]->text() == m_then[std::size_t(each)]->text();
        m_then[std::size_t(each)]->setInk(same ? &Tokens::muted : &Tokens::text);
        spoken << m_then[std::size_t(each)]->text();
    }
    m_rows->setAccessibleDescription(then != nullptr ? spoken.join(QStringLiteral(", ")) : QString());
    if (then == nullptr)
        m_why->say(Shape::Idle, tr("No context has all of these words."), {});
    else if (then->problem)
        m_why->say(then->standing == contexts::Standing::Broken ? Shape::Bad : Shape::Unknown, plainText(then->problem->message), {});
    else if (const auto reach = m_reach.find(then->name); reach != m_reach.end() && reach->second.error)
        m_why->say(
            reach->second.state == contexts::Reach::State::Refused ? Shape::Warn : Shape::Unknown, plainText(reach->second.error->message), {});
    else if (then->production)
        m_why->say(Shape::Bad, tr("%1 is production.").arg(plainText(then->name)), tr("Its name says so: the window gets a hatched band."));
    m_why->setVisible(
        then == nullptr || then->problem || then->production || (m_reach.contains(then->name) && m_reach.at(then->name).error.has_value()));
    const auto contexts = qsizetype(m_list.contexts.size());
    m_count->setLine(m_model.rowCount() == m_model.all() ? (contexts == 1 ? tr("1 context") : tr("%1 contexts").arg(contexts))
                                                         : tr("%1 of %2 contexts").arg(m_model.rowCount()).arg(contexts));
    m_here->setEnabled(then != nullptr);
    m_newWindow->setEnabled(then != nullptr);
    m_sheet->update();
}

void SwitchForm::takeBest()
{
    // A name that begins with what was typed comes before one that only holds it, or whose server does.
    const QString text = m_field->text().trimmed();
    int best = m_model.rowCount() > 0 ? 0 : -1;
    if (text.isEmpty()) {
        best = std::max(m_model.preferredRow(), best);
    } else {
        for (int row = m_model.rowCount() - 1; row >= 0; --row) {
            if (m_model.index(row, 0).data().toString().startsWith(text, Qt::CaseInsensitive))
                best = row;
        }
    }
    m_rows->setCurrentIndex(best >= 0 ? m_model.index(best, 0) : QModelIndex());
    showChosen();
}

void SwitchForm::take(bool newWindow)
{
    const QModelIndex row = m_rows->currentIndex();
    if (!row.isValid())
        return;
    const std::string name = m_model.facts(row.row()).name; // closing may be followed by another list
    close();
    Q_EMIT chosen(name, newWindow);
}

bool SwitchForm::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress || (watched != m_field && watched != m_rows))
        return QWidget::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
        take(key->modifiers().testFlag(Qt::ControlModifier));
        return true;
    }
    return moveByKey(*m_rows, key->key(), page) || QWidget::eventFilter(watched, event);
}

void SwitchForm::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_field->clear();
    takeBest();
}

void SwitchForm::paintEvent(QPaintEvent *)
{
    const Tokens &t = m_theme.tokens();
    QPainter painter(this);
    painter.fillRect(rect(), t.surface);
    painter.fillRect(QRect(0, m_here->y() - 9, width(), height() - m_here->y() + 9), t.raised);
    drawRule(painter, QRectF(m_rows->geometry().right() + 1, m_rows->y(), 1, m_rows->height()), t.line, Qt::Vertical);
    drawBox(painter, rect(), {}, t.edge, 1, 0);
}

} // namespace fairlead::ui
