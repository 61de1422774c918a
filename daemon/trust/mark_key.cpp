#include "daemon/trust/mark_key.hpp"

#include "daemon/crypto/random.hpp"
#include "daemon/trust/whole_file.hpp"

#include <nlohmann/json.hpp>

#include <string_view>
#include <utility>

namespace cartwatch::trust {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t key_bytes = 32;
constexpr std::size_t digits_of_mark = 32;

// So that no other use of the key, should there ever be one, makes the same digests.
constexpr std::string_view purpose = "cartwatch mark 1";

struct KeyRecord {
    std::string key;
    std::optional<std::int64_t> after;
};

std::optional<KeyRecord> key_record_in(std::string_view text) {
    const Json object = Json::parse(text, nullptr, false);
    if (!object.is_object() || !object.contains("key") || !object.contains("after")) {
        return std::nullopt;
    }
    const Json& key = object["key"];
    const Json& after = object["after"];
    if (!key.is_string() || key.get_ref<const std::string&>().size() != 2 * key_bytes
        || !(after.is_null() || after.is_number_unsigned())) {
        return std::nullopt;
    }
    KeyRecord record{key.get<std::string>(), std::nullopt};
    if (!after.is_null()) {
        record.after = after.get<std::int64_t>();
    }
    return record;
}

} // namespace

MarkKey::MarkKey(std::filesystem::path file, std::string key, std::optional<std::int64_t> after)
    : file_(std::move(file)), key_(std::move(key)), after_(after), hmac_(key_) {}

Result<MarkKey> MarkKey::load(const std::filesystem::path& folder) {
    const std::filesystem::path file = folder / "marks.json";
    const auto text = read_file(file);
    if (!text) {
        return Unexpected(text.error());
    }
    if (*text) {
        std::optional<KeyRecord> record = key_record_in(**text);
        if (!record) {
            return refused(
                ErrorCode::unavailable,
                file.string()
                    + ": does not hold the key of the pharmacy's marks: put it back from a backup, "
                      "or delete it and see \"Marks\" in schema/link.md");
        }
        return MarkKey(file, std::move(record->key), record->after);
    }
    MarkKey made(file, crypto::random_hexadecimal(key_bytes), std::nullopt);
    if (const auto written = made.write(); !written) {
        return Unexpected(written.error());
    }
    return made;
}

std::string
MarkKey::mark(const std::string& node, std::int64_t seq, const std::string& hash) const {
    std::string text(purpose);
    text.reserve(text.size() + node.size() + hash.size() + 32);
    for (const std::string& part : {node, std::to_string(seq), hash}) {
        text += '\n'; // none of them holds one
        text += part;
    }
    std::string digest = hmac_.of(text);
    digest.resize(digits_of_mark);
    return digest;
}

Result<void> MarkKey::settle(std::int64_t seq) {
    if (after_) {
        return {};
    }
    after_ = seq;
    return write();
}

Result<void> MarkKey::write() const {
    Json object;
    object["key"] = key_;
    object["after"] = after_ ? Json(*after_) : Json(nullptr);
    return write_file(file_, object.dump(2) + "\n");
}

} // namespace cartwatch::trust
