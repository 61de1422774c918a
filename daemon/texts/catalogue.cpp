#include "daemon/texts/catalogue.hpp"

#include <nlohmann/json.hpp>

#include <fstream>

namespace cartwatch::texts {

namespace {

const std::string& value_of(const Values& values, std::string_view name) {
    static const std::string unknown;
    const auto found = values.find(std::string(name));
    return found == values.end() ? unknown : found->second;
}

// What stands between the braces: a name, or name|one|many.
std::string filled(std::string_view inside, const Values& values) {
    const std::size_t first = inside.find('|');
    if (first == std::string_view::npos) {
        return value_of(values, inside);
    }
    const std::size_t second = inside.find('|', first + 1);
    const bool one = value_of(values, inside.substr(0, first)) == "1";
    return std::string(
        one ? inside.substr(first + 1, second - first - 1) : inside.substr(second + 1));
}

struct Part {
    std::string text;
    bool complete = true; // every value in it is known
};

Part fill_part(std::string_view text, const Values& values) {
    Part part;
    while (!text.empty()) {
        const std::size_t open = text.find('{');
        const std::size_t close = text.find('}', open);
        if (open == std::string_view::npos || close == std::string_view::npos) {
            part.text += text;
            break;
        }
        const std::string_view inside = text.substr(open + 1, close - open - 1);
        part.text += text.substr(0, open);
        part.text += filled(inside, values);
        part.complete =
            part.complete && !value_of(values, inside.substr(0, inside.find('|'))).empty();
        text.remove_prefix(close + 1);
    }
    return part;
}

} // namespace

std::string fill(std::string_view text, const Values& values) {
    std::string result;
    while (!text.empty()) {
        const std::size_t open = text.find('[');
        const std::size_t close = text.find(']', open);
        if (open == std::string_view::npos || close == std::string_view::npos) {
            return result + fill_part(text, values).text;
        }
        result += fill_part(text.substr(0, open), values).text;
        const Part optional = fill_part(text.substr(open + 1, close - open - 1), values);
        result += optional.complete ? optional.text : "";
        text.remove_prefix(close + 1);
    }
    return result;
}

Result<Catalogue> Catalogue::load(const std::filesystem::path& folder, std::string_view language) {
    const std::filesystem::path file = folder / (std::string(language) + ".json");
    std::ifstream stream(file, std::ios::binary);
    const auto json = nlohmann::json::parse(stream, nullptr, false);
    if (!json.is_object()) {
        return refused(ErrorCode::not_found, file.string() + ": no catalogue of texts");
    }
    Catalogue catalogue;
    for (const auto& [key, value] : json.items()) {
        if (value.is_string()) {
            catalogue.texts_[key] = value.get<std::string>();
        }
    }
    return catalogue;
}

std::string Catalogue::text(std::string_view key, const Values& values) const {
    const auto found = texts_.find(key);
    return found == texts_.end() ? std::string(key) : fill(found->second, values);
}

} // namespace cartwatch::texts
