// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/yamlpage.h"
#include "ui/object/scintilla.h"
#include "ui/widgets/theme.h"

#include <QSet>
#include <QTimer>

#include <memory>
#include <vector>

namespace fairlead::ui {

/// An object's YAML, to be read: coloured, foldable, with line numbers; never changed.
///
/// Promise: setPage() takes styles and folds as they were worked out elsewhere and lays out only what is seen; a large text, its styles and folds
/// are set in pieces, so that the thread is free in between. What is folded, the cursor's line and the place stay when a newer state of the same
/// object comes. Space and Enter fold and unfold at the cursor. Thread: GUI. `theme` outlives it.
class YamlEditor : public QsciScintilla {
    Q_OBJECT

public:
    static constexpr int mostMarked = 2000; ///< hits that are marked; more are counted no further

    explicit YamlEditor(const Theme &theme, QWidget *parent = nullptr);

    /// Shared: it is kept while it is being set.
    void setPage(std::shared_ptr<const items::YamlPage> page);
    [[nodiscard]] bool isSettled() const { return !m_filling && m_nextFold < 0; }

    /// Marks all places; returns how many there are, at most mostMarked. Letters of either case are the same.
    int mark(const QString &text);
    /// The next or previous marked place from the cursor, round the end; its number from 1, 0 where there is none. Unfolds what hides it.
    int goToHit(bool forward);

    void setAllFolded(bool folded);
    void toggleFoldAt(int line);
    [[nodiscard]] bool isFolded(int line) const;

Q_SIGNALS:
    void escaped(); ///< Esc
    void settled(); ///< isSettled() has become true after a turn of the loop

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    void takeColours();
    void step();
    void addText();
    void setFolds();
    void fold(const items::YamlFold &fold, bool folded);
    [[nodiscard]] const items::YamlFold *foldAt(int line) const;
    [[nodiscard]] QString foldKey(int line) const;

    const Theme &m_theme;
    std::shared_ptr<const items::YamlPage> m_page;
    QTimer m_steps;
    bool m_filling = false;
    std::size_t m_nextByte = 0; // of the text that is added next
    struct {
        int top = 0;
        int line = 0;
        int column = 0;
    } m_place;           // to be restored
    int m_nextFold = -1; // line whose level is set next
    QSet<QString> m_folded;
    bool m_first = true;
    std::vector<long> m_hits;
    long m_hitLength = 0;
};

} // namespace fairlead::ui
