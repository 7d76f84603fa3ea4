// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/yaml/reader.h"

#include "kube/yaml/text.h"
#include "kube/yaml/tree.h"
#include "kube/yaml/treebuilder.h"

#include <algorithm>
#include <istream>
#include <streambuf>
#include <unordered_map>

#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

namespace fairlead::yaml {
namespace {

/// A stream over bytes that stay where they are.
class ViewBuffer : public std::streambuf {
public:
    explicit ViewBuffer(std::string_view text)
    {
        char *begin = const_cast<char *>(text.data()); // the get area is only read
        setg(begin, begin, begin + text.size());
    }
};

/// Counts content after the end of a document; nothing of it is kept.
class NothingExpected : public YAML::EventHandler {
public:
    [[nodiscard]] bool seen() const { return m_seen; }
    [[nodiscard]] int position() const { return m_position; }
    void OnDocumentStart(const YAML::Mark &mark) override { see(mark); }
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark &mark, YAML::anchor_t) override { see(mark); }
    void OnAlias(const YAML::Mark &mark, YAML::anchor_t) override { see(mark); }
    void OnScalar(const YAML::Mark &mark, const std::string &, YAML::anchor_t, const std::string &) override { see(mark); }
    void OnSequenceStart(const YAML::Mark &mark, const std::string &, YAML::anchor_t, YAML::EmitterStyle::value) override { see(mark); }
    void OnSequenceEnd() override {}
    void OnMapStart(const YAML::Mark &mark, const std::string &, YAML::anchor_t, YAML::EmitterStyle::value) override { see(mark); }
    void OnMapEnd() override {}

private:
    void see(const YAML::Mark &mark)
    {
        m_position = m_seen ? m_position : mark.pos;
        m_seen = true;
    }

    bool m_seen = false;
    int m_position = 0;
};

struct Chunk {
    std::size_t begin = 0;
    std::size_t end = 0;
    bool separated = false; ///< begins after a `---` line: a document even when it is empty
    std::size_t wrongSeparator = std::string_view::npos;
    std::size_t directive = std::string_view::npos;
};

std::string_view lineAt(std::string_view text, std::size_t at)
{
    return text.substr(at, std::min(text.find('\n', at), text.size()) - at);
}

std::vector<Chunk> cut(std::string_view text)
{
    std::vector<Chunk> chunks(1);
    for (std::size_t at = 0; at < text.size();) {
        const std::string_view line = lineAt(text, at);
        if (line.starts_with("---")) {
            const std::size_t rest = line.find_first_not_of(" \t\r", 3);
            if (rest == std::string_view::npos || line[rest] == '#') {
                chunks.back().end = at;
                chunks.push_back({.begin = std::min(at + line.size() + 1, text.size()), .separated = true});
            } else if (chunks.back().wrongSeparator == std::string_view::npos) {
                chunks.back().wrongSeparator = at;
            }
        }
        if (line.starts_with('%') && chunks.back().directive == std::string_view::npos)
            chunks.back().directive = at;
        at += line.size() + 1;
    }
    chunks.back().end = text.size();
    return chunks;
}

/// The first byte that is neither space nor comment, from a line's start.
std::size_t firstContent(std::string_view text, std::size_t at, std::size_t end)
{
    while (at < end) {
        const char c = text[at];
        if (c == '#')
            at = std::min(std::min(text.find('\n', at), text.size()), end);
        else if (c == ' ' || c == '\t' || c == '\r' || c == '\n')
            ++at;
        else
            return at;
    }
    return end;
}

class ChunkReader {
public:
    ChunkReader(std::shared_ptr<const Tree::Source> source, Chunk chunk, const Limits &limits)
        : m_source(std::move(source))
        , m_text(m_source->text)
        , m_chunk(chunk)
        , m_limits(limits)
    {
    }

