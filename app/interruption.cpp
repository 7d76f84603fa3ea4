// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/interruption.h"

#include <csignal>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <unistd.h>

namespace fairlead::app {
namespace {

sigset_t endingSignals()
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    return set;
}

bool isPipe(int descriptor)
{
    struct stat status {};
    return fstat(descriptor, &status) == 0 && S_ISFIFO(status.st_mode);
}

} // namespace

Interruption::Interruption(int output, QObject *parent)
    : QObject(parent)
{
    const sigset_t set = endingSignals();
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    m_signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    m_signalled.emplace(m_signals, QSocketNotifier::Read);
    connect(&*m_signalled, &QSocketNotifier::activated, this, [this] {
        signalfd_siginfo info{};
        if (::read(m_signals, &info, sizeof info) == sizeof info)
            Q_EMIT interrupted(128 + static_cast<int>(info.ssi_signo));
    });
    // poll() reports the writing end of a pipe as failed once the last reader has closed it, and Qt wakes a Read notifier for
    // that; data never comes from there.
    if (isPipe(output)) {
        m_readerGone.emplace(output, QSocketNotifier::Read);
        connect(&*m_readerGone, &QSocketNotifier::activated, this, [this] {
            m_readerGone->setEnabled(false);
            Q_EMIT interrupted(0);
        });
    }
}

Interruption::~Interruption()
{
    m_signalled.reset();
    m_readerGone.reset();
    ::close(m_signals);
    const sigset_t set = endingSignals();
    pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
}

} // namespace fairlead::app
