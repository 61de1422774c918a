// Reads the members of a body strictly: each is asked for by name with what it may be, the first
// fault is kept with its JSON pointer, and members that nobody asked for are one.
#pragma once

#include "daemon/journal/strict_json.hpp"
#include "daemon/readiness/amount.hpp"
#include "daemon/web/command_json.hpp"
#include "daemon/web/message.hpp"
#include "scanner/values/day.hpp"
#include "scanner/values/text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cartwatch::web {

using Body = nlohmann::json;

// The value for a message. Nested ones are only named: printing them recurses as deep as they go.
[[nodiscard]] inline std::string quoted(const Body& value) {
    return value.is_structured() ? std::string(value.type_name()) : shortened(value.dump());
}

// One object of the body. Remembers the first fault; after one, answers are defaults.
class Members {
public:
    Members(const Body& object, std::string at) : object_(object), at_(std::move(at)) {
        if (!object.is_object()) {
            note(at_, "an object is expected here");
        }
    }

    [[nodiscard]] std::string text(const std::string& name, std::size_t bytes_max) {
        const std::string value = optional_text(name, bytes_max);
        if (value.empty()) {
            note(at_ + "/" + name, "a text is expected here");
        }
        return value;
    }

    // Empty where it is absent or null.
    [[nodiscard]] std::string optional_text(const std::string& name, std::size_t bytes_max) {
        const Body* value = member(name);
        if (value == nullptr) {
            return "";
        }
        const auto* text = value->get_ptr<const Body::string_t*>();
        if (text == nullptr || text->empty()) {
            note(at_ + "/" + name, "a text is expected here, not " + quoted(*value));
            return "";
        }
        if (text->size() > bytes_max) {
            note(
                at_ + "/" + name,
                "at most " + std::to_string(bytes_max) + " bytes are expected here, not "
                    + std::to_string(text->size()));
            return "";
        }
        return *text;
    }

    [[nodiscard]] int number(const std::string& name, int low, int high) {
        const Body* value = member(name);
        if (value == nullptr || !value->is_number_integer() || is_outside(*value, low, high)) {
            note(
                at_ + "/" + name,
                "a whole number from " + std::to_string(low) + " to " + std::to_string(high)
                    + " is expected here" + (value == nullptr ? "" : ", not " + quoted(*value)));
            return low;
        }
        return value->get<int>();
    }

    // A list of 0 to count_max whole numbers.
    [[nodiscard]] std::vector<int>
    numbers(const std::string& name, std::size_t count_max, int low, int high) {
        const Body* value = member(name);
        std::vector<int> numbers;
        if (value == nullptr || !value->is_array() || value->size() > count_max) {
            note(
                at_ + "/" + name,
                "a list of at most " + std::to_string(count_max) + " numbers is expected here");
            return numbers;
        }
        for (const Body& one : *value) {
            if (!one.is_number_integer() || is_outside(one, low, high)) {
                note(
                    at_ + "/" + name + "/" + std::to_string(numbers.size()),
                    "a whole number from " + std::to_string(low) + " to " + std::to_string(high)
                        + " is expected here, not " + quoted(one));
                return numbers;
            }
            numbers.push_back(one.get<int>());
        }
        return numbers;
    }

    // The place of a text among these words; 0 with the fault noted where it is none of them.
    [[nodiscard]] std::size_t
    word(const std::string& name, std::span<const std::string_view> words) {
        const std::string value = text(name, name_bytes_max);
        const auto found = std::find(words.begin(), words.end(), value);
        if (found != words.end()) {
            return static_cast<std::size_t>(found - words.begin());
        }
        std::string list;
        for (const std::string_view one : words) {
            list += (list.empty() ? "" : ", ") + std::string(one);
        }
        note(at_ + "/" + name, "one of " + list + " is expected here");
        return 0;
    }

    // A number from 0 on, not always whole; nullopt where it is absent or null.
    [[nodiscard]] std::optional<double> optional_measure(const std::string& name, double high) {
        const Body* value = member(name);
        if (value == nullptr) {
            return std::nullopt;
        }
        if (!value->is_number() || value->get<double>() < 0 || value->get<double>() > high) {
            note(
                at_ + "/" + name,
                "a number from 0 to " + std::to_string(std::llround(high))
                    + " is expected here, not " + quoted(*value));
            return std::nullopt;
        }
        return value->get<double>();
    }

    // Whether it is there, and not null.
    [[nodiscard]] bool has(const std::string& name) {
        return member(name) != nullptr;
    }

    // Required unless a default is given.
    [[nodiscard]] bool flag(const std::string& name, std::optional<bool> otherwise) {
        const Body* value = member(name);
        if (value == nullptr && otherwise) {
            return *otherwise;
        }
        if (value == nullptr || !value->is_boolean()) {
            note(at_ + "/" + name, "true or false is expected here");
            return false;
        }
        return value->get<bool>();
    }

    [[nodiscard]] Day day(const std::string& name) {
        const auto day = parse_day(text(name, name_bytes_max));
        if (!day) {
            note(at_ + "/" + name, "a day such as \"2026-11-22\" is expected here");
        }
        return day.value_or(Day{});
    }

