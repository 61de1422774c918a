#include "daemon/commands/beside.hpp"

#include "daemon/commands/store_status.hpp"
#include "daemon/store/beside.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <ostream>

namespace cartwatch::commands {

namespace {

using Json = nlohmann::ordered_json;

// Bodies are ours: a handful of levels deep (link.md allows 32).
void add_words(std::string& words, const std::string& name, const Json& value) {
    if (value.is_structured()) {
        std::size_t number = 0;
        for (const auto& [member, inner] : value.items()) {
            const std::string part = value.is_array() ? std::to_string(++number) : member;
            add_words(words, name.empty() ? part : name + "." + part, inner);
        }
        return;
    }
    words += words.empty() ? "" : ", ";
    words += name + " ";
    words += value.is_string() ? value.get<std::string>() : value.dump();
}

} // namespace

std::string in_words(const journal::Entry& entry) {
    std::string kind = entry.kind;
    std::replace(kind.begin(), kind.end(), '.', ' ');
    std::replace(kind.begin(), kind.end(), '_', ' ');
    const Json body = Json::parse(entry.body, nullptr, false);
    std::string words;
    if (body.is_discarded()) {
        words = entry.body;
    } else {
        add_words(words, "", body);
    }
    return to_text(entry.at) + " entry " + std::to_string(entry.seq) + " of " + entry.node + ", by "
           + entry.actor + ": " + kind + (words.empty() ? "" : ": " + words);
}

int run_beside(const BesideArguments& arguments, std::ostream& out, std::ostream& err) {
    try {
        std::int64_t found = 0;
        store::each_only_in(arguments.kept, arguments.database, [&](const journal::Entry& entry) {
            ++found;
            out << in_words(entry) << '\n';
        });
        err << arguments.kept.string() << ": "
            << (found == 0 ? "holds nothing that " + arguments.database.string() + " does not"
                           : std::to_string(found)
                                 + " entries stand in it alone: what still "
                                   "matters of them is to be done again")
            << '\n';
        return found == 0 ? 0 : 1;
    } catch (const store::StoreFailure& failure) {
        return status_of(failure, err);
    }
}

} // namespace cartwatch::commands
