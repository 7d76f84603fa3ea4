// SPDX-License-Identifier: GPL-3.0-or-later
// Which of the five states a table of live rows is in, and how a typed kind finds its resource.
#include "items/tablestanding.h"

#include <QTest>

namespace fairlead {

using items::TableStanding;
using kube::Phase;
using What = TableStanding::What;

class TableStandingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void standings_data()
    {
        QTest::addColumn<int>("phase");
        QTest::addColumn<int>("code"); // -1: nothing is wrong
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("shown");
        QTest::addColumn<int>("what");
        QTest::addColumn<bool>("stale");
        QTest::addColumn<bool>("whole");
        const auto row = [](const char *name, Phase phase, int code, int rows, int shown, What what, bool stale, bool whole) {
            QTest::newRow(name) << int(phase) << code << rows << shown << int(what) << stale << whole;
        };
        row("nothing has come", Phase::Loading, -1, 0, 0, What::Loading, false, false);
        row("some of it", Phase::FirstPage, -1, 500, 500, What::Content, false, false);
        row("some of it, filtered", Phase::FirstPage, -1, 500, 0, What::Filtered, false, false);
        row("all", Phase::Live, -1, 9, 9, What::Content, false, true);
        row("none", Phase::Live, -1, 0, 0, What::NoObjects, false, true);
        row("filtered", Phase::Live, -1, 9, 0, What::Filtered, false, true);
        row("without word", Phase::Stale, int(Code::Unreachable), 9, 9, What::Content, true, true);
        row("without word, filtered", Phase::Stale, int(Code::Unreachable), 9, 0, What::Filtered, true, true);
        row("rights lost, rows stay", Phase::Stale, int(Code::Forbidden), 9, 9, What::Content, true, true);
        row("no right", Phase::Loading, int(Code::Forbidden), 0, 0, What::NoRight, false, true);
        row("nobody knows you", Phase::Loading, int(Code::Unauthorized), 0, 0, What::NoRight, false, true);
        row("no answer", Phase::Loading, int(Code::Timeout), 0, 0, What::Failed, false, true);
        row("without word, and there were none", Phase::Stale, int(Code::Unreachable), 0, 0, What::Failed, false, true);
        row("the kind has gone", Phase::Ended, int(Code::NotFound), 9, 9, What::Ended, false, true);
    }

    void standings()
    {
        QFETCH(int, phase);
        QFETCH(int, code);
        QFETCH(int, rows);
        QFETCH(int, shown);
        QFETCH(int, what);
        QFETCH(bool, stale);
        QFETCH(bool, whole);
        kube::State state;
        state.phase = Phase(phase);
        if (code >= 0)
            state.why = Error{.code = Code(code), .message = "why"};
        const TableStanding is = TableStanding::of(state, std::size_t(rows), std::size_t(shown));
        QCOMPARE(int(is.what), what);
        QCOMPARE(is.stale, stale);
        QCOMPARE(is.whole, whole);
        QCOMPARE(is.error.has_value(), code >= 0);
    }

    void ofSeveralNamespacesAllRefused()
    {
        kube::State state;
        state.phase = Phase::Live;
        state.refused = {{"team-b", Error{.code = Code::Forbidden, .message = "not you"}}};
        QCOMPARE(int(TableStanding::of(state, 0, 0).what), int(What::NoRight));
        QCOMPARE(int(TableStanding::of(state, 3, 3).what), int(What::Content));
    }
};

} // namespace fairlead

QTEST_GUILESS_MAIN(fairlead::TableStandingTest)

#include "tst_tablestanding.moc"
