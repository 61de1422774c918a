#include "daemon/web/service.hpp"

namespace cartwatch::web {

std::string_view to_text(NodeRole role) {
    return role == NodeRole::ward ? "ward" : "pharmacy";
}

std::string_view to_text(LinkState state) {
    switch (state) {
    case LinkState::off:
        return "off";
    case LinkState::connecting:
        return "connecting";
    case LinkState::connected:
        return "connected";
    }
    return "off";
}

} // namespace cartwatch::web