    // nullopt where it is absent or null.
    [[nodiscard]] std::optional<Day> optional_day(const std::string& name) {
        return member(name) == nullptr ? std::nullopt : std::optional(day(name));
    }

    [[nodiscard]] readiness::Amount amount(const std::string& name) {
        const auto amount = readiness::parse_amount(text(name, name_bytes_max));
        if (!amount) {
            note(
                at_ + "/" + name,
                "a number as text such as \"15.2\", with at most three places, is expected here");
        }
        return amount.value_or(readiness::Amount{});
    }

    [[nodiscard]] Instant instant(const std::string& name) {
        const auto instant = optional_instant(name);
        if (!instant) {
            note(at_ + "/" + name, "an instant is expected here");
        }
        return instant.value_or(Instant{});
    }

    [[nodiscard]] std::optional<Instant> optional_instant(const std::string& name) {
        const std::string value = optional_text(name, name_bytes_max);
        const auto instant = parse_instant(value);
        if (!value.empty() && !instant) {
            note(
                at_ + "/" + name,
                "an instant such as \"2026-11-22T02:06:39.123Z\" is expected here");
        }
        return instant;
    }

    // A list of 1 to count_max texts.
    [[nodiscard]] std::vector<std::string>
    texts(const std::string& name, std::size_t count_max, std::size_t bytes_max) {
        const Body* value = member(name);
        std::vector<std::string> texts;
        if (value == nullptr || !value->is_array() || value->empty() || value->size() > count_max) {
            note(
                at_ + "/" + name,
                "a list of 1 to " + std::to_string(count_max) + " texts is expected here");
            return texts;
        }
        for (const Body& one : *value) {
            const auto* text = one.get_ptr<const Body::string_t*>();
            if (text == nullptr || text->empty() || text->size() > bytes_max) {
                note(
                    at_ + "/" + name + "/" + std::to_string(texts.size()),
                    "a text of 1 to " + std::to_string(bytes_max) + " bytes is expected here");
                return texts;
            }
            texts.push_back(*text);
        }
        return texts;
    }

    // As texts, but none where the member is absent or null.
    [[nodiscard]] std::vector<std::string>
    optional_texts(const std::string& name, std::size_t count_max, std::size_t bytes_max) {
        return member(name) == nullptr ? std::vector<std::string>{}
                                       : texts(name, count_max, bytes_max);
    }

    // Calls on_object(Members&) for each object of a list of 0 to count_max, which must know all of
    // its members.
    template <typename F>
    void objects(const std::string& name, std::size_t count_max, F on_object) {
        const Body* value = member(name);
        if (value == nullptr || !value->is_array() || value->size() > count_max) {
            note(
                at_ + "/" + name,
                "a list of at most " + std::to_string(count_max) + " objects is expected here");
            return;
        }
        for (std::size_t i = 0; i < value->size(); ++i) {
            Members inner((*value)[i], at_ + "/" + name + "/" + std::to_string(i));
            on_object(inner);
            if (const auto fault = inner.finish()) {
                note(fault->pointer, fault->text);
            }
        }
    }

    [[nodiscard]] Members object(const std::string& name) {
        static const Body nothing;
        const Body* value = member(name);
        return {value == nullptr ? nothing : *value, at_ + "/" + name};
    }

    // Call last: refuses the members that were not asked for.
    [[nodiscard]] std::optional<BodyFault> finish() {
        if (object_.is_object()) {
            for (const auto& [name, value] : object_.items()) {
                if (!known_.contains(name)) {
                    note((Body::json_pointer(at_) / name).to_string(), "nobody knows this member");
                }
            }
        }
        return fault_;
    }

    void note(const std::string& pointer, const std::string& text) {
        if (!fault_) {
            fault_ = BodyFault{pointer, text};
        }
    }

private:
    [[nodiscard]] const Body* member(const std::string& name) {
        known_.insert(name);
        if (!object_.is_object()) {
            return nullptr;
        }
        const auto found = object_.find(name);
        return found == object_.end() || found->is_null() ? nullptr : &*found;
    }

    [[nodiscard]] static bool is_outside(const Body& value, int low, int high) {
        if (value.is_number_unsigned()) { // all that are 0 or more
            return value.get<std::uint64_t>() > static_cast<std::uint64_t>(high)
                   || (low > 0 && value.get<std::uint64_t>() < static_cast<std::uint64_t>(low));
        }
        return value.get<std::int64_t>() < low || value.get<std::int64_t>() > high;
    }

    const Body& object_;
    std::string at_;
    std::set<std::string> known_;
    std::optional<BodyFault> fault_;
};

[[nodiscard]] inline Parsed<Body> parse_json(std::string_view body) {
    if (const auto bytes = journal::check_json_bytes(body); !bytes) {
        return tl::unexpected(BodyFault{"", bytes.error().text});
    }
    Body parsed = Body::parse(body, nullptr, false);
    if (parsed.is_discarded()) {
        return tl::unexpected(BodyFault{"", "the body is not one JSON text"});
    }
    return parsed;
}

} // namespace cartwatch::web
