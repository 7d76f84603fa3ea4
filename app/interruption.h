// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QSocketNotifier>

#include <optional>

namespace fairlead::app {

/// Tells when a command that runs until further notice has to end: at SIGINT or SIGTERM, or when nobody reads its output
/// any more.
///
/// Thread: the main one. Made before any other thread starts: the signals are blocked from then on for all of them, and
/// read from a descriptor, so that no handler needs a global. The destructor gives the signals back.
class Interruption : public QObject {
    Q_OBJECT

public:
    /// `output` is the descriptor that the command writes to.
    explicit Interruption(int output, QObject *parent = nullptr);
    ~Interruption() override;

Q_SIGNALS:
    /// How the program should end: 128 + the signal's number as after a death by it, 0 where the reader has gone.
    void interrupted(int exitCode);

private:
    int m_signals = -1;
    std::optional<QSocketNotifier> m_signalled;
    std::optional<QSocketNotifier> m_readerGone;
};

} // namespace fairlead::app
