// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/log.h"

#include "base/redaction.h"

#include <QString>

#include <cstdio>

namespace fairlead {

Q_LOGGING_CATEGORY(logNet, "fairlead.net", QtWarningMsg)
Q_LOGGING_CATEGORY(logKube, "fairlead.kube", QtWarningMsg)
Q_LOGGING_CATEGORY(logUi, "fairlead.ui", QtWarningMsg)

static void writeRedacted(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    const std::string line = redacted(qFormatLogMessage(type, context, message).toStdString());
    std::string visible;
    for (const char c : line) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 && c != '\n' && c != '\t') {
            visible += '^';
            visible += static_cast<char>(byte + 0x40);
        } else {
            visible += c;
        }
    }
    visible += '\n';
    std::fwrite(visible.data(), 1, visible.size(), stderr);
    if (type == QtFatalMsg)
        std::fflush(stderr);
}

void installRedactingLog()
{
    qInstallMessageHandler(writeRedacted);
}

QString logged(std::string_view text)
{
    return QString::fromStdString(redacted(text));
}

} // namespace fairlead
