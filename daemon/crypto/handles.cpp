#include "daemon/crypto/handles.hpp"

#include "scanner/values/ensure.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <array>

namespace cartwatch::crypto {

namespace {

BioHandle memory_with(std::string_view text) {
    BioHandle memory(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
    ensure(memory != nullptr, "OpenSSL has memory");
    return memory;
}

// Keys are stored without one: asking for it on a terminal would stop a daemon.
int no_passphrase(char* /*buffer*/, int /*size*/, int /*writing*/, void* /*data*/) {
    return 0;
}

} // namespace

KeyHandle key_of(std::string_view pem) {
    const BioHandle memory = memory_with(pem);
    KeyHandle key(PEM_read_bio_PrivateKey(memory.get(), nullptr, no_passphrase, nullptr));
    ERR_clear_error();
    return key;
}

CertificateHandle certificate_of(std::string_view pem) {
    const BioHandle memory = memory_with(pem);
    CertificateHandle certificate(PEM_read_bio_X509(memory.get(), nullptr, no_passphrase, nullptr));
    ERR_clear_error();
    return certificate;
}

RequestHandle request_of(std::string_view pem) {
    const BioHandle memory = memory_with(pem);
    RequestHandle request(PEM_read_bio_X509_REQ(memory.get(), nullptr, no_passphrase, nullptr));
    ERR_clear_error();
    return request;
}

BioHandle new_memory() {
    BioHandle memory(BIO_new(BIO_s_mem()));
    ensure(memory != nullptr, "OpenSSL has memory");
    return memory;
}

std::string written_to(BIO& memory) {
    std::string text;
    std::array<char, 1'024> part{};
    int size = BIO_read(&memory, part.data(), static_cast<int>(part.size()));
    while (size > 0) {
        text.append(part.data(), static_cast<std::size_t>(size));
        size = BIO_read(&memory, part.data(), static_cast<int>(part.size()));
    }
    return text;
}

std::string pem_of(X509& certificate) {
    const BioHandle memory = new_memory();
    ensure(PEM_write_bio_X509(memory.get(), &certificate) == 1, "a certificate has a PEM form");
    return written_to(*memory);
}

std::string common_name(const X509_NAME& name) {
    const int first = X509_NAME_get_index_by_NID(&name, NID_commonName, -1);
    if (first < 0 || X509_NAME_get_index_by_NID(&name, NID_commonName, first) >= 0) {
        return "";
    }
    unsigned char* text = nullptr;
    const int size =
        ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(&name, first)));
    if (size < 0) {
        ERR_clear_error();
        return "";
    }
    std::string found(text, text + size);
    OPENSSL_free(text);
    return found;
}

std::time_t seconds_of(Instant instant) {
    return std::chrono::floor<std::chrono::seconds>(instant).time_since_epoch().count();
}

int excuse_clock_behind(int holds, X509_STORE_CTX* context) {
    if (holds != 1 && X509_STORE_CTX_get_error(context) == X509_V_ERR_CERT_NOT_YET_VALID) {
        X509_STORE_CTX_set_error(context, X509_V_OK);
        return 1;
    }
    return holds;
}

Result<void> verified(X509& certificate, X509& authority, int purpose, Instant at) {
    const StoreHandle store(X509_STORE_new());
    const StoreContextHandle context(X509_STORE_CTX_new());
    ensure(
        store && context && X509_STORE_add_cert(store.get(), &authority) == 1
            && X509_STORE_CTX_init(context.get(), store.get(), &certificate, nullptr) == 1
            && X509_STORE_CTX_set_purpose(context.get(), purpose) == 1,
        "OpenSSL can be asked about a certificate");
    X509_VERIFY_PARAM_set_time(X509_STORE_CTX_get0_param(context.get()), seconds_of(at));
    X509_STORE_CTX_set_verify_cb(context.get(), excuse_clock_behind);
    if (X509_verify_cert(context.get()) == 1) {
        return {};
    }
    const int reason = X509_STORE_CTX_get_error(context.get());
    ERR_clear_error();
    return refused(ErrorCode::not_allowed, X509_verify_cert_error_string(reason));
}

} // namespace cartwatch::crypto
