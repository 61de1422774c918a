#include "daemon/crypto/tls.hpp"

#include "daemon/crypto/handles.hpp"
#include "scanner/values/ensure.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace cartwatch::crypto {

namespace {

constexpr std::string_view link_protocol = "cartwatch-link";
constexpr std::string_view certificates_protocol = "cartwatch-certificates";

// Of the other end's certificates, bytes: two on P-256 have 1.5 KiB.
constexpr long chain_bytes_max = 16 * 1024;

// The quick ones: with OpenSSL's own list a stranger may ask for a key exchange of 8,192 bits,
// which costs the pharmacy's loop a hundred times as much.
constexpr std::array<int, 3> groups{NID_X25519, NID_X9_62_prime256v1, NID_secp384r1};

constexpr int demand_certificate = SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT;

// The first of the caller's protocols that is known here. Each stands behind its length.
std::optional<std::string_view> known_protocol(std::string_view offered) {
    while (!offered.empty()) {
        const std::size_t size =
            std::min<std::size_t>(static_cast<unsigned char>(offered.front()), offered.size() - 1);
        const std::string_view name = offered.substr(1, size);
        if (name == link_protocol || name == certificates_protocol) {
            return name;
        }
        offered.remove_prefix(1 + size);
    }
    return std::nullopt;
}

int choose_protocol(
    SSL* connection,
    const unsigned char** chosen,
    unsigned char* chosen_size,
    const unsigned char* offered,
    unsigned int offered_size,
    void* /*unused*/) {
    const std::optional<std::string_view> name =
        known_protocol(std::string_view(reinterpret_cast<const char*>(offered), offered_size));
    if (!name) {
        return SSL_TLSEXT_ERR_ALERT_FATAL;
    }
    if (*name == certificates_protocol) {
        SSL_set_verify(
            connection, SSL_VERIFY_PEER, excuse_clock_behind); // none is needed in order to join
    }
    *chosen = reinterpret_cast<const unsigned char*>(name->data());
    *chosen_size = static_cast<unsigned char>(name->size());
    return SSL_TLSEXT_ERR_OK;
}

void set_up_version(SSL_CTX& context) {
    auto wanted = groups; // OpenSSL's macro takes no constants
    ensure(
        SSL_CTX_set_min_proto_version(&context, TLS1_3_VERSION) == 1
            && SSL_CTX_set_num_tickets(&context, 0) == 1
            && SSL_CTX_set1_groups(&context, wanted.data(), wanted.size()) == 1,
        "OpenSSL speaks TLS 1.3");
    SSL_CTX_set_options(&context, SSL_OP_NO_TICKET | SSL_OP_NO_COMPRESSION);
    SSL_CTX_set_session_cache_mode(&context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_max_cert_list(&context, chain_bytes_max);
    SSL_CTX_set_mode(
        &context,
        SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER
            | SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_read_ahead(&context, 1); // one system call a record, not one for its head as well
}

// The own certificate to show with its authority's behind it, and that authority alone to trust.
Result<void> set_up_credentials(SSL_CTX& context, const Credentials& credentials) {
    const KeyHandle key = key_of(credentials.key);
    const CertificateHandle certificate = certificate_of(credentials.certificate);
    const CertificateHandle authority = certificate_of(credentials.authority);
    if (!key || !certificate || !authority
        || SSL_CTX_use_certificate(&context, certificate.get()) != 1
        || SSL_CTX_use_PrivateKey(&context, key.get()) != 1
        || SSL_CTX_add1_chain_cert(&context, authority.get()) != 1
        || X509_STORE_add_cert(SSL_CTX_get_cert_store(&context), authority.get()) != 1) {
        ERR_clear_error();
        return refused(ErrorCode::bad_input, "the key and the certificates for TLS cannot be used");
    }
    return {};
}

void set_time(SSL& connection, Instant now) {
    X509_VERIFY_PARAM_set_time(SSL_get0_param(&connection), seconds_of(now));
}

std::string length_and(std::string_view name) {
    return std::string(1, static_cast<char>(name.size())) + std::string(name);
}

// What the other end says of our certificate; OpenSSL's own words name versions and alerts.
std::optional<std::string> alert_in_words(unsigned long reason) {
    switch (ERR_GET_REASON(reason) - SSL_AD_REASON_OFFSET) {
    case SSL_AD_CERTIFICATE_EXPIRED:
        return "the other end says that the certificate shown to it has expired";
    case SSL_AD_CERTIFICATE_REQUIRED:
        return "the other end demands a certificate";
    case SSL_AD_UNKNOWN_CA:
    case SSL_AD_BAD_CERTIFICATE:
    case SSL_AD_CERTIFICATE_UNKNOWN:
        return "the other end does not know the authority of the certificate shown to it";
    case SSL_AD_NO_APPLICATION_PROTOCOL:
        return "the other end speaks TLS, but not for Cartwatch";
    case SSL_AD_PROTOCOL_VERSION:
        return "the other end speaks another version of TLS than 1.3";
    default:
        return std::nullopt;
    }
}

std::string verdict_in_words(long verdict) {
    const std::string why =
        std::string("its certificate is refused: ") + X509_verify_cert_error_string(verdict);
    const bool about_time = verdict == X509_V_ERR_CERT_HAS_EXPIRED;
    return about_time ? why + " (are both machines' clocks right?)" : why;
}

} // namespace

Result<void> set_up_answering(SSL_CTX& context, const Credentials& credentials) {
    set_up_version(context);
    SSL_CTX_set_verify(&context, demand_certificate, excuse_clock_behind);
    SSL_CTX_set_alpn_select_cb(&context, choose_protocol, nullptr);
    return set_up_credentials(context, credentials);
}

Result<void> set_up_calling(SSL_CTX& context, const Credentials& credentials) {
    set_up_version(context);
    SSL_CTX_set_verify(&context, SSL_VERIFY_PEER, excuse_clock_behind);
    return set_up_credentials(context, credentials);
}

void set_up_joining(SSL_CTX& context) {
    set_up_version(context);
    SSL_CTX_set_verify(&context, SSL_VERIFY_NONE, nullptr);
}

void begin_answering(SSL& connection, Instant now) {
    set_time(connection, now);
}

void begin_calling(SSL& connection, Talk talk, Instant now) {
    set_time(connection, now);
    const std::string wanted =
        length_and(talk == Talk::link ? link_protocol : certificates_protocol);
    const int failed = SSL_set_alpn_protos(
        &connection,
        reinterpret_cast<const unsigned char*>(wanted.data()),
        static_cast<unsigned int>(wanted.size()));
    ensure(failed == 0, "OpenSSL has memory for a protocol's name");
}

Talk talk_of(SSL& connection) {
    const unsigned char* name = nullptr;
    unsigned int size = 0;
    SSL_get0_alpn_selected(&connection, &name, &size);
    const bool certificates =
        size > 0
        && std::string_view(reinterpret_cast<const char*>(name), size) == certificates_protocol;
    return certificates ? Talk::certificates : Talk::link;
}

std::optional<Certificate> peer_certificate(SSL& connection) {
    X509* found = SSL_get0_peer_certificate(&connection);
    return found == nullptr ? std::nullopt : std::optional(facts_of(*found));
}

Result<std::string> shown_authority(SSL& connection, Instant now) {
    const auto* chain = SSL_get_peer_cert_chain(&connection); // the peer's own comes first
    if (chain == nullptr || sk_X509_num(chain) != 2) {
        return refused(ErrorCode::not_allowed, "it does not show its authority");
    }
    X509& authority = *sk_X509_value(chain, 1);
    const Result<void> holds =
        verified(*sk_X509_value(chain, 0), authority, X509_PURPOSE_SSL_SERVER, now);
    if (!holds) {
        return Unexpected(holds.error());
    }
    return pem_of(authority);
}

std::string tls_problem(SSL& connection, unsigned long reason) {
    if (const auto said = alert_in_words(reason)) {
        return *said;
    }
    switch (ERR_GET_REASON(reason)) {
    case SSL_R_CERTIFICATE_VERIFY_FAILED:
        return verdict_in_words(SSL_get_verify_result(&connection));
    case SSL_R_PEER_DID_NOT_RETURN_A_CERTIFICATE:
        return "it shows no certificate";
    case SSL_R_NO_PROTOCOLS_AVAILABLE:
    case SSL_R_UNSUPPORTED_PROTOCOL:
        return "it speaks another version of TLS than 1.3";
    case SSL_R_WRONG_VERSION_NUMBER:
        return "it does not answer in TLS";
    default:
        break;
    }
    const char* words = ERR_reason_error_string(reason);
    return words == nullptr ? "TLS failed" : std::string("TLS: ") + words;
}

} // namespace cartwatch::crypto
