#include "daemon/web/scanner_check.hpp"

#include "daemon/web/views.hpp"
#include "scanner/values/text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <initializer_list>

namespace cartwatch::web {

namespace {

using ParsedJson = nlohmann::json;

constexpr std::size_t station_bytes_max = 128;
constexpr std::size_t identity_bytes_max = 200;
// What a page may say of a gap: a minute is no scanner's.
constexpr double gap_ms_max = 60'000;

std::string text_of(const Json& value) {
    return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Response bad_check_body(const std::string& pointer, const std::string& text) {
    return problem(
        {400, "Bad request body", pointer.empty() ? text : pointer + ": " + text, pointer});
}

// Reads the members of one object; remembers the first fault.
class BodyReader {
public:
    BodyReader(const ParsedJson& object, std::string path, std::initializer_list<const char*> known)
        : object_(object), path_(std::move(path)) {
        if (!object_.is_object()) {
            fault("", "an object is expected");
            return;
        }
        for (const auto& [name, value] : object_.items()) {
            if (std::none_of(known.begin(), known.end(), [&key = name](const char* one) {
                    return key == one;
                })) {
                fault("/" + name, "there is no such member");
            }
        }
    }

    std::string text(const char* name, std::size_t bytes_max, bool required = true) {
        const ParsedJson* member = find(name);
        if (member == nullptr && !required) {
            return "";
        }
        if (member == nullptr || !member->is_string()
            || member->get_ref<const std::string&>().size() > bytes_max) {
            fault(
                std::string("/") + name,
                "text of at most " + std::to_string(bytes_max) + " bytes is expected");
            return "";
        }
        return member->get<std::string>();
    }

    bool flag(const char* name, bool otherwise) {
        const ParsedJson* member = find(name);
        if (member != nullptr && !member->is_boolean()) {
            fault(std::string("/") + name, "true or false is expected");
        }
        return member != nullptr && member->is_boolean() ? member->get<bool>() : otherwise;
    }

    double number(const char* name, double high) {
        const ParsedJson* member = find(name);
        if (member == nullptr) {
            return 0;
        }
        if (!member->is_number() || member->get<double>() < 0 || member->get<double>() > high) {
            fault(std::string("/") + name, "a number from 0 on is expected");
            return 0;
        }
        return member->get<double>();
    }

    // Null where it is missing or null.
    [[nodiscard]] const ParsedJson* find(const char* name) const {
        if (!object_.is_object()) {
            return nullptr;
        }
        const auto member = object_.find(name);
        return member == object_.end() || member->is_null() ? nullptr : &*member;
    }

    void fault(const std::string& pointer, const std::string& text) {
        if (!fault_) {
            fault_ = bad_check_body(path_ + pointer, text);
        }
    }

    std::optional<Response> fault_;

private:
    const ParsedJson& object_;
    std::string path_;
};

Json profile_json(const std::optional<KeptProfile>& kept) {
    if (!kept) {
        return nullptr;
    }
    const devices::ScannerProfile& profile = kept->profile;
    Json object;
    object["layout"] = devices::to_text(profile.layout);
    object["letters"] = devices::to_text(profile.letters);
    object["identifiers"] = devices::to_text(profile.identifiers);
    object["separator"] = profile.separator;
    object["prefix"] = profile.prefix;
    object["suffix"] = profile.suffix;
    object["line_end"] = profile.line_end;
    object["checked_at"] = kept->checked_at ? Json(to_text(*kept->checked_at)) : Json(nullptr);
    return object;
}

Json scanner_json(const KnownScanner& scanner) {
    Json object;
    object["name"] = scanner.name;
    object["identity"] = scanner.identity;
    object["kind"] = scanner.kind;
    object["layout"] = devices::to_text(scanner.layout);
    object["present"] = scanner.present;
    object["reason"] = scanner.reason;
    object["detail"] = scanner.detail;
    object["profile"] = profile_json(scanner.kept);
    return object;
}

Json code_json(const TestSymbol& symbol) {
    Json object;
    object["code"] = devices::to_text(symbol.code);
    object["data"] = devices::test_data(symbol.code);
    object["width"] = symbol.width;
    object["height"] = symbol.height;
    object["quiet"] = symbol.quiet;
    object["dark"] = symbol.dark;
    return object;
}

Json fault_json(const devices::ScannerFault& fault) {
    Json object;
    object["fault"] = devices::to_text(fault.fault);
    object["grade"] = devices::to_text(fault.grade);
    object["sheet"] = devices::to_text(fault.sheet);
    object["code"] = fault.code ? Json(devices::to_text(*fault.code)) : Json(nullptr);
    object["detail"] = fault.detail;
    return object;
}

std::optional<devices::TestAnswer> test_answer_of(const ParsedJson* member, BodyReader& body) {
    if (member == nullptr) {
        return std::nullopt;
    }
    BodyReader in(*member, "/answers", {"text", "line_end", "longest_gap_ms"});
    devices::TestAnswer answer;
    answer.text = in.text("text", scan_bytes_max);
    answer.line_end = in.flag("line_end", true);
    answer.longest_gap_ms = in.number("longest_gap_ms", gap_ms_max);
    if (in.fault_) {
        body.fault("", "text, line_end and longest_gap_ms of each are expected");
    }
    return answer;
}

std::optional<KnownScanner>
scanner_of(const ScannerChecks& checks, const std::string& station, const std::string& identity) {
    const std::vector<KnownScanner> known = checks.scanners(station);
    const auto found = std::find_if(known.begin(), known.end(), [&](const KnownScanner& one) {
        return !identity.empty() && one.identity == identity;
    });
    return found == known.end() ? std::nullopt : std::optional(*found);
}

Response answer_state(const ScannerChecks& checks, const std::string& station) {
    const std::vector<KnownScanner> scanners = checks.scanners(station);
    if (scanners.empty()) { // a station has at least its page
        return problem(
            {404, "Not found", "there is no station \"" + shortened(station) + "\" here", ""});
    }
    Json object;
    object["codes"] = Json::array();
    for (const TestSymbol& symbol : checks.symbols) {
        object["codes"].push_back(code_json(symbol));
    }
    object["scanners"] = Json::array();
    object["page"] = nullptr;
    for (const KnownScanner& scanner : scanners) {
        if (scanner.kind == page_kind) {
            object["page"] = scanner_json(scanner);
        } else {
            object["scanners"].push_back(scanner_json(scanner));
        }
    }
    return json_response(200, text_of(object));
}

Response answer_listen(const ScannerChecks& checks, const std::string& text) {
    const ParsedJson parsed = ParsedJson::parse(text, nullptr, false);
    BodyReader body(parsed, "", {"station", "after", "stop"});
    const std::string station = body.text("station", station_bytes_max);
    const bool has_after = body.find("after") != nullptr;
    const double after = body.number("after", 9e15); // whole numbers are exact up to here
    const bool stop = body.flag("stop", false);
    if (body.fault_) {
        return *body.fault_;
    }
    HeardScans heard;
    if (stop) {
        checks.stop(station);
    } else {
        heard = checks.listen(
            station, has_after ? std::optional(static_cast<std::int64_t>(after)) : std::nullopt);
    }
    Json object;
    object["listening_ms"] = stop ? 0 : listening_ms;
    object["last"] = heard.last;
    object["heard"] = Json::array();
    for (const HeardScan& scan : heard.scans) {
        Json one;
        one["number"] = scan.number;
        one["name"] = scan.name;
        one["identity"] = scan.identity;
        one["text"] = scan.text;
        one["line_end"] = scan.line_end;
        object["heard"].push_back(std::move(one));
    }
    return json_response(200, text_of(object));
}

Json checkup_json(const devices::Checkup& checkup, bool kept) {
    Json object;
    for (const devices::TestCode code : devices::test_codes) {
        object["readable"][std::string(devices::to_text(code))] =
            checkup.readable.at(static_cast<std::size_t>(code));
    }
    object["faults"] = Json::array();
    for (const devices::ScannerFault& fault : checkup.faults) {
        object["faults"].push_back(fault_json(fault));
    }
    object["profile"] = profile_json(
        checkup.profile ? std::optional(KeptProfile{*checkup.profile, std::nullopt})
                        : std::nullopt);
    object["kept"] = kept;
    return object;
}

Response answer_answers(const ScannerChecks& checks, const std::string& text) {
    const ParsedJson parsed = ParsedJson::parse(text, nullptr, false);
    BodyReader body(parsed, "", {"station", "identity", "layout", "keep", "answers"});
    const std::string station = body.text("station", station_bytes_max);
    const std::string identity = body.text("identity", identity_bytes_max);
    const auto layout = devices::parse_layout(body.text("layout", 2));
    const bool keep = body.flag("keep", false);
    const ParsedJson* member = body.find("answers");
    const ParsedJson none = ParsedJson::object();
    BodyReader answers(
        member == nullptr ? none : *member, "/answers", {"digits", "letters", "gs1"});
    devices::CheckedScanner checked;
    for (const devices::TestCode code : devices::test_codes) {
        const std::string name(devices::to_text(code));
        checked.answers.at(static_cast<std::size_t>(code)) =
            test_answer_of(answers.find(name.c_str()), answers);
    }
    if (!layout) {
        body.fault("/layout", "us, uk, de or fr is expected");
    }
    if (body.fault_ || answers.fault_) {
        return body.fault_ ? *body.fault_ : *answers.fault_;
    }
    const auto scanner = scanner_of(checks, station, identity);
    if (!scanner) {
        return problem(
            {404, "Not found", "there is no scanner \"" + shortened(identity) + "\" here", ""});
    }
    checked.read_as = *layout;
    checked.in_page = scanner->kind == page_kind;
    checked.keyboard = checked.in_page || scanner->kind == "keyboard";
    const devices::Checkup checkup = devices::check_up(checked);
    bool kept = false;
    if (keep && checkup.profile) {
        const auto done = checks.keep(identity, *checkup.profile);
        if (!done) {
            return problem({503, "Not kept", done.error().text, ""});
        }
        kept = true;
    }
    return json_response(200, text_of(checkup_json(checkup, kept)));
}

} // namespace

Response answer_scanner_check(const ScannerChecks& checks, const Request& request) {
    const std::string& path = request.head.path;
    if (!checks.scanners) {
        return problem({404, "Not found", "this node checks no scanners", ""});
    }
    if (path == scanner_check_path) {
        const auto station = request.head.query.find("station");
        return answer_state(checks, station == request.head.query.end() ? "" : station->second);
    }
    if (path == "/api/v1/scanner_check/listen") {
        return answer_listen(checks, request.body);
    }
    if (path == "/api/v1/scanner_check/answers") {
        return answer_answers(checks, request.body);
    }
    return problem({404, "Not found", "there is nothing at \"" + shortened(path) + "\"", ""});
}

} // namespace cartwatch::web
