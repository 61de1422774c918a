// One TLS connection over a socket that does not block: each call does what can be done now, and
// says what it waits for. It holds no buffer while nothing is under way: a pharmacy keeps a
// thousand connections that are silent nearly always.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

struct ssl_ctx_st; // OpenSSL's SSL_CTX
struct ssl_st;     // OpenSSL's SSL

namespace cartwatch::crypto {

using TlsContext = std::shared_ptr<ssl_ctx_st>;

// One for either end; to be set up (tls.hpp).
[[nodiscard]] TlsContext new_tls_context();

// Taken off a socket in one turn of the loop, bytes: what a link reads at a time, as records. A
// thousand records that carry nothing fit in, some 10 ms of work, and then others have their turn.
inline constexpr std::size_t tls_turn_bytes = 40 * 1024;

// What may come besides content, bytes: a handshake with all its certificates, and then so much for
// each byte of content; a record of one byte takes 23. Whoever sends more sends work, not words.
inline constexpr std::uint64_t tls_bare_bytes_max = 64 * 1024;
inline constexpr std::uint64_t tls_bare_bytes_each = 32;

// What one call came to.
struct TlsStep {
    enum class Outcome {
        done,
        wants_read,  // again once the socket can be read
        wants_write, // again once it can be written
        ended,       // the peer closed the connection
        failed,
        flooded, // records without content, past what is borne; ends as a failure does
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

    // Others of the loop had their turn: tls_turn_bytes may be taken again. Until then a call that
    // has taken so much wants to read, though there is more.
    void begin_turn();

    [[nodiscard]] ssl_st& handle();

private:
    struct Intake;

    struct Free {
        void operator()(ssl_st* connection) const;
    };

    [[nodiscard]] TlsStep judged(int result, std::size_t size);

    TlsContext context_;
    std::shared_ptr<Intake> intake_; // where it stands is known to OpenSSL
    std::unique_ptr<ssl_st, Free> connection_;
};

} // namespace cartwatch::crypto
