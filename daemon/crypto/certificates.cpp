#include "daemon/crypto/certificates.hpp"

#include "daemon/crypto/handles.hpp"
#include "daemon/crypto/hexadecimal.hpp"
#include "daemon/crypto/random.hpp"
#include "daemon/crypto/sha256.hpp"
#include "scanner/values/ensure.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <array>
#include <ctime>

namespace cartwatch::crypto {

namespace {

// RFC 5280 allows 20 bytes and asks for 8 of chance; 16 never meet twice.
constexpr std::size_t serial_bytes = 16;

constexpr long version_3 = 2; // as X.509 counts

void set_name(X509_NAME& name, const std::string& node) {
    const int done = X509_NAME_add_entry_by_txt(
        &name,
        "CN",
        MBSTRING_UTF8,
        reinterpret_cast<const unsigned char*>(node.data()),
        static_cast<int>(node.size()),
        -1,
        0);
    ensure(done == 1, "a node's name fits a certificate");
}

void add_extension(X509& certificate, X509& issuer, int kind, const std::string& value) {
    X509V3_CTX context{};
    X509V3_set_ctx(&context, &issuer, &certificate, nullptr, nullptr, 0);
    const ExtensionHandle extension(X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str()));
    ensure(
        extension && X509_add_ext(&certificate, extension.get(), -1) == 1,
        "OpenSSL knows a certificate's extensions");
}

void set_serial(X509& certificate) {
    // The first digit below 8 keeps the number positive, one that is not 0 keeps its length.
    const std::string digits = "4" + random_hexadecimal(serial_bytes).substr(1);
    BIGNUM* number = nullptr;
    ensure(BN_hex2bn(&number, digits.c_str()) > 0, "hexadecimal digits are a number");
    const NumberHandle serial(number);
    ensure(
        BN_to_ASN1_INTEGER(serial.get(), X509_get_serialNumber(&certificate)) != nullptr,
        "a certificate has a number");
}

CertificateHandle unsigned_certificate(EVP_PKEY& key, Validity validity) {
    CertificateHandle certificate(X509_new());
    ensure(
        certificate && X509_set_version(certificate.get(), version_3) == 1
            && X509_set_pubkey(certificate.get(), &key) == 1
            && ASN1_TIME_set(X509_getm_notBefore(certificate.get()), seconds_of(validity.from))
                   != nullptr
            && ASN1_TIME_set(X509_getm_notAfter(certificate.get()), seconds_of(validity.until))
                   != nullptr,
        "OpenSSL makes a certificate");
    set_serial(*certificate);
    return certificate;
}

std::string sign(X509& certificate, EVP_PKEY& key) {
    ensure(X509_sign(&certificate, &key, EVP_sha256()) > 0, "OpenSSL signs a certificate");
    return pem_of(certificate);
}

bool is_on_p256(EVP_PKEY& key) {
    std::array<char, 32> name{};
    std::size_t size = 0;
    return EVP_PKEY_get_base_id(&key) == EVP_PKEY_EC
           && EVP_PKEY_get_group_name(&key, name.data(), name.size(), &size) == 1
           && std::string_view(name.data(), size) == "prime256v1";
}

Result<RequestHandle> checked_request(std::string_view text) {
    RequestHandle request = request_of(text);
    if (!request) {
        return refused(ErrorCode::bad_input, "no request for a certificate in PEM form");
    }
    EVP_PKEY* key = X509_REQ_get0_pubkey(request.get());
    if (key == nullptr || !is_on_p256(*key)) {
        ERR_clear_error();
        return refused(ErrorCode::bad_input, "a request whose key is not on P-256");
    }
    if (X509_REQ_verify(request.get(), key) != 1) {
        ERR_clear_error();
        return refused(ErrorCode::bad_input, "a request that its own key did not sign");
    }
    return request;
}

// Of the public half, in the encoding that certificates hold it in.
std::string fingerprint_of(const EVP_PKEY& key) {
    unsigned char* bytes = nullptr;
    const int size = i2d_PUBKEY(&key, &bytes);
    ensure(size > 0, "OpenSSL writes a public key");
    const std::string text(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
    OPENSSL_free(bytes);
    return sha256(text);
}

// A stranger's certificate may hold anything: a time that is none counts as long past.
Instant instant_of(const ASN1_TIME& time) {
    std::tm parts{};
    if (ASN1_TIME_to_tm(&time, &parts) != 1) {
        ERR_clear_error();
        return {};
    }
    return Instant{std::chrono::seconds{timegm(&parts)}};
}

} // namespace

std::string make_key() {
    const KeyHandle key(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"));
    const BioHandle memory = new_memory();
    ensure(
        key
            && PEM_write_bio_PrivateKey(
                   memory.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr)
                   == 1,
        "OpenSSL makes a key");
    return written_to(*memory);
}

bool is_key(const std::string& text) {
    const KeyHandle key = key_of(text);
    ERR_clear_error();
    return key != nullptr && is_on_p256(*key);
}

std::string make_request(const std::string& key, const std::string& node) {
    const KeyHandle own = key_of(key);
    const RequestHandle request(X509_REQ_new());
    ensure(own && request, "a request is made of a key");
    set_name(*X509_REQ_get_subject_name(request.get()), node);
    const BioHandle memory = new_memory();
    ensure(
        X509_REQ_set_pubkey(request.get(), own.get()) == 1
            && X509_REQ_sign(request.get(), own.get(), EVP_sha256()) > 0
            && PEM_write_bio_X509_REQ(memory.get(), request.get()) == 1,
        "OpenSSL makes a request");
    return written_to(*memory);
}

Result<Request> read_request(std::string_view request) {
    return checked_request(request).map([](const RequestHandle& checked) {
        return Request{
            common_name(*X509_REQ_get_subject_name(checked.get())),
            fingerprint_of(*X509_REQ_get0_pubkey(checked.get()))};
    });
}

std::string make_authority(const std::string& key, const std::string& name, Validity validity) {
    const KeyHandle own = key_of(key);
    ensure(own != nullptr, "an authority is made of a key");
    const CertificateHandle certificate = unsigned_certificate(*own, validity);
    set_name(*X509_get_subject_name(certificate.get()), name);
    set_name(*X509_get_issuer_name(certificate.get()), name);
    X509& made = *certificate;
    add_extension(made, made, NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
    add_extension(made, made, NID_key_usage, "critical,keyCertSign,cRLSign");
    add_extension(made, made, NID_subject_key_identifier, "hash");
    return sign(made, *own);
}

Result<std::string>
issue(const Issuer& issuer, std::string_view request, const std::string& node, Terms terms) {
    const Result<RequestHandle> checked = checked_request(request);
    if (!checked) {
        return Unexpected(checked.error());
    }
    const KeyHandle key = key_of(issuer.key);
    const CertificateHandle authority = certificate_of(issuer.certificate);
    if (!key || !authority) {
        return refused(
            ErrorCode::unavailable, "the authority's key or certificate is not readable");
    }
    // The key alone is taken over: whatever else a request asks for is not given.
    const CertificateHandle certificate =
        unsigned_certificate(*X509_REQ_get0_pubkey(checked->get()), terms.validity);
    set_name(*X509_get_subject_name(certificate.get()), node);
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(authority.get()));
    X509& made = *certificate;
    const bool for_ward = terms.holder == Holder::ward;
    add_extension(made, *authority, NID_basic_constraints, "critical,CA:FALSE");
    add_extension(made, *authority, NID_key_usage, "critical,digitalSignature");
    add_extension(made, *authority, NID_ext_key_usage, for_ward ? "clientAuth" : "serverAuth");
    add_extension(made, *authority, NID_subject_alt_name, "DNS:" + node);
    add_extension(made, *authority, NID_subject_key_identifier, "hash");
    add_extension(made, *authority, NID_authority_key_identifier, "keyid");
    return sign(made, *key);
}

Certificate facts_of(X509& certificate) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    ensure(
        X509_digest(&certificate, EVP_sha256(), digest.data(), &size) == 1,
        "OpenSSL computes a fingerprint");
    Certificate facts;
    facts.node = common_name(*X509_get_subject_name(&certificate));
    facts.fingerprint = hexadecimal(std::span(digest).first(size));
    facts.from = instant_of(*X509_get0_notBefore(&certificate));
    facts.until = instant_of(*X509_get0_notAfter(&certificate));
    return facts;
}

Result<Certificate> read_certificate(std::string_view certificate) {
    const CertificateHandle found = certificate_of(certificate);
    if (!found) {
        return refused(ErrorCode::bad_input, "no certificate in PEM form");
    }
    return facts_of(*found);
}

Result<Certificate> check_credentials(const Credentials& credentials, Holder holder, Instant now) {
    const KeyHandle key = key_of(credentials.key);
    const CertificateHandle certificate = certificate_of(credentials.certificate);
    const CertificateHandle authority = certificate_of(credentials.authority);
    if (!key || !certificate || !authority) {
        return refused(ErrorCode::bad_input, "a key or a certificate is not in PEM form");
    }
    if (X509_check_private_key(certificate.get(), key.get()) != 1) {
        ERR_clear_error();
        return refused(ErrorCode::bad_input, "the certificate is not that of the key");
    }
    const int purpose = holder == Holder::ward ? X509_PURPOSE_SSL_CLIENT : X509_PURPOSE_SSL_SERVER;
    if (const Result<void> holds = verified(*certificate, *authority, purpose, now); !holds) {
        return Unexpected(holds.error());
    }
    return facts_of(*certificate);
}

} // namespace cartwatch::crypto
