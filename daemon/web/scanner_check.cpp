#include "daemon/web/scanner_check.hpp"

#include "daemon/web/body_members.hpp"
#include "daemon/web/route_parts.hpp"
#include "daemon/web/views.hpp"
#include "scanner/values/text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace cartwatch::web {

namespace {

constexpr std::size_t identity_bytes_max = 200;
// What a page may say of a gap: a minute is no scanner's.
constexpr double gap_ms_max = 60'000;
// Numbers of scans are whole, and a JSON number is exact up to here.
constexpr double whole_number_max = 9e15;

std::string text_of(const Json& value) {
    return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Response bad_check_body(const BodyFault& fault) {
    const std::string& pointer = fault.pointer;
    return problem(
        {400,
         "Bad request body",
         pointer.empty() ? fault.text : pointer + ": " + fault.text,
         pointer});
}

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

// Of one code; the first fault goes to `answers`.
std::optional<devices::TestAnswer> test_answer_of(Members& answers, const std::string& code) {
    if (!answers.has(code)) {
        return std::nullopt;
    }
    Members in = answers.object(code);
    devices::TestAnswer answer;
    answer.text = in.text("text", scan_bytes_max);
    answer.line_end = in.flag("line_end", true);
    answer.longest_gap_ms = in.optional_measure("longest_gap_ms", gap_ms_max).value_or(0);
    if (const auto fault = in.finish()) {
        answers.note(fault->pointer, fault->text);
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
    const auto symbols = checks.symbols();
    if (!symbols) {
        return refused_response(symbols.error());
    }
    Json object;
    object["codes"] = Json::array();
    for (const TestSymbol& symbol : *symbols) {
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
    const auto parsed = parse_json(text);
    if (!parsed) {
        return bad_check_body(parsed.error());
    }
    Members body(*parsed, "");
    const std::string station = body.text("station", name_bytes_max);
    const auto after = body.optional_measure("after", whole_number_max);
    const bool stop = body.flag("stop", false);
    const Listener listener{station, body.optional_text("listener", name_bytes_max)};
    if (const auto fault = body.finish()) {
        return bad_check_body(*fault);
    }
    HeardScans heard;
    if (stop) {
        checks.stop(listener);
    } else {
        heard = checks.listen(
            listener, after ? std::optional(static_cast<std::int64_t>(*after)) : std::nullopt);
    }
    if (heard.taken) {
        heard.scans.clear();
    }
    Json object;
    object["listening_ms"] = stop ? 0 : listening_ms;
    object["taken"] = heard.taken;
    object["last"] = heard.last;
    object["heard"] = Json::array();
    for (const HeardScan& scan : heard.scans) {
        Json one;
        one["number"] = scan.number;
        one["name"] = scan.name;
        one["identity"] = scan.identity;
        one["text"] = scan.text;
        if (!scan.badge.empty()) {
            one["badge"] = scan.badge;
        }
        one["line_end"] = scan.line_end;
        one["refused"] = scan.refused;
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

struct AnswersBody {
    std::string station;
    std::string identity;
    bool keep = false;
    devices::CheckedScanner checked;
};

Parsed<AnswersBody> parse_answers_body(std::string_view text) {
    const auto parsed = parse_json(text);
    if (!parsed) {
        return tl::unexpected(parsed.error());
    }
    Members in(*parsed, "");
    AnswersBody body;
    body.station = in.text("station", name_bytes_max);
    body.identity = in.text("identity", identity_bytes_max);
    const auto layout = devices::parse_layout(in.text("layout", name_bytes_max));
    if (!layout) {
        in.note("/layout", "us, uk, de or fr is expected here");
    }
    body.checked.read_as = layout.value_or(devices::Layout::us);
    body.keep = in.flag("keep", false);
    if (in.has("answers")) {
        Members answers = in.object("answers");
        for (const devices::TestCode code : devices::test_codes) {
            body.checked.answers.at(static_cast<std::size_t>(code)) =
                test_answer_of(answers, std::string(devices::to_text(code)));
        }
        if (const auto fault = answers.finish()) {
            in.note(fault->pointer, fault->text);
        }
    }
    if (const auto fault = in.finish()) {
        return tl::unexpected(*fault);
    }
    return body;
}

Response answer_answers(const ScannerChecks& checks, const std::string& text) {
    auto body = parse_answers_body(text);
    if (!body) {
        return bad_check_body(body.error());
    }
    const std::string& identity = body->identity;
    devices::CheckedScanner& checked = body->checked;
    const auto scanner = scanner_of(checks, body->station, identity);
    if (!scanner) {
        return problem(
            {404, "Not found", "there is no scanner \"" + shortened(identity) + "\" here", ""});
    }
    checked.in_page = scanner->kind == page_kind;
    checked.keyboard = checked.in_page || scanner->kind == "keyboard";
    const devices::Checkup checkup = devices::check_up(checked);
    bool kept = false;
    if (body->keep && checkup.profile) {
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
