#include "daemon/pack/manifest.hpp"

#include "scanner/values/text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <optional>

namespace cartwatch::pack {

namespace {

using Json = nlohmann::ordered_json;

constexpr int schema = 1;
constexpr std::size_t name_bytes_max = 64;

// As a JSON text that is the same for the same manifest, to the byte.
std::string dumped(const Json& json) {
    return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

Json json_of(const Manifest& manifest) {
    Json json;
    json["cartwatch_pack"] = schema;
    json["node"] = manifest.node;
    json["made_at"] = to_text(manifest.made_at);
    json["time_zone"] = manifest.time_zone;
    json["from"] = to_text(manifest.from);
    json["to"] = to_text(manifest.to);
    json["stations"] = manifest.stations;
    json["files"] = Json::array();
    for (const PackFile& file : manifest.files) {
        json["files"].push_back(
            {{"name", file.name}, {"bytes", file.bytes}, {"sha256", file.sha256}});
    }
    json["journals"] = Json::array();
    for (const PackJournal& journal : manifest.journals) {
        json["journals"].push_back(
            {{"node", journal.node},
             {"first", journal.first},
             {"last", journal.last},
             {"before", journal.before},
             {"head", journal.head},
             {"withheld", journal.withheld}});
    }
    return json;
}

Unexpected not_ours(const std::string& why) {
    return refused(ErrorCode::bad_input, std::string(manifest_name) + ": " + why);
}

bool is_file_name(const std::string& name) {
    const auto fits = [](char c) {
        return (c >= 'a' && c <= 'z') || is_digit(c) || c == '_' || c == '-' || c == '.';
    };
    return !name.empty() && name.size() <= name_bytes_max && name[0] >= 'a' && name[0] <= 'z'
           && name != manifest_name && std::ranges::all_of(name, fits);
}

// Throws what nlohmann throws where a member is missing or of another type.
Manifest manifest_of(const Json& json) {
    Manifest manifest;
    const auto instant = parse_instant(json.at("made_at").get<std::string>());
    const auto from = parse_day(json.at("from").get<std::string>());
    const auto to = parse_day(json.at("to").get<std::string>());
    manifest.node = json.at("node").get<std::string>();
    manifest.made_at = instant.value_or(Instant{});
    manifest.time_zone = json.at("time_zone").get<std::string>();
    manifest.from = from.value_or(Day{});
    manifest.to = to.value_or(Day{});
    manifest.stations = json.at("stations").get<std::vector<std::string>>();
    for (const Json& file : json.at("files")) {
        manifest.files.push_back(
            {file.at("name").get<std::string>(),
             file.at("bytes").get<std::int64_t>(),
             file.at("sha256").get<std::string>()});
    }
    for (const Json& journal : json.at("journals")) {
        manifest.journals.push_back(
            {journal.at("node").get<std::string>(),
             journal.at("first").get<std::int64_t>(),
             journal.at("last").get<std::int64_t>(),
             journal.at("before").get<std::string>(),
             journal.at("head").get<std::string>(),
             journal.at("withheld").get<std::int64_t>()});
    }
    return manifest;
}

Result<Manifest> parsed(std::string_view text) {
    const Json json = Json::parse(text, nullptr, false);
    if (!json.is_object()) {
        return not_ours("is no JSON object");
    }
    if (json.value("cartwatch_pack", Json()) != Json(schema)) {
        return not_ours("is of no pack of this version, which is " + std::to_string(schema));
    }
    try {
        return manifest_of(json);
    } catch (const Json::exception& fault) {
        return not_ours(std::string("does not read: ") + fault.what());
    }
}

} // namespace

SealedManifest sealed(const Manifest& manifest, const journal::Digest& digest) {
    Json json = json_of(manifest);
    const std::string seal = digest(dumped(json));
    json["seal"] = seal;
    return {dumped(json), seal};
}

Result<ReadManifest> read_manifest(std::string_view text, const journal::Digest& digest) {
    if (text.size() > manifest_bytes_max) {
        return not_ours("is longer than a manifest can be");
    }
    const auto manifest = parsed(text);
    if (!manifest) {
        return tl::unexpected(manifest.error());
    }
    for (std::size_t i = 0; i < manifest->files.size(); ++i) {
        const std::string& name = manifest->files[i].name;
        if (!is_file_name(name) || (i > 0 && manifest->files[i - 1].name >= name)) {
            return not_ours("names the file \"" + shortened(name) + "\", as no pack does");
        }
    }
    const SealedManifest again = sealed(*manifest, digest);
    if (again.text != text) {
        return not_ours("was changed since the pack was made: it does not bear its own seal");
    }
    return ReadManifest{*manifest, again.seal};
}

} // namespace cartwatch::pack
