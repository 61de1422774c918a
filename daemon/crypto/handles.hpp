// OpenSSL's objects with one owner each, and how they are read from PEM text. For this room alone.
#pragma once

#include "scanner/values/day.hpp"
#include "scanner/values/result.hpp"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include <ctime>
#include <memory>
#include <string>
#include <string_view>

namespace cartwatch::crypto {

template <auto free_object>
struct FreedBy {
    template <typename Object>
    void operator()(Object* object) const {
        free_object(object);
    }
};

using BioHandle = std::unique_ptr<BIO, FreedBy<BIO_free>>;
using KeyHandle = std::unique_ptr<EVP_PKEY, FreedBy<EVP_PKEY_free>>;
using RequestHandle = std::unique_ptr<X509_REQ, FreedBy<X509_REQ_free>>;
using CertificateHandle = std::unique_ptr<X509, FreedBy<X509_free>>;
using ExtensionHandle = std::unique_ptr<X509_EXTENSION, FreedBy<X509_EXTENSION_free>>;
using StoreHandle = std::unique_ptr<X509_STORE, FreedBy<X509_STORE_free>>;
using StoreContextHandle = std::unique_ptr<X509_STORE_CTX, FreedBy<X509_STORE_CTX_free>>;
using NumberHandle = std::unique_ptr<BIGNUM, FreedBy<BN_free>>;

// Null where the text holds none.
[[nodiscard]] KeyHandle key_of(std::string_view pem);
[[nodiscard]] CertificateHandle certificate_of(std::string_view pem);
[[nodiscard]] RequestHandle request_of(std::string_view pem);

// An empty BIO to write to, and what was written.
[[nodiscard]] BioHandle new_memory();
[[nodiscard]] std::string written_to(BIO& memory);

[[nodiscard]] std::string pem_of(X509& certificate);

// The one common name; empty where there is none, or several.
[[nodiscard]] std::string common_name(const X509_NAME& name);

[[nodiscard]] std::time_t seconds_of(Instant instant);

struct Certificate;

// What it says.
[[nodiscard]] Certificate facts_of(X509& certificate);

// Refused (not_allowed) with the reason unless that authority signed the certificate, it has not
// expired at that time and it is made for the purpose (X509_PURPOSE_…).
[[nodiscard]] Result<void> verified(X509& certificate, X509& authority, int purpose, Instant at);

// A verify callback of OpenSSL's: its verdict stands, but for "not yet valid". Nobody but the
// hospital's own authority issues, so that says nothing but that this machine's clock is behind; a
// machine with an empty battery must not keep alerts from the pharmacy. Expiry is held to.
[[nodiscard]] int excuse_clock_behind(int holds, X509_STORE_CTX* context);

} // namespace cartwatch::crypto
