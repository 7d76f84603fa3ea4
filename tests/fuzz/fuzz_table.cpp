// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/decode/table.h"

#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace fairlead::kube;

// Whatever a server sends as a Table: an error in words, or rows whose every text can be read.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char *>(data), size);
    for (const Detail detail : {Detail::Meta, Detail::Whole}) {
        const auto page = decodeTable(text, detail, {"/spec/suspend", "/status/active/0/name"});
        if (!page) {
            if (page.error().message.empty())
                std::abort();
            continue;
        }
        for (const Row &row : page->rows) {
            if (row.cellCount() != page->columns.size() && !page->columns.empty())
                std::abort();
            std::size_t read =
                row.name().size() + row.space().size() + row.uid().size() + row.version().size() + row.fact(0).size() + row.fact(1).size();
            for (std::size_t i = 0; i < row.cellCount(); ++i)
                read += row.cell(i).size();
            for (std::size_t i = 0; i < row.labelCount(); ++i)
                read += row.label(i).second.size();
            for (std::size_t i = 0; i < row.annotationCount(); ++i)
                read += row.annotation(i).second.size();
            for (std::size_t i = 0; i < row.ownerCount(); ++i)
                read += row.owner(i).uid.size();
            // A repeated member counts once each time it is read, so twice the text is the bound, not once; where no Table came,
            // the name stands in a cell again, beside an age.
            if (read > 3 * size + 32 || row.body().size() > size)
                std::abort();
        }
    }
    return 0;
}
