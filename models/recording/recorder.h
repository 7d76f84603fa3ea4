// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "kube/source.h"
#include "recording/redactor.h"
#include "recording/resourcestate.h"
#include "recording/writer.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace fairlead::recording {

/// Takes a server's answers as they came, makes credentials unreadable, and writes them as entries; now and then it writes a list of what
/// it knows of a resource (a keyframe), so that a reader finds any moment without reading all that was before it.
///
/// Thread: one at a time. Owner: who asks the server. Memory: the rows of all its resources once, and a block.
/// Times are the server's. Errors: those of Writer; NotKubernetes for what is no answer. Of a row that cannot be read or is too large
/// nothing is written but that it is missing: skipped().
class Recorder {
public:
    struct Keyframes {
        std::uint32_t events = 256;    ///< at least so many after a list
        std::uint32_t perRow = 2;      ///< and as many events as this for each row: a keyframe then costs half of what the events did
        std::chrono::minutes span{10}; ///< or so long, where anything has changed
    };

    Recorder(Writer writer, Keyframes keyframes);
    explicit Recorder(Writer writer);

    /// What GET of a path answered, as it is: discovery, OpenAPI, version, which hold no objects.
    [[nodiscard]] Result<void> addDocument(std::string_view path, std::string_view mediaType, std::string_view body, Moment now);
    /// The same of what holds objects (metrics): without credentials. Of what is no JSON nothing is written but that it is missing.
    [[nodiscard]] Result<void> addObjects(std::string_view path, std::string_view mediaType, std::string body, Moment now);

    /// The number by which the others name it.
    [[nodiscard]] Result<std::uint32_t> addResource(const kube::GroupVersionResource &id, std::string_view kind, bool namespaced, Moment now);
    /// A list: page by page as it came, Table or plain. Without its end it counts for nothing.
    void beginList(std::uint32_t resource);
    [[nodiscard]] Result<void> addPage(std::uint32_t resource, std::string_view json, Moment now);
    [[nodiscard]] Result<void> endList(std::uint32_t resource, Moment now);
    /// One line of a watch. An ERROR is a gap.
    [[nodiscard]] Result<void> addEvent(std::uint32_t resource, std::string_view line, Moment now);
    /// From here to its next list nobody watches it.
    [[nodiscard]] Result<void> addGap(std::uint32_t resource, std::string_view why, Moment now);

    [[nodiscard]] Result<std::uint32_t> addLog(std::string_view space, std::string_view pod, std::string_view container, bool previous, Moment now);
    /// Whole lines with time stamps.
    [[nodiscard]] Result<void> addLines(std::uint32_t log, std::string_view lines, Moment now);

    [[nodiscard]] Result<void> flush();
    [[nodiscard]] Result<void> close();
    /// The same, and the recording ends now, though nothing may have changed for long.
    [[nodiscard]] Result<void> close(Moment now);

    /// Of the last list or event: where a watch goes on.
    [[nodiscard]] std::string version(std::uint32_t resource) const;
    /// Nobody watches it: it is to be listed.
    [[nodiscard]] bool isInGap(std::uint32_t resource) const;
    [[nodiscard]] const Redactions &redactions() const { return m_redactor.redactions(); }
    [[nodiscard]] std::uint64_t skipped() const { return m_skipped; }
    [[nodiscard]] std::uint64_t size() const { return m_writer.size(); }
    [[nodiscard]] std::size_t rows() const; ///< of all resources, now

private:
    struct Resource {
        Stream stream;
        bool isSecret = false;
        ResourceState state;
        std::optional<ResourceState> listing;
        bool isListing = false;
        bool isInGap = false;
        std::uint32_t listed = 0; // rows written of it
        std::uint32_t events = 0; // since the last list
        Moment listedAt;
    };

    [[nodiscard]] Result<void> write(EntryType type, std::uint8_t detail, std::uint32_t stream, std::string_view body, Moment now);
    [[nodiscard]] Result<void> writeHead(std::uint32_t number, const Resource &resource, const ListHead &head, ListCause cause, Moment now);
    [[nodiscard]] Result<void> writeEnd(std::uint32_t number, std::uint32_t rows, Moment now);
    [[nodiscard]] Result<void> writeKeyframe(std::uint32_t number, Resource &resource, Moment now);
    [[nodiscard]] std::optional<std::string> prepared(const Resource &resource, std::string_view row, bool isTable);

    Writer m_writer;
    Keyframes m_keyframes;
    Redactor m_redactor;
    std::map<std::uint32_t, Resource> m_resources;
    std::map<std::uint32_t, Redactor::Piece> m_logs;
    std::uint64_t m_skipped = 0;
};

} // namespace fairlead::recording
