// Where the other end of the link listens. Plain TCP is for loopback alone: whatever leaves the
// machine needs TLS, and TLS needs a certificate, which a ward gets by joining.
#pragma once

#include "scanner/values/result.hpp"

#include <boost/asio/ip/address.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace cartwatch::link {

inline constexpr std::uint16_t default_port = 7411;

struct Address {
    std::string host; // a name, or a number without brackets
    std::uint16_t port = default_port;

    friend bool operator==(const Address&, const Address&) = default;
};

// "127.0.0.1", "localhost:7411", "[::1]:7411"; the port from 0 (any free one, for listening).
[[nodiscard]] Result<Address> parse_address(std::string_view text);

// What parse_address reads.
[[nodiscard]] std::string to_text(const Address& address);

// Refused (not_allowed) with the mend unless traffic to that number stays on this machine.
[[nodiscard]] Result<void> plain_tcp_allowed(const boost::asio::ip::address& number);

// The same for what a configuration names. A name other than localhost is let through here: what it
// stands for is looked up, and held to the rule, at each call.
[[nodiscard]] Result<void> plain_tcp_allowed(const Address& address);

} // namespace cartwatch::link
