// Bytes that a scanner read, as JSON text that loses none of them. Pure.
#pragma once

#include "scanner/values/result.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

namespace cartwatch::wire {

// Sets "text", and "encoding":"latin1" beside it where the bytes are not UTF-8: each byte is then
// one character U+0000 to U+00FF.
void put_text(nlohmann::json& object, std::string_view bytes);

// The bytes that put_text was given. Refused: no text, an unknown encoding, or a character beyond
// U+00FF under latin1.
[[nodiscard]] Result<std::string> take_text(const nlohmann::json& object);

// A JSON object from one line. Refused: not JSON, not UTF-8, or something other than an object.
[[nodiscard]] Result<nlohmann::json> parse_object(std::string_view line);

} // namespace cartwatch::wire
