// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "contexts/contextlist.h"
#include "ui/widgets/messagepanel.h"

#include <optional>

namespace fairlead::ui {

/// What a button of the page's message does.
enum class Action { None, PlayDemo, OpenFile, StartCluster, ReadAgain, ClearFilter, Back };

/// A message, and what the button of each of its steps does.
struct Offer {
    Message message;
    QList<Action> actions;
};

/// Whether a test cluster can be started from here.
enum class TestCluster { Offered, Absent };

/// Whether the program has a recording of its own.
enum class Demo { Offered, Absent };

/// What the Clusters page says where there is no context: where was looked, what can be done.
[[nodiscard]] Offer emptyOffer(const contexts::ContextList &list, Demo demo, TestCluster testCluster);

/// What it says where the kubeconfig could not be read: file, line, reason, what can be done.
[[nodiscard]] Offer failedOffer(const contexts::ContextList &list);

/// What it says where a test cluster did not start; `output` is the end of what was printed.
[[nodiscard]] Offer startFailedOffer(const Error &error, const QString &output);

/// What it says where the filter hides all of them.
[[nodiscard]] Message hiddenMessage(int contexts, const QString &filter);

/// One line above the rows.
struct Notice {
    Shape shape = Shape::Warn;
    QString sentence;
    QString rest;
};

/// What is to be said first: why a file was not opened, what is wrong with one that is read, what its reader warned of.
[[nodiscard]] std::optional<Notice> noticeOf(const contexts::ContextList &list, const std::optional<Error> &fileRefused);

/// Beside the title: "9 contexts in 4 files", "2 of 9 contexts".
[[nodiscard]] QString countText(const contexts::ContextList &list, int shown);

} // namespace fairlead::ui
