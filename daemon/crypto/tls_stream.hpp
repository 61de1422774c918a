// One TLS connection over a socket that does not block: each call does what can be done now, and
// says what it waits for. It holds no buffer while nothing is under way: a pharmacy keeps a
// thousand connections that are silent nearly always.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

struct ssl_ctx_st; // OpenSSL's SSL_CTX
struct ssl_st;     // OpenSSL's SSL

namespace cartwatch::crypto {

using TlsContext = std::shared_ptr<ssl_ctx_st>;

// One for either end; to be set up (tls.hpp).
[[nodiscard]] TlsContext new_tls_context();

// What one call came to.
struct TlsStep {
    enum class Outcome {
        done,
        wants_read,  // again once the socket can be read
        wants_write, // again once it can be written
        ended,       // the peer closed the connection
        failed,
    };

    Outcome outcome = Outcome::done;
    std::size_t size = 0;     // done: bytes moved
    unsigned long reason = 0; // failed: OpenSSL's error code; 0: it was the socket
    int system = 0;           // failed by the socket: errno
};

class TlsStream {
public:
    // The socket is connected, does not block, and stays open as long as calls are made; it is not
    // closed here. The stream shares the context.
    TlsStream(TlsContext context, int socket);

    // The handshake of whoever called, or was called; again until it is done.
    [[nodiscard]] TlsStep call();
    [[nodiscard]] TlsStep answer();

    // After the handshake. At least one byte where done. What is written may be another place at
    // the next call, if it holds the same bytes.
    [[nodiscard]] TlsStep read(std::span<char> buffer);
    [[nodiscard]] TlsStep write(std::string_view bytes);

    // Bytes that came were taken off the socket already: unless they were read in vain since, for
    // they are part of a record, the socket must not be waited for.
    [[nodiscard]] bool has_pending() const;

    [[nodiscard]] ssl_st& handle();

private:
    struct Free {
        void operator()(ssl_st* connection) const;
    };

    [[nodiscard]] TlsStep judged(int result, std::size_t size);

    TlsContext context_;
    std::unique_ptr<ssl_st, Free> connection_;
};

} // namespace cartwatch::crypto
