#include "daemon/web/guard.hpp"

#include "scanner/values/text.hpp"

#include <algorithm>

namespace cartwatch::web {

namespace {

std::string lower(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return result;
}

bool is_host_character(char c, bool bracketed) {
    const bool alphanumeric = is_digit(c) || (c >= 'a' && c <= 'z');
    return alphanumeric || c == '.' || (bracketed ? c == ':' : c == '-' || c == '_');
}

bool is_port(std::string_view text) {
    return is_all_digits(text) && text.size() <= 5;
}

// "127." and three more numbers of at most 255.
bool is_loopback_ipv4(std::string_view host) {
    int numbers = 0;
    while (true) {
        const std::string_view number = host.substr(0, host.find('.'));
        const auto value = parse_digits(number);
        if (!value || *value > 255 || number.size() > 3 || (numbers == 0 && *value != 127)) {
            return false;
        }
        ++numbers;
        if (number.size() == host.size()) {
            return numbers == 4;
        }
        host.remove_prefix(number.size() + 1);
    }
}

bool is_ours(const Authority& authority, const GuardOptions& options) {
    return is_loopback(authority.host)
           || std::any_of(options.hosts.begin(), options.hosts.end(), [&](const std::string& host) {
                  return lower(host) == authority.host;
              });
}

// "http://host:port" with the same host and port as asked for; a proxy may speak TLS for us.
bool is_same_origin(std::string_view origin, std::string_view host) {
    const std::string text = lower(origin);
    return text == "http://" + lower(host) || text == "https://" + lower(host);
}

Response forbidden(std::string detail) {
    return problem({403, "Forbidden", std::move(detail), ""});
}

} // namespace

std::optional<Authority> parse_authority(std::string_view text) {
    const std::string folded = lower(text);
    const std::string_view all = folded;
    const bool bracketed = !all.empty() && all.front() == '[';
    const std::size_t end = bracketed ? all.find(']') : std::min(all.find(':'), all.size());
    if (end == std::string_view::npos) {
        return std::nullopt;
    }
    const std::string_view host = bracketed ? all.substr(1, end - 1) : all.substr(0, end);
    const std::string_view rest = all.substr(bracketed ? end + 1 : end);
    const bool plain = std::all_of(
        host.begin(), host.end(), [&](char c) { return is_host_character(c, bracketed); });
    if (host.empty() || !plain) {
        return std::nullopt;
    }
    if (rest.empty()) {
        return Authority{std::string(host), ""};
    }
    if (rest.front() != ':' || !is_port(rest.substr(1))) {
        return std::nullopt;
    }
    return Authority{std::string(host), std::string(rest.substr(1))};
}

bool is_loopback(std::string_view host) {
    constexpr std::string_view below = ".localhost";
    return host == "localhost" || host == "::1" || is_loopback_ipv4(host)
           || (host.size() > below.size() && host.substr(host.size() - below.size()) == below);
}

std::optional<Response> refusal_of(const RequestHead& head, const GuardOptions& options) {
    if (head.hosts.size() != 1) {
        return problem({400, "Bad request", "a request has exactly one Host header", ""});
    }
    const auto authority = parse_authority(head.hosts.front());
    if (!authority) {
        return problem({400, "Bad request", "the Host header is not a host and port", ""});
    }
    if (!is_ours(*authority, options)) {
        return forbidden(
            "host \"" + shortened(authority->host)
            + "\" is not a name of this machine; add it to hosts");
    }
    const bool guarded = head.method == Method::post || head.websocket;
    if (!guarded || head.origins.empty()) {
        return std::nullopt; // programs send no origin; browsers always do here
    }
    if (head.origins.size() > 1 || !is_same_origin(head.origins.front(), head.hosts.front())) {
        return forbidden("origin \"" + shortened(head.origins.front()) + "\" is not this page");
    }
    return std::nullopt;
}

} // namespace cartwatch::web
