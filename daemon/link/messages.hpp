// The lines of the link as values: schema/link.md describes them, schema/link.schema.json holds
// their shapes. Pure. An entry's own form is the journal's (daemon/journal/entry.hpp).
#pragma once

#include "daemon/journal/entry.hpp"
#include "scanner/values/result.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>

namespace cartwatch::link {

// The longest line, bytes without its line feed: the largest entry.
inline constexpr std::size_t line_bytes_max = journal::entry_bytes_max;

// The longest first line. A hello names one journal in some 250 bytes; 16 KiB leaves room for a
// hundred, and a stranger who never ends his line makes the receiver hold no more than that.
inline constexpr std::size_t hello_bytes_max = 16 * 1024;

// What an error may say to a person, bytes: three lines on a page.
inline constexpr std::size_t error_text_bytes_max = 300;

inline constexpr std::int64_t protocol_version = 1;

// How far the speaker holds a journal: the last entry's number, its hash, and the mark that came
// with it (marks.hpp). Empty where a speaker does not tell it.
struct Held {
    std::int64_t seq = 0;
    std::string hash = {};
    std::string mark = {};

    friend bool operator==(const Held&, const Held&) = default;
};

struct Hello {
    std::int64_t protocol = protocol_version;
    std::string node;
    std::map<std::string, Held> have; // by node
    std::int64_t wrote = 0;           // the last entry of the speaker's own journal; 0: not told

    friend bool operator==(const Hello&, const Hello&) = default;
};

struct Ack {
    std::int64_t seq = 0;

    friend bool operator==(const Ack&, const Ack&) = default;
};

// The speaker lacks entries of its own journal that the listener holds: all after this one, please.
struct Return {
    std::int64_t after = 0;

    friend bool operator==(const Return&, const Return&) = default;
};

struct Ping {
    friend bool operator==(const Ping&, const Ping&) = default;
};

struct Pong {
    friend bool operator==(const Pong&, const Pong&) = default;
};

// Why the speaker closes. `code` is one of schema/link.md's, or of a later version.
struct Fault {
    std::string code;
    std::string text;

    friend bool operator==(const Fault&, const Fault&) = default;
};

// A line of a type that this version does not know: read over.
struct UnknownMessage {
    std::string type;

    friend bool operator==(const UnknownMessage&, const UnknownMessage&) = default;
};

using Message = std::variant<Hello, journal::Entry, Ack, Ping, Pong, Fault, UnknownMessage, Return>;

// Reads one line without its line feed. Unknown members are ignored. A refusal's code is too_large
// over line_bytes_max, else bad_input: see is_json for which kind.
[[nodiscard]] Result<Message> parse_message(std::string_view line);

// True where the line is JSON as the link takes it, whatever it says: tells "not JSON" from "JSON
// of another shape" once parse_message has refused.
[[nodiscard]] bool is_json(std::string_view line);

// One line each, without its line feed.
[[nodiscard]] std::string to_line(const Hello& hello);
[[nodiscard]] std::string to_line(const Ack& ack);
[[nodiscard]] std::string to_line(const Return& back);
[[nodiscard]] std::string to_line(const Ping& ping);
[[nodiscard]] std::string to_line(const Pong& pong);
[[nodiscard]] std::string to_line(const Fault& fault); // the text cut to error_text_bytes_max

// 1 to 64 of a-z A-Z 0-9 - _ .
[[nodiscard]] bool is_node_name(std::string_view text);

} // namespace cartwatch::link
