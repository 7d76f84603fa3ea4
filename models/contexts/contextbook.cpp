// SPDX-License-Identifier: GPL-3.0-or-later
#include "contexts/contextbook.h"

#include <QJsonArray>

#include <algorithm>
#include <utility>

namespace fairlead::contexts {

ContextBook::ContextBook(Clusters &clusters, Clock &clock, Settings &settings, Remembered remembered, QObject *parent)
    : QObject(parent)
    , m_clusters(clusters)
    , m_clock(clock)
    , m_settings(settings)
    , m_reachability(clusters, clock)
    , m_watch(clock)
{
    const QJsonArray known = remembered == Remembered::Taken ? m_settings.value(QLatin1String(filesKey)).toArray() : QJsonArray();
    for (const QJsonValue file : known) {
        if (!file.toString().isEmpty())
            m_files.push_back(file.toString().toStdString());
    }
    m_clusters.setAddedFiles(m_files);
    connect(&m_watch, &ConfigWatch::changed, this, &ContextBook::read);
    read();
}

void ContextBook::reload()
{
    m_checkAll = true;
    read();
}

void ContextBook::read()
{
    m_reading.cancel(); // what it would bring may be old already
    m_reading = m_clusters.read();
    m_reading.then(this, [this](Result<ContextList> list) {
        if (list) {
            m_list = std::move(*list);
        } else {
            m_list = {};
            m_list.failure = std::move(list.error());
        }
        m_isRead = true;
        std::vector<std::string> files;
        for (const Searched &place : m_list.searched) {
            if (place.what != Searched::What::Variable)
                files.push_back(place.text);
        }
        m_watch.setFiles(files);
        m_reachability.setContexts(m_list.contexts);
        if (std::exchange(m_checkAll, false))
            m_reachability.checkAll();
        Q_EMIT listRead();
    });
}

Reply<ContextList> ContextBook::add(const std::string &file)
{
    const Promise<ContextList> promise;
    auto reply = promise.reply();
    m_clusters.look(file).then(this, [this, file, promise](Result<ContextList> alone) {
        if (!alone) {
            promise.give(failure(std::move(alone.error())));
            return;
        }
        if (alone->failure || !alone->problems.empty() || alone->contexts.empty()) {
            Error none{.code = Code::BadInput,
                .message = "this file holds no context",
                .remedy = "A kubeconfig has a list called contexts; who runs the cluster gives you such a file.",
                .place = {.file = file}};
            promise.give(failure(alone->failure ? *alone->failure : alone->problems.empty() ? std::move(none) : alone->problems.front()));
            return;
        }
        if (std::find(m_files.begin(), m_files.end(), file) == m_files.end()) {
            m_files.push_back(file);
            QJsonArray known = m_settings.value(QLatin1String(filesKey)).toArray();
            if (!known.contains(QString::fromStdString(file)))
                known.append(QString::fromStdString(file));
            m_settings.set(QLatin1String(filesKey), known);
        }
        promise.give(std::move(*alone));
        m_clusters.setAddedFiles(m_files);
        read();
    });
    return reply;
}

std::string ContextBook::addRecording(const std::string &file)
{
    std::string name = m_clusters.addRecording(file);
    if (!name.empty())
        read();
    return name;
}

void ContextBook::forget(const std::string &file)
{
    std::erase(m_files, file);
    QJsonArray left;
    const QJsonArray known = m_settings.value(QLatin1String(filesKey)).toArray();
    for (const QJsonValue one : known) {
        if (one.toString().toStdString() != file)
            left.append(one);
    }
    m_settings.set(QLatin1String(filesKey), left);
    m_clusters.setAddedFiles(m_files);
    read();
}

} // namespace fairlead::contexts
