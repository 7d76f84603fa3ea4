// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/arguments.h"
#include "app/getpart.h"
#include "app/print/output.h"
#include "app/print/tableprinter.h"

#include <string>
#include <string_view>
#include <vector>

namespace fairlead::app {

/// The answers of `get` on standard output, byte for byte as kubectl prints them; where we differ: print/terminaltext.h,
/// print/jsonprinter.h. Thread: one. Source: k8s.io/kubectl pkg/cmd/get/get.go.
class GetPrinter {
public:
    GetPrinter(const Arguments &arguments, Output &output);

    /// All parts at once. `single`: one object was named, which is printed bare and not in a list.
    void print(const std::vector<GetPart> &parts, bool single);
    /// One object by itself, as in a watch: YAML documents are separated. `json` is the whole object.
    void printDocument(std::string_view json);
    void printName(const kube::Resource &resource, std::string_view name);

    /// How a kind's table looks; `withKind`: names say their kind, because there are several.
    [[nodiscard]] TableStyle styleFor(const kube::Resource &resource, bool withKind) const;

private:
    void printTables(const std::vector<GetPart> &parts);
    void printNames(const std::vector<GetPart> &parts);
    void printJsonList(const std::vector<GetPart> &parts);
    void printYamlList(const std::vector<GetPart> &parts);

    const Arguments &m_arguments;
    Output &m_output;
    bool m_printedDocument = false;
};

} // namespace fairlead::app