    Result<Document> read()
    {
        if (const std::optional<Error> error = checkBytes())
            return failure(*error);
        if (m_chunk.wrongSeparator != std::string_view::npos)
            return failure(wrong(m_chunk.wrongSeparator, "a line starts with --- and goes on with text",
                "A document's separator stands alone on its line; if the line belongs to a block of text, such as a certificate, indent it."));
        if (m_chunk.directive != std::string_view::npos)
            return failure(wrong(m_chunk.directive, "a line starts with %, which makes it a YAML directive; these are not supported",
                "Remove the line, or indent it."));
        const std::size_t first = firstContent(m_text, m_chunk.begin, m_chunk.end);
        const bool flow = first < m_chunk.end && (m_text[first] == '{' || m_text[first] == '[');
        if (flow && m_chunk.end - first > m_limits.flowText)
            return failure(wrong(first, "the JSON text is larger than " + std::to_string(m_limits.flowText >> 20) + " MB",
                "Write it as YAML in block style, or remove what is not needed."));
        auto tree = std::make_shared<Tree>();
        tree->source = m_source;
        if (std::optional<Error> error = parse(*tree))
            return failure(std::move(*error));
        if (std::optional<Error> error = check(*tree))
            return failure(std::move(*error));
        tree->records.shrink_to_fit();
        return Document(std::move(tree));
    }

private:
    Error wrong(std::size_t at, std::string message, std::string remedy) const
    {
        at = std::min(at, m_text.size());
        return {.code = Code::BadInput,
            .message = std::move(message),
            .remedy = std::move(remedy),
            .place = {.file = m_source->fileName, .line = m_source->lines.line(at), .column = m_source->lines.column(at)}};
    }

    /// Guard: text only. What Kubernetes' parser refuses, and the line ends on which parsers differ.
    std::optional<Error> checkBytes() const
    {
        for (std::size_t at = m_chunk.begin; at < m_chunk.end;) {
            const auto byte = static_cast<unsigned char>(m_text[at]);
            if (byte >= 0x20 && byte < 0x7F) {
                ++at;
                continue;
            }
            if (byte == '\n' || byte == '\t') {
                ++at;
                continue;
            }
            if (byte == '\r') {
                if (at + 1 < m_text.size() && m_text[at + 1] != '\n')
                    return wrong(at, "a carriage return stands alone", "Save the file with line ends of one kind: LF, or CR LF.");
                ++at;
                continue;
            }
            if (byte < 0x80) {
                constexpr std::string_view hex = "0123456789abcdef";
                return wrong(at, std::string("a control character (0x") + hex[byte >> 4] + hex[byte & 15] + ") stands in the file",
                    "The file is not text, or it was damaged: restore it from a copy, or remove the character.");
            }
            const CodePoint c = codePointAt(m_text, at);
            if (c.length == 0)
                return wrong(at, "the file is not UTF-8 text", "Save it as UTF-8, or restore it from a copy.");
            if (c.value == 0x85 || c.value == 0x2028 || c.value == 0x2029)
                return wrong(at, "an unusual line end (U+0085, U+2028 or U+2029) stands in the file",
                    "Replace it by a line end, or by its escape in double quotes.");
            if (c.value < 0xA0 || c.value == 0xFEFF || c.value == 0xFFFE || c.value == 0xFFFF)
                return wrong(at, "a character that YAML does not allow stands in the file", "Remove it, or write its escape in double quotes.");
            at += c.length;
        }
        return std::nullopt;
    }

    std::optional<Error> parse(Tree &tree) const
    {
        ViewBuffer buffer(m_text.substr(m_chunk.begin, m_chunk.end - m_chunk.begin));
        std::istream stream(&buffer);
        TreeBuilder builder(tree, m_chunk.begin, m_chunk.end);
        try {
            YAML::Parser parser(stream);
            if (!parser.HandleNextDocument(builder))
                return std::nullopt;
            // Asked once only: for some texts the parser has another document for ever.
            NothingExpected rest;
            parser.HandleNextDocument(rest);
            if (rest.seen())
                return wrong(m_chunk.begin + static_cast<std::size_t>(std::max(rest.position(), 0)), "text follows after the end of the document",
                    "Line it up with the keys above, or put a line --- before it.");
        } catch (const YAML::Exception &error) {
            return translated(error);
        } catch (const std::bad_alloc &) {
            return wrong(m_chunk.begin, "there is not enough memory to read the file", "Make it smaller.");
        } catch (const std::exception &) {
            return wrong(m_chunk.begin, "the text is not YAML", "Restore the file from a copy.");
        }
        if (!builder.aliasesWithinBounds())
            return wrong(builder.firstAlias(), "the aliases (*) of this document grow beyond all measure",
                "Write out what is repeated, or remove the anchors (&).");
        return std::nullopt;
    }

