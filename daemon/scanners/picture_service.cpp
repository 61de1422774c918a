#include "daemon/scanners/picture_service.hpp"

#include "scanner/wire/picture_answer.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>

namespace cartwatch::scanners {

namespace asio = boost::asio;
using boost::system::error_code;

PictureService::PictureService(asio::any_io_executor executor, DecoderSettings settings)
    : x_executor(std::move(executor)),
      x_settings(std::move(settings)),
      x_socket(x_executor),
      x_deadline(x_executor) {}

PictureService::~PictureService() = default;

void PictureService::decode(std::vector<std::uint8_t> picture, Answer answer) {
    const bool too_many = x_jobs.size() > pictures_waiting_max;
    if (too_many || picture.size() > picture_bytes_max) {
        Error error{ErrorCode::unavailable, "too many pictures wait to be decoded; try again"};
        if (!too_many) {
            error = {ErrorCode::too_large, "the picture has more than 32 MiB; make it smaller"};
        }
        asio::post(
            x_executor, [answer = std::move(answer), error] { answer(tl::unexpected(error)); });
        return;
    }
    Job job;
    job.length = wire::to_picture_length(static_cast<std::uint32_t>(picture.size()));
    job.picture = std::move(picture);
    job.answer = std::move(answer);
    x_jobs.push_back(std::move(job));
    if (!x_attempt) {
        begin_next();
    }
}

void PictureService::begin_next() {
    x_attempt = std::make_shared<bool>(true);
    const std::weak_ptr<bool> attempt = x_attempt;
    // A step of its own: an answer is never given from within decode().
    asio::post(x_executor, [this, attempt] {
        if (attempt.expired()) {
            return;
        }
        x_child_is_fresh = !x_child;
        const auto started = x_child ? Result<void>() : start_child();
        if (!started) {
            finish(tl::unexpected(started.error()));
            return;
        }
        x_deadline.expires_after(x_settings.deadline);
        x_deadline.async_wait([this, attempt](error_code error) {
            if (!error && !attempt.expired()) {
                drop_child();
                finish(tl::unexpected(picture_took_too_long(x_settings.deadline)));
            }
        });
        x_sent = 0;
        x_answer.clear();
        send_picture();
    });
}

Result<void> PictureService::start_child() {
    auto child = ChildProcess::start(x_settings.program, {"--decode"});
    if (!child) {
        return refused(ErrorCode::not_found, child.error().text);
    }
    x_child.emplace(std::move(*child));
    x_socket.assign(asio::local::stream_protocol(), x_child->release_socket());
    return {};
}

// Steps and not composed operations: those would go on with a socket that is gone where the service
// is destroyed between two of their steps.
void PictureService::send_picture() {
    const std::weak_ptr<bool> attempt = x_attempt;
    const Job& job = x_jobs.front();
    const bool head = x_sent < job.length.size();
    const asio::const_buffer rest = head ? asio::buffer(job.length) + x_sent
                                         : asio::buffer(job.picture) + (x_sent - job.length.size());
    x_socket.async_write_some(rest, [this, attempt](error_code error, std::size_t count) {
        if (attempt.expired()) {
            return;
        }
        x_sent += count;
        if (error) {
            child_died();
        } else if (x_sent < x_jobs.front().length.size() + x_jobs.front().picture.size()) {
            send_picture();
        } else {
            receive_answer();
        }
    });
}

void PictureService::receive_answer() {
    const std::weak_ptr<bool> attempt = x_attempt;
    x_socket.async_read_some(
        asio::buffer(x_chunk), [this, attempt](error_code error, std::size_t count) {
            if (attempt.expired()) {
                return;
            }
            x_answer.append(x_chunk.data(), count);
            const std::size_t end = x_answer.find('\n', x_answer.size() - count);
            if (end != std::string::npos) {
                take_answer(std::string_view(x_answer).substr(0, end));
            } else if (error || x_answer.size() > wire::picture_answer_max) {
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
    const std::string ending = x_child->end();
    const bool was_fresh = x_child_is_fresh;
    drop_child();
    if (was_fresh) {
        finish(tl::unexpected(picture_killed_child(ending)));
    } else {
        begin_next(); // it may have died before this picture: one more try with a new child
    }
}

void PictureService::finish(Result<std::vector<Symbol>> result) {
    x_attempt.reset();
    x_deadline.cancel();
    const Answer answer = std::move(x_jobs.front().answer);
    x_jobs.pop_front();
    if (!x_jobs.empty()) {
        begin_next();
    }
    answer(std::move(result)); // last: it may destroy this object
}

void PictureService::drop_child() {
    error_code ignored; // its other end is dead
    x_socket.close(ignored);
    x_child.reset();
}

} // namespace cartwatch::scanners
