// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QJsonValue>
#include <QObject>
#include <QString>
#include <QThreadPool>
#include <QTimer>

#include <memory>

namespace fairlead {

/// What the program remembers from one start to the next: small JSON values by key ("tables/pods/columns"), in one file.
///
/// Promise: set() is seen by value() at once and is in the file within `delay`, so that a crash loses no more; the file is
/// replaced whole or left as it was; a file that cannot be read, or is no JSON, is put aside as FILE.damaged and said, never overwritten.
/// Of several programs that write the same file each replaces only the keys that it has set.
/// Thread: the one it was made on; writing is done by a thread of its own. The destructor waits for the last write.
class Settings : public QObject {
    Q_OBJECT

public:
    static constexpr int delay = 300; ///< milliseconds

    /// Reads `file`; empty: remembers until it dies, and nothing longer (pictures, tests).
    explicit Settings(QString file, QObject *parent = nullptr);
    ~Settings() override;

    /// The user's own: $XDG_CONFIG_HOME/fairlead/settings.json.
    [[nodiscard]] static QString usualFile();

    [[nodiscard]] QJsonValue value(const QString &key) const { return m_values.value(key); }
    /// Undefined removes the key.
    void set(const QString &key, const QJsonValue &value);

    /// Why the file could not be read, in words, with what became of it; empty: it could, or there is none.
    [[nodiscard]] const QString &readProblem() const { return m_readProblem; }
    /// Writes what is not written yet, and waits for it.
    void flush();

Q_SIGNALS:
    /// Why it could not be written, in words; said once until a write works again.
    void writeFailed(const QString &why);

private:
    void read();
    void write();

    QString m_file;
    QJsonObject m_values;
    QJsonObject m_unwritten; ///< by key; null where the key goes
    QString m_readProblem;
    bool m_saidFailure = false;
    QTimer m_timer;
    QThreadPool m_writer; ///< of one thread: writes stay in their order
};

} // namespace fairlead
