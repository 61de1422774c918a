// The two archives that `describe` speaks to: one builds a JSON object, one reads it back and keeps
// the first fault with its JSON pointer. Nothing here throws on what a file or a peer sent.
#pragma once

#include "daemon/journal/event_shapes.hpp"
#include "daemon/journal/names.hpp"
#include "scanner/values/text.hpp"

#include <nlohmann/json.hpp>

#include <concepts>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <type_traits>
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

class JsonWriter {
public:
    template <typename T>
    void operator()(const char* name, const T& value, Range /*range*/ = any_integer) {
        object_[name] = json_of(value);
    }

    // A member that older versions did not write (see JsonReader).
    template <typename T>
    void added(const char* name, const T& value, Range range = any_integer) {
        (*this)(name, value, range);
    }

    void require(bool /*holds*/, const char* /*name*/, const char* /*expected*/) {}

    [[nodiscard]] nlohmann::json take() {
        return std::move(object_);
    }

    template <typename T>
    [[nodiscard]] static nlohmann::json json_of(const T& value) {
        if constexpr (
            std::is_same_v<
                T,
                Day> || std::is_same_v<T, Instant> || std::is_same_v<T, readiness::Amount>) {
            return to_text(value);
        } else if constexpr (MaybeOf<T>::value) {
            return value ? json_of(*value) : nlohmann::json(nullptr);
        } else if constexpr (ListOf<T>::value) {
            nlohmann::json list = nlohmann::json::array();
            for (const auto& element : value) {
                list.push_back(json_of(element));
            }
            return list;
        } else if constexpr (std::is_enum_v<T>) {
            return name_of(value);
        } else if constexpr (std::is_class_v<T> && !std::is_same_v<T, std::string>) {
            JsonWriter inner;
            shapes::describe(inner, value);
            return inner.take();
        } else {
            return value;
        }
    }

private:
    nlohmann::json object_ = nlohmann::json::object();
};

// Where a value does not fit and what was expected there.
struct Fault {
    std::string pointer;
    std::string expected;
};

class JsonReader {
public:
    // `fault` is shared by the readers of inner objects: the first one stays.
    JsonReader(const nlohmann::json& object, std::string pointer, std::optional<Fault>& fault)
        : object_(object), pointer_(std::move(pointer)), fault_(fault) {}

    template <typename T>
    void operator()(const char* name, T& value, Range range = any_integer) {
        if (fault_) {
            return;
        }
        const auto found = object_.find(name);
        if (found == object_.end()) {
            stop(pointer_ + "/" + name, "a member");
            return;
        }
        read(*found, value, pointer_ + "/" + name, range);
    }

    // A member that older versions did not write: without it the value stays as it is made. Its
    // schema names that value as the default.
    template <typename T>
    void added(const char* name, T& value, Range range = any_integer) {
        if (!fault_ && object_.contains(name)) {
            (*this)(name, value, range);
        }
    }

    void require(bool holds, const char* name, const char* expected) {
        if (!fault_ && !holds) {
            stop(pointer_ + "/" + name, expected);
        }
    }

private:
    void stop(std::string pointer, std::string expected) {
        fault_ = Fault{std::move(pointer), std::move(expected)};
    }

    void read(const nlohmann::json& json, std::string& value, std::string pointer, Range) {
        if (!json.is_string() || json.get_ref<const std::string&>().size() > text_bytes_max) {
            stop(
                std::move(pointer), "text of at most " + std::to_string(text_bytes_max) + " bytes");
            return;
        }
        value = json.get_ref<const std::string&>();
    }

    void read(const nlohmann::json& json, bool& value, std::string pointer, Range) {
        if (!json.is_boolean()) {
            stop(std::move(pointer), "true or false");
            return;
        }
        value = json.get<bool>();
    }

    template <typename Number>
    requires std::signed_integral<Number>

    void read(const nlohmann::json& json, Number& value, std::string pointer, Range range) {
        const auto number = json.is_number_integer() ? json.get<std::int64_t>() : range.least - 1;
        if (number < range.least || number > range.most) {
            stop(
                std::move(pointer),
                "a whole number from " + std::to_string(range.least) + " to "
                    + std::to_string(range.most));
            return;
        }
        value = static_cast<Number>(number);
    }

    void read(const nlohmann::json& json, Day& value, std::string pointer, Range) {
        const auto day =
            json.is_string() ? parse_day(json.get_ref<const std::string&>()) : std::optional<Day>{};
        if (!day) {
            stop(std::move(pointer), "a date YYYY-MM-DD");
            return;
        }
        value = *day;
    }

    void read(const nlohmann::json& json, Instant& value, std::string pointer, Range) {
        const auto instant = json.is_string() ? parse_instant(json.get_ref<const std::string&>())
                                              : std::optional<Instant>{};
        if (!instant) {
            stop(std::move(pointer), "an instant YYYY-MM-DDThh:mm:ss.mmmZ");
            return;
        }
        value = *instant;
    }

    void read(const nlohmann::json& json, readiness::Amount& value, std::string pointer, Range) {
        const auto amount = json.is_string()
                                ? readiness::parse_amount(json.get_ref<const std::string&>())
                                : std::optional<readiness::Amount>{};
        if (!amount) {
            stop(std::move(pointer), "a decimal number as text, at most three places");
            return;
        }
        value = *amount;
    }

    template <typename E>
    requires std::is_enum_v<E>

    void read(const nlohmann::json& json, E& value, std::string pointer, Range) {
        const auto known = json.is_string() ? parse_name<E>(json.get_ref<const std::string&>())
                                            : std::optional<E>{};
        if (!known) {
            stop(std::move(pointer), "one of the names of the schema");
            return;
        }
        value = *known;
    }

    template <typename T>
    void
    read(const nlohmann::json& json, std::optional<T>& value, std::string pointer, Range range) {
        value.reset();
        if (!json.is_null()) {
            read(json, value.emplace(), std::move(pointer), range);
        }
    }

    template <typename T>
    void read(const nlohmann::json& json, std::vector<T>& value, std::string pointer, Range range) {
        value.clear();
        if (!json.is_array() || json.size() > list_elements_max) {
            stop(
                std::move(pointer),
                "a list of at most " + std::to_string(list_elements_max) + " elements");
            return;
        }
        value.resize(json.size());
        for (std::size_t i = 0; i < json.size() && !fault_; ++i) {
            read(json[i], value[i], pointer + "/" + std::to_string(i), range);
        }
    }

    template <typename T>
    requires std::is_class_v<T>

    void read(const nlohmann::json& json, T& value, std::string pointer, Range) {
        if (!json.is_object()) {
            stop(std::move(pointer), "an object");
            return;
        }
        JsonReader inner(json, std::move(pointer), fault_);
        shapes::describe(inner, value);
    }

    const nlohmann::json& object_;
    std::string pointer_;
    std::optional<Fault>& fault_;
};

} // namespace cartwatch::journal
