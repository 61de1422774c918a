#include "daemon/crypto/tls_stream.hpp"

#include "scanner/values/ensure.hpp"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <cerrno>

#include <sys/socket.h>

namespace cartwatch::crypto {

// What comes off the socket, which is one number for OpenSSL: here it is counted.
struct TlsStream::Intake {
    int socket = -1;
    std::size_t turn_left = tls_turn_bytes;
    std::uint64_t taken = 0;
    std::uint64_t content = 0;

    [[nodiscard]] bool is_flooded() const {
        return taken > tls_bare_bytes_max + (1 + tls_bare_bytes_each) * content;
    }

    static Intake& of(BIO* bio) {
        return *static_cast<Intake*>(BIO_get_data(bio));
    }

    static int send_some(BIO* bio, const char* bytes, int size);
    static int receive_some(BIO* bio, char* buffer, int size);
    static BIO_METHOD* make_method();
    static BIO* new_bio(Intake& intake);
};

namespace {

bool is_passing(int error) {
    return error == EAGAIN || error == EINTR;
}

// Nothing is kept here that could be flushed; every other question is answered with no.
long control(BIO* /*bio*/, int command, long /*number*/, void* /*pointer*/) {
    return command == BIO_CTRL_FLUSH ? 1 : 0;
}

} // namespace

// OpenSSL's own socket BIO writes with write(2), which kills the process where the peer is gone.
int TlsStream::Intake::send_some(BIO* bio, const char* bytes, int size) {
    BIO_clear_retry_flags(bio);
    const auto sent = ::send(of(bio).socket, bytes, static_cast<std::size_t>(size), MSG_NOSIGNAL);
    if (sent < 0 && is_passing(errno)) {
        BIO_set_retry_write(bio);
    }
    return static_cast<int>(sent);
}

// One call of OpenSSL's goes on for as long as records without content come: it must be stopped
// here.
int TlsStream::Intake::receive_some(BIO* bio, char* buffer, int size) {
    BIO_clear_retry_flags(bio);
    Intake& intake = of(bio);
    if (intake.is_flooded()) {
        return -1;
    }
    if (intake.turn_left == 0) {
        BIO_set_retry_read(bio);
        return -1;
    }
    const std::size_t wanted = std::min(static_cast<std::size_t>(size), intake.turn_left);
    const auto received = ::recv(intake.socket, buffer, wanted, 0);
    if (received > 0) {
        intake.turn_left -= static_cast<std::size_t>(received);
        intake.taken += static_cast<std::uint64_t>(received);
    } else if (received < 0 && is_passing(errno)) {
        BIO_set_retry_read(bio);
    }
    return static_cast<int>(received);
}

BIO_METHOD* TlsStream::Intake::make_method() {
    BIO_METHOD* method =
        BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "a socket without signals");
    ensure(
        method != nullptr && BIO_meth_set_write(method, send_some) == 1
            && BIO_meth_set_read(method, receive_some) == 1
            && BIO_meth_set_ctrl(method, control) == 1,
        "OpenSSL has memory for a kind of BIO");
    return method;
}

BIO* TlsStream::Intake::new_bio(Intake& intake) {
    static BIO_METHOD* const method = make_method(); // as long as the process
    BIO* bio = BIO_new(method);
    ensure(bio != nullptr, "OpenSSL has memory for a connection");
    BIO_set_data(bio, &intake);
    BIO_set_init(bio, 1);
    return bio;
}

TlsContext new_tls_context() {
    TlsContext context(SSL_CTX_new(TLS_method()), SSL_CTX_free);
    ensure(context != nullptr, "OpenSSL has memory for a context");
    return context;
}

void TlsStream::Free::operator()(ssl_st* connection) const {
    SSL_free(connection);
}

TlsStream::TlsStream(TlsContext context, int socket)
    : context_(std::move(context)),
      intake_(std::make_shared<Intake>()),
      connection_(SSL_new(context_.get())) {
    ensure(connection_ != nullptr, "OpenSSL has memory for a connection");
    intake_->socket = socket;
    BIO* bio = Intake::new_bio(*intake_);
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
    intake_->content += size;
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
    if (result != 1 && intake_->is_flooded()) {
        ERR_clear_error();
        step.outcome = TlsStep::Outcome::flooded;
        return step;
    }
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

void TlsStream::begin_turn() {
    intake_->turn_left = tls_turn_bytes;
}

ssl_st& TlsStream::handle() {
    return *connection_;
}

} // namespace cartwatch::crypto
