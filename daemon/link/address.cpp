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

} // namespace

Result<Address> parse_address(std::string_view text) {
    Address address;
    std::string_view port;
    bool has_port = false;
    if (text.starts_with('[')) {
        const std::size_t end = text.find(']');
        if (end == std::string_view::npos) {
            return no_address(text);
        }
        address.host = text.substr(1, end - 1);
        const std::string_view rest = text.substr(end + 1);
        has_port = rest.starts_with(':');
        const auto number = number_of(address.host);
        if ((!rest.empty() && !has_port) || !number || !number->is_v6()) {
            return no_address(text);
        }
        port = has_port ? rest.substr(1) : rest;
    } else {
        const std::size_t colon = text.find(':');
        has_port = colon != std::string_view::npos;
        address.host = text.substr(0, colon);
        port = has_port ? text.substr(colon + 1) : std::string_view();
        if (!is_host(address.host)) {
            return no_address(text);
        }
    }
    if (has_port) {
        const std::optional<std::uint16_t> number = parse_port(port);
        if (!number) {
            return no_address(text);
        }
        address.port = *number;
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
            + " is not on this machine: the link would be readable on the network, and this "
              "version "
              "has no TLS; use a loopback address (127.0.0.1 or ::1)");
}

Result<void> plain_tcp_allowed(const Address& address) {
    const auto number = number_of(address.host);
    return number ? plain_tcp_allowed(*number) : Result<void>();
}

} // namespace cartwatch::link
