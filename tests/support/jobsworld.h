// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/jobtimeline.h"
#include "kinds/facts.h"
#include "kube/decode/table.h"
#include "kube/item.h"

#include <string>
#include <vector>

namespace fairlead::test {

/// The rows of a Table with these objects, facts and all, as a store holds them. In JSON of a test ` stands for a quotation mark, since moc 6.4
/// loses its way in raw strings. `resource`: "jobs.batch", "cronjobs.batch", "pods".
[[nodiscard]] std::vector<kube::ItemPtr> itemsOf(const std::string &resource, const std::vector<std::string> &objects);
/// The Table itself, as a server sends it.
[[nodiscard]] std::string tableText(const std::vector<std::string> &objects);
/// Of a file of tests/fixtures/kinds.
[[nodiscard]] std::vector<kube::ItemPtr> recordedItems(const std::string &resource);
[[nodiscard]] kinds::Facts factsOf(const std::string &resource, const kube::ItemPtr &item);

/// The same of one object, for those that need no store.
[[nodiscard]] jobs::Run runOf(const std::string &job);
[[nodiscard]] jobs::Attempt attemptOf(const std::string &pod);
[[nodiscard]] jobs::CronPlan planOf(const std::string &cronJob);

/// "2026-01-01T00:00:00Z"; for what is certainly one.
[[nodiscard]] jobs::Moment at(const char *time);

/// A JSON object: members of metadata, and what stands beside it.
[[nodiscard]] std::string object(const std::string &name, const std::string &metadata, const std::string &rest);
/// Of a job of a cron job with the uid "c-NAME".
[[nodiscard]] std::string ownedBy(const std::string &cronJob);

} // namespace fairlead::test
