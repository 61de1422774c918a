// How a ward gets its certificate: one question to the pharmacy, over a connection of its own to
// the link's port. Writes nothing to disk.
#pragma once

#include "daemon/crypto/certificates.hpp"
#include "daemon/link/address.hpp"
#include "daemon/link/join_messages.hpp"
#include "daemon/link/wire.hpp"
#include "daemon/loop/clock.hpp"
#include "daemon/trust/join_code.hpp"
#include "scanner/values/result.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <chrono>
#include <string>

namespace cartwatch::link {

// Both ends' names.
struct Names {
    std::string ward;
    std::string pharmacy;
};

class CertificateCall {
public:
    // `clock` outlives the call; `wait` is for all of it.
    CertificateCall(
        boost::asio::any_io_executor executor,
        loop::Clock& clock,
        std::chrono::milliseconds wait = std::chrono::milliseconds{10'000});

    // The certificate of a key for a code. Refused: not_allowed where the other end is not the
    // pharmacy that made the code (it is told nothing then), or refuses the code; unavailable where
    // nobody answers.
    [[nodiscard]] boost::asio::awaitable<Result<crypto::Credentials>>
    join(Address address, trust::JoinCode code, Names names, std::string key);

    // The same for the holder of a good certificate.
    [[nodiscard]] boost::asio::awaitable<Result<crypto::Credentials>>
    renew(Address address, crypto::Credentials present, Names names);

    // Ends what is under way. One call at a time.
    void stop();

private:
    [[nodiscard]] boost::asio::awaitable<Result<void>> reach(Address address, TlsContext context);
    [[nodiscard]] boost::asio::awaitable<boost::system::error_code> connect(Address address);
    [[nodiscard]] boost::asio::awaitable<Result<Joined>> ask(std::string line);
    [[nodiscard]] Result<std::string>
    authority_of(const trust::JoinCode& code, const std::string& called);
    [[nodiscard]] Result<void> is_pharmacy(const std::string& expected, const std::string& called);
    [[nodiscard]] Result<crypto::Credentials>
    checked(const Joined& joined, crypto::Credentials made, const Names& names);

    boost::asio::any_io_executor executor_;
    loop::Clock& clock_;
    std::chrono::milliseconds wait_;
    boost::asio::ip::tcp::resolver resolver_;
    Wire wire_;
    bool late_ = false;
};

} // namespace cartwatch::link
