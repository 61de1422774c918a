// The lines of a conversation about certificates (schema/link.md, "Joining"): one question of a
// ward's, one answer. Pure. They are never said where entries flow.
#pragma once

#include "daemon/link/messages.hpp"
#include "scanner/values/result.hpp"

#include <string>
#include <string_view>
#include <variant>

namespace cartwatch::link {

// The longest of these lines, bytes: two certificates have 2 KiB.
inline constexpr std::size_t join_line_bytes_max = hello_bytes_max;

// A ward that has a code asks for its first certificate.
struct Join {
    std::int64_t protocol = protocol_version;
    std::string node;
    std::string secret;  // of the code
    std::string request; // PEM, PKCS #10

    friend bool operator==(const Join&, const Join&) = default;
};

// A ward that showed a good certificate asks for its next.
struct Renew {
    std::int64_t protocol = protocol_version;
    std::string request;

    friend bool operator==(const Renew&, const Renew&) = default;
};

// What it gets.
struct Joined {
    std::string node;        // the pharmacy's
    std::string certificate; // PEM
    std::string authority;   // PEM

    friend bool operator==(const Joined&, const Joined&) = default;
};

using JoinMessage = std::variant<Join, Renew, Joined, Fault>;

// Reads one line without its line feed; anything else than these is refused (bad_input). Unknown
// members are ignored.
[[nodiscard]] Result<JoinMessage> parse_join_message(std::string_view line);

// One line each, without its line feed.
[[nodiscard]] std::string to_line(const Join& join);
[[nodiscard]] std::string to_line(const Renew& renew);
[[nodiscard]] std::string to_line(const Joined& joined);

} // namespace cartwatch::link
