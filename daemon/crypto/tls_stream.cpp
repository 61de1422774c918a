#include "daemon/crypto/tls_stream.hpp"

#include "scanner/values/ensure.hpp"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>

#include <cerrno>
#include <cstdint>

#include <sys/socket.h>

namespace cartwatch::crypto {

namespace {

int socket_of(BIO* bio) {
    return static_cast<int>(reinterpret_cast<std::intptr_t>(BIO_get_data(bio)));
}

bool is_passing(int error) {
    return error == EAGAIN || error == EINTR;
}

// OpenSSL's own socket BIO writes with write(2), which kills the process where the peer is gone.
int send_some(BIO* bio, const char* bytes, int size) {
    BIO_clear_retry_flags(bio);
    const auto sent = ::send(socket_of(bio), bytes, static_cast<std::size_t>(size), MSG_NOSIGNAL);
    if (sent < 0 && is_passing(errno)) {
        BIO_set_retry_write(bio);
    }
    return static_cast<int>(sent);
}

int receive_some(BIO* bio, char* buffer, int size) {
    BIO_clear_retry_flags(bio);
    const auto received = ::recv(socket_of(bio), buffer, static_cast<std::size_t>(size), 0);
    if (received < 0 && is_passing(errno)) {
        BIO_set_retry_read(bio);
    }
    return static_cast<int>(received);
}

// Nothing is kept here that could be flushed; every other question is answered with no.
long control(BIO* /*bio*/, int command, long /*number*/, void* /*pointer*/) {
    return command == BIO_CTRL_FLUSH ? 1 : 0;
}

BIO_METHOD* make_socket_method() {
    BIO_METHOD* method =
        BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "a socket without signals");
    ensure(
        method != nullptr && BIO_meth_set_write(method, send_some) == 1
            && BIO_meth_set_read(method, receive_some) == 1
            && BIO_meth_set_ctrl(method, control) == 1,
        "OpenSSL has memory for a kind of BIO");
    return method;
}

BIO* new_socket_bio(int socket) {
    static BIO_METHOD* const method = make_socket_method(); // as long as the process
    BIO* bio = BIO_new(method);
    ensure(bio != nullptr, "OpenSSL has memory for a connection");
    BIO_set_data(bio, reinterpret_cast<void*>(static_cast<std::intptr_t>(socket)));
    BIO_set_init(bio, 1);
    return bio;
}

} // namespace

TlsContext new_tls_context() {
    TlsContext context(SSL_CTX_new(TLS_method()), SSL_CTX_free);
    ensure(context != nullptr, "OpenSSL has memory for a context");
    return context;
}

void TlsStream::Free::operator()(ssl_st* connection) const {
    SSL_free(connection);
}

TlsStream::TlsStream(TlsContext context, int socket)
    : context_(std::move(context)), connection_(SSL_new(context_.get())) {
    ensure(connection_ != nullptr, "OpenSSL has memory for a connection");
    BIO* bio = new_socket_bio(socket);
    SSL_set_bio(connection_.get(), bio, bio); // which takes it over
}

TlsStep TlsStream::call() {
    ERR_clear_error();
    errno = 0;
    return judged(SSL_connect(connection_.get()), 0);
}

TlsStep TlsStream::answer() {
    ERR_clear_error();
    errno = 0;
    return judged(SSL_accept(connection_.get()), 0);
}

TlsStep TlsStream::read(std::span<char> buffer) {
    ERR_clear_error();
    errno = 0;
    std::size_t size = 0;
    const int result = SSL_read_ex(connection_.get(), buffer.data(), buffer.size(), &size);
    return judged(result, size);
}

TlsStep TlsStream::write(std::string_view bytes) {
    ERR_clear_error();
    errno = 0;
    std::size_t size = 0;
    const int result = SSL_write_ex(connection_.get(), bytes.data(), bytes.size(), &size);
    return judged(result, size);
}

TlsStep TlsStream::judged(int result, std::size_t size) {
    const int system = errno;
    TlsStep step;
    step.size = size;
    switch (SSL_get_error(connection_.get(), result)) {
    case SSL_ERROR_NONE:
        break;
    case SSL_ERROR_WANT_READ:
        step.outcome = TlsStep::Outcome::wants_read;
        break;
    case SSL_ERROR_WANT_WRITE:
        step.outcome = TlsStep::Outcome::wants_write;
        break;
    case SSL_ERROR_ZERO_RETURN:
        step.outcome = TlsStep::Outcome::ended;
        break;
    default:
        step.reason = ERR_get_error();
        step.system = system;
        step.outcome =
            step.reason == 0 && system == 0 ? TlsStep::Outcome::ended : TlsStep::Outcome::failed;
        break;
    }
    ERR_clear_error();
    return step;
}

bool TlsStream::has_pending() const {
    return SSL_has_pending(connection_.get()) == 1;
}

ssl_st& TlsStream::handle() {
    return *connection_;
}

} // namespace cartwatch::crypto
