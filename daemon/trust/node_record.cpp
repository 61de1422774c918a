#include "daemon/trust/node_record.hpp"

#include <nlohmann/json.hpp>

namespace cartwatch::trust {

namespace {

using Json = nlohmann::ordered_json;

std::optional<Instant> instant_in(const Json& object, const char* name) {
    const auto found = object.find(name);
    if (found == object.end() || !found->is_string()) {
        return std::nullopt;
    }
    return parse_instant(found->get_ref<const std::string&>());
}

std::optional<std::string> text_in(const Json& object, const char* name) {
    const auto found = object.find(name);
    if (found == object.end() || !found->is_string()) {
        return std::nullopt;
    }
    return found->get<std::string>();
}

std::optional<bool> truth_in(const Json& object, const char* name) {
    const auto found = object.find(name);
    if (found == object.end() || !found->is_boolean()) {
        return std::nullopt;
    }
    return found->get<bool>();
}

std::optional<NodeRecord::Code> code_in(const Json& object) {
    const auto hash = text_in(object, "hash");
    const auto until = instant_in(object, "until");
    const auto used = truth_in(object, "used");
    const auto wrong = object.find("wrong");
    if (!hash || !until || !used || wrong == object.end() || !wrong->is_number_integer()) {
        return std::nullopt;
    }
    // Records of before the key was noted have none: nobody's key is empty.
    const std::string key = text_in(object, "key").value_or("");
    return NodeRecord::Code{*hash, *until, wrong->get<int>(), *used, key};
}

bool take_certificates(const Json& list, NodeRecord& record) {
    for (const Json& each : list) {
        const auto fingerprint = text_in(each, "fingerprint");
        const auto until = instant_in(each, "until");
        if (!fingerprint || !until) {
            return false;
        }
        record.certificates.push_back({*fingerprint, *until});
    }
    return true;
}

std::optional<NodeRecord> record_in(const Json& object) {
    const auto node = text_in(object, "node");
    const auto revoked = truth_in(object, "revoked");
    const auto certificates = object.find("certificates");
    const auto code = object.find("code");
    if (!node || !revoked || certificates == object.end() || !certificates->is_array()
        || code == object.end()) {
        return std::nullopt;
    }
    NodeRecord record;
    record.node = *node;
    record.revoked = *revoked;
    if (!code->is_null()) {
        record.code = code_in(*code);
        if (!record.code) {
            return std::nullopt;
        }
    }
    return take_certificates(*certificates, record) ? std::optional(record) : std::nullopt;
}

} // namespace

std::string to_text(const NodeRecord& record) {
    Json object;
    object["node"] = record.node;
    object["revoked"] = record.revoked;
    object["code"] = nullptr;
    if (record.code) {
        object["code"] = {
            {"hash", record.code->hash},
            {"until", cartwatch::to_text(record.code->until)},
            {"wrong", record.code->wrong},
            {"used", record.code->used},
            {"key", record.code->key}};
    }
    object["certificates"] = Json::array();
    for (const NodeRecord::Issued& each : record.certificates) {
        object["certificates"].push_back(
            {{"fingerprint", each.fingerprint}, {"until", cartwatch::to_text(each.until)}});
    }
    return object.dump(2) + "\n";
}

Result<NodeRecord> parse_node_record(std::string_view text) {
    const Json object = Json::parse(text, nullptr, false);
    const std::optional<NodeRecord> record = object.is_object() ? record_in(object) : std::nullopt;
    if (!record) {
        return refused(ErrorCode::unavailable, "not the record of a node's certificates");
    }
    return *record;
}

} // namespace cartwatch::trust
