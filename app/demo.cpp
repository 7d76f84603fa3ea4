// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo.h"

#include "base/platform/file.h"

#include <QFile>

#ifdef FAIRLEAD_DEMO
#include <QResource>

// Outside of all namespaces, as the macro wants it.
static void initDemo()
{
    Q_INIT_RESOURCE(demo);
}
#endif

namespace fairlead::app {

Result<recording::Reader> openDemo(const QString &place)
{
#ifdef FAIRLEAD_DEMO
    initDemo();
#endif
    QFile file(place);
    const bool isOpen = file.open(QIODevice::ReadOnly);
    const uchar *const bytes = isOpen && file.size() > 0 ? file.map(0, file.size()) : nullptr;
    if (!bytes)
        return failure({.code = Code::Unsupported,
            .message = "this build has no demo",
            .remedy = "It is built in where resources/demo/demo.flrec is there before the build. Any recording can be read with --recording FILE."});
    auto memory = platform::File::ofBytes({reinterpret_cast<const char *>(bytes), static_cast<std::size_t>(file.size())}, "the demo");
    if (!memory)
        return failure(std::move(memory.error()));
    return recording::Reader::open(std::move(*memory));
}

bool hasDemo()
{
#ifdef FAIRLEAD_DEMO
    return true;
#else
    return false;
#endif
}

} // namespace fairlead::app
