#include "daemon/pack/secrets.hpp"

#include <nlohmann/json.hpp>

namespace cartwatch::pack {

namespace {

constexpr std::size_t shortest_part = 4;

} // namespace

Secrets::Secrets(const std::set<std::string>& codes) {
    for (const std::string& code : codes) {
        if (code.empty()) {
            continue;
        }
        const std::string quoted =
            nlohmann::json(code).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
        const std::string text =
            code.size() < shortest_part ? quoted : quoted.substr(1, quoted.size() - 2);
        codes_[text.size()].insert(text);
    }
}

bool Secrets::in(std::string_view json) const {
    for (const auto& [length, codes] : codes_) {
        for (std::size_t at = 0; at + length <= json.size(); ++at) {
            if (codes.find(json.substr(at, length)) != codes.end()) {
                return true;
            }
        }
    }
    return false;
}

} // namespace cartwatch::pack
