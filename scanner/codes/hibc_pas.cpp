#include "scanner/codes/hibc_pas.hpp"

#include <algorithm>

namespace cartwatch::codes::hibc {

namespace {

// A flag is one letter, or three where the first is Z: data of at most 15 may begin with two more.
constexpr std::size_t data_length_max = 17;

bool is_flag(char c) {
    return c >= 'A' && c <= 'Z';
}

void put_field(ScannedCode& code, std::string name, std::string_view value) {
    code.fields.push_back({std::move(name), std::string(value)});
}

// The part of a label that is printed in two: the first ends in its check, which the second bears
// as its link.
std::optional<BrokenField>
put_split(ScannedCode& code, std::string_view body, char check, const ScannedCode* after) {
    const bool is_first = body.front() == '1';
    put_field(code, "split", body.substr(0, 1));
    body.remove_prefix(1);
    if (body.empty()) {
        return BrokenField{"bad_length", ""};
    }
    if (is_first) {
        put_field(code, "link", std::string_view(&check, 1));
        put_field(code, "part", body);
        return std::nullopt;
    }
    const std::string_view link = body.substr(body.size() - 1);
    const bool is_of_another = after != nullptr && after->family == Family::hibc
                               && after->field("split") == "1" && after->field("link") != link;
    if (is_of_another) {
        return BrokenField{"bad_link_character", std::string(link)};
    }
    put_field(code, "link", link);
    put_field(code, "part", body.substr(0, body.size() - 1));
    return std::nullopt;
}

} // namespace

std::optional<BrokenField> put_provider_fields(
    ScannedCode& code, std::string_view body, char check, const ScannedCode* after) {
    body.remove_prefix(1);
    put_field(code, "pas", body);
    if (body.starts_with('1') || body.starts_with('2')) {
        return put_split(code, body, check, after);
    }
    if (body.empty() || !is_flag(body.front())) {
        return BrokenField{"bad_where_flag", std::string(body.substr(0, 1))};
    }
    put_field(code, "where", body.substr(0, 1));
    body.remove_prefix(1);
    for (int number = 1; number == 1 || !body.empty(); ++number) {
        const std::size_t end = std::min(body.find('/'), body.size());
        const std::string_view field = body.substr(0, end);
        body.remove_prefix(std::min(end + 1, body.size()));
        if (field.empty() || !is_flag(field.front())) {
            return BrokenField{"bad_what_flag", std::string(field)};
        }
        if (field.size() < 2 || field.size() > 1 + data_length_max) {
            return BrokenField{"bad_length", std::string(field)};
        }
        put_field(code, "what_" + std::to_string(number), field.substr(0, 1));
        put_field(code, "data_" + std::to_string(number), field.substr(1));
    }
    return std::nullopt;
}

} // namespace cartwatch::codes::hibc
