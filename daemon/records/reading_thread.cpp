#include "daemon/records/reading_thread.hpp"

#include <boost/asio/post.hpp>

#include <exception>
#include <utility>

namespace cartwatch::records {

namespace {

Result<std::string> text_of(const ReadingThread::Work& work) {
    try {
        return work();
    } catch (const std::exception& error) {
        return refused(ErrorCode::unavailable, error.what());
    }
}

} // namespace

ReadingThread::ReadingThread(boost::asio::any_io_executor loop) : loop_(std::move(loop)) {}

ReadingThread::~ReadingThread() {
    thread_.stop();
    thread_.join();
}

void ReadingThread::ask(Work work, TextDone done) {
    const std::int64_t number = ++asked_;
    const bool full = waiting_.size() >= waiting_max;
    waiting_.emplace(number, std::move(done));
    if (full) {
        boost::asio::post(loop_, [this, number] {
            finish(number, refused(ErrorCode::unavailable, "too much is asked for at once"));
        });
        return;
    }
    boost::asio::post(thread_, [this, number, work = std::move(work)] {
        Result<std::string> text = text_of(work);
        boost::asio::post(loop_, [this, number, text = std::move(text)]() mutable {
            finish(number, std::move(text));
        });
    });
}

void ReadingThread::finish(std::int64_t number, Result<std::string> text) {
    auto waiting = waiting_.extract(number);
    waiting.mapped()(std::move(text));
}

} // namespace cartwatch::records
