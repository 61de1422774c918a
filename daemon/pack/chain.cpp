#include "daemon/pack/chain.hpp"

#include "scanner/values/text.hpp"

#include <nlohmann/json.hpp>

#include <utility>

namespace cartwatch::pack {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view withheld_begins = R"({"type":"withheld",)";

Unexpected broken(const std::string& why) {
    return refused(ErrorCode::bad_input, std::string(journal_name) + ": " + why);
}

std::string name_of(const journal::Entry& entry) {
    return "entry " + std::to_string(entry.seq) + " of " + shortened(entry.node);
}

Result<journal::Entry> read_withheld(std::string_view line) {
    const Json json = Json::parse(line, nullptr, false);
    try {
        journal::Entry entry;
        entry.node = json.at("node").get<std::string>();
        entry.seq = json.at("seq").get<std::int64_t>();
        entry.at = parse_instant(json.at("at").get<std::string>()).value_or(Instant{});
        entry.kind = json.at("kind").get<std::string>();
        entry.actor = json.at("actor").get<std::string>();
        entry.prev = json.at("prev").get<std::string>();
        entry.hash = json.at("hash").get<std::string>();
        return entry;
    } catch (const Json::exception&) {
        return broken("a line without a body does not read");
    }
}

} // namespace

std::string whole_line(journal::Entry entry) {
    entry.mark.clear(); // between the author and its peers
    return to_line(entry);
}

std::string withheld_line(const journal::Entry& entry) {
    Json json;
    json["type"] = "withheld";
    json["node"] = entry.node;
    json["seq"] = entry.seq;
    json["at"] = to_text(entry.at);
    json["kind"] = entry.kind;
    json["actor"] = entry.actor;
    json["prev"] = entry.prev;
    json["hash"] = entry.hash;
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

ChainCheck::ChainCheck(const std::vector<PackJournal>& journals, journal::Digest digest)
    : digest_(std::move(digest)) {
    for (const PackJournal& told : journals) {
        journals_[told.node] = {told, {told.first - 1, told.before}, 0};
    }
}

Result<void> ChainCheck::take_entry(const journal::Entry& entry, bool is_whole) {
    const auto found = journals_.find(entry.node);
    if (found == journals_.end()) {
        return broken(name_of(entry) + " is of no journal that the manifest names");
    }
    Journal& journal = found->second;
    if (is_whole) {
        if (const auto follows = journal::follows(journal.head, entry, digest_); !follows) {
            return broken(follows.error().text);
        }
        ++entries_;
    } else {
        if (entry.seq != journal.head.seq + 1 || entry.prev != journal.head.hash) {
            return broken(name_of(entry) + " does not continue the journal before it");
        }
        ++journal.withheld;
        ++withheld_;
    }
    journal.head = {entry.seq, entry.hash};
    return {};
}

Result<void> ChainCheck::take(std::string_view line) {
    const bool is_whole = !line.starts_with(withheld_begins);
    const auto entry = is_whole ? journal::parse_line(line) : read_withheld(line);
    if (!entry) {
        return broken(entry.error().text);
    }
    return take_entry(*entry, is_whole);
}

Result<void> ChainCheck::end() const {
    for (const auto& [node, journal] : journals_) {
        if (journal.head.seq != journal.told.last || journal.head.hash != journal.told.head) {
            return broken(
                "the journal of " + node + " ends with entry " + std::to_string(journal.head.seq)
                + ", and not with entry " + std::to_string(journal.told.last) + ", hash "
                + journal.told.head);
        }
        if (journal.withheld != journal.told.withheld) {
            return broken(
                std::to_string(journal.withheld) + " entries of " + node
                + " have no body; the manifest says " + std::to_string(journal.told.withheld));
        }
    }
    return {};
}

} // namespace cartwatch::pack
