// The two archives that `describe` speaks to: one builds a JSON object, one reads it back and keeps
// the first fault with its JSON pointer. Nothing here throws on what a file or a peer sent.
#pragma once

#include "daemon/journal/event_shapes.hpp"
#include "daemon/journal/json_tree.hpp"
#include "daemon/journal/names.hpp"
#include "daemon/journal/strict_json.hpp"
#include "scanner/values/text.hpp"

#include <concepts>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace cartwatch::journal {

template <typename T>
struct ListOf : std::false_type {};

template <typename T>
struct ListOf<std::vector<T>> : std::true_type {};

template <typename T>
struct MaybeOf : std::false_type {};

template <typename T>
struct MaybeOf<std::optional<T>> : std::true_type {};

inline constexpr Range any_integer{
    std::numeric_limits<int>::min(), std::numeric_limits<int>::max()};

// Writes the canonical form at once: a value is its text, and an object sorts its members.
class JsonWriter {
public:
    template <typename T>
    void operator()(const char* name, const T& value, Range /*range*/ = any_integer) {
        members_.emplace_back(name, text_of(value));
    }

    // A member that older versions did not write (see JsonReader).
    template <typename T>
    void added(const char* name, const T& value, Range range = any_integer) {
        (*this)(name, value, range);
    }

    void require(bool /*holds*/, const char* /*name*/, const char* /*expected*/) {}

    // The object of all that was told, which is no more here then.
    [[nodiscard]] std::string take();

    template <typename T>
    [[nodiscard]] static std::string text_of(const T& value) {
        if constexpr (
            std::is_same_v<
                T,
                Day> || std::is_same_v<T, Instant> || std::is_same_v<T, readiness::Amount>) {
            return quoted_json(to_text(value));
        } else if constexpr (MaybeOf<T>::value) {
            return value ? text_of(*value) : "null";
        } else if constexpr (ListOf<T>::value) {
            std::string list = "[";
            for (const auto& element : value) {
                list += list.size() > 1 ? "," : "";
                list += text_of(element);
            }
            return list + "]";
        } else if constexpr (std::is_enum_v<T>) {
            return quoted_json(name_of(value));
        } else if constexpr (std::is_same_v<T, std::string>) {
            return quoted_json(value);
        } else if constexpr (std::is_same_v<T, bool>) {
            return value ? "true" : "false";
        } else if constexpr (std::is_integral_v<T>) {
            return std::to_string(value);
        } else {
            JsonWriter inner;
            shapes::describe(inner, value);
            return inner.take();
        }
    }

private:
    std::vector<std::pair<std::string_view, std::string>> members_; // names are literals
};

// Where a value does not fit and what was expected there.
struct Fault {
    std::string pointer;
    std::string expected;
};

// A place in a body, as a chain that is written out only where a fault is told.
struct Place {
    const Place* within = nullptr;
    const char* member = nullptr; // null: an element
    std::size_t element = 0;
};

// The JSON pointer of that place; empty: the whole body.
[[nodiscard]] inline std::string pointer_to(const Place* place) {
    if (place == nullptr) {
        return {};
    }
    return pointer_to(place->within) + "/"
           + (place->member != nullptr ? std::string(place->member)
                                       : std::to_string(place->element));
}

class JsonReader {
public:
    using Json = JsonTree::Value;

    // `place` outlives the reader; null: the body itself. `fault` is shared by the readers of inner
    // objects: the first one stays.
    JsonReader(Json object, const Place* place, std::optional<Fault>& fault)
        : object_(object), place_(place), fault_(fault) {}

    // A value that stands by itself.
    template <typename T>
    [[nodiscard]] static std::optional<T> whole(Json json) {
        std::optional<Fault> fault;
        JsonReader reader(json, nullptr, fault);
        T value;
        reader.read(json, value, Place{}, any_integer);
        return fault ? std::nullopt : std::optional<T>(std::move(value));
    }

