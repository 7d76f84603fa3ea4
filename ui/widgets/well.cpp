// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/well.h"

#include "ui/widgets/measures.h"
#include "ui/widgets/shapes.h"

#include <QEvent>
#include <QFontMetricsF>
#include <QPainter>
#include <QResizeEvent>
#include <QTextDocument>
#include <QTextLayout>
#include <QTextOption>

#include <algorithm>
#include <cmath>

namespace fairlead::ui {

namespace {

constexpr int mostLines = 12;
constexpr qreal padding = measure::between;
constexpr int spare = 1; // QPlainTextEdit scrolls what fills it to the last pixel

} // namespace

Well::Well(const Theme &theme, const QString &text, QWidget *parent)
    : QPlainTextEdit(parent)
    , m_theme(theme)
{
    setFont(theme.font(FontRole::Fixed));
    setFrameShape(QFrame::NoFrame);
    setReadOnly(true);
    setUndoRedoEnabled(false);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setTabChangesFocus(true);
    setCursorWidth(0);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setVerticalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    document()->setDocumentMargin(padding);
    takeColours();
    setPlainText(text);
    setAccessibleName(text);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void Well::takeColours()
{
    const Tokens &t = m_theme.tokens();
    QPalette own = palette();
    if (own.color(QPalette::Base) == t.sunken && own.color(QPalette::Text) == t.text)
        return; // else a palette that is set would call itself
    own.setColor(QPalette::Base, t.sunken);
    own.setColor(QPalette::Text, t.text);
    own.setColor(QPalette::Highlight, t.select);
    own.setColor(QPalette::HighlightedText, t.text);
    setPalette(own);
}

void Well::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    if (event->oldSize().width() != event->size().width())
        updateGeometry(); // other lines, another height
}

void Well::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        takeColours();
}

QSize Well::sizeHint() const
{
    constexpr int usual = 400;
    return {usual, heightForWidth(usual)};
}

QSize Well::minimumSizeHint() const
{
    // Few lines are seen whole: what stands around them scrolls, not they. Output that goes on (an expanding well) scrolls itself.
    const bool whole = sizePolicy().verticalPolicy() == QSizePolicy::Fixed && width() > 0;
    return {120, whole ? heightForWidth(width()) : int(std::ceil(QFontMetricsF(font()).lineSpacing() + 2 * padding)) + spare};
}

int Well::heightForWidth(int width) const
{
    const qreal room = std::max(1.0, width - 2 * padding);
    int lines = 0;
    qreal height = 0;
    const QStringList paragraphs = toPlainText().split(QLatin1Char('\n'));
    for (const QString &paragraph : paragraphs) {
        QTextLayout layout(paragraph, font());
        QTextOption option;
        option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
        layout.setTextOption(option);
        layout.beginLayout();
        int own = 0;
        for (QTextLine line = layout.createLine(); line.isValid() && lines + own < mostLines; line = layout.createLine()) {
            line.setLineWidth(room);
            height += line.height();
            ++own;
        }
        layout.endLayout();
        height += own == 0 ? QFontMetricsF(font()).lineSpacing() : 0; // an empty line
        lines += std::max(1, own);
        if (lines >= mostLines)
            break;
    }
    return int(std::ceil(height + 2 * padding)) + spare;
}

void Well::paintEvent(QPaintEvent *event)
{
    QPlainTextEdit::paintEvent(event);
    if (hasFocus()) {
        QPainter painter(viewport());
        drawBox(painter, viewport()->rect(), {}, m_theme.tokens().accent, 1.6);
    }
}

} // namespace fairlead::ui