    Error translated(const YAML::Exception &error) const
    {
        const std::size_t at =
            error.mark.is_null() ? m_chunk.begin : std::min(m_chunk.begin + static_cast<std::size_t>(std::max(error.mark.pos, 0)), m_chunk.end);
        const std::string_view what = error.msg;
        const auto has = [&](std::string_view part) { return what.find(part) != std::string_view::npos; };
        const bool atEnd = firstContent(m_text, at, m_chunk.end) == m_chunk.end && m_chunk.end == m_text.size();
        constexpr const char *half = "The file may have been written only half: restore it, or close what is open.";

        if (has("fairlead: open quote") || has("EOF in scalar"))
            return wrong(at, "a quote is opened here and never closed", half);
        if (has("fairlead: alias inside itself"))
            return wrong(at, "an alias (*) stands inside the node that it names", "Write out what is repeated.");
        if (has("fairlead: anchor name") || has("scanning anchor") || has("scanning alias") || has("anchor not found") || has("alias not found"))
            return wrong(at, "the name of an anchor (&) or alias (*) is not made of letters, digits, - and _",
                "Rename it; a value that starts with & or * must stand in quotes.");
        if (has("fairlead: key without colon"))
            return wrong(at, "a key has no colon after it", half);
        if (has("fairlead: tag"))
            return wrong(at, "a tag (!) is not made of letters, digits, -, ., : and /", "A value that starts with ! must stand in quotes.");
        if (has("fairlead: empty item"))
            return wrong(at, "a comma stands where an item of the list is missing", "Remove the comma, or write the item.");
        if (has("fairlead: colon"))
            return wrong(at, "a colon without a space after it", "Write a space after it, or put the word in quotes.");
        if (has("referenced anchor is not defined"))
            return wrong(at, "an alias (*) names an anchor that does not stand before it",
                "Define the anchor (&) above; a value that starts with * must stand in quotes.");
        if (const std::size_t tab = tabInIndentation(at); tab != std::string_view::npos)
            return wrong(tab, "a tab stands in the indentation", "Indent with spaces.");
        if (has("bad file"))
            return wrong(m_chunk.begin, "the document is nested too deep (more than 500 levels), or is not YAML", "Restore the file from a copy.");
        if (has("end of map flow") || has("end of sequence flow"))
            return atEnd ? wrong(at, "a { or [ is opened and never closed", half)
                         : wrong(at, "a comma, or the } or ] that closes, is missing here", "Check the line and the one before.");
        if (atEnd && (has("end of map") || has("end of sequence")))
            return wrong(at, "the file ends in the middle of an entry", half);
        if (has("end of map") || has("end of sequence") || has("illegal map value") || has("illegal block entry") || has("illegal map key"))
            return wrong(at, "the line does not fit to those around it: its indentation, a colon or a quote is wrong",
                "Line up the keys of one level in the same column, with a space after each colon.");
        if (has("unknown escape") || has("invalid unicode") || has("scanning hex"))
            return wrong(at, "an escape (\\) in double quotes is not known", "Write \\\\ for a backslash, or use single quotes.");
        if (has("unknown token"))
            return wrong(at, "a character stands where none can start a value", "Put the value in quotes.");
        if (has("block scalar"))
            return wrong(at, "the header of a block of text (| or >) is wrong", "Only an indentation digit and + or - may follow it.");
        return wrong(at, "the text is not YAML here", "Check the indentation, the quotes and the colons of the line and of the one before.");
    }

    std::size_t tabInIndentation(std::size_t at) const
    {
        const int line = m_source->lines.line(std::min(at, m_text.size()));
        for (int i = line; i >= std::max(1, line - 1); --i) {
            const std::string_view content = lineAt(m_text, m_source->lines.start(i));
            const std::size_t indent = std::min(content.find_first_not_of(" \t"), content.size());
            const std::size_t tab = content.substr(0, indent).find('\t');
            if (tab != std::string_view::npos && indent < content.size() && content[indent] != '\r')
                return m_source->lines.start(i) + tab;
        }
        return std::string_view::npos;
    }

    /// What Kubernetes refuses after parsing, and the duplicates.
    std::optional<Error> check(Tree &tree) const
    {
        for (std::uint32_t i = 0; i < tree.records.size(); ++i) {
            const Tree::Record &record = tree.records[i];
            if (record.kind == Kind::Map) {
                if (std::optional<Error> error = checkMap(tree, i))
                    return error;
            } else if (record.kind == Kind::Scalar) {
                const std::string_view tag = tree.tagOf(record);
                if (tag == "!")
                    continue;
                const Result<Value> value = resolveTagged(tag, tree.textOf(record));
                if (!value)
                    return wrong(record.begin, value.error().message, value.error().remedy);
                if (value->type == Type::Float && (value->number - value->number) != 0)
                    return wrong(
                        record.begin, "the number is infinite, or no number: Kubernetes cannot read it", "Put it in quotes if it is meant as text.");
            }
        }
        return std::nullopt;
    }

