// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/kubeconfig/configfile.h"

#include "base/redaction.h"
#include "kube/kubeconfig/fields.h"
#include "kube/yaml/reader.h"

#include <algorithm>
#include <initializer_list>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace fairlead::kube {
namespace {

constexpr std::size_t mostWarnings = 100;

/// A key of the file for a message. In a damaged file anything may have become a key, a token too.
std::string quotedKey(const std::string &key)
{
    constexpr std::size_t longest = 40;
    return key.size() > longest ? "of " + std::to_string(key.size()) + " bytes" : "\"" + redacted(key) + "\"";
}

class FileReader {
public:
    explicit FileReader(ConfigFile &file)
        : m_file(file)
    {
    }

    void read(std::string text)
    {
        std::vector<Result<yaml::Document>> documents = yaml::readEach(std::move(text), m_file.path);
        if (documents.empty()) {
            warn({.file = m_file.path}, "the file is empty", "Is it the right file?");
            return;
        }
        if (!documents.front()) {
            m_file.problem = std::move(documents.front().error());
            return;
        }
        m_file.document = std::move(*documents.front());
        for (std::size_t i = 1; i < documents.size(); ++i) {
            const Place place = documents[i] ? m_file.document.place(documents[i]->root()) : documents[i].error().place;
            warn(place, "only the first document of the file is read, as kubectl does",
                "Move this one to a file of its own, and name both in KUBECONFIG.");
        }
        for (const yaml::Duplicate &key : m_file.document.duplicates()) {
            warn({m_file.path, key.secondLine, key.column},
                "the key " + quotedKey(key.name) + " stands twice, on lines " + std::to_string(key.firstLine) + " and " +
                    std::to_string(key.secondLine) + "; the last one counts, as in kubectl",
                "Remove one of them.");
        }
        const yaml::Node root = m_file.document.root();
        if (root.isNull()) {
            warn({.file = m_file.path}, "the file is empty", "Is it the right file?");
            return;
        }
        if (!root.isMap()) {
            problem(root, "the file is no kubeconfig: it is not a map of keys and values",
                "A kubeconfig starts with \"apiVersion: v1\" and \"kind: Config\".");
            return;
        }
        readRoot(root);
    }

private:
    void warn(Place place, std::string message, std::string remedy)
    {
        if (m_file.warnings.size() < mostWarnings)
            m_file.warnings.push_back(
                {.code = Code::BadInput, .message = std::move(message), .remedy = std::move(remedy), .place = std::move(place)});
    }

    void problem(const yaml::Node &node, std::string message, std::string remedy)
    {
        problem(Error{.code = Code::BadInput, .message = std::move(message), .remedy = std::move(remedy), .place = m_file.document.place(node)});
    }

    void problem(Error error)
    {
        if (!m_file.problem)
            m_file.problem = std::move(error);
    }

    void readRoot(const yaml::Node &root)
    {
        const Fields fields(m_file.document, root, "the file");
        const Result<Text> version = fields.text("apiVersion");
        const Result<Text> kind = fields.text("kind");
        for (const Result<Text> *text : {&version, &kind}) {
            if (!*text)
                problem(text->error());
        }
        if ((kind && !kind->value.empty() && kind->value != "Config") || (version && !version->value.empty() && version->value != "v1")) {
            problem(root, "the file is no kubeconfig: its apiVersion and kind are others than v1 and Config", "Is it the right file?");
            return;
        }
        if (Result<Text> current = fields.text("current-context")) {
            m_file.currentContext = std::move(current->value);
            m_file.currentContextPlace = std::move(current->place);
        } else {
            problem(std::move(current.error()));
        }
        warnOfUnknown(fields, {"apiVersion", "kind", "preferences", "clusters", "users", "contexts", "current-context", "extensions"});
        readList(fields, "contexts", "context", {"cluster", "user", "namespace", "extensions"}, m_file.contexts);
        readList(fields, "clusters", "cluster",
            {"server", "tls-server-name", "insecure-skip-tls-verify", "certificate-authority", "certificate-authority-data", "proxy-url",
                "disable-compression", "extensions"},
            m_file.clusters);
        readList(fields, "users", "user",
            {"client-certificate", "client-certificate-data", "client-key", "client-key-data", "token", "tokenFile", "as", "as-uid", "as-groups",
                "as-user-extra", "username", "password", "auth-provider", "exec", "extensions"},
            m_file.users);
    }

    void warnOfUnknown(const Fields &fields, std::initializer_list<std::string_view> known)
    {
        for (const yaml::Entry &entry : fields.entries()) {
            if (std::find(known.begin(), known.end(), entry.name) == known.end())
                warn(m_file.document.place(entry.key),
                    fields.owner() + " has a field " + quotedKey(entry.name) + " that is not known; it is ignored, as in kubectl",
                    "Check its spelling, upper and lower case too.");
        }
    }

    void readList(const Fields &root, const std::string &listName, const std::string &bodyName, std::initializer_list<std::string_view> known,
        std::vector<NamedItem> &out)
    {
        const yaml::Node list = root.node(listName);
        if (list.isNull())
            return;
        if (!list.isSequence()) {
            problem(list, "\"" + listName + "\" is not a list", "Start each entry with \"- name:\", and line up the dashes.");
            return;
        }
        std::unordered_map<std::string, std::size_t> at;
        for (const yaml::Node &item : list.items()) {
            if (!item.isMap() && !item.isNull()) {
                problem(item, "an entry of \"" + listName + "\" is no map", "Start each entry with \"- name:\".");
                continue;
            }
            const Fields fields(m_file.document, item, "an entry of \"" + listName + "\"");
            warnOfUnknown(fields, {"name", bodyName});
            Result<Text> name = fields.text("name");
            if (!name) {
                problem(std::move(name.error()));
                continue;
            }
            NamedItem entry;
            entry.name = std::move(name->value);
            entry.place = name->place.line > 0 ? name->place : m_file.document.place(item);
            entry.body = fields.node(bodyName);
            if (!entry.body.isNull() && !entry.body.isMap()) {
                problem(entry.body, "\"" + bodyName + "\" is not a map", "Its fields stand indented on the lines below it.");
                continue;
            }
            warnOfUnknown(Fields(m_file.document, entry.body, bodyName + " \"" + entry.name + "\""), known);
            const auto [first, isNew] = at.try_emplace(entry.name, out.size());
            if (isNew)
                out.push_back(std::move(entry));
            else if (out[first->second].twiceOnLine == 0)
                out[first->second].twiceOnLine = entry.place.line;
        }
    }

    ConfigFile &m_file;
};

} // namespace

ConfigFile readConfigFile(std::string text, const std::string &path)
{
    ConfigFile file;
    file.path = path;
    FileReader(file).read(std::move(text));
    return file;
}

} // namespace fairlead::kube
