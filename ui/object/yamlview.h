// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/objectfeed.h"
#include "ui/widgets/theme.h"

#include <QPointer>
#include <QWidget>

class QCheckBox;

namespace fairlead::ui {

class Button;
class PlainLabel;
class SearchField;
class YamlEditor;

/// The YAML of an object, with a search over it; managed fields and secret values are shown when they are asked for.
///
/// Asks the feed for YAML when it is first shown, not before. Ctrl+F goes to the search, F3 and Shift+F3 from hit to hit.
class YamlView : public QWidget {
    Q_OBJECT

public:
    explicit YamlView(const Theme &theme, QWidget *parent = nullptr);

    void setFeed(items::ObjectFeed *feed); ///< null: none
    void focusSearch();
    void focusText();
    /// Whether what is wished is shown, or why it is not.
    [[nodiscard]] bool isComplete() const;
    [[nodiscard]] QString statusText() const; ///< "Line 57, column 23"

Q_SIGNALS:
    void completed();
    void statusChanged();
    void escaped();

protected:
    void showEvent(QShowEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void wish();
    void take();
    void search(bool forward, bool typed);
    void markAgain();
    void copy();

    const Theme &m_theme;
    QPointer<items::ObjectFeed> m_feed;
    SearchField *m_search;
    Button *m_previous;
    Button *m_next;
    QCheckBox *m_managed;
    QCheckBox *m_secrets;
    PlainLabel *m_note;
    Button *m_copy;
    YamlEditor *m_editor;
    PlainLabel *m_message;
    int m_hitCount = 0;
};

} // namespace fairlead::ui
