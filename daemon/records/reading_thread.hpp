// The one thread beside the event loop: what reads long (history, downloads) runs here on read-only
// connections of its own, so that no scan waits for it. Answers come back on the loop's thread.
#pragma once

#include "daemon/web/service.hpp"
#include "scanner/values/result.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/thread_pool.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>

namespace cartwatch::records {

using web::TextDone;

class ReadingThread {
public:
    // Runs on the thread: touches nothing that the loop uses. What it throws is a refusal.
    using Work = std::function<Result<std::string>()>;

    // A manager opens a page or two; more than this many questions waiting is somebody's mistake.
    static constexpr std::size_t waiting_max = 16;

    explicit ReadingThread(boost::asio::any_io_executor loop);
    ReadingThread(const ReadingThread&) = delete;
    ReadingThread& operator=(const ReadingThread&) = delete;
    ReadingThread(ReadingThread&&) = delete;
    ReadingThread& operator=(ReadingThread&&) = delete;
    // Waits for the work that runs; what waits behind it is not done, and nobody is told.
    ~ReadingThread();

    // Answers on the loop, never before it returns; with `unavailable` where too many wait.
    void ask(Work work, TextDone done);

private:
    void finish(std::int64_t number, Result<std::string> text);

    boost::asio::any_io_executor loop_;
    boost::asio::thread_pool thread_{1};
    std::int64_t asked_ = 0;
    std::map<std::int64_t, TextDone> waiting_; // touched on the loop's thread alone
};

} // namespace cartwatch::records
