// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/resources/rowactions.h"

#include "items/plaintext.h"
#include "items/yamlpage.h"
#include "kinds/kinds.h"
#include "kube/client.h"
#include "kube/oneobject.h"

#include <QApplication>
#include <QClipboard>
#include <QMenu>
#include <QStringList>

#include <algorithm>
#include <memory>
#include <set>

namespace fairlead::ui {

namespace {

constexpr std::size_t mostYaml = 50; // objects that are asked for one by one

void put(const QString &text)
{
    QApplication::clipboard()->setText(text);
}

QString quoted(const std::string &word)
{
    const bool plain = !word.empty() && std::all_of(word.begin(), word.end(), [](unsigned char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               std::string_view("-_./:@%+=").find(char(c)) != std::string_view::npos;
    });
    QString text = QString::fromStdString(word);
    return plain ? text : QLatin1Char('\'') + text.replace(QLatin1Char('\''), QStringLiteral("'\\''")) + QLatin1Char('\'');
}

/// YAML documents as they arrive, in the rows' order.
struct Gathering {
    std::vector<QString> documents;
    std::size_t missing = 0;
};

} // namespace

RowActions::RowActions(const PageContext &context, QObject *parent)
    : QObject(parent)
    , m_context(context)
{
}

void RowActions::addCopies(QMenu &menu, const Rows &rows)
{
    const bool one = rows.items.size() == 1;
    connect(menu.addAction(one ? tr("Name") : tr("Names")), &QAction::triggered, this, [this, rows] { copyNames(rows); });
    QAction *const text = menu.addAction(one ? tr("Row as text") : tr("Rows as text"));
    text->setShortcut(QKeySequence::Copy);
    connect(text, &QAction::triggered, this, [this, rows] { copyTable(rows); });
    QAction *const yaml = menu.addAction(tr("YAML"));
    yaml->setEnabled(rows.items.size() <= mostYaml);
    connect(yaml, &QAction::triggered, this, [this, rows] { copyYaml(rows); });
    connect(
        menu.addAction(tr("kubectl command")), &QAction::triggered, this, [this, rows] { put(kubectlCommand(m_context.cluster->facts.name, rows)); });
}

void RowActions::copyTable(const Rows &rows)
{
    put(rows.table);
}

void RowActions::copyNames(const Rows &rows)
{
    QStringList names;
    for (const kube::ItemPtr &item : rows.items)
        names.append(QString::fromUtf8(item->name().data(), qsizetype(item->name().size())));
    put(names.join(QLatin1Char('\n')));
}

QString RowActions::kubectlCommand(const std::string &context, const Rows &rows)
{
    // Names are given within one namespace: a command for each of them.
    std::set<std::string> spaces;
    for (const kube::ItemPtr &item : rows.items)
        spaces.insert(std::string(item->space()));
    QStringList commands;
    for (const std::string &space : spaces) {
        QString command = QStringLiteral("kubectl --context ") + quoted(context);
        if (rows.resource.namespaced)
            command += QStringLiteral(" --namespace ") + quoted(space);
        command += QStringLiteral(" get ") + quoted(rows.resource.qualifiedName());
        for (const kube::ItemPtr &item : rows.items) {
            if (item->space() == space)
                command += QLatin1Char(' ') + quoted(std::string(item->name()));
        }
        commands.append(command);
    }
    return commands.join(QLatin1Char('\n'));
}

void RowActions::copyYaml(const Rows &rows)
{
    const std::uint64_t generation = ++m_generation;
    auto gathering = std::make_shared<Gathering>();
    gathering->documents.resize(rows.items.size());
    gathering->missing = rows.items.size();
    const kinds::Kind &kind = kinds::kindOf(rows.resource.id.group, rows.resource.id.resource);
    for (std::size_t i = 0; i < rows.items.size(); ++i) {
        const kube::Item &item = *rows.items[i];
        kube::getObject(m_context.cluster->session->client(),
            {.resource = rows.resource.id, .space = std::string(item.space()), .name = std::string(item.name())})
            .then(this, [this, generation, gathering, i, &kind](const Result<std::string> &object) {
                if (generation != m_generation)
                    return;
                const auto page = object ? items::yamlPage(*object, kind, {}) : Result<items::YamlPage>(failure(object.error()));
                // What could not be read is said where it would stand, as a comment: the rest is still of use.
                gathering->documents[i] =
                    page ? QString::fromStdString(page->text) : QStringLiteral("# ") + items::plainText(page.error().text()) + QLatin1Char('\n');
                if (--gathering->missing > 0)
                    return;
                QString text;
                for (const QString &document : gathering->documents)
                    text += (text.isEmpty() ? QString() : QStringLiteral("---\n")) + document;
                put(text);
            });
    }
}

} // namespace fairlead::ui
