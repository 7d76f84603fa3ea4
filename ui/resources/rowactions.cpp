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
#include <numeric>
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

std::size_t RowActions::Rows::size() const
{
    return std::accumulate(kinds.begin(), kinds.end(), std::size_t(0), [](std::size_t sum, const OfKind &kind) { return sum + kind.items.size(); });
}

void RowActions::addCopies(QMenu &menu, const Rows &rows)
{
    const bool one = rows.size() == 1;
    connect(menu.addAction(one ? tr("Name") : tr("Names")), &QAction::triggered, this, [this, rows] { copyNames(rows); });
    QAction *const text = menu.addAction(one ? tr("Row as text") : tr("Rows as text"));
    text->setShortcut(QKeySequence::Copy);
    connect(text, &QAction::triggered, this, [this, rows] { copyTable(rows); });
    QAction *const yaml = menu.addAction(tr("YAML"));
    yaml->setEnabled(rows.size() <= mostYaml);
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
    for (const OfKind &kind : rows.kinds) {
        for (const kube::ItemPtr &item : kind.items)
            names.append(QString::fromUtf8(item->name().data(), qsizetype(item->name().size())));
    }
    put(names.join(QLatin1Char('\n')));
}

QString RowActions::kubectlCommand(const std::string &context, const Rows &rows)
{
    // Names are given within one namespace: a command for each of them.
    QStringList commands;
    for (const OfKind &kind : rows.kinds) {
        std::set<std::string> spaces;
        for (const kube::ItemPtr &item : kind.items)
            spaces.insert(std::string(item->space()));
        for (const std::string &space : spaces) {
            QString command = QStringLiteral("kubectl --context ") + quoted(context);
            if (kind.resource.namespaced)
                command += QStringLiteral(" --namespace ") + quoted(space);
            command += QStringLiteral(" get ") + quoted(kind.resource.qualifiedName());
            for (const kube::ItemPtr &item : kind.items) {
                if (item->space() == space)
                    command += QLatin1Char(' ') + quoted(std::string(item->name()));
            }
            commands.append(command);
        }
    }
    return commands.join(QLatin1Char('\n'));
}

void RowActions::copyYaml(const Rows &rows)
{
    const std::uint64_t generation = ++m_generation;
    auto gathering = std::make_shared<Gathering>();
    gathering->documents.resize(rows.size());
    gathering->missing = rows.size();
    std::size_t next = 0;
    for (const OfKind &each : rows.kinds) {
        const kinds::Kind &kind = kinds::kindOf(each.resource.id.group, each.resource.id.resource);
        for (const kube::ItemPtr &item : each.items) {
            kube::getObject(m_context.cluster->session->client(),
                {.resource = each.resource.id, .space = std::string(item->space()), .name = std::string(item->name())})
                .then(this, [this, generation, gathering, at = next++, &kind](const Result<std::string> &object) {
                    if (generation != m_generation)
                        return;
                    const auto page = object ? items::yamlPage(*object, kind, {}) : Result<items::YamlPage>(failure(object.error()));
                    // What could not be read is said where it would stand, as a comment: the rest is still of use.
                    gathering->documents[at] =
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
}

} // namespace fairlead::ui
