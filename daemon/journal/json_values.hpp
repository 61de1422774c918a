// One value of the rules as JSON text in a column or a cell, and back. Same shapes as in entries.
#pragma once

#include "daemon/journal/entry.hpp"
#include "daemon/journal/json_archive.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace cartwatch::journal {

template <typename T>
[[nodiscard]] std::string text_of(const T& value) {
    return JsonWriter::text_of(value);
}

// nullopt where the text is not JSON of this shape.
template <typename T>
[[nodiscard]] std::optional<T> value_of(std::string_view text) {
    const auto json = JsonTree::read(text, entry_bytes_max);
    return json ? JsonReader::whole<T>(json->root()) : std::nullopt;
}

} // namespace cartwatch::journal
