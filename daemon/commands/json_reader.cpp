#include "daemon/commands/json_reader.hpp"

#include "daemon/journal/strict_json.hpp"
#include "scanner/values/text.hpp"

#include <algorithm>
#include <set>
#include <vector>

namespace cartwatch::commands {

namespace {

constexpr std::size_t text_bytes_max = 200; // the longest product name in the field has 90

std::string pointer_token(std::string_view name) {
    std::string token;
    for (const char c : name) {
        token += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
    }
    return token;
}

// Breaks the parser off; never leaves this file.
struct TooManyMembers {};

// Follows the parser through the document, to name a member that an object has twice: the JSON
// library would silently keep one of the two.
class DuplicateWatch {
public:
    explicit DuplicateWatch(Faults& faults) : faults_(faults) {}

    void on(OrderedJson::parse_event_t event, const OrderedJson& parsed) {
        using Event = OrderedJson::parse_event_t;
        if (event == Event::object_start || event == Event::array_start) {
            frames_.push_back({event == Event::array_start, 0, {}, {}});
        } else if (event == Event::key) {
            on_key(parsed.get<std::string>());
        } else {
            if (event != Event::value) {
                frames_.pop_back();
            }
            if (!frames_.empty()) {
                frames_.back().index += 1;
            }
        }
    }

    // Where the parser stands.
    [[nodiscard]] std::string pointer() const {
        std::string pointer;
        for (const Frame& frame : frames_) {
            pointer += "/" + (frame.array ? std::to_string(frame.index) : pointer_token(frame.key));
        }
        return pointer;
    }

private:
    struct Frame {
        bool array;
        std::size_t index;
        std::string key;
        std::set<std::string> keys;
    };

    void on_key(const std::string& key) {
        frames_.back().key = key;
        if (frames_.back().keys.size() >= members_max) {
            throw TooManyMembers();
        }
        if (!frames_.back().keys.insert(key).second) {
            faults_.note(pointer(), "stands here twice");
        }
    }

