#include "daemon/readiness/controls.hpp"
#include "daemon/readiness/decide_commands.hpp"

#include <algorithm>

namespace cartwatch::readiness {

namespace {

struct Drawer {
    std::string name;
    int left = 0; // lines and devices that are not done
};

// The first word of a position as people say it: "2层 左3" stands in "2层".
std::string drawer_of(const std::string& position) {
    const std::size_t begin = position.find_first_not_of(' ');
    if (begin == std::string::npos) {
        return "";
    }
    return position.substr(begin, position.find_first_of(" /-", begin) - begin);
}

// In the cart's order.
std::vector<Drawer> drawers_of(const Turn& turn) {
    const std::vector<std::string> open = not_scanned(*turn.cart, turn.progress);
    std::vector<Drawer> drawers;
    const auto put = [&](const std::string& position, const std::string& id) {
        const std::string name = drawer_of(position);
        auto found = std::find_if(drawers.begin(), drawers.end(), [&](const Drawer& drawer) {
            return drawer.name == name;
        });
        if (found == drawers.end()) {
            found = drawers.insert(drawers.end(), Drawer{name, 0});
        }
        found->left += std::find(open.begin(), open.end(), id) == open.end() ? 0 : 1;
    };
    for (const Line& line : turn.cart->lines) {
        put(line.position, line.id);
    }
    for (const Device& device : turn.cart->devices) {
        put(device.position, device.id);
    }
    return drawers;
}

// Where the person is: at the drawer that was asked for last, or at the current line or device.
std::string drawer_here(const Turn& turn) {
    const Session& session = turn.decision.session;
    if (!session.drawer.empty()) {
        return session.drawer;
    }
    if (const Line* line = find_line(*turn.cart, session.line)) {
        return drawer_of(line->position);
    }
    const Device* device = find_device(*turn.cart, session.device);
    return device == nullptr ? std::string() : drawer_of(device->position);
}

std::string_view help_for(const Turn& turn) {
    const Session& session = turn.decision.session;
    if (awaits_word_on_seal(turn)) {
        return "help_seal";
    }
    if (turn.check == nullptr) {
        return session.cart.empty() ? "help_idle" : "help_cart";
    }
    if (is_restock(turn)) {
        return "help_restock";
    }
    if (is_use(turn)) {
        return "use_counts_nothing";
    }
    if (!session.device.empty()) {
        return "help_device";
    }
    if (!asks_for_lines(turn.check->kind)) {
        return "help_handover";
    }
    return session.line.empty() ? "help_check" : "help_line";
}

} // namespace

void decide_on(Turn& turn, const NextDrawer&) {
    if (turn.check == nullptr) {
        return turn.say(ReplyKind::reject, "scan_cart_first");
    }
    if (is_restock(turn)) {
        return turn.say(ReplyKind::attention, "help_restock");
    }
    if (is_use(turn)) {
        return turn.say(ReplyKind::attention, "use_counts_nothing");
    }
    std::vector<Drawer> drawers = drawers_of(turn);
    const std::string here = drawer_here(turn);
    const auto current = std::find_if(
        drawers.begin(), drawers.end(), [&](const Drawer& drawer) { return drawer.name == here; });
    if (current != drawers.end()) {
        std::rotate(drawers.begin(), current + 1, drawers.end());
    }
    const auto next = std::find_if(
        drawers.begin(), drawers.end(), [](const Drawer& drawer) { return drawer.left > 0; });
    if (next == drawers.end()) {
        return turn.say(ReplyKind::attention, "all_drawers_done");
    }
    turn.select_line("");
    turn.session().drawer = next->name;
    turn.say(
        ReplyKind::command,
        "drawer_next",
        {{"drawer", next->name}, {"count", std::to_string(next->left)}});
}

void decide_on(Turn& turn, const Help&) {
    turn.say(ReplyKind::command, help_for(turn));
}

} // namespace cartwatch::readiness
