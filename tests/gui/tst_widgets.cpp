// SPDX-License-Identifier: GPL-3.0-or-later
// The shared controls as a person uses them, by keyboard and by pointer, and as a screen reader hears them.
#include "support/lookasserts.h"
#include "support/offscreenmain.h"

#include "ui/widgets/appearance.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/button.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/dropbutton.h"
#include "ui/widgets/itempaint.h"
#include "ui/widgets/messagepanel.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/problembubble.h"
#include "ui/widgets/rowdelegate.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/segmentedswitch.h"
#include "ui/widgets/tableview.h"
#include "ui/widgets/text.h"
#include "ui/widgets/treeview.h"
#include "ui/widgets/well.h"

#include <QAccessible>
#include <QApplication>
#include <QMenu>
#include <QScrollBar>
#include <QSignalSpy>
#include <QStandardItemModel>
#include <QStringListModel>
#include <QTest>
#include <QTextDocument>
#include <QTimer>
#include <QVBoxLayout>

namespace fairlead {

using namespace ui;

class TestWidgets : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void buttonsSpeakAndAreLiteral();
    void buttonsByKeyboard();
    void focusRingOnlyAfterAKey();
    void chipSaysNameAndCount();
    void chipKeepsItsPlace();
    void switchByKeyboard();
    void switchTellsOnlyWhatAPersonDoes();
    void dropButtonOpensItsMenu();
    void dropButtonOpensAWidget();
    void searchFieldIsEmptied();
    void searchFieldSaysWhatIsWrong();
    void bannerOffers();
    void messageOffers();
    void appearanceFollowsTheDesktop();
    void fewWordsOfOthersAreSeenWhole();
    void captionsAreNotCovered();
    void densityIsFollowedWhileShown_data();
    void densityIsFollowedWhileShown();
    void mnemonics();
    void countsAreGrouped();
    void tipsAreLiteralAndFitTheScreen();

private:
    template<typename T>
    T *shown(T *widget)
    {
        m_window = std::make_unique<QWidget>();
        auto *column = new QVBoxLayout(m_window.get());
        column->addWidget(widget);
        column->addStretch(1);
        (void)test::picture(*m_window, {400, 300});
        return widget;
    }

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<QWidget> m_window;
};

namespace {

QString spokenName(QWidget *widget)
{
    return QAccessible::queryAccessibleInterface(widget)->text(QAccessible::Name);
}

QAccessible::Role role(QWidget *widget)
{
    return QAccessible::queryAccessibleInterface(widget)->role();
}

} // namespace

void TestWidgets::init()
{
    m_window.reset();
    m_theme = std::make_unique<Theme>(Scheme::Light);
    m_theme->applyTo(*qApp);
}

void TestWidgets::buttonsSpeakAndAreLiteral()
{
    auto *button = shown(new Button(*m_theme, ButtonKind::Normal, QStringLiteral("Show R&D <b>")));
    QCOMPARE(spokenName(button), QStringLiteral("Show R&D <b>"));
    QVERIFY(button->shortcut().isEmpty()); // & is a letter here
    QCOMPARE(role(button), QAccessible::Button);
    auto *only = Button::onlyIcon(*m_theme, Icon::Close, QStringLiteral("Close <the> pane"));
    shown(only);
    QCOMPARE(spokenName(only), QStringLiteral("Close <the> pane"));
    QVERIFY(only->toolTip().contains(QStringLiteral("&lt;the&gt;")));
    QCOMPARE(only->sizeHint(), QSize(24, 24));
    auto *drop = shown(new DropButton(*m_theme, DropButton::Frame::Flat, QStringLiteral("team-a")));
    drop->setCaption(QStringLiteral("Namespace"));
    QCOMPARE(spokenName(drop), QStringLiteral("Namespace team-a"));
}

void TestWidgets::buttonsByKeyboard()
{
    auto *button = shown(new Button(*m_theme, ButtonKind::Primary, QStringLiteral("Apply")));
    const QSignalSpy clicks(button, &QAbstractButton::clicked);
    button->setFocus();
    QTest::keyClick(button, Qt::Key_Space);
    QTest::keyClick(button, Qt::Key_Return);
    QTest::keyClick(button, Qt::Key_Enter);
    QCOMPARE(clicks.count(), 3);
    button->setEnabled(false);
    QTest::keyClick(button, Qt::Key_Return);
    QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(clicks.count(), 3);
}

