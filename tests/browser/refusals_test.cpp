// A refusal is a sentence that says what did not happen, why, and what to do now, in both
// languages. What the core can refuse with is taken from its source, so that a new refusal is held
// to it too.
#include "daemon/readiness/messages.hpp"
#include "tests/support/source_tree.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace cartwatch::refusals_test {

using namespace cartwatch::readiness;

namespace {

std::string text_of_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    REQUIRE(file);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

// Messages that are said with the kind "reject" somewhere in the core. Those whose key is in a
// variable there are named here.
std::set<std::string> refusals() {
    std::set<std::string> keys{"digits_full", "digits_no_point"};
    const std::regex statement(R"(ReplyKind::reject\b([^;]*);)");
    const std::regex literal(R"re("([a-z_]+)")re");
    for (const auto& entry : std::filesystem::directory_iterator(
             std::filesystem::path(support::in_source_tree("daemon/readiness")))) {
        const std::string source = text_of_file(entry.path());
        for (std::sregex_iterator at(source.begin(), source.end(), statement), end; at != end;
             ++at) {
            const std::string said = (*at)[1];
            for (std::sregex_iterator word(said.begin(), said.end(), literal); word != end;
                 ++word) {
                if (find_message((*word)[1].str()) != nullptr) {
                    keys.insert((*word)[1]);
                }
            }
        }
    }
    for (const MessageSpec& message : all_messages()) {
        // Why a check of the seal alone is refused.
        if (message.key.starts_with("sealed_") && message.key != "sealed_closed") {
            keys.emplace(message.key);
        }
    }
    return keys;
}

nlohmann::json catalogue(const std::string& name) {
    return nlohmann::json::parse(
        text_of_file(support::in_source_tree("daemon/web/pages/texts/" + name)));
}

// Without the marks of what is shown only where it is known.
std::string shown(const nlohmann::json& texts, const std::string& key) {
    std::string text = texts.at("message." + key).get<std::string>();
    std::erase_if(text, [](char c) { return c == '[' || c == ']'; });
    return text;
}

std::vector<std::string> split(const std::string& text, const std::string& pattern) {
    const std::regex mark(pattern);
    std::vector<std::string> parts;
    for (std::sregex_token_iterator at(text.begin(), text.end(), mark, -1), end; at != end; ++at) {
        if (at->length() > 0) {
            parts.push_back(at->str());
        }
    }
    return parts;
}

// Whether it tells the reader to do something: a verb first, after "if …," or "to …,".
bool is_instruction(std::string clause) {
    static const std::set<std::string> verbs{
        "abandon", "ask",   "begin",  "bring",  "call", "choose", "close", "correct", "count",
        "do",      "enter", "finish", "give",   "go",   "hold",   "keep",  "leave",   "look",
        "make",    "mend",  "press",  "put",    "scan", "see",    "set",   "sign",    "take",
        "tell",    "test",  "try",    "use",    "wait", "write",  "hand",  "import",  "place",
        "key",     "read",  "review", "return", "say",  "accept"};
    static const std::regex before(R"(^\s*((please|then|first|if [^,]*,|to [^,]*,)\s*)+)");
    std::transform(clause.begin(), clause.end(), clause.begin(), [](unsigned char c) {
        return static_cast<char>(std::tolower(c));
    });
    clause = std::regex_replace(clause, before, "");
    std::istringstream words(clause);
    std::string first;
    words >> first;
    std::erase_if(first, [](char c) { return c == ',' || c == '.'; });
    return verbs.contains(first);
}

} // namespace

TEST_CASE("the core's refusals are found in its source") {
    const std::set<std::string> keys = refusals();
    CHECK(keys.size() > 90);
    for (const char* key : {"unreadable", "scan_cart_first", "reading_refused", "sealed_no_seal"}) {
        CHECK(keys.contains(key));
    }
    CHECK_FALSE(keys.contains("ok"));
}

TEST_CASE("an English refusal says what and why, and ends with what to do") {
    const nlohmann::json texts = catalogue("en.json");
    for (const std::string& key : refusals()) {
        const std::string text = shown(texts, key);
        CAPTURE(key, text);
        const std::vector<std::string> clauses = split(text, R"([.;:!?] |, then |, and )");
        REQUIRE(clauses.size() >= 2);
        CHECK_FALSE(is_instruction(clauses.front()));
        CHECK(std::any_of(clauses.begin() + 1, clauses.end(), is_instruction));
        CHECK(text.back() == '.');
    }
}

TEST_CASE("a Chinese refusal says what and why, and asks for what to do") {
    const nlohmann::json texts = catalogue("zh-CN.json");
    for (const std::string& key : refusals()) {
        const std::string text = shown(texts, key);
        CAPTURE(key, text);
        const std::size_t asks = text.find("请");
        REQUIRE(asks != std::string::npos);
        CHECK(asks > 0); // first what happened
        CHECK(split(text, "。|；|，|：").size() >= 2);
        CHECK(text.ends_with("。"));
    }
}

TEST_CASE("no message shows a word of the program, or a limit of bytes without what that is") {
    const auto [name, unit, explained] = GENERATE(table<std::string, std::string, std::string>(
        {{"en.json", "bytes", "a Chinese character takes 3"},
         {"zh-CN.json", "字节", "一个汉字 3 字节"}}));
    const nlohmann::json texts = catalogue(name);
    static const std::regex placeholder(R"(\{[^{}]*\})");
    static const std::regex code_word(R"([A-Za-z]+_[A-Za-z_]+|\bnull\b|\bundefined\b)");
    for (const MessageSpec& message : all_messages()) {
        const std::string text = shown(texts, std::string(message.key));
        CAPTURE(name, message.key, text);
        CHECK_FALSE(std::regex_search(std::regex_replace(text, placeholder, ""), code_word));
        CHECK((text.find(unit) == std::string::npos || text.find(explained) != std::string::npos));
    }
}

TEST_CASE("a command has one name: on its label, its button and in sentences") {
    const nlohmann::json zh = catalogue("zh-CN.json");
    const nlohmann::json en = catalogue("en.json");
    const std::string labels =
        text_of_file(support::in_source_tree("daemon/labels/commands_sheet.cpp"));
    const std::string zh_name = zh.at("action.expired");
    const std::string en_name = en.at("action.expired");
    CHECK(labels.find("\"" + zh_name + "\", \"" + en_name + "\"") != std::string::npos);
    for (const char* key : {"expired", "recalled", "help_line"}) {
        CAPTURE(key);
        CHECK(shown(zh, key).find("“" + zh_name + "”") != std::string::npos);
        CHECK(shown(en, key).find("“" + en_name + "”") != std::string::npos);
    }
    const std::string slot = zh.at("tag.line");
    const std::string place = zh.at("tag.position");
    for (const MessageSpec& message : all_messages()) {
        CAPTURE(message.key, slot);
        CHECK(shown(zh, std::string(message.key)).find(place) == std::string::npos);
    }
}

} // namespace cartwatch::refusals_test
