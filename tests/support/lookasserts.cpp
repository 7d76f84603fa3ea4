// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/lookasserts.h"

#include "ui/widgets/plainlabel.h"
#include "ui/widgets/text.h"
#include "ui/widgets/tokens.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractScrollArea>
#include <QAccessible>
#include <QApplication>
#include <QComboBox>
#include <QHash>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QScrollBar>
#include <QTabBar>
#include <QTableView>
#include <QTreeView>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cmath>
#include <set>

namespace fairlead::test {

namespace {

QString nameOf(const QWidget &widget)
{
    QString name = QString::fromLatin1(widget.metaObject()->className());
    if (const auto *label = qobject_cast<const QLabel *>(&widget))
        name += QStringLiteral(" '%1'").arg(label->text().left(40));
    else if (const auto *button = qobject_cast<const QAbstractButton *>(&widget))
        name += QStringLiteral(" '%1'").arg(button->text().left(40));
    if (!widget.objectName().isEmpty())
        name += QLatin1Char(' ') + widget.objectName();
    const QString spoken = widget.accessibleName();
    return spoken.isEmpty() ? name : name + QStringLiteral(" (%1)").arg(spoken.left(40));
}

/// Words or a control that nothing may lie over.
bool isControl(const QWidget &widget)
{
    if (qobject_cast<const QLabel *>(&widget) != nullptr)
        return true;
    if (qobject_cast<const QAbstractButton *>(&widget) != nullptr)
        return qobject_cast<const QLineEdit *>(widget.parentWidget()) == nullptr && qobject_cast<const QTabBar *>(widget.parentWidget()) == nullptr &&
               qobject_cast<const QAbstractItemView *>(widget.parentWidget()) == nullptr;
    return qobject_cast<const QLineEdit *>(&widget) != nullptr || qobject_cast<const QComboBox *>(&widget) != nullptr;
}

/// Inside of something that scrolls, what does not fit is reached by scrolling.
bool isScrolled(const QWidget &widget)
{
    for (const QWidget *parent = widget.parentWidget(); parent != nullptr; parent = parent->parentWidget()) {
        if (qobject_cast<const QAbstractScrollArea *>(parent) != nullptr)
            return true;
    }
    return false;
}

/// As much of it as its ancestors let be seen, in the window's coordinates.
QRect seen(const QWidget &widget, const QWidget &window)
{
    QRect rect(widget.mapTo(&window, QPoint(0, 0)), widget.size());
    for (const QWidget *parent = widget.parentWidget(); parent != nullptr && parent != &window; parent = parent->parentWidget())
        rect &= QRect(parent->mapTo(&window, QPoint(0, 0)), parent->size());
    return rect & window.rect();
}

void judgeLabel(const QLabel &label, QStringList &faults)
{
    const auto *plain = qobject_cast<const ui::PlainLabel *>(&label);
    if (plain == nullptr) {
        faults << nameOf(label) + QStringLiteral(": not a PlainLabel");
        return;
    }
    if (plain->text().isEmpty())
        return;
    if (plain->cut() && plain->toolTip().isEmpty())
        faults << nameOf(label) + QStringLiteral(": cut, and no tool tip says the whole");
    if (plain->wordWrap() && plain->height() < plain->heightForWidth(plain->width()))
        faults << nameOf(label) + QStringLiteral(": lines are cut off");
    if (plain->height() < QFontMetrics(plain->font()).ascent())
        faults << nameOf(label) + QStringLiteral(": lower than its letters");
    if (plain->width() < std::min(8, plain->sizeHint().width()))
        faults << nameOf(label) + QStringLiteral(": squeezed away");
}

void judgeRows(const QAbstractItemView &view, QStringList &faults)
{
    static constexpr std::array allowed{20, 22, 24, 27, 28, 41};
    if (view.model() == nullptr || view.property("rowsOfOwnHeight").toBool())
        return;
    std::set<int> heights;
    const auto *table = qobject_cast<const QTableView *>(&view);
    for (int row = 0; row < std::min(view.model()->rowCount(), 200); ++row) {
        const int height = table != nullptr ? table->rowHeight(row) : view.visualRect(view.model()->index(row, 0)).height();
        if (height > 0)
            heights.insert(height);
    }
    if (heights.size() > 1)
        faults << nameOf(view) + QStringLiteral(": rows of different heights");
    for (const int height : heights) {
        if (std::find(allowed.begin(), allowed.end(), height) == allowed.end())
            faults << nameOf(view) + QStringLiteral(": rows of %1 px").arg(height);
    }
}

void judgeCaptions(const QHeaderView &header, QStringList &faults)
{
    if (!header.isVisible() || header.orientation() != Qt::Horizontal || header.model() == nullptr)
        return;
    QFont font = QApplication::font();
    font.setPointSizeF(7.8);
    font.setWeight(QFont::DemiBold);
    font.setLetterSpacing(QFont::AbsoluteSpacing, 0.45);
    for (int section = 0; section < header.count(); ++section) {
        if (header.isSectionHidden(section))
            continue;
        const QString caption = header.model()->headerData(section, Qt::Horizontal).toString();
        const qreal wanted = ui::textWidth(caption.toUpper(), font) + 16;
        const QVariant tip = header.model()->headerData(section, Qt::Horizontal, Qt::ToolTipRole);
        if (wanted > header.sectionSize(section) + 1 && tip.toString().isEmpty())
            faults << nameOf(header) + QStringLiteral(": the caption %1 is cut").arg(caption);
    }
    if (header.height() != 26)
        faults << nameOf(header) + QStringLiteral(": captions are 26 px high, not %1").arg(header.height());
}

void judgeSize(const QWidget &widget, QStringList &faults)
{
    const QSize wanted = widget.minimumSizeHint();
    if (widget.width() < wanted.width() || widget.height() < wanted.height())
        faults
            << nameOf(widget) +
                   QStringLiteral(": %1x%2 where it needs %3x%4").arg(widget.width()).arg(widget.height()).arg(wanted.width()).arg(wanted.height());
    if (const auto *button = qobject_cast<const QAbstractButton *>(&widget); button != nullptr && button->width() < button->sizeHint().width()) {
        if (button->toolTip().isEmpty())
            faults << nameOf(widget) + QStringLiteral(": its words are cut");
    }
    if (!isScrolled(widget) && widget.parentWidget() != nullptr && !widget.isWindow() && !widget.parentWidget()->rect().contains(widget.geometry()))
        faults << nameOf(widget) + QStringLiteral(": leaves its parent");
}

void judgeName(QWidget &widget, QStringList &faults)
{
    const auto *view = qobject_cast<const QAbstractItemView *>(&widget);
    if (view == nullptr && (widget.focusPolicy() & Qt::TabFocus) == 0)
        return;
    if (qobject_cast<const QHeaderView *>(&widget) != nullptr)
        return;
    QAccessibleInterface *spoken = QAccessible::queryAccessibleInterface(&widget);
    if (spoken == nullptr || spoken->text(QAccessible::Name).trimmed().isEmpty())
        faults << nameOf(widget) + QStringLiteral(": no accessible name");
}

} // namespace

QImage picture(QWidget &widget, QSize size, double scale)
{
    widget.setAttribute(Qt::WA_DontShowOnScreen);
    widget.resize(size);
    widget.show();
    QApplication::setActiveWindow(&widget); // nothing on no screen is ever made active by a window system
    QCoreApplication::sendPostedEvents();   // layouts that wait for the next turn
    QImage image(int(std::lround(size.width() * scale)), int(std::lround(size.height() * scale)), QImage::Format_RGB32);
    image.setDevicePixelRatio(scale);
    image.fill(widget.palette().color(QPalette::Window));
    QPainter painter(&image);
    widget.render(&painter);
    return image;
}

QStringList lookFaults(QWidget &window)
{
    QStringList faults;
    QList<QWidget *> all = window.findChildren<QWidget *>();
    all.prepend(&window);
    QList<QWidget *> controls;
    for (QWidget *widget : std::as_const(all)) {
        if (!widget->isVisibleTo(&window) && widget != &window)
            continue;
        if (widget->isWindow() && widget != &window)
            continue;
        if (const auto *label = qobject_cast<const QLabel *>(widget))
            judgeLabel(*label, faults);
        if (const auto *view = qobject_cast<const QAbstractItemView *>(widget)) {
            if (const auto *header = qobject_cast<const QHeaderView *>(view))
                judgeCaptions(*header, faults);
            else
                judgeRows(*view, faults);
        }
        judgeName(*widget, faults);
        if (isControl(*widget) && widget != &window) {
            if (qobject_cast<const QLabel *>(widget) == nullptr)
                judgeSize(*widget, faults);
            controls << widget;
        }
    }
    for (qsizetype i = 0; i < controls.size(); ++i) {
        const QRect one = seen(*controls[i], window);
        for (qsizetype j = i + 1; j < controls.size(); ++j) {
            if (controls[i]->isAncestorOf(controls[j]) || controls[j]->isAncestorOf(controls[i]))
                continue;
            const QRect both = one & seen(*controls[j], window);
            if (both.width() > 1 && both.height() > 1)
                faults << nameOf(*controls[i]) + QStringLiteral(" lies over ") + nameOf(*controls[j]);
        }
    }
    return faults;
}

namespace {

template<typename Is>
int pixelsThat(const QImage &picture, const QRect &rect, Is is)
{
    int found = 0;
    const QRect inside = rect & picture.rect();
    for (int y = inside.top(); y <= inside.bottom(); ++y) {
        for (int x = inside.left(); x <= inside.right(); ++x)
            found += is(QColor(picture.pixel(x, y))) ? 1 : 0;
    }
    return found;
}

} // namespace

int pixels(const QImage &picture, const QRect &rect, const QColor &colour)
{
    return pixelsThat(picture, rect, [&colour](const QColor &is) { return is.rgb() == colour.rgb(); });
}

int nearlyPixels(const QImage &picture, const QRect &rect, const QColor &colour)
{
    return pixelsThat(picture, rect, [&colour](const QColor &is) {
        return std::abs(is.red() - colour.red()) + std::abs(is.green() - colour.green()) + std::abs(is.blue() - colour.blue()) < 24;
    });
}

QColor groundOf(const QImage &picture, const QRect &rect)
{
    const double scale = picture.devicePixelRatio();
    const QRect device = QRectF(rect.x() * scale, rect.y() * scale, rect.width() * scale, rect.height() * scale).toRect() & picture.rect();
    QHash<QRgb, int> counts;
    for (int y = device.top(); y <= device.bottom(); ++y) {
        for (int x = device.left(); x <= device.right(); ++x)
            ++counts[picture.pixel(x, y)];
    }
    QRgb most = 0;
    int best = 0;
    for (auto it = counts.cbegin(); it != counts.cend(); ++it) {
        if (it.value() > best) {
            best = it.value();
            most = it.key();
        }
    }
    return QColor(most);
}

QStringList contrastFaults(QWidget &window, const QImage &picture)
{
    QStringList faults;
    const auto labels = window.findChildren<ui::PlainLabel *>();
    for (const ui::PlainLabel *label : labels) {
        if (!label->isVisibleTo(&window) || !label->isEnabled() || label->text().isEmpty() || label->visibleRegion().isEmpty())
            continue;
        const QColor ground = groundOf(picture, seen(*label, window));
        const double is = ui::contrast(label->palette().color(QPalette::WindowText), ground);
        if (is < 4.5)
            faults << nameOf(*label) + QStringLiteral(": contrast %1 on %2").arg(is, 0, 'f', 2).arg(ground.name());
    }
    return faults;
}

} // namespace fairlead::test
