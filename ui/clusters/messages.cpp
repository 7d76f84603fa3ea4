// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/clusters/messages.h"

#include "items/plaintext.h"

#include <QCoreApplication>

#include <algorithm>

namespace fairlead::ui {

using contexts::ContextList;
using contexts::Searched;
using items::plainText;

namespace {

QString tr(const char *text, int count = -1)
{
    return QCoreApplication::translate("fairlead::ui::ClustersPage", text, nullptr, count);
}

QString kindOf(const Searched &place)
{
    switch (place.what) {
    case Searched::What::Argument:
        return tr("--kubeconfig");
    case Searched::What::Variable:
        return tr("environment variable");
    case Searched::What::Listed:
        return tr("in KUBECONFIG");
    case Searched::What::Home:
        return tr("file");
    }
    return {};
}

Message::Searched searchedLine(const Searched &place, const std::string &home)
{
    Message::Searched line;
    line.icon = place.what == Searched::What::Variable ? Icon::Terminal : Icon::File;
    line.what = plainText(contexts::shortPath(place.text, home));
    line.kind = kindOf(place);
    switch (place.found) {
    case Searched::Found::NotSet:
        line.found = place.what == Searched::What::Home ? tr("not searched") : tr("not set");
        if (place.what == Searched::What::Home)
            line.note = tr("HOME is not set");
        break;
    case Searched::Found::Missing:
        line.found = tr("not there");
        break;
    case Searched::Found::Unreadable:
        line.shape = Shape::Bad;
        line.found = tr("not readable");
        break;
    case Searched::Found::Read:
        line.shape = Shape::Ok;
        line.found = place.what == Searched::What::Variable ? tr("set") : tr("read");
        if (place.what != Searched::What::Variable)
            line.note = place.contexts == 1 ? tr("1 context") : place.contexts == 0 ? tr("no context in it") : tr("%1 contexts").arg(place.contexts);
        break;
    }
    if (place.what == Searched::What::Variable)
        line.note = tr("kubectl looks here first");
    return line;
}

QList<Message::Searched> searchedLines(const ContextList &list)
{
    QList<Message::Searched> lines;
    for (const Searched &place : list.searched)
        lines.append(searchedLine(place, list.home));
    return lines;
}

Message::Step nameAFile()
{
    return {.icon = Icon::Terminal,
        .title = tr("Name a file"),
        .text = tr("It stays where it is and is only read, never changed. KUBECONFIG works as for kubectl, a list of files too."),
        .command = QStringLiteral("fairlead --kubeconfig FILE")};
}

} // namespace

Message emptyMessage(const ContextList &list)
{
    Message message;
    message.icon = Icon::Wheel;
    const bool read = list.files() > 0;
    message.title = read ? tr("The kubeconfig holds no context.") : tr("No kubeconfig was found on this machine.");
    message.text = read ? tr("A context joins a cluster, a user and a namespace under one name; kubectl and Fairlead open clusters by it.")
                        : tr("A kubeconfig is the file that says where a cluster is and how you sign in. This was searched, nothing was changed:");
    message.searched = searchedLines(list);
    message.stepsTitle = tr("What you can do now");
    message.steps.append(nameAFile());
    message.steps.append({.icon = Icon::Folder,
        .title = tr("Put it where kubectl looks"),
        .text = tr("Who runs the cluster gives you the file, or a command that writes it. Then start Fairlead again."),
        .command = QStringLiteral("~/.kube/config")});
    return message;
}

Message failedMessage(const ContextList &list)
{
    const Error error = list.failure.value_or(Error{});
    Message message;
    message.shape = Shape::Bad;
    const QString place = plainText(contexts::shortPlace(error.place, list.home));
    message.title = place.isEmpty() ? tr("The kubeconfig could not be read.") : tr("The kubeconfig could not be read: %1").arg(place);
    message.text =
        error.remedy.empty() ? tr("As long as this is so, no context can be listed; kubectl refuses the file too.") : plainText(error.remedy);
    message.words = plainText(error.message);
    message.searchedTitle = tr("What was searched");
    message.searched = searchedLines(list);
    message.stepsTitle = tr("What you can do now");
    const QString editor = plainText(error.place.file);
    if (!editor.isEmpty()) {
        message.steps.append({.icon = Icon::File,
            .title = error.place.line > 0 ? tr("Look at line %1").arg(error.place.line) : tr("Look at the file"),
            .text = tr("Mend it there, then start Fairlead again. Fairlead has not changed it."),
            .command = editor});
    }
    message.steps.append(nameAFile());
    return message;
}

} // namespace fairlead::ui
