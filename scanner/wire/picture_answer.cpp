#include "scanner/wire/picture_answer.hpp"

#include "scanner/values/text.hpp"
#include "scanner/wire/wire_text.hpp"

namespace cartwatch::wire {

namespace {

using nlohmann::json;

Unexpected not_an_answer(std::string_view line) {
    return refused(
        ErrorCode::unavailable,
        "the picture decoder answered something else: \"" + shortened(line) + "\"");
}

json corners_json(const std::array<Point, 4>& corners) {
    json array = json::array();
    for (const Point& corner : corners) {
        array.push_back(json::array({corner.x, corner.y}));
    }
    return array;
}

bool take_corners(const json& array, std::array<Point, 4>& corners) {
    if (!array.is_array() || array.size() != corners.size()) {
        return false;
    }
    for (std::size_t i = 0; i < corners.size(); ++i) {
        const json& pair = array[i];
        if (!pair.is_array() || pair.size() != 2 || !pair[0].is_number_integer()
            || !pair[1].is_number_integer()) {
            return false;
        }
        corners[i] = Point{pair[0].get<int>(), pair[1].get<int>()};
    }
    return true;
}

bool take_symbol(const json& object, Symbol& symbol) {
    if (!object.is_object() || !object.contains("symbology") || !object["symbology"].is_string()
        || !object.contains("corners")) {
        return false;
    }
    const auto text = take_text(object);
    if (!text) {
        return false;
    }
    symbol.text = *text;
    symbol.symbology = object["symbology"].get<std::string>();
    return take_corners(object["corners"], symbol.corners);
}

} // namespace

PictureLength to_picture_length(std::uint32_t bytes) {
    return {
        static_cast<std::uint8_t>(bytes >> 24),
        static_cast<std::uint8_t>(bytes >> 16),
        static_cast<std::uint8_t>(bytes >> 8),
        static_cast<std::uint8_t>(bytes)};
}

std::uint32_t from_picture_length(const PictureLength& length) {
    return std::uint32_t{length[0]} << 24 | std::uint32_t{length[1]} << 16
           | std::uint32_t{length[2]} << 8 | std::uint32_t{length[3]};
}

std::string to_picture_answer(const Result<std::vector<Symbol>>& answer) {
    json line;
    if (!answer) {
        const bool too_large = answer.error().code == ErrorCode::too_large;
        line["error"] = {
            {"code", too_large ? "too_large" : "bad_input"}, {"text", answer.error().text}};
        return line.dump(-1, ' ', false, json::error_handler_t::replace);
    }
    line["symbols"] = json::array();
    for (const Symbol& symbol : *answer) {
        json object;
        put_text(object, symbol.text);
        object["symbology"] = symbol.symbology;
        object["corners"] = corners_json(symbol.corners);
        line["symbols"].push_back(std::move(object));
    }
    return line.dump();
}

Result<std::vector<Symbol>> parse_picture_answer(std::string_view line) {
    const auto object = parse_object(line);
    if (!object) {
        return not_an_answer(line);
    }
    if (object->contains("error")) {
        const json& error = (*object)["error"];
        if (!error.is_object() || !error.contains("text") || !error["text"].is_string()) {
            return not_an_answer(line);
        }
        const bool too_large = error.value("code", json()) == "too_large";
        return refused(
            too_large ? ErrorCode::too_large : ErrorCode::bad_input,
            error["text"].get<std::string>());
    }
    if (!object->contains("symbols") || !(*object)["symbols"].is_array()) {
        return not_an_answer(line);
    }
    std::vector<Symbol> symbols;
    for (const json& entry : (*object)["symbols"]) {
        if (!take_symbol(entry, symbols.emplace_back())) {
            return not_an_answer(line);
        }
    }
    return symbols;
}

} // namespace cartwatch::wire
