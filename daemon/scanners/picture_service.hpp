// The decoding child on the event loop: pictures queue for one child, which is started when needed
// and replaced when it dies or takes too long. Never blocks, never throws for what a picture does.
#pragma once

#include "daemon/scanners/picture_decoder.hpp"

#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/steady_timer.hpp>

#include <deque>
#include <functional>
#include <memory>

namespace cartwatch::scanners {

// Four pictures wait behind the one in work, so that 5 x 32 MiB is the most that is held. A further
// one is refused at once: whoever holds a telephone tries again.
inline constexpr std::size_t pictures_waiting_max = 4;

class PictureService {
public:
    using Answer = std::function<void(Result<std::vector<Symbol>>)>;

    // Dropping the service ends the child; answers still owed are not given.
    explicit PictureService(boost::asio::any_io_executor executor, DecoderSettings settings = {});
    PictureService(const PictureService&) = delete;
    PictureService& operator=(const PictureService&) = delete;
    ~PictureService();

    // The answer is given exactly once, later and from the loop. Refusals as
    // PictureDecoder::decode, and unavailable where too many pictures wait.
    void decode(std::vector<std::uint8_t> picture, Answer answer);

    // The running child, or 0: for tests that kill it.
    [[nodiscard]] pid_t child() const {
        return child_ ? child_->pid() : 0;
    }

private:
    struct Job {
        std::vector<std::uint8_t> picture;
        std::array<std::uint8_t, 4> length{};
        Answer answer;
    };

    void begin_next();
    [[nodiscard]] Result<void> start_child();
    void send_picture();
    void receive_answer();
    void take_answer(std::string_view line);
    void child_died();
    void finish(Result<std::vector<Symbol>> result);
    void drop_child();

    boost::asio::any_io_executor executor_;
    DecoderSettings settings_;
    std::optional<ChildProcess> child_;
    boost::asio::local::stream_protocol::socket socket_;
    boost::asio::steady_timer deadline_;
    std::deque<Job> jobs_; // the first is in work while attempt_ is set
    std::size_t sent_ = 0; // of the first job, its length included
    std::array<char, 65536> chunk_{};
    std::string answer_;
    bool child_is_fresh_ = true;
    // Handlers hold a weak copy; one whose attempt is over does nothing.
    std::shared_ptr<bool> attempt_;
};

} // namespace cartwatch::scanners
