// Reads a JSON document strictly and remembers its faults with their JSON pointers (RFC 6901).
// After a fault an answer is a default, so that callers need no checks in between: they ask for the
// first fault, in the order of the text, once at the end.
#pragma once

#include "daemon/readiness/amount.hpp"
#include "scanner/values/day.hpp"
#include "scanner/values/result.hpp"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace cartwatch::commands {

using OrderedJson = nlohmann::ordered_json;

class Faults {
public:
    void note(const std::string& pointer, const std::string& what);

    // The fault that stands first in the text; what is missing counts as standing at the end of the
    // object that lacks it. nullopt where there is none.
    [[nodiscard]] std::optional<Error> first_in(const OrderedJson& document) const;

private:
    std::map<std::string, std::string> what_at_; // by pointer; the first noted of each
};

// More members than any object of a schema has: beyond it an object is not even read.
inline constexpr std::size_t members_max = 64;

// The document; a member named twice in one object is noted. Refused: not JSON, or too many
// members.
[[nodiscard]] Result<OrderedJson> parse_strict_json(std::string_view text, Faults& faults);

// One object of the document. Members are asked for by name; `finish` refuses those nobody knows.
class ObjectReader {
public:
    // `names` lists every member that the object may have, in the order of the schema.
    ObjectReader(
        const OrderedJson& value,
        std::string pointer,
        Faults& faults,
        std::initializer_list<std::string_view> names);

    [[nodiscard]] bool has(std::string_view name) const;
    // Required text of 1 to 200 bytes.
    [[nodiscard]] std::string text(std::string_view name);
    [[nodiscard]] std::string optional_text(std::string_view name);
    [[nodiscard]] int integer(std::string_view name, int low, int high);
    [[nodiscard]] int optional_integer(std::string_view name, int low, int high, int otherwise);
    [[nodiscard]] bool boolean(std::string_view name);
    [[nodiscard]] bool optional_boolean(std::string_view name, bool otherwise);
    [[nodiscard]] Day day(std::string_view name);
    // Absent, or null where `nullable`: nullopt.
    [[nodiscard]] std::optional<Day> optional_day(std::string_view name, bool nullable);

    // Calls visit(value, pointer) for each element; an absent array has none.
    template <typename Visit>
    void each(std::string_view name, bool required, Visit visit) {
        const OrderedJson* array = find(name);
        if (!array) {
            require(name, required);
        } else if (!array->is_array()) {
            faults_.note(pointer_to(name), "must be an array");
        } else {
            std::size_t index = 0;
            for (const OrderedJson& element : *array) {
                visit(element, pointer_to(name) + "/" + std::to_string(index++));
            }
        }
    }

    // A number with at most three places; absent: nullopt.
    [[nodiscard]] std::optional<readiness::Amount> optional_amount(std::string_view name);

    [[nodiscard]] const OrderedJson* find(std::string_view name) const;
    [[nodiscard]] std::string pointer_to(std::string_view name) const;

private:
    void require(std::string_view name, bool required);

    const OrderedJson& value_;
    std::string pointer_;
    Faults& faults_;
};

} // namespace cartwatch::commands
