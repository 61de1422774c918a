#include "daemon/link/wire.hpp"

#include "scanner/values/ensure.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

namespace cartwatch::link {

namespace asio = boost::asio;

namespace {

constexpr auto as_values = asio::as_tuple(asio::use_awaitable);

TlsContext new_context() {
    return std::make_shared<asio::ssl::context>(asio::ssl::context::tlsv13);
}

} // namespace

Result<TlsContext> answering_context(const crypto::Credentials& credentials) {
    TlsContext context = new_context();
    const auto done = crypto::set_up_answering(*context->native_handle(), credentials);
    if (!done) {
        return Unexpected(done.error());
    }
    return context;
}

Result<TlsContext> calling_context(const crypto::Credentials& credentials) {
    TlsContext context = new_context();
    const auto done = crypto::set_up_calling(*context->native_handle(), credentials);
    if (!done) {
        return Unexpected(done.error());
    }
    return context;
}

TlsContext joining_context() {
    TlsContext context = new_context();
    crypto::set_up_joining(*context->native_handle());
    return context;
}

Wire::Wire(Socket socket) : plain_(std::move(socket)) {}

asio::awaitable<boost::system::error_code>
Wire::call(const TlsContext& context, crypto::Talk talk, Instant now) {
    ensure(!tls_, "TLS begins once");
    context_ = context;
    tls_ = std::make_unique<TlsStream>(std::move(plain_), *context_);
    crypto::begin_calling(*tls_->native_handle(), talk, now);
    const auto [error] = co_await tls_->async_handshake(TlsStream::client, as_values);
    co_return error;
}

asio::awaitable<boost::system::error_code> Wire::answer(const TlsContext& context, Instant now) {
    ensure(!tls_, "TLS begins once");
    context_ = context;
    tls_ = std::make_unique<TlsStream>(std::move(plain_), *context_);
    crypto::begin_answering(*tls_->native_handle(), now);
    const auto [error] = co_await tls_->async_handshake(TlsStream::server, as_values);
    co_return error;
}

asio::awaitable<Wire::Outcome> Wire::read_some(asio::mutable_buffer buffer) {
    if (tls_) {
        const auto [error, size] = co_await tls_->async_read_some(buffer, as_values);
        co_return Outcome(error, size);
    }
    const auto [error, size] = co_await plain_.async_read_some(buffer, as_values);
    co_return Outcome(error, size);
}

asio::awaitable<boost::system::error_code> Wire::write(std::string_view bytes) {
    const auto buffer = asio::buffer(bytes.data(), bytes.size());
    if (tls_) {
        const auto [error, size] = co_await asio::async_write(*tls_, buffer, as_values);
        co_return error;
    }
    const auto [error, size] = co_await asio::async_write(plain_, buffer, as_values);
    co_return error;
}

void Wire::shut_down_sending() {
    boost::system::error_code ignored; // who reads sees it as well
    socket().shutdown(Socket::shutdown_send, ignored);
}

void Wire::close() {
    boost::system::error_code ignored; // closing what is closed
    socket().close(ignored);
}

std::string Wire::text_of(const boost::system::error_code& error) {
    if (error == asio::error::eof || error == asio::ssl::error::stream_truncated) {
        return "the peer closed the connection";
    }
    if (tls_ && error.category() == asio::error::get_ssl_category()) {
        const auto reason = static_cast<unsigned long>(static_cast<unsigned>(error.value()));
        return crypto::tls_problem(*tls_->native_handle(), reason, "TLS: " + error.message());
    }
    return error.message();
}

Wire::Socket& Wire::socket() {
    return tls_ ? tls_->next_layer() : plain_;
}

ssl_st* Wire::tls() {
    return tls_ ? tls_->native_handle() : nullptr;
}

} // namespace cartwatch::link
