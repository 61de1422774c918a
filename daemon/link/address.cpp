#include "daemon/link/address.hpp"

#include "scanner/values/text.hpp"

#include <limits>
#include <optional>

namespace cartwatch::link {

namespace {

// RFC 1035: a name has at most 253 characters.
constexpr std::size_t host_bytes_max = 253;

Unexpected no_address(std::string_view text) {
    return refused(
        ErrorCode::bad_input,
        "address \"" + shortened(text)
            + "\": expected host:port, like 127.0.0.1:7411 or [::1]:7411");
}

std::optional<std::uint16_t> parse_port(std::string_view text) {
    const std::optional<std::int64_t> number = parse_digits(text);
    if (!number || *number > std::numeric_limits<std::uint16_t>::max()) {
        return std::nullopt;
    }
    return static_cast<std::uint16_t>(*number);
}

bool is_host(std::string_view text) {
    constexpr std::string_view others = "-_.";
    if (text.empty() || text.size() > host_bytes_max) {
        return false;
    }
    for (const char c : text) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!letter && !is_digit(c) && others.find(c) == std::string_view::npos) {
            return false;
        }
    }
    return true;
}

std::optional<boost::asio::ip::address> number_of(const std::string& host) {
    boost::system::error_code error;
    const auto number = boost::asio::ip::make_address(host, error);
    return error ? std::nullopt : std::optional(number);
}

struct Split {
    std::string_view host;
    std::optional<std::string_view> port;
};

// "[::1]" or "[::1]:7411"
std::optional<Split> split_v6(std::string_view text) {
    const std::size_t end = text.find(']');
    if (end == std::string_view::npos) {
        return std::nullopt;
    }
    const std::string_view host = text.substr(1, end - 1);
    const std::string_view rest = text.substr(end + 1);
    const auto number = number_of(std::string(host));
    if (!number || !number->is_v6() || (!rest.empty() && rest.front() != ':')) {
        return std::nullopt;
    }
    return Split{host, rest.empty() ? std::nullopt : std::optional(rest.substr(1))};
}

// "127.0.0.1", "localhost:7411"
std::optional<Split> split_host(std::string_view text) {
    const std::size_t colon = text.find(':');
    const std::string_view host = text.substr(0, colon);
    if (!is_host(host)) {
        return std::nullopt;
    }
    if (colon == std::string_view::npos) {
        return Split{host, std::nullopt};
    }
    return Split{host, text.substr(colon + 1)};
}

} // namespace

Result<Address> parse_address(std::string_view text) {
    const std::optional<Split> parts = text.starts_with('[') ? split_v6(text) : split_host(text);
    if (!parts) {
        return no_address(text);
    }
    Address address;
    address.host = parts->host;
    if (parts->port) {
        const std::optional<std::uint16_t> port = parse_port(*parts->port);
        if (!port) {
            return no_address(text);
        }
        address.port = *port;
    }
    return address;
}

std::string to_text(const Address& address) {
    const bool v6 = address.host.find(':') != std::string::npos;
    return (v6 ? "[" + address.host + "]" : address.host) + ":" + std::to_string(address.port);
}

Result<void> plain_tcp_allowed(const boost::asio::ip::address& number) {
    if (number.is_loopback()) {
        return {};
    }
    return refused(
        ErrorCode::not_allowed,
        "address " + number.to_string()
            + " is not on this machine: the link needs TLS there, and this node has no certificate "
              "yet; cartwatch pharmacy enroll NODE at the pharmacy prints a code, and cartwatch "
              "ward join ADDRESS --code CODE on the ward fetches the certificate");
}

Result<void> plain_tcp_allowed(const Address& address) {
    const auto number = number_of(address.host);
    return number ? plain_tcp_allowed(*number) : Result<void>();
}

} // namespace cartwatch::link
