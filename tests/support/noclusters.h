// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "contexts/clusters.h"

namespace fairlead::test {

/// For pages that are handed their cluster: nothing else is opened.
class NoClusters : public contexts::Clusters {
public:
    Reply<contexts::ContextList> read() override { return answered<contexts::ContextList>(contexts::ContextList()); }
    Reply<contexts::ContextList> look(const std::string &) override { return read(); }
    void setAddedFiles(std::vector<std::string>) override {}
    Reply<contexts::OpenClusterPtr> open(const std::string &) override { return answered<contexts::OpenClusterPtr>(failure(Error{})); }
};

} // namespace fairlead::test
