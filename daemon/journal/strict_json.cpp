#include "daemon/journal/strict_json.hpp"

#include "scanner/values/ensure.hpp"
#include "scanner/values/text.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace cartwatch::journal {

namespace {

// Builds the value from the parser's events and stops at the first thing that is not allowed.
class StrictBuilder : public nlohmann::json_sax<nlohmann::json> {
public:
    bool null() override {
        return put(nullptr);
    }

    bool boolean(bool value) override {
        return put(value);
    }

    bool number_integer(std::int64_t value) override {
        if (value < -json_integer_max) {
            return stop("a number below -2^53");
        }
        return put(value);
    }

    bool number_unsigned(std::uint64_t value) override {
        if (value > static_cast<std::uint64_t>(json_integer_max)) {
            return stop("a number above 2^53");
        }
        return put(static_cast<std::int64_t>(value));
    }

    bool number_float(double /*value*/, const std::string& text) override {
        return stop("number " + shortened(text) + " is not a whole number within ±2^53");
    }

    bool string(std::string& value) override {
        return put(std::move(value));
    }

    bool binary(nlohmann::json::binary_t& /*value*/) override {
        return stop("binary data");
    }

    bool start_object(std::size_t /*elements*/) override {
        return open(nlohmann::json::object());
    }

    bool end_object() override {
        return close();
    }

    bool start_array(std::size_t /*elements*/) override {
        return open(nlohmann::json::array());
    }

    bool end_array() override {
        return close();
    }

    bool key(std::string& name) override {
        if (open_.back()->contains(name)) {
            return stop("member \"" + shortened(name) + "\" stands twice");
        }
        key_ = std::move(name);
        return true;
    }

    bool parse_error(
        std::size_t position,
        const std::string& /*token*/,
        const nlohmann::json::exception&) override {
        return stop("not JSON at byte " + std::to_string(position));
    }

    [[nodiscard]] const std::string& fault() const {
        return fault_;
    }

    [[nodiscard]] nlohmann::json take() {
        return std::move(root_);
    }

private:
    bool stop(std::string text) {
        fault_ = std::move(text);
        return false;
    }

    // Puts a value where the parser stands; answers where it lies now.
    nlohmann::json* place(nlohmann::json value) {
        if (open_.empty()) {
            root_ = std::move(value);
            return &root_;
        }
        nlohmann::json& parent = *open_.back();
        if (parent.is_array()) {
            parent.push_back(std::move(value));
            return &parent.back();
        }
        nlohmann::json& member = parent[key_];
        member = std::move(value);
        return &member;
    }

    bool put(nlohmann::json value) {
        place(std::move(value));
        return true;
    }

    // Pointers stay good: a container grows only after what was opened in it is closed.
    bool open(nlohmann::json container) {
        if (open_.size() >= static_cast<std::size_t>(json_depth_max)) {
            return stop("more than " + std::to_string(json_depth_max) + " levels");
        }
        open_.push_back(place(std::move(container)));
        return true;
    }

    bool close() {
        open_.pop_back();
        return true;
    }

    nlohmann::json root_;
    std::vector<nlohmann::json*> open_;
    std::string key_;
    std::string fault_;
};

} // namespace

Result<void> check_json_bytes(std::string_view text) {
    if (text.find('\0') != std::string_view::npos || text.starts_with("\xEF\xBB\xBF")) {
        return refused(ErrorCode::bad_input, "a NUL or a byte order mark is no JSON");
    }
    return {};
}

Result<nlohmann::json> parse_strict_json(std::string_view text, std::size_t bytes_max) {
    if (text.size() > bytes_max) {
        return refused(
            ErrorCode::too_large,
            std::to_string(text.size()) + " bytes of JSON where at most "
                + std::to_string(bytes_max) + " are allowed");
    }
    if (const auto bytes = check_json_bytes(text); !bytes) {
        return tl::make_unexpected(bytes.error());
    }
    StrictBuilder builder;
    if (!nlohmann::json::sax_parse(text.begin(), text.end(), &builder)) {
        return refused(ErrorCode::bad_input, builder.fault());
    }
    return builder.take();
}

std::string canonical_json(const nlohmann::json& value) {
    try {
        return value.dump();
    } catch (const nlohmann::json::type_error& error) {
        throw BrokenInvariant(std::string("text to record is UTF-8: ") + error.what());
    }
}

std::string quoted_json(std::string_view text) {
    const bool is_plain = std::all_of(text.begin(), text.end(), [](char c) {
        return c >= 0x20 && c < 0x7F && c != '"' && c != '\\';
    });
    if (!is_plain) {
        return canonical_json(text);
    }
    std::string quoted;
    quoted.reserve(text.size() + 2);
    quoted += '"';
    quoted += text;
    quoted += '"';
    return quoted;
}

} // namespace cartwatch::journal
