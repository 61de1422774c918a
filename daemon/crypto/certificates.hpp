// The certificates of the link's two ends: an authority of the pharmacy's own, and what it issues
// to itself and to the wards. Everything is a PEM text, so that nothing of OpenSSL leaves this
// room. ECDSA on P-256 throughout: 32 bytes a key, a tenth of a millisecond a signature.
#pragma once

#include "scanner/values/day.hpp"
#include "scanner/values/result.hpp"

#include <string>
#include <string_view>

namespace cartwatch::crypto {

// What one end needs to prove itself and to know the other, each as PEM text.
struct Credentials {
    std::string key;         // its own, unencrypted
    std::string certificate; // of that key
    std::string authority;   // the certificate of whoever issued both ends' certificates

    friend bool operator==(const Credentials&, const Credentials&) = default;
};

// What a certificate says.
struct Certificate {
    std::string node;        // the holder's name
    std::string fingerprint; // SHA-256 of the DER form, 64 lower-case hexadecimal digits
    Instant from;
    Instant until;

    friend bool operator==(const Certificate&, const Certificate&) = default;
};

struct Validity {
    Instant from;
    Instant until;
};

// Whom a certificate is for: one that a ward holds cannot stand for the pharmacy.
enum class Holder { ward, pharmacy };

[[nodiscard]] std::string make_key();

// Whether the text is a key as make_key makes them.
[[nodiscard]] bool is_key(const std::string& text);

// A request for a certificate in that name (at most 64 bytes), signed by the key that stays here.
[[nodiscard]] std::string make_request(const std::string& key, const std::string& node);

// Who asks for a certificate.
struct Request {
    std::string node;
    std::string key; // SHA-256 of the public key, hexadecimal: the same in each of its requests

    friend bool operator==(const Request&, const Request&) = default;
};

// Refused unless it is signed by the key in it, and the key is on P-256.
[[nodiscard]] Result<Request> read_request(std::string_view request);

// An authority's certificate, signed by itself.
[[nodiscard]] std::string
make_authority(const std::string& key, const std::string& name, Validity validity);

// Who signs certificates.
struct Issuer {
    std::string key;
    std::string certificate;
};

struct Terms {
    Holder holder = Holder::ward;
    Validity validity;
};

// A certificate for the request's key in the node's name (at most 64 bytes). Refused where
// read_request refuses, or where the issuer's texts cannot be read.
[[nodiscard]] Result<std::string>
issue(const Issuer& issuer, std::string_view request, const std::string& node, Terms terms);

[[nodiscard]] Result<Certificate> read_certificate(std::string_view certificate);

// What the certificate says. Refused unless the key is the certificate's, and the authority issued
// it to such a holder for that time.
[[nodiscard]] Result<Certificate>
check_credentials(const Credentials& credentials, Holder holder, Instant now);

} // namespace cartwatch::crypto
