#include "daemon/link/connection.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

#include <netinet/tcp.h>

namespace cartwatch::link {

namespace asio = boost::asio;

namespace {

// Read at a time, bytes: some 65 entries of 500 bytes, which then share one commit. A millisecond's
// work: with a hundred wards that all send at full speed each still has ten turns a second.
constexpr std::size_t read_bytes = 32 * 1024;

// Written at a time, bytes: few system calls, and little that is in vain when a connection breaks.
// It bounds what a peer that takes nothing holds of the memory, too.
constexpr std::size_t write_bytes = 64 * 1024;

// A peer that takes nothing for so many ping intervals is as dead as a silent one.
constexpr int write_intervals = 3;

// What must have been taken in that time, bytes: a line of 1 kB/s does it in 16 s.
constexpr std::size_t piece_bytes = 16 * 1024;

// So much may wait unsent in the kernel, bytes. Without a bound a peer on a thin line looks dead:
// the kernel asks for more only when a third of its buffer, which may be megabytes, has been taken.
struct UnsentMax {
    template <class Protocol>
    [[nodiscard]] int level(const Protocol& /*any*/) const {
        return IPPROTO_TCP;
    }

    template <class Protocol>
    [[nodiscard]] int name(const Protocol& /*any*/) const {
        return TCP_NOTSENT_LOWAT;
    }

    template <class Protocol>
    [[nodiscard]] const void* data(const Protocol& /*any*/) const {
        return &bytes;
    }

    template <class Protocol>
    [[nodiscard]] std::size_t size(const Protocol& /*any*/) const {
        return sizeof(bytes);
    }

