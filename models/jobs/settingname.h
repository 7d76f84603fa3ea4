// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

/// What the name of a setting says of its value: of an environment variable, an option, a key of a secret, a secret itself. Guesses by common
/// words; names are anybody's. Pure. Thread: any.
namespace fairlead::jobs {

/// "DATABASE_URL", "database-url", "databaseUrl" all give "database", "url". In lower case, without the digits at their ends; ASCII alone.
[[nodiscard]] std::vector<std::string> wordsOf(std::string_view name);

/// Of a database, or of how to reach one: "orders-db", "PGPASSWORD", "jdbcUrl", "redis-0".
[[nodiscard]] bool saysDatabase(std::string_view name);
/// Its value is where something is reached: "DB_HOST", "--server", "-h".
[[nodiscard]] bool saysHost(std::string_view name);
/// Its value is a name of something else, whatever it looks like: "SERVICE_NAME", "MODE", "image".
[[nodiscard]] bool saysLabel(std::string_view name);

} // namespace fairlead::jobs
