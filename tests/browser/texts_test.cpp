// What the core can say is what the pages can show: every message, verdict and word of the core is
// in both catalogues, and no text asks for a value that its message does not bring.
#include "daemon/readiness/alert.hpp"
#include "daemon/readiness/decide.hpp"
#include "daemon/readiness/messages.hpp"
#include "daemon/store/history_rows.hpp"
#include "daemon/web/problem_reasons.hpp"
#include "tests/support/source_tree.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>

namespace cartwatch::texts_test {

using namespace cartwatch::readiness;

namespace {

using Catalogue = nlohmann::json;

Catalogue read_catalogue(const std::string& name) {
    std::ifstream file(support::in_source_tree("daemon/web/pages/texts/" + name));
    REQUIRE(file);
    return Catalogue::parse(file);
}

std::set<std::string> placeholders(const std::string& text) {
    static const std::regex placeholder(R"(\{(\w+))");
    std::set<std::string> names;
    for (std::sregex_iterator at(text.begin(), text.end(), placeholder), end; at != end; ++at) {
        names.insert((*at)[1]);
    }
    return names;
}

// Every enumerator of an enumeration that counts from 0, in its text form.
template <typename Enum>
std::vector<std::string> words_up_to(Enum last) {
    std::vector<std::string> words;
    for (int i = 0; i <= static_cast<int>(last); ++i) {
        words.emplace_back(to_text(static_cast<Enum>(i)));
    }
    return words;
}

void require_words(const Catalogue& texts, const std::string& group, const auto& words) {
    for (const auto& word : words) {
        const std::string key = group + "." + std::string(word);
        INFO(key);
        CHECK(texts.contains(key));
    }
}

} // namespace

TEST_CASE("every step of an alert has its word on the terminal, and no word is left over") {
    const std::string name = GENERATE("zh-CN.json", "en.json");
    const Catalogue texts = read_catalogue(name);
    CHECK(texts.contains("watch.line"));
    require_words(texts, "watch.step", store::alert_step_names);
    const auto words =
        std::count_if(texts.items().begin(), texts.items().end(), [](const auto& one) {
            return one.key().starts_with("watch.");
        });
    CHECK(words == static_cast<std::ptrdiff_t>(store::alert_step_names.size()) + 1);
}

TEST_CASE("every message of the core has a text in both languages, and no text is left over") {
    const std::string name = GENERATE("zh-CN.json", "en.json");
    const Catalogue texts = read_catalogue(name);
    std::set<std::string> known;

    for (const MessageSpec& message : all_messages()) {
        const std::string key = "message." + std::string(message.key);
        INFO(name << ": " << key);
        known.insert(key);
        REQUIRE(texts.contains(key));
        for (const std::string& value : placeholders(texts[key].get<std::string>())) {
            INFO("{" << value << "}");
            CHECK(std::ranges::find(message.values, value) != message.values.end());
        }
    }
    for (const auto& [key, text] : texts.items()) {
        if (key.starts_with("message.")) {
            INFO(name << ": " << key);
            CHECK(known.contains(key));
        }
    }
}

TEST_CASE("a text names the Chinese value, for which the page puts the English one") {
    const std::string name = GENERATE("zh-CN.json", "en.json");
    const Catalogue texts = read_catalogue(name);

    for (const auto& [key, text] : texts.items()) {
        for (const std::string& value : placeholders(text.get<std::string>())) {
            INFO(key << " {" << value << "}");
            CHECK_FALSE(value.ends_with("_en"));
        }
    }
}

TEST_CASE(
    "every refusal of the daemon's interface has a text in both languages, and none is left over") {
    const std::string name = GENERATE("zh-CN.json", "en.json");
    const Catalogue texts = read_catalogue(name);
    std::set<std::string> reasons;
    for (const web::ProblemKind& kind : web::problem_kinds) {
        reasons.emplace(kind.reason);
    }
    require_words(texts, "refusal", reasons);
    for (const auto& [key, text] : texts.items()) {
        if (key.starts_with("refusal.")) {
            INFO(name << ": " << key);
            CHECK(reasons.contains(key.substr(std::string("refusal.").size())));
        }
    }
}

TEST_CASE("every refusal that the daemon's source tells is of a kind that has a reason") {
    const std::regex told(R"re(problem\(\s*\{\d+,\s*"([^"]+)")re");
    std::set<std::string> titles;
    for (const auto& entry :
         std::filesystem::directory_iterator(support::in_source_tree("daemon/web"))) {
        if (entry.path().extension() != ".cpp") {
            continue;
        }
        std::ifstream file(entry.path(), std::ios::binary);
        const std::string source{std::istreambuf_iterator<char>(file), {}};
        for (std::sregex_iterator at(source.begin(), source.end(), told), end; at != end; ++at) {
            titles.insert((*at)[1]);
        }
    }
    CHECK(titles.size() == web::problem_kinds.size());
    for (const std::string& title : titles) {
        INFO(title);
        CHECK_FALSE(web::reason_of(title).empty());
    }
}

TEST_CASE("every word of the core's lists has a text in both languages") {
    const std::string name = GENERATE("zh-CN.json", "en.json");
    const Catalogue texts = read_catalogue(name);

    require_words(texts, "verdict", words_up_to(Verdict::ok));
    require_words(texts, "kind", words_up_to(ReplyKind::command));
    require_words(texts, "readiness", words_up_to(Readiness::not_ready));
    require_words(texts, "severity", words_up_to(Severity::notice));
    require_words(texts, "finding", words_up_to(FindingKind::surplus));
    require_words(texts, "kind_word", words_up_to(FindingKind::surplus));
}

} // namespace cartwatch::texts_test
