#include "daemon/link/join_messages.hpp"

#include "daemon/journal/strict_json.hpp"
#include "scanner/values/text.hpp"

#include <nlohmann/json.hpp>

namespace cartwatch::link {

namespace {

using Member = nlohmann::json;
using OrderedMember = nlohmann::ordered_json;

Unexpected misshapen_join(const std::string& what) {
    return refused(ErrorCode::bad_input, what);
}

// Empty where there is none, or where it is no text: none of these may be empty.
std::string text_of_member(const Member& object, const char* name) {
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

bool speaks_protocol(const Member& object) {
    const auto found = object.find("protocol");
    return found != object.end() && found->is_number_integer() && *found == protocol_version;
}

Result<JoinMessage> parse_join(const Member& object) {
    Join join;
    join.node = text_of_member(object, "node");
    join.secret = text_of_member(object, "secret");
    join.request = text_of_member(object, "request");
    if (!is_node_name(join.node) || join.secret.empty() || join.request.empty()) {
        return misshapen_join("join without a node's name in /node, /secret and /request");
    }
    return join;
}

Result<JoinMessage> parse_renew(const Member& object) {
    Renew renew;
    renew.request = text_of_member(object, "request");
    if (renew.request.empty()) {
        return misshapen_join("renew without /request");
    }
    return renew;
}

Result<JoinMessage> parse_joined(const Member& object) {
    Joined joined;
    joined.node = text_of_member(object, "node");
    joined.certificate = text_of_member(object, "certificate");
    joined.authority = text_of_member(object, "authority");
    if (!is_node_name(joined.node) || joined.certificate.empty() || joined.authority.empty()) {
        return misshapen_join("joined without a node's name in /node, /certificate and /authority");
    }
    return joined;
}

Result<JoinMessage> parse_refusal(std::string_view line) {
    const Result<Message> message = parse_message(line);
    if (!message) {
        return Unexpected(message.error());
    }
    return std::get<Fault>(*message);
}

std::string line_of(const OrderedMember& line) {
    return line.dump(-1, ' ', false, OrderedMember::error_handler_t::replace);
}

} // namespace

Result<JoinMessage> parse_join_message(std::string_view line) {
    const Result<Member> object = journal::parse_strict_json(line, join_line_bytes_max);
    if (!object) {
        return Unexpected(object.error());
    }
    const std::string type = object->is_object() ? text_of_member(*object, "type") : "";
    if (type == "error") {
        return parse_refusal(line);
    }
    if (type == "joined") {
        return parse_joined(*object);
    }
    if (type != "join" && type != "renew") {
        return misshapen_join("a line that is no join, renew, joined or error: " + quotable(line));
    }
    if (!speaks_protocol(*object)) {
        return misshapen_join(
            type + " in another protocol than " + std::to_string(protocol_version));
    }
    return type == "join" ? parse_join(*object) : parse_renew(*object);
}

std::string to_line(const Join& join) {
    OrderedMember line;
    line["type"] = "join";
    line["protocol"] = join.protocol;
    line["node"] = join.node;
    line["secret"] = join.secret;
    line["request"] = join.request;
    return line_of(line);
}

std::string to_line(const Renew& renew) {
    OrderedMember line;
    line["type"] = "renew";
    line["protocol"] = renew.protocol;
    line["request"] = renew.request;
    return line_of(line);
}

std::string to_line(const Joined& joined) {
    OrderedMember line;
    line["type"] = "joined";
    line["node"] = joined.node;
    line["certificate"] = joined.certificate;
    line["authority"] = joined.authority;
    return line_of(line);
}

} // namespace cartwatch::link
