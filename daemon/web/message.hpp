// A request and an answer as values, free of any HTTP library, so that routes are functions over
// them.
#pragma once

#include "daemon/web/service.hpp"

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cartwatch::web {

// 16 KiB: a page's own request has under 1 KiB of head.
inline constexpr std::size_t head_bytes_max = 16 * 1024;
// 64 KiB: the longest scan is 8 KiB, and no command is longer than a scan.
inline constexpr std::size_t json_bytes_max = 64 * 1024;
// 16 MiB: a 12-megapixel photograph in the best JPEG quality is 8 MiB.
inline constexpr std::size_t picture_bytes_max = 16 * 1024 * 1024;
// Text of one scan, bytes: the largest QR code holds 2,953.
inline constexpr std::size_t scan_bytes_max = 8 * 1024;

enum class Method { get, head, post, other };

// What is known before the body is read.
struct RequestHead {
    Method method = Method::get;
    std::string path;                         // percent-decoded, begins with "/"
    std::map<std::string, std::string> query; // decoded; each name once
    std::vector<std::string> hosts;           // every Host header
    std::vector<std::string> origins;         // every Origin header
    std::string content_type;
    std::string idempotency_key; // empty: none
    std::string if_none_match;
    bool accepts_gzip = false;
    bool websocket = false; // asks for an upgrade
};

// The value of a name in the query; empty where it is not there.
[[nodiscard]] std::string query_value(const RequestHead& head, const std::string& name);

// Nothing where it is not given or empty; refused (bad_input) where it is no day.
[[nodiscard]] Result<std::optional<Day>>
query_day(const RequestHead& head, const std::string& name);

struct Request {
    RequestHead head;
    std::string body;
};

using Headers = std::vector<std::pair<std::string, std::string>>;

struct Response {
    unsigned status = 200;
    Headers headers; // Content-Type among them; length and Connection are the server's
    std::string body;
    std::shared_ptr<const std::string> file; // in place of body: bytes of a page, never copied
    std::optional<ExportStream> stream;      // in place of body: sent in chunks
};

using Respond = std::function<void(Response)>;

// Path, query and whole request targets longer than this are refused; a page's are under 200 bytes.
inline constexpr std::size_t target_bytes_max = 2048;

// What application/problem+json says (RFC 9457).
struct Problem {
    unsigned status = 400;
    std::string title;   // the same for every problem of one kind, of problem_reasons.hpp
    std::string detail;  // what, where, the value and what was expected
    std::string pointer; // JSON pointer into the body; empty: none
};

[[nodiscard]] Response problem(const Problem& problem);

// application/json, never stored by anybody on the way.
[[nodiscard]] Response json_response(unsigned status, std::string body);

// The headers that every answer bears.
[[nodiscard]] const Headers& strict_headers();

struct Target {
    std::string path;
    std::map<std::string, std::string> query;
};

// An HTTP request target in origin form, percent-decoded once. nullopt unless it begins with "/",
// is well-formed UTF-8 without control characters after decoding, holds no "." or ".." segment, no
// backslash, and names each query parameter once.
[[nodiscard]] std::optional<Target> parse_target(std::string_view target);

} // namespace cartwatch::web
