// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/tabletext.h"

namespace fairlead::test {

std::string RowText::object() const
{
    std::string text = R"({"kind":"Pod","apiVersion":"v1","metadata":{"name":")" + name + '"';
    if (!space.empty())
        text += R"(,"namespace":")" + space + '"';
    text += R"(,"uid":")" + uid + R"(","resourceVersion":")" + version +
            R"(","creationTimestamp":"2026-01-02T03:04:05Z","labels":{"app":"web"},"managedFields":[{"manager":"x","fieldsV1":{"f:spec":{}}}]})";
    return text + R"(,"spec":)" + spec + "}";
}

std::string RowText::row() const
{
    return R"({"cells":[")" + name + R"(",")" + status + R"("],"object":)" + object() + "}";
}

std::string columnsText(const std::vector<std::string> &names)
{
    std::string text = "[";
    for (const std::string &name : names) {
        text += text.size() > 1 ? "," : "";
        text += R"({"name":")" + name + R"(","type":"string","format":"","description":"","priority":0})";
    }
    return text + "]";
}

static std::string table(const std::string &rows, const std::string &version, const std::string &continueToken, const std::string &columns)
{
    std::string metadata = R"({"resourceVersion":")" + version + '"';
    if (!continueToken.empty())
        metadata += R"(,"continue":")" + continueToken + '"';
    return R"({"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":)" + metadata + R"(},"columnDefinitions":)" + columns + R"(,"rows":[)" + rows +
           "]}";
}

std::string tableText(const std::vector<RowText> &rows, const std::string &version, const std::string &continueToken, const std::string &columns)
{
    std::string joined;
    for (const RowText &row : rows)
        joined += (joined.empty() ? "" : ",") + row.row();
    return table(joined, version, continueToken, columns);
}

std::string eventText(const std::string &type, const RowText &row, const std::string &columns)
{
    return R"({"type":")" + type + R"(","object":)" + table(row.row(), {}, {}, columns) + "}\n";
}

std::string plainListText(const std::vector<RowText> &rows, const std::string &version)
{
    std::string joined;
    for (const RowText &row : rows)
        joined += (joined.empty() ? "" : ",") + row.object();
    return R"({"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":")" + version + R"("},"items":[)" + joined + "]}";
}

std::string plainEventText(const std::string &type, const RowText &row)
{
    return R"({"type":")" + type + R"(","object":)" + row.object() + "}\n";
}

std::string bookmarkText(const std::string &version)
{
    RowText empty;
    empty.space.clear();
    empty.version = version;
    const std::string row = R"({"cells":["",""],"object":)" + empty.object() + "}";
    return R"({"type":"BOOKMARK","object":)" + table(row, version, {}, "null") + "}\n";
}

std::string errorText(int code, const std::string &reason)
{
    return R"({"type":"ERROR","object":{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"too old resource version","reason":")" +
           reason + R"(","code":)" + std::to_string(code) + "}}\n";
}

} // namespace fairlead::test