    std::vector<Frame> frames_;
    Faults& faults_;
};

// A JSON pointer as a message shows it; the root's is empty.
std::string at_pointer(const std::string& pointer) {
    return pointer.empty() ? "\"\"" : quotable(pointer, 400);
}

// A value as a message quotes it; structures are named, not printed: they may be deep.
std::string quoted(const OrderedJson& value) {
    return value.is_structured() ? std::string("an ") + value.type_name()
                                 : quotable(value.dump(), 40);
}

using NotedFaults = std::map<std::string, std::string>;

// The noted fault that comes first at or below this value, or end().
NotedFaults::const_iterator
first_below(const OrderedJson& value, const std::string& pointer, const NotedFaults& noted) {
    if (const auto here = noted.find(pointer); here != noted.end()) {
        return here;
    }
    if (!value.is_structured()) {
        return noted.end();
    }
    for (const auto& [name, member] : value.items()) {
        const auto found = first_below(member, pointer + "/" + pointer_token(name), noted);
        if (found != noted.end()) {
            return found;
        }
    }
    // What is left directly below this pointer names no member: it is missing.
    const auto missing = noted.lower_bound(pointer + "/");
    const bool below = missing != noted.end() && missing->first.rfind(pointer + "/", 0) == 0;
    return below ? missing : noted.end();
}

} // namespace

Result<OrderedJson> parse_strict_json(std::string_view text, Faults& faults) {
    if (const auto bytes = journal::check_json_bytes(text); !bytes) {
        return tl::make_unexpected(bytes.error());
    }
    DuplicateWatch watch(faults);
    const auto follow = [&](int, OrderedJson::parse_event_t event, OrderedJson& parsed) {
        watch.on(event, parsed);
        return true;
    };
    try {
        return OrderedJson::parse(text, follow);
    } catch (const TooManyMembers&) {
        return refused(ErrorCode::too_large, "an object with more than 64 members");
    } catch (const OrderedJson::parse_error& error) {
        return refused(
            ErrorCode::bad_input,
            "not JSON at byte " + std::to_string(error.byte)
                + ": write a file as schema/evaluate.schema.json describes it");
    } catch (const OrderedJson::out_of_range&) {
        // The one thing that the parser throws for besides: digits that no number can hold.
        return refused(
            ErrorCode::bad_input,
            at_pointer(watch.pointer()) + ": a number too great to be held: write a smaller one");
    }
}

void Faults::note(const std::string& pointer, const std::string& what) {
    what_at_.emplace(pointer, what);
}

std::optional<Error> Faults::first_in(const OrderedJson& document) const {
    if (what_at_.empty()) {
        return std::nullopt;
    }
    const auto [pointer, what] = *first_below(document, "", what_at_);
    return Error{ErrorCode::bad_input, at_pointer(pointer) + ": " + what};
}

ObjectReader::ObjectReader(
    const OrderedJson& value,
    std::string pointer,
    Faults& faults,
    std::initializer_list<std::string_view> names)
    : value_(value), pointer_(std::move(pointer)), faults_(faults) {
    if (!value_.is_object()) {
        faults_.note(pointer_, "must be an object");
        return;
    }
    for (const auto& [name, member] : value_.items()) {
        if (std::find(names.begin(), names.end(), name) == names.end()) {
            faults_.note(pointer_to(name), "is not a member that this object has");
        }
    }
}

std::string ObjectReader::pointer_to(std::string_view name) const {
    return pointer_ + "/" + pointer_token(name);
}

const OrderedJson* ObjectReader::find(std::string_view name) const {
    if (!value_.is_object()) {
        return nullptr;
    }
    const auto found = value_.find(std::string(name));
    return found == value_.end() ? nullptr : &*found;
}

bool ObjectReader::has(std::string_view name) const {
    return find(name) != nullptr;
}

void ObjectReader::require(std::string_view name, bool required) {
    if (required && value_.is_object()) {
        faults_.note(pointer_to(name), "is missing");
    }
}

std::string ObjectReader::optional_text(std::string_view name) {
    return has(name) ? text(name) : std::string();
}

std::string ObjectReader::text(std::string_view name) {
    const OrderedJson* value = find(name);
    if (!value) {
        require(name, true);
    } else if (!value->is_string()) {
        faults_.note(pointer_to(name), "must be text");
    } else {
        const std::string& text = value->get_ref<const std::string&>();
        if (!text.empty() && text.size() <= text_bytes_max) {
            return text;
        }
        faults_.note(pointer_to(name), "must have 1 to 200 bytes");
    }
    return {};
}

int ObjectReader::integer(std::string_view name, int low, int high) {
    const OrderedJson* value = find(name);
    if (!value) {
        require(name, true);
    } else if (
        !value->is_number_integer() || value->get<std::int64_t>() < low
        || (value->is_number_unsigned()
            && value->get<std::uint64_t>() > static_cast<std::uint64_t>(high))
        || value->get<std::int64_t>() > high) {
        faults_.note(
            pointer_to(name),
            "must be a whole number from " + std::to_string(low) + " to " + std::to_string(high)
                + ", is " + quoted(*value));
    } else {
        return value->get<int>();
    }
    return low;
}

int ObjectReader::optional_integer(std::string_view name, int low, int high, int otherwise) {
    return has(name) ? integer(name, low, high) : otherwise;
}

bool ObjectReader::optional_boolean(std::string_view name, bool otherwise) {
    return has(name) ? boolean(name) : otherwise;
}

bool ObjectReader::boolean(std::string_view name) {
    const OrderedJson* value = find(name);
    if (!value) {
        require(name, true);
    } else if (!value->is_boolean()) {
        faults_.note(pointer_to(name), "must be true or false");
    } else {
        return value->get<bool>();
    }
    return false;
}

Day ObjectReader::day(std::string_view name) {
    const OrderedJson* value = find(name);
    if (!value) {
        require(name, true);
    } else {
        const auto day =
            value->is_string() ? parse_day(value->get_ref<const std::string&>()) : std::nullopt;
        if (day) {
            return *day;
        }
        faults_.note(pointer_to(name), "must be a date such as 2026-11-22, is " + quoted(*value));
    }
    return Day{};
}

std::optional<Day> ObjectReader::optional_day(std::string_view name, bool nullable) {
    const OrderedJson* value = find(name);
    if (!value || (nullable && value->is_null())) {
        return std::nullopt;
    }
    return day(name);
}

std::optional<readiness::Amount> ObjectReader::optional_amount(std::string_view name) {
    const OrderedJson* value = find(name);
    if (!value) {
        return std::nullopt;
    }
    const auto amount = value->is_number() ? readiness::parse_amount(value->dump()) : std::nullopt;
    if (!amount) {
        faults_.note(
            pointer_to(name),
            "must be a number below 1000000 with at most three places, is " + quoted(*value));
    }
    return amount;
}

} // namespace cartwatch::commands
