#include "daemon/scanners/picture_service.hpp"

#include "scanner/wire/picture_answer.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>

namespace cartwatch::scanners {

namespace asio = boost::asio;
using boost::system::error_code;

PictureService::PictureService(asio::any_io_executor executor, DecoderSettings settings)
    : executor_(std::move(executor)),
      settings_(std::move(settings)),
      socket_(executor_),
      deadline_(executor_) {}

PictureService::~PictureService() = default;

void PictureService::decode(std::vector<std::uint8_t> picture, Answer answer) {
    const bool too_many = jobs_.size() > pictures_waiting_max;
    if (too_many || picture.size() > picture_bytes_max) {
        Error error{ErrorCode::unavailable, "too many pictures wait to be decoded; try again"};
        if (!too_many) {
            error = {ErrorCode::too_large, "the picture has more than 32 MiB; make it smaller"};
        }
        asio::post(
            executor_, [answer = std::move(answer), error] { answer(tl::unexpected(error)); });
        return;
    }
    Job job;
    job.length = wire::to_picture_length(static_cast<std::uint32_t>(picture.size()));
    job.picture = std::move(picture);
    job.answer = std::move(answer);
    jobs_.push_back(std::move(job));
    if (!attempt_) {
        begin_next();
    }
}

void PictureService::begin_next() {
    attempt_ = std::make_shared<bool>(true);
    const std::weak_ptr<bool> attempt = attempt_;
    // A step of its own: an answer is never given from within decode().
    asio::post(executor_, [this, attempt] {
        if (attempt.expired()) {
            return;
        }
        child_is_fresh_ = !child_;
        const auto started = child_ ? Result<void>() : start_child();
        if (!started) {
            finish(tl::unexpected(started.error()));
            return;
        }
        deadline_.expires_after(settings_.deadline);
        deadline_.async_wait([this, attempt](error_code error) {
            if (!error && !attempt.expired()) {
                drop_child();
                finish(tl::unexpected(picture_took_too_long(settings_.deadline)));
            }
        });
        sent_ = 0;
        answer_.clear();
        send_picture();
    });
}

Result<void> PictureService::start_child() {
    auto child = ChildProcess::start(settings_.program, {"--decode"});
    if (!child) {
        return refused(ErrorCode::not_found, child.error().text);
    }
    child_.emplace(std::move(*child));
    socket_.assign(asio::local::stream_protocol(), child_->release_socket());
    return {};
}

// Steps and not composed operations: those would go on with a socket that is gone where the service
// is destroyed between two of their steps.
void PictureService::send_picture() {
    const std::weak_ptr<bool> attempt = attempt_;
    const Job& job = jobs_.front();
    const bool head = sent_ < job.length.size();
    const asio::const_buffer rest = head ? asio::buffer(job.length) + sent_
                                         : asio::buffer(job.picture) + (sent_ - job.length.size());
    socket_.async_write_some(rest, [this, attempt](error_code error, std::size_t count) {
        if (attempt.expired()) {
            return;
        }
        sent_ += count;
        if (error) {
            child_died();
        } else if (sent_ < jobs_.front().length.size() + jobs_.front().picture.size()) {
            send_picture();
        } else {
            receive_answer();
        }
    });
}

void PictureService::receive_answer() {
    const std::weak_ptr<bool> attempt = attempt_;
    socket_.async_read_some(
        asio::buffer(chunk_), [this, attempt](error_code error, std::size_t count) {
            if (attempt.expired()) {
                return;
            }
            answer_.append(chunk_.data(), count);
            const std::size_t end = answer_.find('\n', answer_.size() - count);
            if (end != std::string::npos) {
                take_answer(std::string_view(answer_).substr(0, end));
            } else if (error || answer_.size() > wire::picture_answer_max) {
                child_died();
            } else {
                receive_answer();
            }
        });
}

void PictureService::take_answer(std::string_view line) {
    auto symbols = wire::parse_picture_answer(line);
    if (!symbols && symbols.error().code == ErrorCode::unavailable) {
        drop_child(); // it does not keep to the protocol: nothing more is believed
    }
    finish(std::move(symbols));
}

void PictureService::child_died() {
    const std::string ending = child_->end();
    const bool was_fresh = child_is_fresh_;
    drop_child();
    if (was_fresh) {
        finish(tl::unexpected(picture_killed_child(ending)));
    } else {
        begin_next(); // it may have died before this picture: one more try with a new child
    }
}

void PictureService::finish(Result<std::vector<Symbol>> result) {
    attempt_.reset();
    deadline_.cancel();
    const Answer answer = std::move(jobs_.front().answer);
    jobs_.pop_front();
    if (!jobs_.empty()) {
        begin_next();
    }
    answer(std::move(result)); // last: it may destroy this object
}

void PictureService::drop_child() {
    error_code ignored; // its other end is dead
    socket_.close(ignored);
    child_.reset();
}

} // namespace cartwatch::scanners
