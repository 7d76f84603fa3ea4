// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/recording/barfacts.h"

#include <chrono>

/// How a recording's time is said. Times are of the desktop's zone. Thread: any.
namespace fairlead::ui {

[[nodiscard]] QString dayText(Moment at);                      ///< "24 Nov 2026, UTC+1"
[[nodiscard]] QString lengthText(std::chrono::seconds length); ///< "1h00m08s", "4m10s", "8s": not shortened, since it runs
[[nodiscard]] QString speedText(double speed);                 ///< "0.5×"
/// "change 27,914 of 41,806: Pod cart-6f8d7b9c4d-t8zkp"; with `all` also its namespace and what was done.
enum class ChangeWords { Short, All };
[[nodiscard]] QString changeText(const BarChange &change, quint64 of, ChangeWords words);
/// "failure 4 of 6", "6 failures to come", "no failures".
[[nodiscard]] QString failureText(qsizetype passed, qsizetype all);
/// "512 B", "2.6 MiB".
[[nodiscard]] QString fileSizeText(quint64 bytes);
/// One line: "14:31:07  CrashLoopBackOff, container cart: Pod shop/cart, told 4 times".
[[nodiscard]] QString markText(const BarMark &mark);

} // namespace fairlead::ui
