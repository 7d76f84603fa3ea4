// SPDX-License-Identifier: GPL-3.0-or-later
#include "contexts/identity.h"

#include <array>
#include <cstdint>

namespace fairlead::contexts {

namespace {

/// FNV-1a, 32 bit: the same on every machine and in every build, which std::hash does not promise.
std::uint32_t hash(std::string_view text)
{
    std::uint32_t value = 2166136261U;
    for (const char c : text) {
        value ^= static_cast<unsigned char>(c);
        value *= 16777619U;
    }
    return value;
}

} // namespace

std::vector<int> identityNumbers(const std::vector<std::string> &names)
{
    std::vector<int> numbers;
    numbers.reserve(names.size());
    std::array<bool, identities> taken{};
    int free = identities;
    for (const std::string &name : names) {
        auto number = std::size_t(hash(name) % unsigned(identities));
        if (free > 0) {
            while (taken[number])
                number = (number + 1) % std::size_t(identities);
            taken[number] = true;
            --free;
        }
        numbers.push_back(int(number));
    }
    return numbers;
}

bool isProduction(std::string_view name)
{
    std::string word;
    const auto telling = [&word] { return word == "prod" || word == "production" || word == "live"; };
    for (const char c : name) {
        const bool upper = c >= 'A' && c <= 'Z';
        if (upper || (c >= 'a' && c <= 'z')) {
            word += char(upper ? c - 'A' + 'a' : c);
            continue;
        }
        if (telling())
            return true;
        word.clear();
    }
    return telling();
}

} // namespace fairlead::contexts
