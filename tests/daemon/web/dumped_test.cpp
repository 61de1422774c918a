// How a view becomes text.
#include "daemon/web/views.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <string>

namespace cartwatch::dumped_test {

using web::dumped;
using web::Json;

TEST_CASE("a view is written as its library would write it", "[web][view]") {
    Json json;
    json["empty"] = {Json::object(), Json::array(), "", nullptr};
    json["numbers"] = {0, -1, 9'007'199'254'740'992, 1.5, true, false};
    json["texts"] = {"肾上腺素 😀", "\"\\/\x1d\n\t\x7f", "\xff", std::string("a\0b", 3)};
    json["a \"name\"\n"] = {{"in it", {{"deep", {1, {2}}}}}};
    json[""] = "0123456789 in words of eight, and 药 behind them";

    CHECK(dumped(json) == json.dump(-1, ' ', false, Json::error_handler_t::replace));
    for (const auto& [name, value] : json.items()) {
        CHECK(dumped(value) == value.dump(-1, ' ', false, Json::error_handler_t::replace));
    }
}

} // namespace cartwatch::dumped_test
