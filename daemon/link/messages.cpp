#include "daemon/link/messages.hpp"

#include "daemon/journal/strict_json.hpp"
#include "scanner/values/text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <optional>

namespace cartwatch::link {

namespace {

using Json = nlohmann::json;
using OrderedJson = nlohmann::ordered_json;

constexpr std::size_t node_name_bytes_max = 64;
constexpr std::size_t hash_digits = 64;
constexpr std::size_t code_bytes_max = 40;

// What journal::to_line begins with: such a line is read once instead of twice.
constexpr std::string_view entry_begins = R"({"type":"entry",)";

Unexpected misshapen(std::string text) {
    return refused(ErrorCode::bad_input, std::move(text));
}

const Json* member(const Json& object, const char* name) {
    const auto found = object.find(name);
    return found == object.end() ? nullptr : &*found;
}

std::optional<std::int64_t> whole_number(const Json* value) {
    if (value == nullptr || !value->is_number_integer()) {
        return std::nullopt;
    }
    if (value->is_number_unsigned()
        && value->get<std::uint64_t>() > static_cast<std::uint64_t>(journal::json_integer_max)) {
        return std::nullopt;
    }
    return value->get<std::int64_t>();
}

// 0 or more.
std::optional<std::int64_t> entry_number(const Json* value) {
    const std::optional<std::int64_t> number = whole_number(value);
    return number && *number >= 0 ? number : std::nullopt;
}

// At most `bytes` in all, so that cutting what was cut changes nothing.
std::string cut_to(const std::string& text, std::size_t bytes) {
    constexpr std::string_view ellipsis = "…";
    return text.size() <= bytes ? text : shortened(text, bytes - ellipsis.size());
}

bool is_hexadecimal(std::string_view text, std::size_t digits) {
    return text.size() == digits && std::all_of(text.begin(), text.end(), [](char c) {
               return is_digit(c) || (c >= 'a' && c <= 'f');
           });
}

Result<std::map<std::string, Held>> parse_have(const Json& object) {
    std::map<std::string, Held> have;
    const Json* numbers = member(object, "have");
    if (numbers == nullptr || !numbers->is_object()) {
        return misshapen("hello without an object /have");
    }
    for (const auto& [node, value] : numbers->items()) {
        const std::optional<std::int64_t> seq = entry_number(&value);
        if (!is_node_name(node) || !seq) {
            return misshapen(
                "/have of hello: \"" + shortened(node) + "\" is no node with a number");
        }
        have[node].seq = *seq;
    }
    return have;
}

// What is told of the last entry besides its number, by node.
Result<void> add_digits(
    const Json& object,
    const char* name,
    std::size_t digits,
    std::string Held::*where,
    std::map<std::string, Held>& have) {
    const Json* texts = member(object, name);
    if (texts == nullptr) {
        return {};
    }
    const std::string place = "/" + std::string(name) + " of hello";
    if (!texts->is_object()) {
        return misshapen(place + " is not an object");
    }
    for (const auto& [node, value] : texts->items()) {
        const auto* text = value.get_ptr<const std::string*>();
        const auto found = have.find(node);
        if (text == nullptr || !is_hexadecimal(*text, digits) || found == have.end()) {
            return misshapen(
                place + ": \"" + shortened(node) + "\" is not a node of /have with "
                + std::to_string(digits) + " hexadecimal digits");
        }
        found->second.*where = *text;
    }
    return {};
}

Result<Message> parse_hello(const Json& object) {
    Hello hello;
    const std::optional<std::int64_t> protocol = whole_number(member(object, "protocol"));
    const Json* node = member(object, "node");
    if (!protocol || *protocol < 1) {
        return misshapen("hello without a whole number /protocol from 1");
    }
    if (node == nullptr || !node->is_string() || !is_node_name(node->get<std::string>())) {
        return misshapen("hello without a node's name in /node");
    }
    Result<std::map<std::string, Held>> have = parse_have(object);
    if (!have) {
        return Unexpected(have.error());
    }
    if (const auto added = add_digits(object, "have_hash", hash_digits, &Held::hash, *have);
        !added) {
        return Unexpected(added.error());
    }
    if (const auto added =
            add_digits(object, "have_mark", journal::mark_digits, &Held::mark, *have);
        !added) {
        return Unexpected(added.error());
    }
    const Json* wrote = member(object, "wrote");
    const std::optional<std::int64_t> last = wrote == nullptr ? 0 : entry_number(wrote);
    if (!last) {
        return misshapen("/wrote of hello is not a whole number from 0");
    }
    hello.protocol = *protocol;
    hello.node = node->get<std::string>();
    hello.have = std::move(*have);
    hello.wrote = *last;
    return hello;
}

Result<Message> parse_ack(const Json& object) {
    const std::optional<std::int64_t> seq = entry_number(member(object, "seq"));
    if (!seq) {
        return misshapen("ack without a whole number /seq from 0");
    }
    return Ack{*seq};
}

Result<Message> parse_return(const Json& object) {
    const std::optional<std::int64_t> after = entry_number(member(object, "after"));
    if (!after) {
        return misshapen("return without a whole number /after from 0");
    }
    return Return{*after};
}

Result<Message> parse_fault(const Json& object) {
    const Json* code = member(object, "code");
    const Json* text = member(object, "text");
    if (code == nullptr || !code->is_string() || text == nullptr || !text->is_string()) {
        return misshapen("error without the strings /code and /text");
    }
    return Fault{
        cut_to(code->get<std::string>(), code_bytes_max),
        cut_to(text->get<std::string>(), error_text_bytes_max)};
}

Result<Message> parse_entry(std::string_view line) {
    Result<journal::Entry> entry = journal::parse_line(line);
    if (!entry) {
        return Unexpected(entry.error());
    }
    return std::move(*entry);
}

Result<Message> parse_typed(const std::string& type, const Json& object, std::string_view line) {
    if (type == "hello") {
        return parse_hello(object);
    }
    if (type == "entry") {
        return parse_entry(line);
    }
    if (type == "ack") {
        return parse_ack(object);
    }
    if (type == "return") {
        return parse_return(object);
    }
    if (type == "ping") {
        return Ping{};
    }
    if (type == "pong") {
        return Pong{};
    }
    if (type == "error") {
        return parse_fault(object);
    }
    return UnknownMessage{cut_to(type, code_bytes_max)};
}

std::string text_of(const OrderedJson& line) {
    return line.dump(-1, ' ', false, OrderedJson::error_handler_t::replace);
}

} // namespace

Result<Message> parse_message(std::string_view line) {
    if (line.size() > line_bytes_max) {
        return refused(
            ErrorCode::too_large,
            "line of " + std::to_string(line.size()) + " bytes, at most "
                + std::to_string(line_bytes_max) + " are taken");
    }
    if (line.starts_with(entry_begins)) {
        return parse_entry(line);
    }
    const Result<Json> object = journal::parse_strict_json(line, line_bytes_max);
    if (!object) {
        return Unexpected(object.error());
    }
    const Json* type = object->is_object() ? member(*object, "type") : nullptr;
    if (type == nullptr || !type->is_string()) {
        return misshapen("line without a string /type: " + shortened(line));
    }
    return parse_typed(type->get<std::string>(), *object, line);
}

bool is_json(std::string_view line) {
    return journal::parse_strict_json(line, line_bytes_max).has_value();
}

std::string to_line(const Hello& hello) {
    OrderedJson numbers = OrderedJson::object();
    OrderedJson hashes = OrderedJson::object();
    OrderedJson marks = OrderedJson::object();
    for (const auto& [node, held] : hello.have) {
        numbers[node] = held.seq;
        if (!held.hash.empty()) {
            hashes[node] = held.hash;
        }
        if (!held.mark.empty()) {
            marks[node] = held.mark;
        }
    }
    OrderedJson line;
    line["type"] = "hello";
    line["protocol"] = hello.protocol;
    line["node"] = hello.node;
    line["have"] = std::move(numbers);
    if (!hashes.empty()) {
        line["have_hash"] = std::move(hashes);
    }
    if (!marks.empty()) {
        line["have_mark"] = std::move(marks);
    }
    if (hello.wrote > 0) {
        line["wrote"] = hello.wrote;
    }
    return text_of(line);
}

std::string to_line(const Ack& ack) {
    return R"({"type":"ack","seq":)" + std::to_string(ack.seq) + "}";
}

std::string to_line(const Return& back) {
    return R"({"type":"return","after":)" + std::to_string(back.after) + "}";
}

std::string to_line(const Ping& /*ping*/) {
    return R"({"type":"ping"})";
}

std::string to_line(const Pong& /*pong*/) {
    return R"({"type":"pong"})";
}

std::string to_line(const Fault& fault) {
    OrderedJson line;
    line["type"] = "error";
    line["code"] = cut_to(fault.code, code_bytes_max);
    line["text"] = cut_to(fault.text, error_text_bytes_max);
    return text_of(line);
}

bool is_node_name(std::string_view text) {
    return !text.empty() && text.size() <= node_name_bytes_max
           && std::all_of(text.begin(), text.end(), [](char c) {
                  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-'
                         || c == '_' || c == '.';
              });
}

} // namespace cartwatch::link
