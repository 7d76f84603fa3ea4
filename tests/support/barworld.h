// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/recording/barfacts.h"

#include <array>
#include <chrono>
#include <cmath>
#include <random>

/// What a time bar is told in tests: the hour and a half of the design's picture.
namespace fairlead::test {

inline constexpr Moment barFirst{std::chrono::milliseconds(1'795'527'298'000)}; // 2026-11-24T13:34:58Z
inline constexpr Moment barLast = barFirst + std::chrono::seconds(5354);        // 15:04:12

/// So many minutes after 13:00.
[[nodiscard]] inline Moment barAt(double minutes)
{
    return barFirst - std::chrono::seconds(34 * 60 + 58) + std::chrono::milliseconds(std::llround(minutes * 60'000));
}

[[nodiscard]] inline ui::BarFacts barFacts()
{
    ui::BarFacts facts;
    std::minstd_rand random(17);
    for (int i = 0; i < 4096; ++i) {
        const double minute = 34.97 + 89.23 * i / 4096;
        double changes = 2 + double(random() % 4) + (int(minute) % 15 < 2 ? 6 : 0);
        for (const auto &[middle, width, height] :
            {std::array{61.0, 3.0, 24.0}, {73.0, 4.0, 40.0}, {77.0, 6.0, 12.0}, {92.5, 3.0, 28.0}, {105.0, 5.0, 20.0}, {113.0, 3.0, 40.0}})
            changes += height * std::exp(-std::pow((minute - middle) / width, 2));
        facts.pieces.append(quint32(changes));
    }
    facts.changes = 41'806;
    const auto add = [&facts](double minute, ui::BarMark::Weight weight, const char *object, const char *words, quint32 times) {
        facts.marks.append({barAt(minute), weight, QString::fromUtf8(object), QString::fromUtf8(words), times});
    };
    using Weight = ui::BarMark::Weight;
    add(44, Weight::Warning, "Pod shop/web-5b6c7d8e9f-4kq2z", "Unhealthy, Readiness probe failed: HTTP 503", 4);
    add(46.5, Weight::Warning, "Pod shop/web-5b6c7d8e9f-9xk7d", "Unhealthy, Readiness probe failed: HTTP 503", 1);
    add(58, Weight::Warning, "PersistentVolumeClaim data/data-orders-db-2", "ProvisioningFailed, storageclass \"fast-ssd\" not found", 31);
    add(61.6, Weight::Failure, "Pod shop/cart-6f8d7b9c4d-t8zkp", "CrashLoopBackOff, container cart", 1);
    add(66, Weight::Warning, "Pod shop/cart-6f8d7b9c4d-t8zkp", "BackOff, Back-off restarting failed container cart", 12);
    add(72.3, Weight::Failure, "Pod search/search-indexer-0", "CrashLoopBackOff, container indexer", 1);
    add(74.5, Weight::Warning, "Deployment shop/checkout", "ProgressDeadlineExceeded", 1);
    add(76.9, Weight::Failure, "Job batch/stock-sync-29381640", "BackoffLimitExceeded, Job has reached the specified backoff limit", 1);
    for (const double minute : {79.0, 86.0})
        add(minute, Weight::Warning, "Pod shop/web-5b6c7d8e9f-4kq2z", "Unhealthy, Liveness probe failed", 2);
    add(92.4, Weight::Failure, "Pod shop/checkout-7c9d8b6f5-2m5kp", "ImagePullBackOff, container checkout", 1);
    for (const double minute : {97.0, 101.0})
        add(minute, Weight::Warning, "Pod shop/web-5b6c7d8e9f-4kq2z", "Unhealthy, Liveness probe failed", 2);
    add(106.2, Weight::Failure, "Node node-3", "NodeStatusUnknown, Kubelet stopped posting node status.", 1);
    add(107.5, Weight::Warning, "Node node-3", "NodeNotReady", 1);
    add(113.4, Weight::Failure, "Pod shop/cart-6f8d7b9c4d-t8zkp", "Evicted, The node was low on resource: memory.", 1);
    for (const double minute : {116.0, 119.0})
        add(minute, Weight::Warning, "Pod shop/web-5b6c7d8e9f-4kq2z", "Unhealthy, Liveness probe failed", 2);
    return facts;
}

/// That of the picture.
[[nodiscard]] inline ui::BarChange barChange()
{
    return {.number = 27'914,
        .kind = QStringLiteral("Pod"),
        .space = QStringLiteral("shop"),
        .name = QStringLiteral("cart-6f8d7b9c4d-t8zkp"),
        .what = QStringLiteral("modified")};
}

} // namespace fairlead::test
