#include "daemon/link/wire.hpp"

#include "scanner/values/ensure.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <span>

namespace cartwatch::link {

namespace asio = boost::asio;

namespace {

using Step = crypto::TlsStep;

constexpr auto as_values = asio::as_tuple(asio::use_awaitable);

bool is_waiting(const Step& step) {
    return step.outcome == Step::Outcome::wants_read || step.outcome == Step::Outcome::wants_write;
}

// What a failure of TLS itself is called; Wire::text_of says more.
boost::system::error_code tls_failed() {
    return make_error_code(boost::system::errc::protocol_error);
}

} // namespace

Result<TlsContext> answering_context(const crypto::Credentials& credentials) {
    TlsContext context = crypto::new_tls_context();
    const auto done = crypto::set_up_answering(*context, credentials);
    if (!done) {
        return Unexpected(done.error());
    }
    return context;
}

Result<TlsContext> calling_context(const crypto::Credentials& credentials) {
    TlsContext context = crypto::new_tls_context();
    const auto done = crypto::set_up_calling(*context, credentials);
    if (!done) {
        return Unexpected(done.error());
    }
    return context;
}

TlsContext joining_context() {
    TlsContext context = crypto::new_tls_context();
    crypto::set_up_joining(*context);
    return context;
}

Wire::Wire(Socket socket) : socket_(std::move(socket)) {}

asio::awaitable<boost::system::error_code>
Wire::call(const TlsContext& context, crypto::Talk talk, Instant now) {
    begin(context);
    crypto::begin_calling(tls_->handle(), talk, now);
    const auto error = co_await shake_hands(&crypto::TlsStream::call);
    co_return error;
}

asio::awaitable<boost::system::error_code> Wire::answer(const TlsContext& context, Instant now) {
    begin(context);
    crypto::begin_answering(tls_->handle(), now);
    const auto error = co_await shake_hands(&crypto::TlsStream::answer);
    co_return error;
}

void Wire::begin(const TlsContext& context) {
    ensure(!tls_, "TLS begins once");
    boost::system::error_code ignored; // a socket that cannot do it fails at the first step
    socket_.non_blocking(true, ignored);
    tls_.emplace(context, socket_.native_handle());
}

asio::awaitable<boost::system::error_code> Wire::shake_hands(Shaking step) {
    boost::system::error_code error;
    while (!error && socket_.is_open()) {
        const Step made = ((*tls_).*step)();
        if (made.outcome == Step::Outcome::done) {
            co_return error;
        }
        error = error_of(made);
        if (is_waiting(made)) {
            error = co_await wait_for(made.outcome);
        }
    }
    co_return error ? error : make_error_code(asio::error::operation_aborted);
}

asio::awaitable<boost::system::error_code> Wire::wait_for(Step::Outcome wanted) {
    const auto what = wanted == Step::Outcome::wants_write ? Socket::wait_write : Socket::wait_read;
    const auto [error] = co_await socket_.async_wait(what, as_values);
    begin_turn();
    co_return error;
}

void Wire::begin_turn() {
    if (tls_) {
        tls_->begin_turn();
    }
}

asio::awaitable<boost::system::error_code> Wire::readable() {
    if (!socket_.non_blocking()) {
        boost::system::error_code ignored; // a socket that cannot do it fails when it is read
        socket_.non_blocking(true, ignored);
    }
    if (tls_ && tls_->has_pending() && waits_for_ == Step::Outcome::done) {
        co_await asio::post(socket_.get_executor(), asio::use_awaitable);
        begin_turn();
        co_return socket_.is_open() ? boost::system::error_code()
                                    : make_error_code(asio::error::operation_aborted);
    }
    const auto error = co_await wait_for(waits_for_);
    co_return error;
}

Wire::Outcome Wire::read(asio::mutable_buffer buffer) {
    boost::system::error_code error;
    if (!tls_) {
        const std::size_t size = socket_.read_some(buffer, error);
        return Outcome(error, size);
    }
    if (!socket_.is_open()) { // its number may be another's by now
        return Outcome(asio::error::operation_aborted, 0);
    }
    const Step step = tls_->read(std::span<char>(static_cast<char*>(buffer.data()), buffer.size()));
    waits_for_ = is_waiting(step) ? step.outcome : Step::Outcome::done;
    return Outcome(error_of(step), step.size);
}

asio::awaitable<Wire::Outcome> Wire::read_some(asio::mutable_buffer buffer) {
    Outcome outcome(asio::error::would_block, 0);
    while (outcome.first == asio::error::would_block) {
        const auto error = co_await readable();
        outcome = error ? Outcome(error, 0) : read(buffer);
    }
    co_return outcome;
}

asio::awaitable<boost::system::error_code> Wire::write(std::string_view bytes) {
    if (tls_) {
        const auto failure = co_await write_tls(bytes);
        co_return failure;
    }
    const auto buffer = asio::buffer(bytes.data(), bytes.size());
    const auto [error, size] = co_await asio::async_write(socket_, buffer, as_values);
    co_return error;
}

asio::awaitable<boost::system::error_code> Wire::write_tls(std::string_view bytes) {
    boost::system::error_code error;
    while (!bytes.empty() && !error) {
        if (!socket_.is_open()) { // as above
            co_return make_error_code(asio::error::operation_aborted);
        }
        const Step step = tls_->write(bytes);
        if (is_waiting(step)) {
            error = co_await wait_for(step.outcome);
        } else {
            error = error_of(step);
            bytes.remove_prefix(step.size);
        }
    }
    co_return error;
}

boost::system::error_code Wire::error_of(const Step& step) {
    switch (step.outcome) {
    case Step::Outcome::done:
        break;
    case Step::Outcome::wants_read:
    case Step::Outcome::wants_write:
        return asio::error::would_block;
    case Step::Outcome::ended:
        return asio::error::eof;
    case Step::Outcome::flooded:
        flooded_ = true;
        return tls_failed();
    case Step::Outcome::failed:
        reason_ = step.reason;
        return step.reason != 0
                   ? tls_failed()
                   : boost::system::error_code(step.system, boost::system::system_category());
    }
    return {};
}

void Wire::shut_down_sending() {
    boost::system::error_code ignored; // who reads sees it as well
    socket_.shutdown(Socket::shutdown_send, ignored);
}

void Wire::close() {
    boost::system::error_code ignored; // closing what is closed
    socket_.close(ignored);
}

std::string Wire::text_of(const boost::system::error_code& error) {
    if (error == asio::error::eof) {
        return "the peer closed the connection";
    }
    if (flooded_) {
        return "it sends TLS records that carry nothing, and no end of them";
    }
    if (tls_ && reason_ != 0 && error == tls_failed()) {
        return crypto::tls_problem(tls_->handle(), reason_);
    }
    return error.message();
}

bool Wire::is_open() const {
    return socket_.is_open();
}

bool Wire::is_of_tls(const boost::system::error_code& error) const {
    return tls_ && error == tls_failed();
}

bool Wire::was_flooded() const {
    return flooded_;
}

Wire::Socket& Wire::socket() {
    return socket_;
}

ssl_st* Wire::tls() {
    return tls_ ? &tls_->handle() : nullptr;
}

} // namespace cartwatch::link
