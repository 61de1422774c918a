#include "daemon/link/connection.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace cartwatch::link {

namespace asio = boost::asio;

namespace {

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

// Read at a time, bytes: some 130 entries of 500 bytes, which then share one commit.
constexpr std::size_t read_bytes = 64 * 1024;

// Written at a time, bytes: few system calls, and little that is in vain when a connection breaks.
constexpr std::size_t write_bytes = 256 * 1024;

// A peer that takes nothing for so many ping intervals is as dead as a silent one.
constexpr int write_intervals = 3;

// From closing to the socket's end: lets the reason reach the peer (closing a socket with bytes
// unread would throw away what is on its way).
constexpr std::chrono::milliseconds linger_max{2'000};

// A commit takes milliseconds, a checkpoint of a full disk seconds; past this the store hangs.
constexpr std::chrono::milliseconds store_wait{60'000};

SessionOptions with_digest(SessionOptions options, const journal::Digest& digest) {
    options.digest = digest;
    return options;
}

} // namespace

Connection::Connection(
    asio::ip::tcp::socket socket,
    SessionOptions options,
    const Services& services,
    ConnectionEvents events)
    : x_socket(std::move(socket)),
      x_services(&services),
      x_events(std::move(events)),
      x_limits(options.limits),
      x_session(
          with_digest(std::move(options), services.digest),
          *services.journal,
          services.clock->ticks()),
      x_lines(hello_bytes_max),
      x_incoming(read_bytes),
      x_reader(x_socket.get_executor()),
      x_writer(x_socket.get_executor()),
      x_store(x_socket.get_executor()),
      x_self(std::make_shared<Connection*>(this)) {
    boost::system::error_code ignored; // without them the link is slower, not wrong
    x_socket.set_option(asio::ip::tcp::no_delay(true), ignored);
    x_socket.set_option(asio::socket_base::keep_alive(true), ignored);
}

asio::awaitable<void> Connection::run() {
    using namespace asio::experimental::awaitable_operators;
    set_alarm();
    co_await (read_all() && write_all());
    while (x_session.is_storing() && !x_store_is_late) {
        co_await x_store.wait();
    }
    boost::system::error_code ignored;
    x_socket.close(ignored);
    x_alarm.cancel();
    x_linger.cancel();
    x_store_alarm.cancel();
    if (x_store_is_late) {
        throw std::runtime_error("the store does not answer the link");
    }
}

asio::awaitable<void> Connection::read_all() {
    while (true) {
        hear_lines();
        if (!is_closed() && !x_session.wants_input()) {
            co_await x_reader.wait();
            continue;
        }
        const auto [error, size] =
            co_await x_socket.async_read_some(asio::buffer(x_incoming), as_result);
        if (error) {
            // What came before the end is stored and acknowledged before this side ends, too.
            while (x_session.is_storing() && !is_closed()) {
                co_await x_reader.wait();
            }
            x_session.lost(
                error == asio::error::eof ? "the peer closed the connection" : error.message());
            settle();
            co_return;
        }
        x_last_contact = x_services->clock->now();
        if (!is_closed()) {
            x_lines.feed(std::string_view(x_incoming.data(), size));
        }
    }
}

asio::awaitable<void> Connection::write_all() {
    while (true) {
        if (x_session.has_output()) {
            x_outgoing = x_session.take_output(write_bytes);
            settle();
            const loop::Alarm deadline =
                x_services->clock->after(write_intervals * x_limits.ping_interval, [this] {
                    cut("the peer does not read");
                });
            const auto [error, size] =
                co_await asio::async_write(x_socket, asio::buffer(x_outgoing), as_result);
            if (error) {
                cut(error.message());
                co_return;
            }
            continue;
        }
        if (is_closed()) {
            break;
        }
        co_await x_writer.wait();
    }
    boost::system::error_code ignored; // the reader sees it as well
    x_socket.shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
}

// What settling does (an admission, a commit) may let more of the same bytes be heard.
void Connection::hear_lines() {
    bool all_heard = false;
    while (!all_heard && x_session.wants_input()) {
        all_heard = hear_while_wanted();
        settle();
    }
}

// True once no whole line is left, false where the session wants no more for now.
bool Connection::hear_while_wanted() {
    while (x_session.wants_input()) {
        const std::optional<std::string_view> line = x_lines.next();
        if (!line) {
            if (x_lines.too_long()) {
                x_session.line_too_long();
            }
            return true;
        }
        x_session.line_received(*line, x_services->clock->ticks());
        if (x_session.phase() != Session::Phase::greeting) {
            x_lines.set_limit(line_bytes_max);
        }
    }
    return false;
}

// After whatever happened: hands on what is due and wakes who has something to do.
void Connection::settle() {
    if (x_session.phase() == Session::Phase::introduced && !x_introduced) {
        x_introduced = true;
        x_events.introduced();
    }
    hand_over();
    tell_acknowledged();
    set_alarm();
    if (x_session.has_output() || is_closed()) {
        x_writer.notify();
    }
    if (x_session.wants_input() || is_closed()) {
        x_reader.notify();
    }
    x_events.changed();
}

void Connection::hand_over() {
    while (x_session.has_entries() && !x_store_is_late) {
        x_services->journal->store_received(
            x_session.take_entries(),
            [self = std::weak_ptr<Connection*>(x_self)](const Result<void>& outcome) {
                if (const auto found = self.lock()) {
                    (*found)->batch_done(outcome);
                }
            });
        if (x_session.is_storing() && !x_session.has_entries()) { // not answered within the call
            x_store_alarm = x_services->clock->after(store_wait, [this] { store_is_late(); });
        }
    }
}

void Connection::batch_done(const Result<void>& outcome) {
    x_store_alarm.cancel();
    if (outcome) {
        x_session.stored();
    } else {
        x_session.not_stored(outcome.error().text);
    }
    x_reader.notify();
    x_store.notify();
    settle();
}

void Connection::store_is_late() {
    x_store_is_late = true;
    x_store.notify();
    x_reader.notify();
    close("not_stored", "the store does not answer");
}

void Connection::tell_acknowledged() {
    const bool ran = x_session.phase() == Session::Phase::running || x_told_acknowledged;
    if (ran && x_told_acknowledged != x_session.acknowledged()) {
        x_told_acknowledged = x_session.acknowledged();
        x_services->journal->acknowledged(x_session.peer(), x_session.acknowledged());
    }
}

// An alarm that rings early costs one look at the time; one for each line would cost more.
void Connection::set_alarm() {
    if (is_closed()) {
        x_alarm.cancel();
        if (!x_alarm_at || *x_alarm_at != Ticks::max()) {
            x_alarm_at = Ticks::max();
            x_linger = x_services->clock->after(linger_max, [this] {
                boost::system::error_code ignored;
                x_socket.close(ignored);
                x_reader.notify();
                x_writer.notify();
            });
        }
        return;
    }
    const Ticks due = x_session.next_due();
    if (due == Ticks::max() || (x_alarm_at && *x_alarm_at <= due)) {
        return;
    }
    x_alarm_at = due;
    const Ticks wait = std::max(due - x_services->clock->ticks(), Ticks{0});
    x_alarm = x_services->clock->after(wait, [this] {
        x_alarm_at.reset();
        x_session.time_passed(x_services->clock->ticks());
        settle();
    });
}

void Connection::cut(const std::string& text) {
    x_session.lost(text);
    boost::system::error_code ignored;
    x_socket.close(ignored);
    settle();
}

void Connection::admit() {
    x_session.admit(x_services->clock->ticks());
    settle();
}

void Connection::own_journal_grew() {
    x_session.own_journal_grew();
    settle();
}

void Connection::close(std::string code, std::string text) {
    x_session.refuse(std::move(code), std::move(text));
    settle();
}

const Session& Connection::session() const {
    return x_session;
}

std::optional<Instant> Connection::last_contact() const {
    return x_last_contact;
}

bool Connection::is_closed() const {
    return x_session.phase() == Session::Phase::closed;
}

} // namespace cartwatch::link
