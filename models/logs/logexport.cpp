// SPDX-License-Identifier: GPL-3.0-or-later
#include "logs/logexport.h"

#include <QSaveFile>

#include <algorithm>
#include <memory>
#include <utility>

namespace fairlead::logs {
namespace {

// Runs `work` on the pool; its answer comes back through the dispatcher.
template<typename T>
Reply<T> onPool(std::function<Result<T>()> work, Dispatcher &dispatcher, QThreadPool &pool)
{
    const Promise<T> promise;
    auto reply = promise.reply();
    const auto number = dispatcher.open();
    promise.onCancel([&dispatcher, number] { dispatcher.close(number); });
    pool.start([work = std::move(work), promise, number, &dispatcher] {
        auto box = std::make_shared<Result<T>>(work());
        dispatcher.post(number, [promise, box, number, &dispatcher] {
            dispatcher.close(number);
            promise.give(std::move(*box));
        });
    });
    return reply;
}

} // namespace

std::string textOf(const std::vector<PlacedBlock> &blocks, const LogPart &part, const StampWriter &stamp)
{
    std::string out;
    bool begun = false;
    for (const PlacedBlock &placed : blocks) {
        const auto &rows = placed.block->rows;
        const RowNumber first = std::max(part.fromRow, placed.first);
        for (RowNumber number = first; number < placed.first + rows.size() && number <= part.toRow; ++number) {
            const LogRow &row = rows[static_cast<std::size_t>(number - placed.first)];
            std::string_view text = placed.block->textOf(row);
            if (begun && row.kind != LogRow::Kind::Continued)
                out += '\n';
            begun = true;
            if (!row.isLine()) {
                out.append("--- ").append(text.substr(0, row.word));
                if (row.time != 0)
                    out += stamp ? stamp(row.time) : std::string();
                out.append(text.substr(std::min<std::size_t>(row.word, text.size()))).append(" ---");
                continue;
            }
            if (number == part.toRow)
                text = text.substr(0, part.toByte);
            const std::size_t skip = number == part.fromRow ? std::min(part.fromByte, text.size()) : 0;
            if (skip == 0 && stamp && row.time != 0 && row.kind == LogRow::Kind::Line)
                out.append(stamp(row.time)).append(" ");
            out.append(text.substr(skip));
        }
    }
    return out;
}

Reply<std::string> textLater(std::vector<PlacedBlock> blocks, const LogPart &part, StampWriter stamp, Dispatcher &dispatcher, QThreadPool &pool)
{
    return onPool<std::string>(
        [blocks = std::move(blocks), part, stamp = std::move(stamp)]() -> Result<std::string> { return textOf(blocks, part, stamp); }, dispatcher,
        pool);
}

Reply<std::uint64_t> save(
    std::vector<PlacedBlock> blocks, const LogPart &part, StampWriter stamp, const QString &file, Dispatcher &dispatcher, QThreadPool &pool)
{
    return onPool<std::uint64_t>(
        [blocks = std::move(blocks), part, stamp = std::move(stamp), file]() -> Result<std::uint64_t> {
            const std::string text = textOf(blocks, part, stamp) + "\n";
            QSaveFile out(file);
            const auto size = static_cast<qint64>(text.size());
            if (!out.open(QIODevice::WriteOnly) || out.write(text.data(), size) != size || !out.commit())
                return failure({.code = Code::BadInput,
                    .message = "the log cannot be written: " + out.errorString().toStdString(),
                    .remedy = "Choose another place.",
                    .place = {.file = file.toStdString()}});
            return text.size();
        },
        dispatcher, pool);
}

} // namespace fairlead::logs
