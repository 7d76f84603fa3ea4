// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/yamlpage.h"

#include "kinds/summary.h"
#include "kube/objectyaml.h"

#include <algorithm>
#include <span>

namespace fairlead::items {

namespace {

using yaml::YamlWriter;

YamlStyle styleOf(YamlWriter::Mark mark)
{
    switch (mark) {
    case YamlWriter::Mark::Blank:
        return YamlStyle::Blank;
    case YamlWriter::Mark::Key:
        return YamlStyle::Key;
    case YamlWriter::Mark::Punctuation:
        return YamlStyle::Punctuation;
    case YamlWriter::Mark::Text:
        return YamlStyle::Text;
    case YamlWriter::Mark::Number:
        return YamlStyle::Number;
    case YamlWriter::Mark::Word:
        return YamlStyle::Word;
    }
    return YamlStyle::Text;
}

std::string stylesOf(const YamlWriter::Marked &marked)
{
    std::string styles;
    styles.reserve(marked.text.size());
    for (const YamlWriter::Run &run : marked.runs) {
        const bool mask = run.mark == YamlWriter::Mark::Text && std::string_view(marked.text).substr(styles.size(), run.length) == kube::maskText;
        styles.append(run.length, static_cast<char>(mask ? YamlStyle::Mask : styleOf(run.mark)));
    }
    styles.resize(marked.text.size(), static_cast<char>(YamlStyle::Blank));
    return styles;
}

std::string_view lineAt(std::string_view text, std::size_t begin)
{
    return text.substr(begin, std::min(text.find('\n', begin), text.size()) - begin);
}

/// Copies line by line; what is too long ends with a word about it.
void show(YamlPage &page, const std::string &styles)
{
    const std::string_view text = page.text;
    page.shown.reserve(text.size());
    page.styles.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const std::string_view line = lineAt(text, at);
        if (line.size() <= YamlPage::longestLine) {
            page.shown.append(line);
            page.styles.append(styles, at, line.size());
        } else {
            std::size_t end = YamlPage::longestLine;
            while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xC0) == 0x80)
                --end;
            const std::string word = "\u2026 " + std::to_string(line.size() - end) + " bytes more in this line";
            page.shown.append(line.substr(0, end)).append(word);
            page.styles.append(styles, at, end).append(word.size(), static_cast<char>(YamlStyle::Cut));
            ++page.cutLines;
        }
        page.shown += '\n';
        page.styles += static_cast<char>(YamlStyle::Blank);
        at += line.size() + 1;
    }
}

std::string lines(int count)
{
    return std::to_string(count) + (count == 1 ? " line" : " lines");
}

class Folds {
public:
    explicit Folds(const YamlPage &page)
        : m_page(page)
    {
        for (std::size_t at = 0; at < page.shown.size(); at = std::min(page.shown.find('\n', at), page.shown.size() - 1) + 1)
            m_begins.push_back(at);
    }

    std::vector<YamlFold> all() const
    {
        std::vector<YamlFold> folds;
        std::vector<std::size_t> open; // of folds
        const auto &depth = m_page.depth;
        const int count = static_cast<int>(std::min(depth.size(), m_begins.size()));
        for (int line = 0; line <= count; ++line) {
            while (!open.empty() && (line == count || depth[std::size_t(line)] <= depth[std::size_t(folds[open.back()].line)])) {
                folds[open.back()].last = line - 1;
                open.pop_back();
            }
            if (line + 1 < count && depth[std::size_t(line) + 1] > depth[std::size_t(line)]) {
                open.push_back(folds.size());
                folds.push_back({.line = line, .last = line, .text = {}, .managedFields = false});
            }
        }
        for (YamlFold &fold : folds)
            describe(fold);
        return folds;
    }

private:
    std::string_view line(int number) const { return lineAt(m_page.shown, m_begins[std::size_t(number)]); }

    std::string_view trimmed(int number) const
    {
        std::string_view text = line(number);
        text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
        return text;
    }

    void describe(YamlFold &fold) const
    {
        const int count = fold.last - fold.line;
        const auto below = m_page.depth[std::size_t(fold.line) + 1];
        const std::string_view head = trimmed(fold.line);
        // A text, or one that goes on.
        if (!head.ends_with(':') && !head.starts_with("- ")) {
            fold.text = lines(count);
            return;
        }
        int entries = 0;
        std::string keys;
        int named = 0;
        for (int i = fold.line + 1; i <= fold.last; ++i) {
            if (m_page.depth[std::size_t(i)] != below)
                continue;
            std::string_view text = trimmed(i);
            entries += text.starts_with("- ") ? 1 : 0;
            const std::size_t colon = text.find(':');
            if (named < 3 && colon != std::string_view::npos && colon < 40) {
                keys += (named == 0 ? "" : ", ") + std::string(text.substr(0, colon));
                ++named;
            }
        }
        fold.managedFields = head == "managedFields:" && m_page.depth[std::size_t(fold.line)] == 1;
        if (fold.managedFields)
            fold.text = lines(count) + ", " + std::to_string(entries) + (entries == 1 ? " manager" : " managers");
        else if (entries > 0)
            fold.text = std::to_string(entries) + (entries == 1 ? " entry, " : " entries, ") + lines(count);
        else if (keys.empty())
            fold.text = lines(count);
        else
            fold.text = count > 2 ? keys + ", " + lines(count) : keys;
    }

    const YamlPage &m_page;
    std::vector<std::size_t> m_begins;
};

} // namespace

Result<YamlPage> yamlPage(std::string_view object, const kinds::Kind &kind, const YamlWish &wish)
{
    auto json = kube::Json::parse(object);
    if (!json)
        return failure(std::move(json.error()));
    YamlWriter writer;
    kube::giveObject(writer, *json, wish.managedFields ? kube::ManagedFields::Kept : kube::ManagedFields::LeftOut,
        wish.secrets ? std::span<const std::string_view>() : kinds::secretPaths(kind));
    YamlWriter::Marked marked = writer.takeMarked(YamlWriter::Lists::Indented);
    const std::string styles = stylesOf(marked);
    YamlPage page;
    page.text = std::move(marked.text);
    page.depth = std::move(marked.depth);
    show(page, styles);
    page.folds = Folds(page).all();
    return page;
}

} // namespace fairlead::items
