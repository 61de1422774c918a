#include "scanner/wire/wire_text.hpp"

#include "scanner/values/text.hpp"

namespace cartwatch::wire {

namespace {

std::string utf8_of_latin1(std::string_view bytes) {
    std::string text;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80) {
            text += c;
        } else {
            text += static_cast<char>(0xC0 | (byte >> 6));
            text += static_cast<char>(0x80 | (byte & 0x3F));
        }
    }
    return text;
}

// Precondition: well-formed UTF-8 (the JSON parser saw to it).
Result<std::string> latin1_of_utf8(std::string_view text) {
    std::string bytes;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte < 0x80) {
            bytes += text[i];
        } else if (byte <= 0xC3 && i + 1 < text.size()) {
            const auto next = static_cast<unsigned char>(text[++i]);
            bytes += static_cast<char>(((byte & 0x03) << 6) | (next & 0x3F));
        } else {
            return refused(ErrorCode::bad_input, "a character beyond latin1 in a latin1 text");
        }
    }
    return bytes;
}

} // namespace

void put_text(nlohmann::json& object, std::string_view bytes) {
    if (is_utf8(bytes)) {
        object["text"] = bytes;
    } else {
        object["text"] = utf8_of_latin1(bytes);
        object["encoding"] = "latin1";
    }
}

Result<std::string> take_text(const nlohmann::json& object) {
    const auto text = object.find("text");
    if (text == object.end() || !text->is_string()) {
        return refused(ErrorCode::bad_input, "member \"text\" is missing or not a string");
    }
    const auto encoding = object.find("encoding");
    if (encoding == object.end()) {
        return text->get<std::string>();
    }
    if (*encoding != "latin1") {
        return refused(ErrorCode::bad_input, "unknown \"encoding\", only latin1 is known");
    }
    return latin1_of_utf8(text->get_ref<const std::string&>());
}

Result<nlohmann::json> parse_object(std::string_view line) {
    auto object = nlohmann::json::parse(line, nullptr, false);
    if (object.is_discarded()) {
        return refused(ErrorCode::bad_input, "not JSON: \"" + shortened(line) + "\"");
    }
    if (!object.is_object()) {
        return refused(ErrorCode::bad_input, "not a JSON object: \"" + shortened(line) + "\"");
    }
    return object;
}

} // namespace cartwatch::wire
