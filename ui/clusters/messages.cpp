// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/clusters/messages.h"

#include "items/plaintext.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

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
    case Searched::What::Added:
        return tr("opened here");
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

void add(Offer &offer, Action action, Message::Step step)
{
    offer.message.steps.append(std::move(step));
    offer.actions.append(action);
}

void addOpenFile(Offer &offer, bool primary)
{
    add(offer, Action::OpenFile,
        {.icon = Icon::Folder,
            .title = tr("Open a kubeconfig, or a recording"),
            .text = tr("Choose a file, or drop it anywhere on this window.\nIt stays where it is and is only read, never changed."),
            .note = tr("at once"),
            .button = tr("Open a file…"),
            .primary = primary});
}

/// Of what is watched, as it is called here.
QString watchedPlaces(const ContextList &list)
{
    const auto places =
        std::count_if(list.searched.begin(), list.searched.end(), [](const Searched &place) { return place.what != Searched::What::Variable; });
    return places == 1 ? tr("The file is watched: a kubeconfig that appears there is shown here by itself.")
                       : tr("These files are watched: a kubeconfig that appears there is shown here by itself.");
}

} // namespace

Offer emptyOffer(const ContextList &list, Demo demo, TestCluster testCluster)
{
    Offer offer;
    Message &message = offer.message;
    message.icon = Icon::Wheel;
    const bool read = list.files() > 0;
    message.title = read ? tr("The kubeconfig holds no context.") : tr("No kubeconfig was found on this machine.");
    message.text = read ? tr("A context joins a cluster, a user and a namespace under one name; kubectl and Fairlead open clusters by it.")
                        : tr("A kubeconfig is the file that says where a cluster is and how you sign in. This was searched, nothing was changed:");
    message.searched = searchedLines(list);
    message.stepsTitle = tr("What you can do now");
    if (demo == Demo::Offered) {
        add(offer, Action::PlayDemo,
            {.icon = Icon::Tape,
                .title = tr("Play the demo recording"),
                .text = tr(
                    "A real cluster of a shop, recorded: roll-outs, failures, repairs.\nNeeds no cluster and no network; nothing is sent anywhere."),
                .note = tr("at once"),
                .button = tr("Play the demo"),
                .primary = true});
    }
    addOpenFile(offer, demo == Demo::Absent);
    if (testCluster == TestCluster::Offered) {
        add(offer, Action::StartCluster,
            {.icon = Icon::Node,
                .title = tr("Start a local test cluster"),
                .text = tr("A real API server on this machine with a small set of objects.\nIts output is shown; Cancel ends and removes it."),
                .note = tr("about 10 min the first time, under 1 min later"),
                .button = tr("Start a test cluster")});
    }
    message.footShape = Shape::Progress;
    message.foot = watchedPlaces(list);
    return offer;
}

Offer failedOffer(const ContextList &list)
{
    const Error error = list.failure.value_or(Error{});
    Offer offer;
    Message &message = offer.message;
    message.shape = Shape::Bad;
    const QString place = plainText(contexts::shortPlace(error.place, list.home));
    message.title = place.isEmpty() ? tr("The kubeconfig could not be read.") : tr("The kubeconfig could not be read: %1").arg(place);
    message.text =
        error.remedy.empty() ? tr("As long as this is so, no context can be listed; kubectl refuses the file too.") : plainText(error.remedy);
    message.words = plainText(error.message);
    message.searchedTitle = tr("What was searched");
    message.searched = searchedLines(list);
    message.stepsTitle = tr("What you can do now");
    add(offer, Action::ReadAgain,
        {.icon = Icon::Read,
            .title = tr("Read it again"),
            .text = error.place.line > 0
                        ? tr("Mend line %1 in an editor. As soon as the file is saved it is read again by itself.").arg(error.place.line)
                        : tr("As soon as the file is there and can be read, it is read by itself."),
            .button = tr("Retry"),
            .primary = true});
    addOpenFile(offer, false);
    return offer;
}

Offer startFailedOffer(const Error &error, const QString &output)
{
    Offer offer;
    Message &message = offer.message;
    message.shape = Shape::Bad;
    message.title = tr("The test cluster did not start.");
    message.text = plainText(error.remedy);
    message.words = output.isEmpty() ? plainText(error.message) : output;
    message.stepsTitle = tr("What you can do now");
    add(offer, Action::StartCluster,
        {.icon = Icon::Read, .title = tr("Try again"), .text = tr("What it had made was removed."), .button = tr("Start again"), .primary = true});
    add(offer, Action::Back,
        {.icon = Icon::Left, .title = tr("Back"), .text = tr("To what was searched, and what else can be done."), .button = tr("Back")});
    return offer;
}

Message hiddenMessage(int contexts, const QString &filter)
{
    Message message;
    message.icon = Icon::Filter;
    message.title = contexts == 1 ? tr("The filter hides the only context.") : tr("The filter hides all %1 contexts.").arg(contexts);
    message.text = filter.isEmpty() ? tr("None is in the states that are chosen above.")
                                    : tr("No name, cluster, server, user, namespace or file contains %1.").arg(filter);
    message.steps.append(
        {.icon = Icon::Close, .title = tr("Clear the filter"), .text = tr("Escape in the filter does it too."), .button = tr("Clear the filter")});
    return message;
}

std::optional<Notice> noticeOf(const ContextList &list, const std::optional<Error> &fileRefused)
{
    const bool bad = fileRefused || !list.problems.empty();
    if (!fileRefused && (list.state() != ContextList::State::Content || (list.problems.empty() && list.warnings.empty())))
        return std::nullopt;
    const Error &first = fileRefused ? *fileRefused : bad ? list.problems.front() : list.warnings.front();
    const QString place = plainText(contexts::shortPlace(first.place, list.home));
    QString rest = plainText(first.message);
    const auto more = qsizetype(list.problems.size() + list.warnings.size()) - 1;
    if (!fileRefused && more > 0)
        rest = tr("%1 (and %2 more)").arg(rest).arg(more);
    if (!first.remedy.empty())
        rest += QStringLiteral(". ") + plainText(first.remedy);
    const QString sentence = fileRefused       ? (place.isEmpty() ? tr("The file was not opened:") : tr("%1 was not opened:").arg(place))
                             : place.isEmpty() ? tr("Kubeconfig")
                                               : place;
    return Notice{bad ? Shape::Bad : Shape::Warn, sentence, rest};
}

QString countText(const ContextList &list, int shown)
{
    switch (list.state()) {
    case ContextList::State::Failed:
        return {};
    case ContextList::State::Empty:
        return tr("none yet");
    case ContextList::State::Content:
        break;
    }
    const auto all = qsizetype(list.contexts.size());
    const int files = list.files();
    const QString contexts = all == 1 ? tr("1 context") : tr("%1 contexts").arg(all);
    if (shown < all)
        return tr("%1 of %2").arg(shown).arg(contexts);
    return tr("%1 in %2").arg(contexts, files == 1 ? tr("1 file") : tr("%1 files").arg(files));
}

} // namespace fairlead::ui
