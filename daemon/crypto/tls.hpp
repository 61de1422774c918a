// How the link's two ends set up OpenSSL's TLS: version 1.3 alone, a certificate of both sides, no
// resumption (a session that is resumed would not be asked for its certificate again).
#pragma once

#include "daemon/crypto/certificates.hpp"
#include "scanner/values/day.hpp"
#include "scanner/values/result.hpp"

#include <optional>
#include <string>

struct ssl_ctx_st; // OpenSSL's SSL_CTX
struct ssl_st;     // OpenSSL's SSL

namespace cartwatch::crypto {

// What a caller wants of the pharmacy, told before the handshake ends (ALPN).
enum class Talk {
    link,         // "cartwatch-link", or nothing said: a certificate is demanded
    certificates, // "cartwatch-certificates": join without one, renew with one
};

// The pharmacy's side. Refused where the texts are no credentials.
[[nodiscard]] Result<void> set_up_answering(ssl_ctx_st& context, const Credentials& credentials);

// A ward's side, once it has joined.
[[nodiscard]] Result<void> set_up_calling(ssl_ctx_st& context, const Credentials& credentials);

// A ward's side before it has joined: the pharmacy is not known yet, see shown_authority.
void set_up_joining(ssl_ctx_st& context);

// Before the handshake: the time at which certificates have to hold, and what the caller wants.
void begin_answering(ssl_st& connection, Instant now);
void begin_calling(ssl_st& connection, Talk talk, Instant now);

// After it, at the pharmacy.
[[nodiscard]] Talk talk_of(ssl_st& connection);

// After it: what the peer's certificate says; none where it showed none.
[[nodiscard]] std::optional<Certificate> peer_certificate(ssl_st& connection);

// After it, while joining: the authority (PEM) that the peer says is its own. Refused unless that
// authority issued the peer's certificate to a pharmacy, for that time. Whether it is the right
// authority is the caller's question.
[[nodiscard]] Result<std::string> shown_authority(ssl_st& connection, Instant now);

// Why a handshake failed, or a connection broke, in words for a person: what was wrong with the
// certificate, or what the other end said of ours. `reason` is OpenSSL's error code.
[[nodiscard]] std::string tls_problem(ssl_st& connection, unsigned long reason);

} // namespace cartwatch::crypto
