#include "daemon/trust/folder_watch.hpp"

#include <boost/asio/buffer.hpp>

#include <cerrno>
#include <system_error>
#include <utility>

#include <sys/inotify.h>
#include <unistd.h>

namespace cartwatch::trust {

FolderWatch::FolderWatch(boost::asio::any_io_executor executor, std::function<void()> changed)
    : notices_(std::move(executor)), changed_(std::move(changed)) {}

Result<void> FolderWatch::start(const std::filesystem::path& folder) {
    const int file = ::inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    // Files are written beside their place and then moved there.
    if (file >= 0 && ::inotify_add_watch(file, folder.c_str(), IN_MOVED_TO | IN_DELETE) >= 0) {
        notices_.assign(file);
        wait();
        return {};
    }
    const std::string cause = std::generic_category().message(errno);
    if (file >= 0) {
        ::close(file);
    }
    return refused(ErrorCode::unavailable, folder.string() + ": cannot be watched: " + cause);
}

void FolderWatch::wait() {
    notices_.async_read_some(
        boost::asio::buffer(buffer_),
        [this,
         alive = std::weak_ptr<bool>(alive_)](const boost::system::error_code& error, std::size_t) {
            if (alive.expired() || error) {
                return; // stopped
            }
            changed_();
            wait();
        });
}

void FolderWatch::stop() {
    boost::system::error_code ignored; // closing what is not open
    notices_.close(ignored);
}

} // namespace cartwatch::trust
