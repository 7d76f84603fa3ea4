// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/platform/file.h"

#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace fairlead::platform {
namespace {

Code codeOf(int error)
{
    switch (error) {
    case ENOENT:
    case ENOTDIR:
        return Code::NotFound;
    case EACCES:
    case EPERM:
    case EROFS:
        return Code::Forbidden;
    case EISDIR:
    case ENAMETOOLONG:
    case ELOOP:
        return Code::BadInput;
    default:
        return Code::Interrupted;
    }
}

// Locks of the open file, not of the process: two writers in one process are told apart too, and closing a reader frees nobody's lock.
struct flock wholeFile(short type)
{
    struct flock lock = {};
    lock.l_type = type;
    lock.l_whence = SEEK_SET;
    return lock;
}

} // namespace

File::File(int descriptor, std::string path)
    : m_descriptor(descriptor)
    , m_path(std::move(path))
{
}

File::File(File &&other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1))
    , m_path(std::move(other.m_path))
    , m_end(other.m_end)
{
}

File &File::operator=(File &&other) noexcept
{
    std::swap(m_descriptor, other.m_descriptor);
    std::swap(m_path, other.m_path);
    std::swap(m_end, other.m_end);
    return *this;
}

File::~File()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

tl::unexpected<Error> File::failed(int error, const char *what) const
{
    return failure({.code = codeOf(error), .message = std::string(what) + ": " + std::strerror(error), .place = {.file = m_path}});
}

Result<File> File::openToRead(const std::string &path)
{
    File file(-1, path);
    // Without O_NONBLOCK a named pipe would wait for its other end.
    file.m_descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file.m_descriptor < 0)
        return file.failed(errno, "cannot be opened");
    struct stat about = {};
    if (::fstat(file.m_descriptor, &about) != 0)
        return file.failed(errno, "cannot be looked at");
    if (!S_ISREG(about.st_mode))
        return failure({.code = Code::BadInput, .message = "is not a file", .place = {.file = path}});
    return file;
}

Result<File> File::openToWrite(const std::string &path, Existing existing)
{
    File file(-1, path);
    file.m_descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0600); // what a cluster says is its user's
    if (file.m_descriptor < 0)
        return file.failed(errno, "cannot be written");
    struct stat about = {};
    if (::fstat(file.m_descriptor, &about) != 0)
        return file.failed(errno, "cannot be looked at");
    if (!S_ISREG(about.st_mode))
        return failure({.code = Code::BadInput, .message = "is not a file", .place = {.file = path}});
    struct flock lock = wholeFile(F_WRLCK);
    if (::fcntl(file.m_descriptor, F_OFD_SETLK, &lock) != 0) {
        if (errno == EAGAIN || errno == EACCES)
            return failure({.code = Code::Conflict, .message = "is being written by someone else", .place = {.file = path}});
        return file.failed(errno, "cannot be locked");
    }
    if (about.st_size > 0 && existing == Existing::Refuse)
        return failure({.code = Code::Conflict, .message = "is there already", .place = {.file = path}});
    if (::ftruncate(file.m_descriptor, 0) != 0)
        return file.failed(errno, "cannot be emptied");
    return file;
}

Result<File> File::ofBytes(std::string_view bytes, const std::string &name)
{
    File file(-1, name);
    file.m_descriptor = ::memfd_create("bytes", MFD_CLOEXEC);
    if (file.m_descriptor < 0)
        return file.failed(errno, "cannot be held in memory");
    if (auto done = file.append(bytes); !done)
        return failure(std::move(done.error()));
    return file;
}

Result<std::size_t> File::readAt(std::uint64_t offset, char *into, std::size_t size) const
{
    std::size_t got = 0;
    while (got < size) {
        const ssize_t now = ::pread(m_descriptor, into + got, size - got, static_cast<off_t>(offset + got));
        if (now < 0 && errno == EINTR)
            continue;
        if (now < 0)
            return failed(errno, "cannot be read");
        if (now == 0)
            break;
        got += static_cast<std::size_t>(now);
    }
    return got;
}

Result<void> File::append(std::string_view bytes)
{
    std::size_t done = 0;
    while (done < bytes.size()) {
        const ssize_t now = ::pwrite(m_descriptor, bytes.data() + done, bytes.size() - done, static_cast<off_t>(m_end + done));
        if (now < 0 && errno == EINTR)
            continue;
        if (now <= 0) {
            const int error = now < 0 ? errno : ENOSPC;
            if (::ftruncate(m_descriptor, static_cast<off_t>(m_end)) != 0)
                return failed(error, "cannot be written, and ends in the middle");
            return failed(error, "cannot be written");
        }
        done += static_cast<std::size_t>(now);
    }
    m_end += bytes.size();
    return {};
}

Result<void> File::sync()
{
    if (::fdatasync(m_descriptor) != 0)
        return failed(errno, "cannot be brought to the disk");
    return {};
}

Result<std::uint64_t> File::size() const
{
    struct stat about = {};
    if (::fstat(m_descriptor, &about) != 0)
        return failed(errno, "cannot be looked at");
    return static_cast<std::uint64_t>(about.st_size);
}

bool File::isBeingWritten() const
{
    struct flock lock = wholeFile(F_RDLCK);
    return ::fcntl(m_descriptor, F_OFD_GETLK, &lock) == 0 && lock.l_type == F_WRLCK;
}

} // namespace fairlead::platform
