// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/reply.h"

namespace fairlead {

void later(QObject *context, std::function<void()> work)
{
    QMetaObject::invokeMethod(context, std::move(work), Qt::QueuedConnection);
}

} // namespace fairlead
