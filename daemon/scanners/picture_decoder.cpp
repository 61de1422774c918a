#include "daemon/scanners/picture_decoder.hpp"

#include "scanner/wire/picture_answer.hpp"

#include <algorithm>
#include <array>
#include <cerrno>

#include <poll.h>
#include <sys/socket.h>

namespace cartwatch::scanners {

namespace {

// Waits for the events, at most until the deadline; false when it has passed.
bool wait_for(int socket, short events, std::chrono::steady_clock::time_point deadline) {
    while (true) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(
            deadline - std::chrono::steady_clock::now());
        if (left.count() <= 0) {
            return false;
        }
        pollfd poll_socket{socket, events, 0};
        const int outcome = ::poll(&poll_socket, 1, static_cast<int>(left.count()));
        if (outcome > 0) {
            return true;
        }
        if (outcome < 0 && errno != EINTR) {
            return true; // let the call that follows name the error
        }
    }
}

bool would_block() {
    return errno == EAGAIN || errno == EINTR;
}

} // namespace

Error picture_killed_child(const std::string& ending) {
    return {
        ErrorCode::unavailable,
        "the picture decoder gave up on this picture (" + ending
            + "); take another picture, straight and close"};
}

Error picture_took_too_long(std::chrono::milliseconds deadline) {
    return {
        ErrorCode::unavailable,
        "the picture took longer than " + std::to_string(deadline.count())
            + " ms to decode; make it smaller"};
}

PictureDecoder::PictureDecoder(DecoderSettings settings) : settings_(std::move(settings)) {}

Result<std::vector<Symbol>> PictureDecoder::decode(std::span<const std::uint8_t> picture) {
    if (picture.size() > picture_bytes_max) {
        return refused(ErrorCode::too_large, "the picture has more than 32 MiB; make it smaller");
    }
    // A child left from the picture before may have died in between: that is no fault of this
    // picture, which gets one more try with a new child.
    for (bool fresh = false; true; fresh = true) {
        fresh = fresh || !child_;
        if (!child_) {
            auto child = ChildProcess::start(settings_.program, {"--decode"});
            if (!child) {
                return refused(ErrorCode::not_found, child.error().text);
            }
            child_.emplace(std::move(*child));
        }
        std::string answer;
        const Outcome outcome = ask(picture, answer);
        if (outcome == Outcome::answered) {
            auto symbols = wire::parse_picture_answer(answer);
            if (!symbols && symbols.error().code == ErrorCode::unavailable) {
                child_.reset(); // it does not keep to the protocol: nothing more is believed
            }
            return symbols;
        }
        const Error error = lost_child(outcome);
        if (fresh || outcome == Outcome::late) {
            return tl::unexpected(error);
        }
    }
}

Error PictureDecoder::lost_child(Outcome outcome) {
    const std::string ending = child_->end();
    child_.reset();
    return outcome == Outcome::late ? picture_took_too_long(settings_.deadline)
                                    : picture_killed_child(ending);
}

PictureDecoder::Outcome
PictureDecoder::ask(std::span<const std::uint8_t> picture, std::string& answer) {
    const Deadline deadline = std::chrono::steady_clock::now() + settings_.deadline;
    const auto length = wire::to_picture_length(static_cast<std::uint32_t>(picture.size()));
    const Outcome head = send_whole(length, deadline);
    if (head != Outcome::answered) {
        return head;
    }
    const Outcome body = send_whole(picture, deadline);
    return body == Outcome::answered ? receive_line(answer, deadline) : body;
}

PictureDecoder::Outcome
PictureDecoder::send_whole(std::span<const std::uint8_t> bytes, Deadline deadline) const {
    while (!bytes.empty()) {
        const ssize_t put =
            ::send(child_->socket(), bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (put >= 0) {
            bytes = bytes.subspan(static_cast<std::size_t>(put));
        } else if (!would_block()) {
            return Outcome::died;
        } else if (!wait_for(child_->socket(), POLLOUT, deadline)) {
            return Outcome::late;
        }
    }
    return Outcome::answered;
}

PictureDecoder::Outcome PictureDecoder::receive_line(std::string& line, Deadline deadline) const {
    std::array<char, 65536> chunk{};
    while (line.size() <= wire::picture_answer_max) {
        const ssize_t got = ::recv(child_->socket(), chunk.data(), chunk.size(), MSG_DONTWAIT);
        if (got > 0) {
            line.append(chunk.data(), static_cast<std::size_t>(got));
            if (line.back() == '\n') {
                line.pop_back();
                return Outcome::answered;
            }
        } else if (got == 0 || !would_block()) {
            return Outcome::died;
        } else if (!wait_for(child_->socket(), POLLIN, deadline)) {
            return Outcome::late;
        }
    }
    return Outcome::died; // more than any answer has: it is ended and not listened to
}

} // namespace cartwatch::scanners