void TestWidgets::focusRingOnlyAfterAKey()
{
    const auto hasRing = [this](QWidget *widget) {
        const QImage image = test::picture(*m_window, {400, 300});
        const QPoint corner = widget->mapTo(m_window.get(), QPoint(widget->width() / 2, 0));
        return contrast(QColor(image.pixel(corner)), m_theme->tokens().surface) >= 3 && QColor(image.pixel(corner)).blue() > 150;
    };
    const std::vector<QWidget *> widgets{new Button(*m_theme, ButtonKind::Normal, QStringLiteral("Retry")),
        new Chip(*m_theme, Shape::Bad, QStringLiteral("Failing")), new DropButton(*m_theme, DropButton::Frame::Outlined, QStringLiteral("Columns"))};
    for (QWidget *widget : widgets) {
        shown(widget);
        widget->setFocus();
        m_window->setAttribute(Qt::WA_KeyboardFocusChange, false);
        QVERIFY2(!hasRing(widget), widget->metaObject()->className());
        m_window->setAttribute(Qt::WA_KeyboardFocusChange, true); // what Qt sets at Tab
        QVERIFY2(hasRing(widget), widget->metaObject()->className());
        widget->clearFocus();
        QVERIFY2(!hasRing(widget), widget->metaObject()->className());
    }
}

void TestWidgets::chipSaysNameAndCount()
{
    auto *chip = shown(new Chip(*m_theme, Shape::Bad, QStringLiteral("Failing")));
    QCOMPARE(spokenName(chip), QStringLiteral("Failing"));
    chip->setCount(7);
    QCOMPARE(spokenName(chip), QStringLiteral("Failing 7"));
    chip->setCount(1204);
    QCOMPARE(spokenName(chip), QStringLiteral("Failing 1,204"));
    QCOMPARE(role(chip), QAccessible::CheckBox);
    QVERIFY(!QAccessible::queryAccessibleInterface(chip)->state().checked);
    chip->setFocus();
    QTest::keyClick(chip, Qt::Key_Space);
    QVERIFY(chip->isChecked());
    QVERIFY(QAccessible::queryAccessibleInterface(chip)->state().checked);
    chip->setCount(0); // the last one has gone: still on, and still to be switched off
    QVERIFY(chip->isChecked() && chip->isEnabled());
    chip->setNarrow(true);
    QCOMPARE(spokenName(chip), QStringLiteral("Failing 0"));
    QVERIFY(chip->toolTip().contains(QStringLiteral("Failing 0")));
}

void TestWidgets::chipKeepsItsPlace()
{
    // Counts run up while a person looks: equal numbers of digits are equally wide.
    Chip chip(*m_theme, Shape::Ok, QStringLiteral("Running"));
    chip.setCount(111);
    const int width = chip.sizeHint().width();
    for (const int count : {888, 808, 123, 999}) {
        chip.setCount(count);
        QCOMPARE(chip.sizeHint().width(), width);
    }
    chip.setChecked(true);
    QCOMPARE(chip.sizeHint().width(), width);
}

void TestWidgets::switchByKeyboard()
{
    auto *view =
        shown(new SegmentedSwitch(*m_theme, QStringLiteral("View"), {{QStringLiteral("Table"), Icon::Table}, {QStringLiteral("Tree"), Icon::Tree}}));
    QSignalSpy chosen(view, &SegmentedSwitch::chosenChanged);
    QCOMPARE(view->chosen(), 0);
    view->part(0)->setFocus();
    QTest::keyClick(view->part(0), Qt::Key_Right);
    QCOMPARE(view->chosen(), 1);
    QCOMPARE(chosen.count(), 1);
    QCOMPARE(chosen.front().front().toInt(), 1);
    QVERIFY(view->part(1)->hasFocus());
    QTest::keyClick(view->part(1), Qt::Key_Left);
    QCOMPARE(view->chosen(), 0);
    QCOMPARE(spokenName(view->part(1)), QStringLiteral("Tree"));
    QCOMPARE(role(view->part(1)), QAccessible::RadioButton);
    QCOMPARE(spokenName(view), QStringLiteral("View"));
    const int wide = view->sizeHint().width();
    view->setOnlyIcons(true);
    QVERIFY(view->sizeHint().width() < wide);
    QCOMPARE(spokenName(view->part(1)), QStringLiteral("Tree"));
    QVERIFY(view->part(1)->toolTip().contains(QStringLiteral("Tree")));
}