    template <typename T>
    void operator()(const char* name, T& value, Range range = any_integer) {
        if (fault_) {
            return;
        }
        const Place place{place_, name};
        const auto found = object_.find(name);
        if (!found) {
            stop(place, "a member");
            return;
        }
        read(*found, value, place, range);
    }

    // A member that older versions did not write: without it the value stays as it is made. Its
    // schema names that value as the default.
    template <typename T>
    void added(const char* name, T& value, Range range = any_integer) {
        if (!fault_ && object_.find(name)) {
            (*this)(name, value, range);
        }
    }

    void require(bool holds, const char* name, const char* expected) {
        if (!fault_ && !holds) {
            stop(Place{place_, name}, expected);
        }
    }

private:
    void stop(const Place& place, std::string expected) {
        fault_ = Fault{pointer_to(&place), std::move(expected)};
    }

    void read(Json json, std::string& value, const Place& place, Range) {
        const std::string_view* text = json.text();
        if (text == nullptr || text->size() > text_bytes_max) {
            stop(place, "text of at most " + std::to_string(text_bytes_max) + " bytes");
            return;
        }
        value = *text;
    }

    void read(Json json, bool& value, const Place& place, Range) {
        const std::optional<bool> truth = json.boolean();
        if (!truth) {
            stop(place, "true or false");
            return;
        }
        value = *truth;
    }

    template <typename Number>
    requires std::signed_integral<Number>

    void read(Json json, Number& value, const Place& place, Range range) {
        const std::int64_t* number = json.integer();
        if (number == nullptr || *number < range.least || *number > range.most) {
            stop(
                place,
                "a whole number from " + std::to_string(range.least) + " to "
                    + std::to_string(range.most));
            return;
        }
        value = static_cast<Number>(*number);
    }

    void read(Json json, Day& value, const Place& place, Range) {
        read_text(json, value, place, parse_day, "a date YYYY-MM-DD");
    }

    void read(Json json, Instant& value, const Place& place, Range) {
        read_text(json, value, place, parse_instant, "an instant YYYY-MM-DDThh:mm:ss.mmmZ");
    }

    void read(Json json, readiness::Amount& value, const Place& place, Range) {
        constexpr auto expected = "a decimal number as text, at most three places";
        read_text(json, value, place, readiness::parse_amount, expected);
    }

    template <typename E>
    requires std::is_enum_v<E>

    void read(Json json, E& value, const Place& place, Range) {
        read_text(json, value, place, parse_name<E>, "one of the names of the schema");
    }

    // What is written as text that `parse` understands.
    template <typename T, typename Parse>
    void read_text(Json json, T& value, const Place& place, Parse parse, const char* expected) {
        const std::string_view* text = json.text();
        const std::optional<T> parsed = text == nullptr ? std::nullopt : parse(*text);
        if (!parsed) {
            stop(place, expected);
            return;
        }
        value = *parsed;
    }

    template <typename T>
    void read(Json json, std::optional<T>& value, const Place& place, Range range) {
        value.reset();
        if (!json.is_null()) {
            read(json, value.emplace(), place, range);
        }
    }

    template <typename T>
    void read(Json json, std::vector<T>& value, const Place& place, Range range) {
        value.clear();
        if (!json.is_array() || json.size() > list_elements_max) {
            stop(place, "a list of at most " + std::to_string(list_elements_max) + " elements");
            return;
        }
        value.resize(json.size());
        Place element{&place, nullptr, 0};
        json.each([&](Json one) {
            read(one, value[element.element], element, range);
            ++element.element;
            return !fault_;
        });
    }

    template <typename T>
    requires std::is_class_v<T>

    void read(Json json, T& value, const Place& place, Range) {
        if (!json.is_object()) {
            stop(place, "an object");
            return;
        }
        JsonReader inner(json, &place, fault_);
        shapes::describe(inner, value);
    }

    Json object_;
    const Place* place_;
    std::optional<Fault>& fault_;
};

} // namespace cartwatch::journal
