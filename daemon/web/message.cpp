#include "daemon/web/message.hpp"

#include "daemon/web/problem_reasons.hpp"
#include "scanner/values/text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace cartwatch::web {

namespace {

int hex_value(char c) {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool is_control(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7f;
}

// Percent-decoded text without control characters, as UTF-8; `plus` is what "+" stands for.
std::optional<std::string> decoded(std::string_view text, char plus) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i] == '+' ? plus : text[i];
        if (c == '%') {
            const int high = i + 1 < text.size() ? hex_value(text[i + 1]) : -1;
            const int low = i + 2 < text.size() ? hex_value(text[i + 2]) : -1;
            if (high < 0 || low < 0) {
                return std::nullopt;
            }
            c = static_cast<char>(high * 16 + low);
            i += 2;
        }
        if (is_control(c)) {
            return std::nullopt;
        }
        plain += c;
    }
    return is_utf8(plain) ? std::optional(plain) : std::nullopt;
}

bool climbs(std::string_view path) {
    while (!path.empty()) {
        path.remove_prefix(1); // the slash
        const std::string_view segment = path.substr(0, path.find('/'));
        if (segment == "." || segment == "..") {
            return true;
        }
        path.remove_prefix(segment.size());
    }
    return false;
}

std::optional<std::map<std::string, std::string>> parse_query(std::string_view text) {
    std::map<std::string, std::string> query;
    while (!text.empty()) {
        const std::string_view pair = text.substr(0, text.find('&'));
        text.remove_prefix(std::min(text.size(), pair.size() + 1));
        const std::size_t equals = std::min(pair.find('='), pair.size());
        const auto name = decoded(pair.substr(0, equals), ' ');
        const auto value = decoded(pair.substr(std::min(equals + 1, pair.size())), ' ');
        if (!name || !value || name->empty() || !query.emplace(*name, *value).second) {
            return std::nullopt;
        }
    }
    return query;
}

} // namespace

Response problem(const Problem& problem) {
    nlohmann::ordered_json body;
    body["type"] = "about:blank";
    body["title"] = problem.title;
    body["status"] = problem.status;
    body["detail"] = problem.detail;
    body["reason"] = reason_of(problem.title);
    if (!problem.pointer.empty()) {
        body["pointer"] = problem.pointer;
    }
    Response response;
    response.status = problem.status;
    response.headers.emplace_back("Content-Type", "application/problem+json");
    response.headers.emplace_back("Cache-Control", "no-store");
    response.body = body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    return response;
}

Response json_response(unsigned status, std::string body) {
    Response response;
    response.status = status;
    response.headers.emplace_back("Content-Type", "application/json");
    response.headers.emplace_back("Cache-Control", "no-store");
    response.body = std::move(body);
    return response;
}

const Headers& strict_headers() {
    static const Headers headers{
        // WebAssembly is compiled from our own files for the camera; no text becomes script.
        {"Content-Security-Policy",
         "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self' data: blob:; "
         "object-src 'none'; base-uri 'none'; "
         "form-action 'self'; frame-ancestors 'none'"},
        {"X-Content-Type-Options", "nosniff"},
        {"X-Frame-Options", "DENY"},
        {"Referrer-Policy", "no-referrer"},
        {"Cross-Origin-Opener-Policy", "same-origin"},
        {"Cross-Origin-Resource-Policy", "same-origin"},
        {"Permissions-Policy", "camera=(self), microphone=(), geolocation=()"}};
    return headers;
}

std::optional<Target> parse_target(std::string_view target) {
    if (target.empty() || target.front() != '/' || target.size() > target_bytes_max) {
        return std::nullopt;
    }
    const std::size_t mark = std::min(target.find('?'), target.size());
    const auto path = decoded(target.substr(0, mark), '+');
    auto query = parse_query(target.substr(std::min(mark + 1, target.size())));
    if (!path || !query || path->find('\\') != std::string::npos || climbs(*path)) {
        return std::nullopt;
    }
    return Target{*path, std::move(*query)};
}

std::string query_value(const RequestHead& head, const std::string& name) {
    const auto found = head.query.find(name);
    return found == head.query.end() ? "" : found->second;
}

Result<std::optional<Day>> query_day(const RequestHead& head, const std::string& name) {
    const std::string text = query_value(head, name);
    const auto day = parse_day(text);
    if (!text.empty() && !day) {
        return refused(
            ErrorCode::bad_input,
            name + "=\"" + shortened(text) + "\" is not a day such as 2026-11-22");
    }
    return day;
}

} // namespace cartwatch::web
