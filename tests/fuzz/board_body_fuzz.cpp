// What the pharmacy publishes: a fault always names its place, and what is accepted says who it is
// from and holds to its bounds.
#include "daemon/web/board_commands.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <variant>

using namespace cartwatch;

namespace {

void require(bool condition) {
    if (!condition) {
        std::abort();
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view body(reinterpret_cast<const char*>(data), size);
    for (const std::string_view path :
         {web::issue_recall_path, web::publish_substitution_path, web::set_policy_path}) {
        const auto command = web::parse_board_command(path, body);
        require(command || !command.error().text.empty());
        if (!command) {
            continue;
        }
        if (const auto* set = std::get_if<readiness::SetPolicy>(&*command)) {
            require(set->policy.blind_lines >= 0 && set->before.near_expiry_days.size() <= 10);
            require(!set->badge.empty());
        } else if (const auto* recall = std::get_if<readiness::IssueRecall>(&*command)) {
            require(!recall->badge.empty() && !recall->recall.product.empty());
        }
    }
    return 0;
}
