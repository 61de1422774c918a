// Who may ask: requests must name this machine as their host (a foreign name is DNS rebinding), and
// those that change something or stay open must come from our own page. Pure functions over
// headers; authentication is not done here.
#pragma once

#include "daemon/web/message.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cartwatch::web {

struct GuardOptions {
    std::vector<std::string> hosts; // further names or addresses of this machine, without port
};

struct Authority {
    std::string host; // lower case; IPv6 without brackets
    std::string port; // empty: none given
};

// "name", "name:80", "1.2.3.4:80", "[::1]:80". nullopt for anything else.
[[nodiscard]] std::optional<Authority> parse_authority(std::string_view text);

// localhost, *.localhost, 127.0.0.0/8 in dotted form, ::1.
[[nodiscard]] bool is_loopback(std::string_view host);

// The refusal, or nullopt where the request may pass: 400 without exactly one well-formed host, 403
// for a host that is not ours and, on POST and WebSocket, for an origin that is not that host.
[[nodiscard]] std::optional<Response>
refusal_of(const RequestHead& head, const GuardOptions& options);

} // namespace cartwatch::web
