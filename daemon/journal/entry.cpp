#include "daemon/journal/entry.hpp"

#include "daemon/journal/body.hpp"
#include "daemon/journal/json_tree.hpp"
#include "daemon/journal/limits.hpp"
#include "daemon/journal/strict_json.hpp"
#include "scanner/values/ensure.hpp"
#include "scanner/values/text.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace cartwatch::journal {

namespace {

constexpr std::size_t hash_digits = 64;

constexpr std::string_view line_begins = R"({"type":"entry","node":)";

bool is_node_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '-' || c == '_'
           || c == '.';
}

bool is_name(std::string_view text, std::size_t bytes_max) {
    return !text.empty() && text.size() <= bytes_max
           && std::ranges::all_of(text, is_node_character);
}

bool is_hexadecimal(std::string_view text, std::size_t digits) {
    return text.size() == digits && std::ranges::all_of(text, [](char c) {
               return is_digit(c) || (c >= 'a' && c <= 'f');
           });
}

bool is_hash(std::string_view text) {
    return is_hexadecimal(text, hash_digits);
}

// Printable, so that it can end with a line feed in the text that is hashed.
bool is_actor(std::string_view text) {
    return !text.empty() && text.size() <= actor_bytes_max && is_utf8(text)
           && std::ranges::none_of(
               text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

// Every member but the body and what follows from it.
Result<void> check_members(const Entry& entry) {
    const auto fault = [](const char* name, const std::string& value) {
        return refused(
            ErrorCode::bad_input,
            "entry at /" + std::string(name) + ": \"" + shortened(value) + "\" is none");
    };
    if (!is_name(entry.node, node_bytes_max)) {
        return fault("node", entry.node);
    }
    if (entry.seq < 1 || entry.seq > json_integer_max) {
        return fault("seq", std::to_string(entry.seq));
    }
    if (!is_name(entry.kind, kind_bytes_max)) {
        return fault("kind", entry.kind);
    }
    if (!is_actor(entry.actor)) {
        return fault("actor", entry.actor);
    }
    if (!is_hash(entry.prev)) {
        return fault("prev", entry.prev);
    }
    if (!is_hash(entry.hash)) {
        return fault("hash", entry.hash);
    }
    if (!entry.mark.empty() && !is_hexadecimal(entry.mark, mark_digits)) {
        return fault("mark", entry.mark);
    }
    return {};
}

// The text of a member; empty where it is none, which no member may be.
std::string text_member(const nlohmann::json& object, const char* name) {
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

} // namespace

Result<Entry>
next_entry(const Head& head, const readiness::Recorded& recorded, const Digest& digest) {
    ensure(recorded.seq == head.seq + 1, "an entry follows the head of its journal");
    Result<std::string> body = recordable_body(recorded.event);
    if (!body) {
        return tl::make_unexpected(body.error());
    }

    Entry entry;
    entry.node = recorded.node;
    entry.seq = recorded.seq;
    entry.at = recorded.at;
    entry.kind = kind_of(recorded.event);
    entry.actor = recorded.actor;
    entry.body = std::move(*body);
    entry.prev = head.hash;
    entry.hash = digest(canonical_text(entry));

    if (const auto well_formed = check_members(entry); !well_formed) {
        return tl::make_unexpected(well_formed.error());
    }
    ensure(
        parse_instant(to_text(entry.at)) == entry.at, "an entry's instant has a year of 4 digits");
    return entry;
}

Entry make_entry(const Head& head, const readiness::Recorded& recorded, const Digest& digest) {
    Result<Entry> entry = next_entry(head, recorded, digest);
    ensure(entry.has_value(), entry ? "" : "an event is recordable: " + entry.error().text);
    return std::move(*entry);
}

Result<readiness::Recorded> to_recorded(const Entry& entry) {
    auto event = parse_body(entry.kind, entry.body);
    if (!event) {
        return refused(
            event.error().code,
            "entry " + std::to_string(entry.seq) + " of " + entry.node + ": " + event.error().text);
    }
    return readiness::Recorded{entry.node, entry.seq, entry.at, entry.actor, std::move(*event)};
}

std::string to_line(const Entry& entry) {
    std::string line;
    line.reserve(entry.body.size() + 400); // the hashes have 128, and a name rarely 20
    line += line_begins;
    line += quoted_json(entry.node);
    line += R"(,"seq":)" + std::to_string(entry.seq);
    line += R"(,"at":)" + quoted_json(to_text(entry.at));
    line += R"(,"kind":)" + quoted_json(entry.kind);
    line += R"(,"actor":)" + quoted_json(entry.actor);
    line += R"(,"body":)";
    line += entry.body;
    line += R"(,"prev":)" + quoted_json(entry.prev);
    line += R"(,"hash":)" + quoted_json(entry.hash);
    line += entry.mark.empty() ? "}" : R"(,"mark":)" + quoted_json(entry.mark) + "}";
    return line;
}

namespace {

// Takes apart what stands in a fixed order.
class LineCursor {
public:
    explicit LineCursor(std::string_view line) : left_(line) {}

    bool take(std::string_view word) {
        return take_if(left_.starts_with(word), word.size());
    }

    bool take_end(std::string_view word) {
        const bool is_there = left_.ends_with(word);
        left_.remove_suffix(is_there ? word.size() : 0);
        return is_there;
    }

    // Text in quotes at the front, without an escape in it.
    bool text(std::string& value) {
        const std::size_t end = left_.find('"', 1);
        if (!left_.starts_with('"') || end == std::string_view::npos) {
            return false;
        }
        value = left_.substr(1, end - 1);
        return take_if(value.find('\\') == std::string::npos, end + 1);
    }

    // At the end: `name`, and so many bytes in quotes.
    bool text_at_end(std::string_view name, std::size_t bytes, std::string& value) {
        if (left_.size() < bytes + 2 || !take_end("\"")) {
            return false;
        }
        value = left_.substr(left_.size() - bytes);
        left_.remove_suffix(bytes);
        return take_end("\"") && take_end(name);
    }

    // From 1, as it is written.
    bool number(std::int64_t& value) {
        const std::size_t size = left_.find_first_not_of("0123456789");
        const auto digits = parse_digits(left_.substr(0, size));
        value = digits.value_or(0);
        return take_if(value > 0 && left_[0] != '0', size);
    }

    [[nodiscard]] std::string_view left() const {
        return left_;
    }

private:
    bool take_if(bool is_there, std::size_t size) {
        left_.remove_prefix(is_there ? size : 0);
        return is_there;
    }

    std::string_view left_;
};

// An entry whose line is what to_line writes, to the byte, as nearly all are; nullopt where it is
// written in another way, or wrongly.
std::optional<Entry> parse_as_written(std::string_view line) {
    LineCursor cursor(line);
    Entry entry;
    std::string at;
    const bool begins =
        cursor.take(line_begins) && cursor.text(entry.node) && cursor.take(R"(,"seq":)")
        && cursor.number(entry.seq) && cursor.take(R"(,"at":)") && cursor.text(at)
        && cursor.take(R"(,"kind":)") && cursor.text(entry.kind) && cursor.take(R"(,"actor":)")
        && cursor.text(entry.actor) && cursor.take(R"(,"body":)") && cursor.take_end("}");
    if (!begins) {
        return std::nullopt;
    }
    if (LineCursor marked = cursor; marked.text_at_end(R"(,"mark":)", mark_digits, entry.mark)) {
        cursor = marked;
    } else {
        entry.mark.clear();
    }
    const bool ends = cursor.text_at_end(R"(,"hash":)", hash_digits, entry.hash)
                      && cursor.text_at_end(R"(,"prev":)", hash_digits, entry.prev)
                      && is_canonical_object(cursor.left(), json_depth_max - 1);
    const auto instant = parse_instant(at);
    if (!ends || !instant || !check_members(entry)) {
        return std::nullopt;
    }
    entry.at = *instant;
    entry.body = cursor.left();
    return entry;
}

} // namespace

Result<Entry> parse_line(std::string_view line) {
    if (line.size() <= entry_bytes_max) {
        if (std::optional<Entry> entry = parse_as_written(line)) {
            return std::move(*entry);
        }
    }
    const auto json = parse_strict_json(line, entry_bytes_max);
    if (!json) {
        return refused(json.error().code, "entry: " + json.error().text);
    }
    if (!json->is_object() || text_member(*json, "type") != "entry") {
        return refused(ErrorCode::bad_input, "entry at /type: expected \"entry\"");
    }
    Entry entry;
    entry.node = text_member(*json, "node");
    const auto seq = json->find("seq");
    entry.seq = seq != json->end() && seq->is_number_integer() ? seq->get<std::int64_t>() : 0;
    entry.kind = text_member(*json, "kind");
    entry.actor = text_member(*json, "actor");
    entry.prev = text_member(*json, "prev");
    entry.hash = text_member(*json, "hash");
    entry.mark = text_member(*json, "mark");
    if (const auto fits = check_members(entry); !fits) {
        return tl::unexpected(fits.error());
    }
    const auto at = parse_instant(text_member(*json, "at"));
    if (!at) {
        return refused(
            ErrorCode::bad_input, "entry at /at: expected an instant YYYY-MM-DDThh:mm:ss.mmmZ");
    }
    entry.at = *at;
    const auto body = json->find("body");
    if (body == json->end() || !body->is_object()) {
        return refused(ErrorCode::bad_input, "entry at /body: expected an object");
    }
    entry.body = canonical_json(*body);
    return entry;
}

} // namespace cartwatch::journal
