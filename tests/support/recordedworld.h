// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/tabletext.h"

#include <map>
#include <random>
#include <string>
#include <vector>

namespace fairlead::test {

/// Objects that come, change and go at random, as a server tells of them in Tables with whole objects; and what is true at each step.
/// The same ones for the same seed. Thread: the test's own.
class RecordedWorld {
public:
    RecordedWorld(unsigned seed, int rows);

    [[nodiscard]] std::string table() const;
    /// One page of it, by the place of its first row; the continue token where more follow.
    [[nodiscard]] std::string page(std::size_t from, std::size_t limit) const;
    /// One change: a line of a watch.
    [[nodiscard]] std::string step();
    /// By namespace/name: the rows as they are now.
    [[nodiscard]] std::map<std::string, std::string> truth() const;
    [[nodiscard]] std::string version() const { return std::to_string(m_version); }
    [[nodiscard]] std::size_t size() const { return m_rows.size(); }

    [[nodiscard]] std::string spec() { return m_spec + std::to_string(below(1000)) + "}"; }
    void setSpec(std::string spec) { m_spec = std::move(spec); } ///< up to a number: {"nodeName":"n","replicas":

private:
    [[nodiscard]] int below(int bound);
    [[nodiscard]] RowText make();

    std::mt19937 m_random;
    std::map<std::string, RowText> m_rows;
    int m_version = 1000;
    int m_last = 0;
    std::string m_spec = R"({"nodeName":"n","replicas":)";
};

} // namespace fairlead::test
