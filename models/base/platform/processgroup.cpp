// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/platform/processgroup.h"

#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

namespace fairlead::platform {

void leadOwnGroup()
{
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGTERM);
}

bool isRoot()
{
    return geteuid() == 0;
}

bool endGroup(std::int64_t leader, Ending ending)
{
    // 0 and 1 would mean our own group and everybody.
    return leader > 1 && kill(-pid_t(leader), ending == Ending::Asked ? SIGTERM : SIGKILL) == 0;
}

} // namespace fairlead::platform
