// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/object/yamleditor.h"

#include "ui/widgets/icons.h"

#include <QKeyEvent>
#include <QPainter>
#include <QPixmap>

#include <algorithm>
#include <array>

namespace fairlead::ui {

using items::YamlFold;
using items::YamlPage;
using items::YamlStyle;

namespace {

constexpr int numbersMargin = 0;
constexpr int foldMargin = 1;
constexpr int hitIndicator = 8; // the first that no lexer uses
// What takes a few milliseconds.
constexpr int foldsAtOnce = 3000;
constexpr std::size_t bytesAtOnce = 96u << 10;
constexpr int guideStyle = QsciScintillaBase::STYLE_INDENTGUIDE;
constexpr int foldTextStyle = QsciScintillaBase::STYLE_FOLDDISPLAYTEXT;

struct StyleInk {
    YamlStyle style;
    Ink ink;
};

constexpr std::array styleInks = {StyleInk{YamlStyle::Blank, &Tokens::text}, StyleInk{YamlStyle::Key, &Tokens::accent},
    StyleInk{YamlStyle::Punctuation, &Tokens::muted}, StyleInk{YamlStyle::Text, &Tokens::text}, StyleInk{YamlStyle::Number, &Tokens::ok},
    StyleInk{YamlStyle::Word, &Tokens::unknown}, StyleInk{YamlStyle::Mask, &Tokens::muted}, StyleInk{YamlStyle::Cut, &Tokens::warn}};

QPixmap chevron(Icon icon, const QColor &colour, qreal scale)
{
    QPixmap pixmap(QSize(14, 14) * scale);
    pixmap.setDevicePixelRatio(scale);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    drawIcon(painter, QRectF(0, 0, 14, 14), icon, colour, 1.6);
    return pixmap;
}

} // namespace

YamlEditor::YamlEditor(const Theme &theme, QWidget *parent)
    : QsciScintilla(parent)
    , m_theme(theme)
{
    setUtf8(true);
    setReadOnly(true);
    setFrameShape(QFrame::NoFrame);
    setAccessibleName(tr("YAML"));
    SendScintilla(SCI_SETLEXER, SCLEX_CONTAINER);
    SendScintilla(SCI_SETUNDOCOLLECTION, 0L);
    SendScintilla(SCI_SETCARETPERIOD, 0L); // a blinking cursor in a text that cannot be changed
    SendScintilla(SCI_SETEXTRAASCENT, 2L);
    SendScintilla(SCI_SETEXTRADESCENT, 2L);
    SendScintilla(SCI_SETLAYOUTCACHE, SC_CACHE_PAGE);
    SendScintilla(SCI_SETSCROLLWIDTHTRACKING, 1L);
    SendScintilla(SCI_SETSCROLLWIDTH, 100L);
    SendScintilla(SCI_SETFOLDFLAGS, 0L);
    SendScintilla(SCI_SETTABWIDTH, 2L);
    SendScintilla(SCI_SETINDENT, 2L);
    SendScintilla(SCI_FOLDDISPLAYTEXTSETSTYLE, SC_FOLDDISPLAYTEXT_STANDARD);
    SendScintilla(SCI_USEPOPUP, 0L);
    setMarginType(numbersMargin, NumberMargin);
    setMarginType(foldMargin, SymbolMargin);
    SendScintilla(SCI_SETMARGINMASKN, foldMargin, long(SC_MASK_FOLDERS));
    setMarginSensitivity(foldMargin, true);
    setMarginWidth(foldMargin, 30);
    SendScintilla(SCI_SETMARGINLEFT, 0UL, 4L);
    setIndentationGuides(true);
    setCaretLineVisible(true);
    connect(this, &QsciScintilla::marginClicked, this, [this](int margin, int line, Qt::KeyboardModifiers) {
        if (margin == foldMargin)
            toggleFoldAt(line);
    });
    m_steps.setSingleShot(true);
    m_steps.setInterval(0);
    connect(&m_steps, &QTimer::timeout, this, &YamlEditor::step);
    takeColours();
}

void YamlEditor::takeColours()
{
    const Tokens &t = m_theme.tokens();
    // A page to be read, not a column among others: half a point more than elsewhere; its numbers stand back.
    QFont font = m_theme.font(FontRole::Fixed);
    font.setPointSizeF(font.pointSizeF() + 0.5);
    QFont numbers = font;
    numbers.setPointSizeF(m_theme.font(FontRole::Small).pointSizeF());
    setColor(t.text);
    setPaper(t.surface);
    setFont(font);
    SendScintilla(SCI_STYLECLEARALL);
    // The default's font and ground are now every style's; what differs follows.
    for (const StyleInk &each : styleInks) {
        SendScintilla(SCI_STYLESETFORE, static_cast<unsigned long>(each.style), t.*each.ink);
        SendScintilla(SCI_STYLESETBACK, static_cast<unsigned long>(each.style), t.surface);
    }
    const QFont small = m_theme.font(FontRole::Small);
    SendScintilla(SCI_STYLESETFORE, static_cast<unsigned long>(foldTextStyle), t.muted);
    SendScintilla(SCI_STYLESETBACK, static_cast<unsigned long>(foldTextStyle), t.sunken);
    SendScintilla(SCI_STYLESETFONT, static_cast<unsigned long>(foldTextStyle), small.family().toUtf8().constData());
    SendScintilla(SCI_STYLESETSIZEFRACTIONAL, static_cast<unsigned long>(foldTextStyle), long(small.pointSizeF() * 100));
    SendScintilla(SCI_STYLESETFORE, static_cast<unsigned long>(guideStyle), t.line);
    SendScintilla(SCI_STYLESETBACK, static_cast<unsigned long>(guideStyle), t.surface);
    setMarginsFont(numbers);
    setMarginsForegroundColor(t.muted);
    setMarginsBackgroundColor(t.surface);
    setFoldMarginColors(t.surface, t.surface);
    setCaretForegroundColor(t.text);
    setCaretLineBackgroundColor(t.hover);
    setSelectionBackgroundColor(t.select);
    setSelectionForegroundColor(t.text);
    SendScintilla(SCI_INDICSETSTYLE, hitIndicator, INDIC_STRAIGHTBOX);
    SendScintilla(SCI_INDICSETFORE, hitIndicator, t.warn);
    SendScintilla(SCI_INDICSETALPHA, hitIndicator, m_theme.scheme() == Scheme::Dark ? 107L : 66L);
    SendScintilla(SCI_INDICSETOUTLINEALPHA, hitIndicator, 0L);
    SendScintilla(SCI_INDICSETUNDER, hitIndicator, 1L);
    const qreal scale = devicePixelRatioF();
    const QPixmap right = chevron(Icon::Right, t.muted, scale);
    const QPixmap down = chevron(Icon::Down, t.muted, scale);
    for (const auto &[marker, pixmap] : {std::pair(SC_MARKNUM_FOLDER, right), std::pair(SC_MARKNUM_FOLDEREND, right),
             std::pair(SC_MARKNUM_FOLDEROPEN, down), std::pair(SC_MARKNUM_FOLDEROPENMID, down)})
        markerDefine(pixmap, marker);
    for (const int marker : {SC_MARKNUM_FOLDERSUB, SC_MARKNUM_FOLDERTAIL, SC_MARKNUM_FOLDERMIDTAIL})
        SendScintilla(SCI_MARKERDEFINE, static_cast<unsigned long>(marker), long(SC_MARK_EMPTY));
}

void YamlEditor::changeEvent(QEvent *event)
{
    QsciScintilla::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        takeColours();
}

// A fold is the same one in the object's next state if its line says the same at the same depth.
QString YamlEditor::foldKey(int line) const
{
    const long start = SendScintilla(SCI_POSITIONFROMLINE, static_cast<unsigned long>(line));
    const long end = SendScintilla(SCI_GETLINEENDPOSITION, static_cast<unsigned long>(line));
    return QString::fromUtf8(QByteArrayView(m_page->shown.data() + start, end - start));
}

const YamlFold *YamlEditor::foldAt(int line) const
{
    if (!m_page)
        return nullptr;
    const auto &folds = m_page->folds;
    const auto found = std::lower_bound(folds.begin(), folds.end(), line, [](const YamlFold &fold, int at) { return fold.line < at; });
    return found != folds.end() && found->line == line ? &*found : nullptr;
}

bool YamlEditor::isFolded(int line) const
{
    return SendScintilla(SCI_GETFOLDEXPANDED, static_cast<unsigned long>(line)) == 0;
}

void YamlEditor::setPage(std::shared_ptr<const YamlPage> page)
{
    if (m_page && page && m_page->shown == page->shown) {
        m_page = std::move(page);
        return;
    }
    if (!m_filling) {
        m_place.top = firstVisibleLine();
        getCursorPosition(&m_place.line, &m_place.column);
    }
    if (m_page && isSettled()) {
        m_folded.clear();
        for (const YamlFold &each : m_page->folds) {
            if (isFolded(each.line))
                m_folded.insert(foldKey(each.line));
        }
    }
    m_page = std::move(page);
    m_hits.clear();
    setReadOnly(false);
    SendScintilla(SCI_CLEARALL);
    setReadOnly(true);
    m_steps.stop();
    m_nextByte = 0;
    m_nextFold = -1;
    m_filling = m_page != nullptr;
    if (!m_page)
        return;
    SendScintilla(SCI_ALLOCATE, static_cast<unsigned long>(m_page->shown.size() + 1024));
    const int digits = int(QString::number(m_page->depth.size()).size());
    setMarginWidth(numbersMargin, QString(std::max(3, digits) + 1, QLatin1Char('9')));
    addText();
}

void YamlEditor::step()
{
    m_filling ? addText() : setFolds();
    if (isSettled())
        Q_EMIT settled();
}

void YamlEditor::addText()
{
    const std::string &text = m_page->shown;
    std::size_t end = text.size();
    if (end - m_nextByte > bytesAtOnce)
        end = std::min(end, text.find('\n', m_nextByte + bytesAtOnce) + 1);
    const auto length = static_cast<unsigned long>(end - m_nextByte);
    setReadOnly(false);
    SendScintilla(SCI_APPENDTEXT, length, text.data() + m_nextByte);
    setReadOnly(true);
    SendScintilla(SCI_STARTSTYLING, static_cast<unsigned long>(m_nextByte), 0L);
    SendScintilla(SCI_SETSTYLINGEX, length, m_page->styles.data() + m_nextByte);
    m_nextByte = end;
    if (end < text.size()) {
        m_steps.start();
        return;
    }
    m_filling = false;
    setCursorPosition(m_place.line, m_place.column);
    m_nextFold = 0;
    setFolds();
    setFirstVisibleLine(m_place.top);
}

void YamlEditor::setFolds()
{
    if (!m_page) {
        m_nextFold = -1;
        return;
    }
    const auto &depth = m_page->depth;
    const int count = int(depth.size());
    const int end = std::min(count, m_nextFold + foldsAtOnce);
    for (int line = m_nextFold; line < end; ++line) {
        const bool header = line + 1 < count && depth[std::size_t(line) + 1] > depth[std::size_t(line)];
        const long level = SC_FOLDLEVELBASE + std::min<long>(depth[std::size_t(line)], 1000) + (header ? SC_FOLDLEVELHEADERFLAG : 0);
        SendScintilla(SCI_SETFOLDLEVEL, static_cast<unsigned long>(line), level);
    }
    m_nextFold = end < count ? end : -1;
    if (m_nextFold >= 0) {
        m_steps.start();
        return;
    }
    for (const YamlFold &each : m_page->folds) {
        if (m_first ? each.managedFields : !m_folded.isEmpty() && m_folded.contains(foldKey(each.line)))
            fold(each, true);
    }
    m_first = false;
}

void YamlEditor::fold(const YamlFold &fold, bool folded)
{
    if (isFolded(fold.line) == folded)
        return;
    // The words stay with the line while it is folded.
    const QByteArray text = QByteArrayLiteral("  ") + QByteArray::fromStdString(fold.text) + QByteArrayLiteral("  ");
    SendScintilla(SCI_TOGGLEFOLDSHOWTEXT, static_cast<unsigned long>(fold.line), text.constData());
}

void YamlEditor::toggleFoldAt(int line)
{
    if (const YamlFold *found = foldAt(line))
        fold(*found, !isFolded(line));
}

void YamlEditor::setAllFolded(bool folded)
{
    if (!m_page)
        return;
    for (auto each = m_page->folds.rbegin(); each != m_page->folds.rend(); ++each) {
        if (!folded || m_page->depth[std::size_t(each->line)] > 0)
            fold(*each, folded);
    }
}

int YamlEditor::mark(const QString &text)
{
    m_hits.clear();
    const long length = SendScintilla(SCI_GETLENGTH);
    SendScintilla(SCI_SETINDICATORCURRENT, static_cast<unsigned long>(hitIndicator));
    SendScintilla(SCI_INDICATORCLEARRANGE, 0UL, length);
    const QByteArray sought = text.toUtf8();
    m_hitLength = sought.size();
    if (sought.isEmpty())
        return 0;
    SendScintilla(SCI_SETSEARCHFLAGS, 0UL);
    for (long from = 0; from < length && int(m_hits.size()) < mostMarked;) {
        SendScintilla(SCI_SETTARGETSTART, static_cast<unsigned long>(from));
        SendScintilla(SCI_SETTARGETEND, static_cast<unsigned long>(length));
        const long at = SendScintilla(SCI_SEARCHINTARGET, static_cast<unsigned long>(sought.size()), sought.constData());
        if (at < 0)
            break;
        const long end = SendScintilla(SCI_GETTARGETEND);
        m_hits.push_back(at);
        SendScintilla(SCI_INDICATORFILLRANGE, static_cast<unsigned long>(at), end - at);
        from = std::max(end, at + 1);
    }
    return int(m_hits.size());
}

int YamlEditor::goToHit(bool forward)
{
    if (m_hits.empty())
        return 0;
    const long start = SendScintilla(SCI_GETSELECTIONSTART);
    auto found = forward ? std::upper_bound(m_hits.begin(), m_hits.end(), start) : std::lower_bound(m_hits.begin(), m_hits.end(), start);
    // The cursor's own place counts until it was chosen.
    if (forward && SendScintilla(SCI_GETSELECTIONEND) == start)
        found = std::lower_bound(m_hits.begin(), m_hits.end(), start);
    if (forward)
        found = found == m_hits.end() ? m_hits.begin() : found;
    else
        found = found == m_hits.begin() ? m_hits.end() - 1 : found - 1;
    const long line = SendScintilla(SCI_LINEFROMPOSITION, static_cast<unsigned long>(*found));
    SendScintilla(SCI_ENSUREVISIBLE, static_cast<unsigned long>(line));
    SendScintilla(SCI_SETSEL, static_cast<unsigned long>(*found), *found + m_hitLength);
    SendScintilla(SCI_SCROLLCARET);
    return int(found - m_hits.begin()) + 1;
}

void YamlEditor::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Space:
    case Qt::Key_Return:
    case Qt::Key_Enter: {
        int line = 0;
        int column = 0;
        getCursorPosition(&line, &column);
        toggleFoldAt(line);
        return;
    }
    case Qt::Key_Escape:
        Q_EMIT escaped();
        return;
    case Qt::Key_Tab:
    case Qt::Key_Backtab:
        // Not a text to be written: Tab leads on.
        event->ignore();
        return;
    default:
        break;
    }
    // Shortcuts of the window are the window's: only what moves and copies is the editor's.
    const bool control = event->modifiers() & (Qt::ControlModifier | Qt::AltModifier);
    if (control && event->key() != Qt::Key_C && event->key() != Qt::Key_A && event->key() != Qt::Key_Home && event->key() != Qt::Key_End &&
        event->key() != Qt::Key_Up && event->key() != Qt::Key_Down && event->key() != Qt::Key_Left && event->key() != Qt::Key_Right &&
        event->key() != Qt::Key_Insert) {
        event->ignore();
        return;
    }
    if (!control && !event->text().isEmpty() && event->text().at(0).isPrint()) {
        event->ignore();
        return;
    }
    QsciScintilla::keyPressEvent(event);
}

void YamlEditor::contextMenuEvent(QContextMenuEvent *event)
{
    event->ignore();
}

} // namespace fairlead::ui