void TestWidgets::switchTellsOnlyWhatAPersonDoes()
{
    auto *view = shown(new SegmentedSwitch(*m_theme, QStringLiteral("View"), {{QStringLiteral("Table"), {}}, {QStringLiteral("Tree"), {}}}));
    QSignalSpy chosen(view, &SegmentedSwitch::chosenChanged);
    view->choose(1);
    QCOMPARE(view->chosen(), 1);
    QCOMPARE(chosen.count(), 0);
    QTest::mouseClick(view->part(0), Qt::LeftButton);
    QCOMPARE(chosen.count(), 1);
    view->choose(17);
    view->choose(-1);
    QCOMPARE(view->chosen(), 0);
    // Parts that change while one of them is being pressed.
    connect(view, &SegmentedSwitch::chosenChanged, view, [view] {
        view->setParts({{QStringLiteral("api"), {}}, {QStringLiteral("envoy"), {}}, {QStringLiteral("init"), {}}});
    });
    QTest::mouseClick(view->part(1), Qt::LeftButton);
    QCOMPARE(spokenName(view->part(2)), QStringLiteral("init"));
    QCOMPARE(view->chosen(), 1);
}

void TestWidgets::dropButtonOpensItsMenu()
{
    auto *button = shown(new DropButton(*m_theme, DropButton::Frame::Outlined, QStringLiteral("Columns")));
    auto *menu = new QMenu;
    menu->addAction(QStringLiteral("Node"));
    button->setMenu(menu);
    QSignalSpy opening(button, &DropButton::opening);
    button->setFocus();
    QTest::keyClick(button, Qt::Key_Down);
    QVERIFY(menu->isVisible());
    QVERIFY(button->isDown());
    QCOMPARE(opening.count(), 1);
    QVERIFY(menu->geometry().top() >= button->mapToGlobal(QPoint(0, button->height())).y());
    menu->hide();
    QVERIFY(!button->isDown());
    QTest::mouseClick(button, Qt::LeftButton);
    QVERIFY(menu->isVisible());
    menu->hide();
    // Another menu takes the old one's place.
    const QPointer<QMenu> old(menu);
    button->setMenu(new QMenu);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QVERIFY(old == nullptr);
    // A long name is cut, and said whole.
    button->setWords(QString(200, QLatin1Char('n')));
    QVERIFY(button->sizeHint().width() > 400);
    button->setMostWidth(240);
    QCOMPARE(button->sizeHint().width(), 240);
    QVERIFY(button->toolTip().contains(QString(50, QLatin1Char('n'))));
}

void TestWidgets::dropButtonOpensAWidget()
{
    auto *button = shown(new DropButton(*m_theme, DropButton::Frame::Flat, QStringLiteral("all namespaces")));
    auto *list = new PlainLabel(*m_theme, FontRole::Body, &Tokens::text);
    list->setLine(QStringLiteral("payments"));
    button->setPopup(list);
    QVERIFY(button->menu() == nullptr);
    QTest::keyClick(button, Qt::Key_Return);
    QVERIFY(list->isVisible());
    QVERIFY(list->windowFlags() & Qt::Popup);
    list->hide();
    QVERIFY(!button->isDown());
}

void TestWidgets::searchFieldIsEmptied()
{
    auto *field = shown(new SearchField(*m_theme, QStringLiteral("Filter")));
    QSignalSpy emptied(field, &SearchField::emptied);
    QCOMPARE(spokenName(field), QStringLiteral("Filter"));
    field->setShortcutHint(QStringLiteral("Ctrl+F"));
    field->setFocus();
    QTest::keyClicks(field, QStringLiteral("redis"));
    QCOMPARE(field->text(), QStringLiteral("redis"));
    auto *cross = field->findChild<Button *>();
    QVERIFY(cross->isVisible());
    QCOMPARE(spokenName(cross), QStringLiteral("Clear"));
    QTest::keyClick(field, Qt::Key_Escape);
    QCOMPARE(field->text(), QString());
    QCOMPARE(emptied.count(), 1);
    QVERIFY(!cross->isVisible());
    // Esc in an empty field is somebody else's.
    bool passed = false;
    class Catcher : public QObject {
    public:
        explicit Catcher(bool &caught)
            : m_caught(caught)
        {
        }
        bool eventFilter(QObject *, QEvent *event) override
        {
            m_caught = m_caught || (event->type() == QEvent::KeyPress && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape);
            return false;
        }

    private:
        bool &m_caught;
    } catcher(passed);
    m_window->installEventFilter(&catcher);
    QTest::keyClick(field, Qt::Key_Escape);
    QVERIFY(passed);
    field->setText(QStringLiteral("x"));
    QTest::mouseClick(cross, Qt::LeftButton);
    QCOMPARE(field->text(), QString());
    QCOMPARE(emptied.count(), 2);
    QVERIFY(field->hasFocus());
}

