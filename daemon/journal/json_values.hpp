// One value of the rules as JSON text in a column or a cell, and back. Same shapes as in entries.
#pragma once

#include "daemon/journal/entry.hpp"
#include "daemon/journal/json_archive.hpp"
#include "daemon/journal/strict_json.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace cartwatch::journal {

template <typename T>
[[nodiscard]] std::string text_of(const T& value) {
    return canonical_json(JsonWriter::json_of(value));
}

// nullopt where the text is not JSON of this shape.
template <typename T>
[[nodiscard]] std::optional<T> value_of(std::string_view text) {
    auto json = parse_strict_json(text, entry_bytes_max);
    if (!json) {
        return std::nullopt;
    }
    nlohmann::json object = nlohmann::json::object();
    object["value"] = std::move(*json);
    std::optional<Fault> fault;
    JsonReader reader(object, "", fault);
    T value;
    reader("value", value);
    return fault ? std::nullopt : std::optional<T>(std::move(value));
}

} // namespace cartwatch::journal