    int bytes = static_cast<int>(piece_bytes);
};

// From closing to the socket's end: lets the reason reach the peer (closing a socket with bytes
// unread would throw away what is on its way).
constexpr std::chrono::milliseconds linger_max{2'000};

// A commit takes milliseconds, a checkpoint of a full disk seconds; where nothing at all was stored
// for so long the store hangs.
constexpr std::chrono::milliseconds store_wait{60'000};

SessionOptions completed(SessionOptions options, const Services& services) {
    options.digest = services.digest;
    options.marks = services.marks;
    return options;
}

} // namespace

Connection::Connection(
    Wire wire, SessionOptions options, const Services& services, ConnectionEvents events)
    : wire_(std::move(wire)),
      services_(&services),
      events_(std::move(events)),
      limits_(options.limits),
      session_(completed(std::move(options), services), *services.journal, services.clock->ticks()),
      lines_(hello_bytes_max),
      reader_(wire_.socket().get_executor()),
      writer_(wire_.socket().get_executor()),
      store_(wire_.socket().get_executor()),
      self_(std::make_shared<Connection*>(this)) {
    boost::system::error_code ignored; // without them the link is slower, not wrong
    wire_.socket().set_option(asio::ip::tcp::no_delay(true), ignored);
    wire_.socket().set_option(asio::socket_base::keep_alive(true), ignored);
    wire_.socket().set_option(UnsentMax{}, ignored);
}

asio::awaitable<void> Connection::run() {
    using namespace asio::experimental::awaitable_operators;
    set_alarm();
    co_await (read_all() && write_all());
    while (session_.is_storing() && !store_is_late_) {
        co_await store_.wait();
    }
    wire_.close();
    alarm_.cancel();
    linger_.cancel();
    store_alarm_.cancel();
    if (store_is_late_) {
        throw std::runtime_error("the store does not answer the link");
    }
}

asio::awaitable<void> Connection::read_all() {
    while (true) {
        hear_lines();
        if (!is_closed() && !session_.wants_input()) {
            co_await reader_.wait();
            continue;
        }
        auto error = co_await wire_.readable();
        if (!error) {
            error = take_bytes();
        }
        if (error) {
            // What came before the end is stored and acknowledged before this side ends, too.
            while (session_.is_storing() && !is_closed()) {
                co_await reader_.wait();
            }
            session_.lost(wire_.text_of(error));
            settle();
            co_return;
        }
    }
}

// What has come, up to read_bytes. The buffer is nobody's between two calls: a thousand silent
// connections hold none.
boost::system::error_code Connection::take_bytes() {
    std::array<char, read_bytes> buffer; // NOLINT: written before it is read
    std::size_t size = 0;
    boost::system::error_code error;
    while (!error && size < buffer.size()) {
        const auto outcome = wire_.read(asio::buffer(buffer.data() + size, buffer.size() - size));
        error = outcome.first;
        size += outcome.second;
    }
    if (size > 0) {
        last_contact_ = services_->clock->now();
        session_.bytes_received(services_->clock->ticks(), lines_.waiting());
        if (!is_closed()) {
            lines_.feed(std::string_view(buffer.data(), size));
        }
    }
    // An end that stands behind bytes is met again by the next call, after they were heard.
    return size > 0 || error == asio::error::would_block ? boost::system::error_code() : error;
}

asio::awaitable<void> Connection::write_all() {
    while (true) {
        if (session_.has_output()) {
            outgoing_ = session_.take_output(write_bytes);
            settle();
            const auto error = co_await write_out();
            std::string().swap(outgoing_); // assigning would keep the memory
            if (error) {
                cut(wire_.text_of(error));
                co_return;
            }
            continue;
        }
        if (is_closed()) {
            break;
        }
        co_await writer_.wait();
    }
    wire_.shut_down_sending();
}

// Each piece has its own time: a thin line is not a dead one.
asio::awaitable<boost::system::error_code> Connection::write_out() {
    boost::system::error_code error;
    std::string_view left = outgoing_;
    while (!left.empty() && !error) {
        const std::string_view piece = left.substr(0, piece_bytes);
        const loop::Alarm deadline = services_->clock->after(
            write_intervals * limits_.ping_interval, [this] { cut("the peer does not read"); });
        error = co_await wire_.write(piece);
        left.remove_prefix(piece.size());
    }
    co_return error;
}

// What settling does (an admission, a commit) may let more of the same bytes be heard.
void Connection::hear_lines() {
    bool all_heard = false;
    while (!all_heard && session_.wants_input()) {
        all_heard = hear_while_wanted();
        settle();
    }
}

// True once no whole line is left, false where the session wants no more for now.
bool Connection::hear_while_wanted() {
    while (session_.wants_input()) {
        const std::optional<std::string_view> line = lines_.next();
        if (!line) {
            if (lines_.too_long()) {
                session_.line_too_long();
            }
            return true;
        }
        session_.line_received(*line, services_->clock->ticks());
        if (session_.phase() != Session::Phase::greeting) {
            lines_.set_limit(line_bytes_max);
        }
    }
    return false;
}

// After whatever happened: hands on what is due and wakes who has something to do.
void Connection::settle() {
    if (session_.phase() == Session::Phase::introduced && !introduced_) {
        introduced_ = true;
        events_.introduced();
    }
    hand_over();
    tell_acknowledged();
    set_alarm();
    if (session_.has_output() || is_closed()) {
        writer_.notify();
    }
    if (session_.wants_input() || is_closed()) {
        reader_.notify();
    }
    events_.changed();
}

void Connection::hand_over() {
    while (session_.has_entries() && !store_is_late_) {
        services_->journal->store_received(
            session_.take_entries(),
            [self = std::weak_ptr<Connection*>(self_)](const Result<void>& outcome) {
                if (const auto found = self.lock()) {
                    (*found)->batch_done(outcome);
                }
            });
        if (session_.is_storing() && !session_.has_entries()) { // not answered within the call
            wait_for_store();
        }
    }
}

void Connection::batch_done(const Result<void>& outcome) {
    store_alarm_.cancel();
    if (outcome) {
        session_.stored();
    } else {
        session_.not_stored(outcome.error());
    }
    reader_.notify();
    store_.notify();
    settle();
}

std::int64_t Connection::stored() const {
    return services_->journal->head(session_.peer()).seq
           + services_->journal->head(session_.node()).seq;
}

void Connection::wait_for_store() {
    store_alarm_ = services_->clock->after(store_wait, [this, before = stored()] {
        stored() > before ? wait_for_store() : store_is_late();
    });
}

void Connection::store_is_late() {
    store_is_late_ = true;
    store_.notify();
    reader_.notify();
    close("not_stored", "the store does not answer");
}

void Connection::tell_acknowledged() {
    const bool ran = session_.phase() == Session::Phase::running || told_acknowledged_;
    if (ran && told_acknowledged_ != session_.acknowledged()) {
        told_acknowledged_ = session_.acknowledged();
        services_->journal->acknowledged(session_.peer(), session_.acknowledged());
    }
}

// An alarm that rings early costs one look at the time; one for each line would cost more.
void Connection::set_alarm() {
    if (is_closed()) {
        alarm_.cancel();
        if (!alarm_at_ || *alarm_at_ != Ticks::max()) {
            alarm_at_ = Ticks::max();
            linger_ = services_->clock->after(linger_max, [this] {
                wire_.close();
                reader_.notify();
                writer_.notify();
            });
        }
        return;
    }
    const Ticks due = session_.next_due();
    if (due == Ticks::max() || (alarm_at_ && *alarm_at_ <= due)) {
        return;
    }
    alarm_at_ = due;
    const Ticks wait = std::max(due - services_->clock->ticks(), Ticks{0});
    alarm_ = services_->clock->after(wait, [this] {
        alarm_at_.reset();
        session_.time_passed(services_->clock->ticks());
        settle();
    });
}

void Connection::cut(const std::string& text) {
    session_.lost(text);
    wire_.close();
    settle();
}

void Connection::admit() {
    session_.admit(services_->clock->ticks());
    settle();
}

void Connection::own_journal_grew() {
    session_.own_journal_grew();
    settle();
}

void Connection::ask_back() {
    session_.ask_back(services_->clock->ticks());
    settle();
}

void Connection::close(std::string code, std::string text) {
    session_.refuse(std::move(code), std::move(text));
    settle();
}

bool Connection::was_flooded() const {
    return wire_.was_flooded();
}

bool Connection::lingers() const {
    return is_closed() && wire_.is_open();
}

const Session& Connection::session() const {
    return session_;
}

std::optional<Instant> Connection::last_contact() const {
    return last_contact_;
}

bool Connection::is_closed() const {
    return session_.phase() == Session::Phase::closed;
}

} // namespace cartwatch::link