void TestWidgets::searchFieldSaysWhatIsWrong()
{
    auto *field = shown(new SearchField(*m_theme, QStringLiteral("Filter")));
    field->setFocus();
    field->setText(QStringLiteral("\"open"));
    field->setProblem(QStringLiteral("The quotation mark at 1 is not closed."));
    auto *bubble = m_window->findChild<ProblemBubble *>();
    QVERIFY(bubble != nullptr && bubble->isVisible());
    QVERIFY(bubble->geometry().top() > field->geometry().bottom());
    QVERIFY(m_window->rect().contains(bubble->geometry()));
    QCOMPARE(QAccessible::queryAccessibleInterface(field)->text(QAccessible::Description), QStringLiteral("The quotation mark at 1 is not closed."));
    QVERIFY(field->toolTip().contains(QStringLiteral("not closed")));
    const QImage image = test::picture(*m_window, {400, 300});
    const QPoint edge = field->geometry().topLeft() + QPoint(40, 0);
    QVERIFY(QColor(image.pixel(edge)).red() > 150 && QColor(image.pixel(edge)).blue() < 150);
    field->clearFocus();
    QVERIFY(!bubble->isVisible());
    field->setFocus();
    QVERIFY(bubble->isVisible());
    field->setProblem({});
    QVERIFY(!bubble->isVisible());
    QVERIFY(field->toolTip().isEmpty());
    QVERIFY(!QAccessible::queryAccessibleInterface(field)->text(QAccessible::Description).contains(QStringLiteral("closed")));
}

void TestWidgets::bannerOffers()
{
    auto *banner = shown(new Banner(*m_theme));
    QSignalSpy acted(banner, &Banner::acted);
    banner->say(Shape::Unknown, QString(), QStringLiteral("No word from the server for 38 s."));
    banner->offer(QStringLiteral("Retry now"), Icon::Read);
    (void)test::picture(*m_window, {400, 300});
    auto *button = banner->findChild<Button *>();
    QVERIFY(button->isVisible());
    QCOMPARE(spokenName(button), QStringLiteral("Retry now"));
    QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(acted.count(), 1);
    QVERIFY(test::lookFaults(*m_window).isEmpty());
    banner->offer({});
    QVERIFY(!button->isVisible());
}

void TestWidgets::messageOffers()
{
    auto *panel = shown(new MessagePanel(*m_theme));
    const Message message{.icon = Icon::Filter,
        .title = QStringLiteral("The filter hides all pods."),
        .actions = {{QStringLiteral("Clear the filter")}, {QStringLiteral("Filter by ingress"), true}}};
    panel->say(message);
    (void)test::picture(*m_window, {400, 300});
    // What is said next replaces the button that was pressed, while it is pressed.
    int chosen = -1;
    connect(panel, &MessagePanel::acted, panel, [&](int action) {
        chosen = action;
        panel->say({.title = QStringLiteral("Thank you.")});
    });
    const auto buttons = panel->findChildren<Button *>();
    QCOMPARE(buttons.size(), 2);
    QTest::mouseClick(buttons[1], Qt::LeftButton);
    QCOMPARE(chosen, 1);
    QCOMPARE(panel->accessibleName(), QStringLiteral("Thank you."));
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QVERIFY(panel->findChildren<Button *>().isEmpty());
}

