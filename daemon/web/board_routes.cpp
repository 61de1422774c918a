// What somebody at the pharmacy's board publishes or answers, signed with a badge.
#include "daemon/web/board_commands.hpp"
#include "daemon/web/route_parts.hpp"
#include "daemon/web/routes.hpp"
#include "daemon/web/setup_parts.hpp"

#include <utility>
#include <variant>

namespace cartwatch::web {

namespace {

// The badge that a command is signed with; nullptr: it has none.
std::string* badge_in(readiness::Command& command) {
    return std::visit(
        [](auto& one) -> std::string* {
            if constexpr (requires { std::string(one.badge); }) {
                return &one.badge;
            } else {
                return nullptr;
            }
        },
        command);
}

} // namespace

void Routes::post_board(const Request& request, Respond respond) {
    auto command = parse_board_command(request.head.path, request.body);
    if (!command) {
        respond(bad_body(command.error()));
        return;
    }
    submit_at_board(request, std::move(*command), std::move(respond));
}

// A scanner may send more than a badge's own text, such as the kind of its symbol.
void Routes::submit_at_board(const Request& request, readiness::Command command, Respond respond) {
    if (std::string* badge = badge_in(command)) {
        auto known =
            badge_scanned(service_, {std::string(board_station), ""}, *badge, BadgeUse::signs);
        if (!known) {
            respond(refused_response(known.error()));
            return;
        }
        *badge = std::move(*known);
    }
    submit(
        submission_of(request, board_station, std::move(command)),
        Json::object(),
        std::move(respond));
}

} // namespace cartwatch::web