    std::optional<Error> checkMap(Tree &tree, std::uint32_t map) const
    {
        std::unordered_map<std::string, std::uint32_t> seen;
        const std::uint32_t end = tree.records[map].next;
        for (std::uint32_t key = map + 1; key < end;) {
            const std::uint32_t value = tree.records[key].next;
            const Tree::Record &record = tree.records[tree.resolved(key)];
            const std::size_t at = tree.records[key].begin;
            if (tree.isMergeKey(key)) {
                if (!isMergeable(tree, value))
                    return wrong(tree.records[value].begin, "a merge key (<<) needs a map or a list of maps", "Name an anchor of a map: <<: *name.");
            } else if (record.kind == Kind::Null) {
                return wrong(at, "a key is empty or null: Kubernetes cannot read it", "Write the key's name, in quotes if it is \"null\" or \"~\".");
            } else if (record.kind != Kind::Scalar) {
                return wrong(at, "a key is a map or a list: Kubernetes cannot read it",
                    "A key is a word; a value that starts with { or [ must stand in quotes ({{ … }} of a template is not filled in).");
            } else {
                const Result<Value> typed = resolveTagged(tree.tagOf(record), tree.textOf(record));
                if (!typed)
                    return wrong(at, typed.error().message, typed.error().remedy);
                if (typed->type == Type::Unsigned)
                    return wrong(at, "a key is a number that is too large: Kubernetes cannot read it", "Put it in quotes.");
                const auto [first, isNew] = seen.try_emplace(keyText(*typed), static_cast<std::uint32_t>(at));
                if (!isNew && tree.duplicates.size() < 100)
                    tree.duplicates.push_back({.name = first->first,
                        .firstLine = m_source->lines.line(first->second),
                        .secondLine = m_source->lines.line(at),
                        .column = m_source->lines.column(at)});
            }
            key = tree.records[value].next;
        }
        return std::nullopt;
    }

    static bool isMergeable(const Tree &tree, std::uint32_t index)
    {
        const std::uint32_t target = tree.resolved(index);
        const Tree::Record &record = tree.records[target];
        if (record.kind == Kind::Map)
            return true;
        if (record.kind != Kind::Sequence || tree.records[index].alias)
            return false;
        for (std::uint32_t i = target + 1; i < record.next; i = tree.records[i].next) {
            if (tree.records[tree.resolved(i)].kind != Kind::Map)
                return false;
        }
        return true;
    }

    std::shared_ptr<const Tree::Source> m_source;
    std::string_view m_text;
    Chunk m_chunk;
    Limits m_limits;
};

} // namespace

std::vector<Result<Document>> readEach(std::string text, const std::string &fileName, const Limits &limits)
{
    std::vector<Result<Document>> out;
    if (text.size() > limits.text) {
        out.emplace_back(failure({.code = Code::BadInput,
            .message = "the file is larger than " + std::to_string(limits.text >> 20) + " MB",
            .remedy = "Is it the right file?",
            .place = {.file = fileName}}));
        return out;
    }
    Result<std::string> utf8 = asUtf8(std::move(text));
    if (!utf8) {
        Error error = std::move(utf8.error());
        error.place.file = fileName;
        out.emplace_back(failure(std::move(error)));
        return out;
    }
    LineIndex lines(*utf8);
    const auto source = std::make_shared<const Tree::Source>(Tree::Source{fileName, std::move(*utf8), std::move(lines)});
    for (const Chunk &chunk : cut(source->text)) {
        // What stands before the first separator is a document only if there is something.
        if (!chunk.separated && firstContent(source->text, chunk.begin, chunk.end) == chunk.end)
            continue;
        out.push_back(ChunkReader(source, chunk, limits).read());
    }
    return out;
}

Result<std::vector<Document>> parse(std::string text, const std::string &fileName, const Limits &limits)
{
    std::vector<Document> documents;
    for (Result<Document> &document : readEach(std::move(text), fileName, limits)) {
        if (!document)
            return failure(std::move(document.error()));
        documents.push_back(std::move(*document));
    }
    return documents;
}

} // namespace fairlead::yaml