void TestWidgets::appearanceFollowsTheDesktop()
{
    Theme theme(Scheme::Dark);
    Appearance appearance(theme, *qApp, Appearance::Choice::System);
    QSignalSpy changed(&appearance, &Appearance::changed);
    // Offscreen the desktop is light.
    QCOMPARE(theme.scheme(), Scheme::Light);
    QCOMPARE(QApplication::palette().color(QPalette::Window), tokens(Scheme::Light).surface);
    appearance.setChoice(Appearance::Choice::Dark);
    QCOMPARE(theme.scheme(), Scheme::Dark);
    QCOMPARE(QApplication::palette().color(QPalette::Window), tokens(Scheme::Dark).surface);
    QCOMPARE(changed.count(), 1);
    appearance.setChoice(Appearance::Choice::Dark);
    QCOMPARE(changed.count(), 1);
    // The desktop's change is not ours while a person has chosen, and is once it is left to the desktop.
    QWidget window;
    QEvent event(QEvent::ThemeChange);
    QCoreApplication::sendEvent(&window, &event);
    QCoreApplication::sendPostedEvents(&appearance);
    QCOMPARE(theme.scheme(), Scheme::Dark);
    appearance.setChoice(Appearance::Choice::System);
    QCOMPARE(theme.scheme(), Scheme::Light);
    theme.setScheme(Scheme::Dark); // as if it had been dark until now
    QCoreApplication::sendEvent(&window, &event);
    QCoreApplication::sendPostedEvents(&appearance);
    QCOMPARE(theme.scheme(), Scheme::Light);
    QCOMPARE(Theme::systemScheme(Theme(Scheme::Dark).palette()), Scheme::Dark);
}

void TestWidgets::fewWordsOfOthersAreSeenWhole()
{
    // In a page that is too low the page scrolls, and not a line of words within it.
    const Theme theme(Scheme::Light);
    theme.applyTo(*qApp);
    MessagePanel panel(theme);
    panel.say({.title = QStringLiteral("Failed."),
        .text = QStringLiteral("Since 14:31:07."),
        .words = QStringLiteral("TLS handshake timeout (10 s)"),
        .actions = {{QStringLiteral("Retry now")}}});
    for (const int height : {100, 400}) {
        panel.resize(500, height);
        panel.show();
        QCoreApplication::sendPostedEvents();
        const auto *words = panel.findChild<Well *>();
        QCOMPARE(words->verticalScrollBar()->maximum(), 0);
        QVERIFY(words->height() >= words->heightForWidth(words->width()));
        QCOMPARE(panel.verticalScrollBar()->maximum() > 0, height == 100);
    }
    Well many(theme, QStringLiteral("line\n").repeated(40));
    many.resize(300, many.heightForWidth(300));
    many.show();
    QVERIFY(many.height() < 300); // twelve lines
    QVERIFY(many.verticalScrollBar()->maximum() > 0);
}

void TestWidgets::captionsAreNotCovered()
{
    const Theme theme(Scheme::Light);
    theme.applyTo(*qApp);
    QStandardItemModel model(3, 4);
    TableView table(theme);
    TreeView tree(theme, TreeView::Look::Table);
    for (QAbstractItemView *view : std::initializer_list<QAbstractItemView *>{&table, &tree}) {
        view->setModel(&model);
        for (int column = 0; column < 4; ++column) // more than fits
            view == &table ? table.setColumnWidth(column, 120) : tree.setColumnWidth(column, 120);
        view->resize(200, 26); // captions only
        view->show();
        QVERIFY(!view->horizontalScrollBar()->isVisible());
        view->resize(200, 200);
        QTRY_VERIFY(view->horizontalScrollBar()->isVisible());
    }
}

void TestWidgets::densityIsFollowedWhileShown_data()
{
    QTest::addColumn<int>("density");
    QTest::addColumn<int>("row");
    QTest::addColumn<int>("twoLines");
    QTest::newRow("compact") << int(Density::Compact) << 20 << 36;
    QTest::newRow("comfortable") << int(Density::Comfortable) << 28 << 47;
}

