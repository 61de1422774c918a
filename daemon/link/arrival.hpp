// From an accepted socket to who calls: plain TCP or TLS, whose certificate, and whether it may
// stay. Answers questions about certificates itself. Each arrival has one deadline for all of it.
#pragma once

#include "daemon/crypto/certificates.hpp"
#include "daemon/link/messages.hpp"
#include "daemon/link/wire.hpp"
#include "daemon/loop/clock.hpp"
#include "daemon/trust/authority.hpp"

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <functional>
#include <optional>
#include <string>

namespace cartwatch::link {

// What the pharmacy shows to callers, made anew where its files were changed. It is checked when
// they were, and now and then, not for each caller: a check takes milliseconds, and strangers call
// more often than wards.
class AnsweringTls {
public:
    explicit AnsweringTls(trust::Authority& authority);

    // Refused as Authority::credentials.
    [[nodiscard]] Result<TlsContext> context(Instant now);

private:
    trust::Authority& authority_;
    crypto::Credentials credentials_;
    TlsContext context_;
    Instant checked_at_;
};

// What an arrival needs; outlives it. Without an authority there is plain TCP alone.
struct ArrivalServices {
    loop::Clock* clock = nullptr;
    trust::Authority* authority = nullptr;
    AnsweringTls* tls = nullptr;
    std::string node;                             // the pharmacy's
    std::chrono::milliseconds wait{10'000};       // for all that an arrival does
    std::function<void(const std::string&)> note; // a refusal, for the log
};

// Who came through.
struct Arrived {
    Wire wire;
    std::optional<crypto::Certificate> certificate; // none on plain TCP
    std::optional<Fault> refusal;                   // to be told, and then the end
};

class Arrival {
public:
    Arrival(boost::asio::ip::tcp::socket socket, const ArrivalServices& services);

    // To be started once; the arrival outlives it.
    [[nodiscard]] boost::asio::awaitable<void> run();

    // After run(): whom to converse with. None where the caller is gone, was refused during the
    // handshake, or has its answer about a certificate.
    [[nodiscard]] std::optional<Arrived> take();

    // Ends it at once.
    void cut(const std::string& why);
    [[nodiscard]] bool was_cut() const;

private:
    enum class First { none, plain, tls };

    [[nodiscard]] boost::asio::awaitable<First> first_byte();
    [[nodiscard]] std::optional<First> peek();
    [[nodiscard]] boost::asio::awaitable<void> shake_hands();
    [[nodiscard]] boost::asio::awaitable<void> answer_question();
    [[nodiscard]] boost::asio::awaitable<std::optional<std::string>> read_question();
    [[nodiscard]] std::string answer_to(const std::string& line);
    void arrive_plain();
    void arrive_certified();
    void arrive(std::optional<Fault> refusal);
    void refuse(const std::string& why);

    const ArrivalServices& services_;
    Wire wire_;
    std::string caller_;   // its address, for the log
    bool is_here_ = false; // it calls from this machine, to this machine
    bool late_ = false;
    bool cut_ = false;
    bool arrived_ = false;
    std::optional<Fault> refusal_;
    std::optional<crypto::Certificate> certificate_;
};

// The code under which an authority's refusal of a certificate is told.
[[nodiscard]] Fault fault_of(const Error& refusal);

} // namespace cartwatch::link
