// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/object/yamlview.h"

#include "items/plaintext.h"
#include "kinds/summary.h"
#include "ui/object/yamleditor.h"
#include "ui/widgets/button.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/searchfield.h"

#include <QCheckBox>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPainter>
#include <QShortcut>
#include <QVBoxLayout>

namespace fairlead::ui {

namespace {

constexpr int barHeight = 34;

} // namespace

YamlView::YamlView(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_search(new SearchField(theme, tr("Find in YAML")))
    , m_previous(Button::onlyIcon(theme, Icon::Up, tr("Previous hit")))
    , m_next(Button::onlyIcon(theme, Icon::Down, tr("Next hit")))
    , m_managed(new QCheckBox(tr("Managed fields")))
    , m_secrets(new QCheckBox(tr("Secret values")))
    , m_note(new PlainLabel(theme, FontRole::Small, &Tokens::muted))
    , m_copy(new Button(theme, ButtonKind::Flat, Icon::Copy, tr("Copy")))
    , m_editor(new YamlEditor(theme))
    , m_message(new PlainLabel(theme, FontRole::Body, &Tokens::muted))
{
    m_search->setShortcutHint(QStringLiteral("Ctrl+F"));
    m_search->setMinimumWidth(90);
    m_search->setMaximumWidth(240);
    setFocusProxy(m_editor);
    m_note->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_copy->setToolTip(tr("Copies all of the YAML, as it is shown"));
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(measure::margin, 0, measure::margin, 0);
    bar->setSpacing(measure::between);
    bar->addWidget(m_search, 2);
    bar->addWidget(m_previous);
    bar->addWidget(m_next);
    bar->addSpacing(measure::between);
    bar->addWidget(m_managed);
    bar->addWidget(m_secrets);
    bar->addWidget(m_note, 1);
    bar->addWidget(m_copy);
    m_note->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_message->setContentsMargins(measure::margin, measure::margin, measure::margin, 0);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *top = new QWidget;
    top->setFixedHeight(barHeight);
    top->setLayout(bar);
    column->addWidget(top);
    column->addSpacing(1); // the hairline
    column->addWidget(m_message, 0, Qt::AlignTop);
    column->addWidget(m_editor, 1);
    m_message->hide();
    for (QWidget *each : {static_cast<QWidget *>(m_previous), static_cast<QWidget *>(m_next)})
        each->setEnabled(false);

    connect(m_search, &SearchField::textChanged, this, [this] { search(true, true); });
    connect(m_search, &SearchField::returnPressed, this, [this] { search(true, false); });
    connect(m_next, &Button::clicked, this, [this] { search(true, false); });
    connect(m_previous, &Button::clicked, this, [this] { search(false, false); });
    connect(m_managed, &QCheckBox::toggled, this, &YamlView::wish);
    connect(m_secrets, &QCheckBox::toggled, this, &YamlView::wish);
    connect(m_copy, &Button::clicked, this, &YamlView::copy);
    connect(m_editor, &YamlEditor::escaped, this, &YamlView::escaped);
    // A large text comes in pieces: what was sought may lie in the last.
    connect(m_editor, &YamlEditor::settled, this, [this] {
        markAgain();
        if (isComplete())
            Q_EMIT completed();
    });
    connect(m_editor, &QsciScintilla::cursorPositionChanged, this, &YamlView::statusChanged);
    const auto shortcut = [this](const QKeySequence &keys, bool forward) {
        auto *made = new QShortcut(keys, this, nullptr, nullptr, Qt::WidgetWithChildrenShortcut);
        connect(made, &QShortcut::activated, this, [this, forward] { search(forward, false); });
    };
    shortcut(Qt::Key_F3, true);
    shortcut(Qt::SHIFT | Qt::Key_F3, false);
}

void YamlView::setFeed(items::ObjectFeed *feed)
{
    if (m_feed)
        m_feed->disconnect(this);
    m_feed = feed;
    m_secrets->setChecked(false);
    m_secrets->setVisible(feed != nullptr && !kinds::secretPaths(feed->kind()).empty());
    m_editor->setPage(nullptr);
    if (feed == nullptr)
        return;
    connect(feed, &items::ObjectFeed::yamlChanged, this, &YamlView::take);
    connect(feed, &items::ObjectFeed::changed, this, &YamlView::take);
    if (isVisible())
        wish();
}

void YamlView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    wish();
}

void YamlView::wish()
{
    if (m_feed)
        m_feed->wishYaml({.managedFields = m_managed->isChecked(), .secrets = m_secrets->isChecked()});
    take();
}

bool YamlView::isComplete() const
{
    return !m_feed || ((m_feed->yaml() != nullptr || m_feed->yamlError()) && m_editor->isSettled()) ||
           m_feed->phase() == items::ObjectFeed::Phase::Missing || m_feed->phase() == items::ObjectFeed::Phase::Failed;
}

void YamlView::take()
{
    if (!m_feed)
        return;
    const auto &error = m_feed->yamlError();
    const auto page = m_feed->sharedYaml();
    m_message->setVisible(error.has_value());
    if (error)
        m_message->setLine(items::plainText(error->text()));
    m_editor->setVisible(!error);
    // While another is worked out the last one stays: nothing flickers.
    if (page) {
        m_editor->setPage(page);
        m_note->setLine(page->cutLines == 0   ? QString()
                        : page->cutLines == 1 ? tr("A long line is cut; Copy has it whole.")
                                              : tr("%1 long lines are cut; Copy has them whole.").arg(page->cutLines));
        markAgain();
    }
    if (isComplete())
        Q_EMIT completed();
}

void YamlView::markAgain()
{
    if (m_search->text().isEmpty())
        return;
    m_hitCount = m_editor->mark(m_search->text());
    m_search->setResult(m_hitCount == 0 ? tr("not found") : tr("%1 found").arg(m_hitCount));
}

void YamlView::search(bool forward, bool typed)
{
    if (typed)
        m_hitCount = m_editor->mark(m_search->text());
    const int hit = m_editor->goToHit(forward);
    for (QWidget *each : {static_cast<QWidget *>(m_previous), static_cast<QWidget *>(m_next)})
        each->setEnabled(m_hitCount > 0);
    if (m_search->text().isEmpty())
        m_search->setResult({});
    else if (m_hitCount == 0)
        m_search->setResult(tr("not found"));
    else
        m_search->setResult(tr("%1 of %2%3").arg(hit).arg(m_hitCount).arg(m_hitCount >= YamlEditor::mostMarked ? QStringLiteral("+") : QString()));
}

void YamlView::copy()
{
    if (m_feed && m_feed->yaml() != nullptr)
        QGuiApplication::clipboard()->setText(QString::fromStdString(m_feed->yaml()->text));
}

void YamlView::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void YamlView::focusText()
{
    m_editor->setFocus(Qt::OtherFocusReason);
}

QString YamlView::statusText() const
{
    int line = 0;
    int column = 0;
    m_editor->getCursorPosition(&line, &column);
    return tr("Line %1, column %2").arg(line + 1).arg(column + 1);
}

void YamlView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(QRect(0, barHeight, width(), 1), m_theme.tokens().line);
}

} // namespace fairlead::ui