void TestWidgets::densityIsFollowedWhileShown()
{
    QFETCH(int, density);
    QFETCH(int, row);
    QFETCH(int, twoLines);
    Theme theme(Scheme::Light);
    Appearance appearance(theme, *qApp, Appearance::Choice::Light);
    theme.applyTo(*qApp);
    QStringList names;
    for (int i = 0; i < 300; ++i)
        names << QString::number(i);
    QStringListModel model(names);
    TableView table(theme);
    TableView pairs(theme);
    TableView fixed(theme);
    TreeView tree(theme, TreeView::Look::Table);
    pairs.setTwoLines();
    fixed.setOwnDensity(Density::Usual);
    for (QAbstractItemView *view : std::initializer_list<QAbstractItemView *>{&table, &pairs, &fixed, &tree}) {
        view->setItemDelegate(new RowDelegate(theme, {}, view));
        view->setModel(&model);
        view->resize(300, 400);
        view->show();
        QVERIFY(view->visualRect(model.index(0, 0)).isValid()); // laid out
        view->scrollTo(model.index(120, 0), QAbstractItemView::PositionAtTop);
    }
    const auto height = [&model](const QAbstractItemView &view) { return view.visualRect(model.index(121, 0)).height(); };
    QCOMPARE(height(table), 24);
    QCOMPARE(height(pairs), 41);
    QCOMPARE(height(tree), 24);
    tree.verticalScrollBar()->setValue(tree.verticalScrollBar()->value() + 5); // some of the topmost row is out of sight
    QSignalSpy changed(&appearance, &Appearance::changed);
    // Widgets are told of another style only while the program runs.
    QTimer::singleShot(0, &table, [&] {
        appearance.setDensity(Density(density));
        QCoreApplication::quit();
    });
    QCOMPARE(QApplication::exec(), 0);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(height(table), row);
    QCOMPARE(height(tree), row);
    QCOMPARE(height(pairs), twoLines);
    QCOMPARE(height(fixed), 24);
    // Whoever reads stays where they read.
    for (const QAbstractItemView *view : std::initializer_list<QAbstractItemView *>{&table, &pairs, &fixed, &tree})
        QCOMPARE(view->indexAt(QPoint(5, 0)).row(), 120);
    QCOMPARE(tree.visualRect(model.index(120, 0)).top(), -5);
    appearance.setDensity(Density(density));
    QCOMPARE(changed.size(), 1);
}

void TestWidgets::mnemonics()
{
    QCOMPARE(withoutMnemonic(QStringLiteral("&Save && close")), QStringLiteral("Save & close"));
    QCOMPARE(withoutMnemonic(QStringLiteral("end&")), QStringLiteral("end"));
    for (const char *text : {"R&D", "&&", "a & b", "&", "", "plain"})
        QCOMPARE(withoutMnemonic(itemText(QLatin1String(text))), QLatin1String(text));
}

void TestWidgets::countsAreGrouped()
{
    QCOMPARE(grouped(0), QStringLiteral("0"));
    QCOMPARE(grouped(999), QStringLiteral("999"));
    QCOMPARE(grouped(1204), QStringLiteral("1,204"));
    QCOMPARE(grouped(1234567), QStringLiteral("1,234,567"));
    QCOMPARE(grouped(-1204), QStringLiteral("-1,204"));
    QCOMPARE(grouped(-100), QStringLiteral("-100"));
}

// What Qt's own reader of rich text makes of a tip: the words as they were, broken where a name has no blanks, and not without end.
void TestWidgets::tipsAreLiteralAndFitTheScreen()
{
    const auto read = [](const QString &text) {
        QTextDocument document;
        document.setHtml(toolTipText(text));
        return document.toPlainText();
    };
    const QString mayBreak(QChar(0x200B));
    const QString hostile = QStringLiteral("<b>bold</b>  &amp;\n  second line");
    QCOMPARE(read(hostile), hostile);
    const QString words = QStringLiteral("ten words. ").repeated(40) + QStringLiteral("end");
    QCOMPARE(read(words), words); // blanks are enough to break at
    const QString name(499, QLatin1Char('x'));
    const QString broken = read(name);
    QCOMPARE(QString(broken).remove(mayBreak), name);
    for (const QString &piece : broken.split(mayBreak))
        QVERIFY2(piece.size() <= 60, qPrintable(piece));
    // Between the two halves of a character nothing may stand.
    const QString shark = QStringLiteral("\U0001F988");
    const QString sharks = read(QLatin1Char('a') + shark.repeated(100));
    QCOMPARE(sharks.count(shark), 100);
    QVERIFY(sharks.contains(mayBreak));
    const QString endless = read(QString(100'000, QLatin1Char('x'))).remove(mayBreak);
    QCOMPARE(endless, QString(1000, QLatin1Char('x')) + QChar(0x2026));
    QCOMPARE(read(QString(1000, QLatin1Char('x'))).remove(mayBreak), QString(1000, QLatin1Char('x')));
}

} // namespace fairlead

int main(int argc, char **argv)
{
    return fairlead::test::offscreenMain<fairlead::TestWidgets>(argc, argv);
}

#include "tst_widgets.moc"
