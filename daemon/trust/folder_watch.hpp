// Tells when a file of one folder is replaced, at once and without asking time and again: so a
// command beside the daemon takes effect.
#pragma once

#include "scanner/values/result.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>

#include <array>
#include <filesystem>
#include <functional>
#include <memory>

namespace cartwatch::trust {

class FolderWatch {
public:
    // Calls `changed` on the executor's loop, once for changes that come together.
    FolderWatch(boost::asio::any_io_executor executor, std::function<void()> changed);
    FolderWatch(const FolderWatch&) = delete;
    FolderWatch& operator=(const FolderWatch&) = delete;
    ~FolderWatch() = default;

    // Begins to watch a folder that is there. Refused (unavailable) with the cause.
    [[nodiscard]] Result<void> start(const std::filesystem::path& folder);

    // Nothing is called afterwards.
    void stop();

private:
    void wait();

    boost::asio::posix::stream_descriptor notices_;
    std::function<void()> changed_;
    // What is told is not read closely: that something was is enough, also where the kernel had
    // more to tell than it could keep.
    std::array<char, 4'096> buffer_{};
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

} // namespace cartwatch::trust
