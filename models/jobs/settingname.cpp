// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/settingname.h"

#include <algorithm>
#include <span>

namespace fairlead::jobs {

namespace {

bool isUpper(char c)
{
    return c >= 'A' && c <= 'Z';
}

bool isLower(char c)
{
    return c >= 'a' && c <= 'z';
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isOneOf(std::string_view word, std::span<const std::string_view> words)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

constexpr std::string_view databases[] = {"database", "databases", "sql", "pg", "psql", "postgres", "postgresql", "pgbouncer", "pgpool", "pghost",
    "pguser", "pgpassword", "pgpass", "pgdatabase", "mysql", "mssql", "sqlserver", "mongo", "redis", "valkey", "memcached", "oracle", "cassandra",
    "clickhouse", "elasticsearch", "opensearch", "dsn", "jdbc", "rds", "odbc"};

constexpr std::string_view hosts[] = {"host", "hosts", "hostname", "hostnames", "pghost", "server", "servers", "addr", "addrs", "address",
    "addresses", "url", "urls", "uri", "uris", "endpoint", "endpoints", "dsn", "jdbc", "broker", "brokers", "bootstrap", "upstream", "upstreams",
    "svc", "proxy"};

// Last words of names whose values look like a service's name, and are none.
constexpr std::string_view labels[] = {"name", "dbname", "user", "username", "login", "role", "mode", "type", "kind", "env", "environment", "level",
    "profile", "component", "app", "application", "service", "namespace", "queue", "topic", "schema", "table", "driver", "dialect", "engine",
    "prefix", "suffix", "command", "image", "images", "tag", "version", "label", "labels", "id", "key", "password", "secret", "token", "path",
    "group", "team", "stage", "bucket", "tenant", "project", "channel", "class", "task"};

} // namespace

std::vector<std::string> wordsOf(std::string_view name)
{
    std::vector<std::string> words;
    std::string word;
    const auto end = [&] {
        while (!word.empty() && isDigit(word.back()))
            word.pop_back();
        if (!word.empty())
            words.push_back(word);
        word.clear();
    };
    for (std::size_t i = 0; i < name.size(); ++i) {
        const char c = name[i];
        if (!isUpper(c) && !isLower(c) && !isDigit(c)) {
            end();
            continue;
        }
        // "dbUrl" and "DBUrl" are two words each.
        const bool inCapitals = i > 0 && isUpper(name[i - 1]) && i + 1 < name.size() && isLower(name[i + 1]);
        if (isUpper(c) && i > 0 && (isLower(name[i - 1]) || isDigit(name[i - 1]) || inCapitals))
            end();
        word += isUpper(c) ? static_cast<char>(c - 'A' + 'a') : c;
    }
    end();
    return words;
}

bool saysDatabase(std::string_view name)
{
    const std::vector<std::string> words = wordsOf(name);
    // "ordersdb", "mongodb", "mariadb" end as their short form does; "gdb" is something else.
    return std::any_of(
        words.begin(), words.end(), [](const std::string &word) { return (word.ends_with("db") && word.size() != 3) || isOneOf(word, databases); });
}

bool saysHost(std::string_view name)
{
    if (name == "-h" || name == "-H")
        return true;
    const std::vector<std::string> words = wordsOf(name);
    if (words.size() > 1 && words.back() == "name" && (words[words.size() - 2] == "host" || words[words.size() - 2] == "server"))
        return true;
    return !saysLabel(name) && std::any_of(words.begin(), words.end(), [](const std::string &word) { return isOneOf(word, hosts); });
}

bool saysLabel(std::string_view name)
{
    const std::vector<std::string> words = wordsOf(name);
    return !words.empty() && isOneOf(words.back(), labels);
}

} // namespace fairlead::jobs
