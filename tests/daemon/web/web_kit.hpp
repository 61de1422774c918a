// A small hospital as values, and a program behind the HTTP side that records what it is asked.
#pragma once

#include "daemon/web/service.hpp"

#include <nlohmann/json.hpp>

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace cartwatch::web {

// Sunday 2026-11-22, 10:06 in Shanghai.
[[nodiscard]] readiness::Context a_moment();
[[nodiscard]] Day day(std::string_view text);
[[nodiscard]] Instant instant(std::string_view text);

// "ward-1" with station OR and its cart OR-1: ten of epinephrine required and five usable, two of
// norepinephrine, a defibrillator; one open alert. Station N3 has no cart.
[[nodiscard]] readiness::State a_ward();

// The same ward as "pharmacy" knows it.
[[nodiscard]] readiness::State a_pharmacy();

// Opens check "ward-1/1" of OR-1 by N012 with these actions as its steps.
void open_check(readiness::State& state, const std::vector<readiness::StepAction>& actions);

[[nodiscard]] readiness::LineCounted
counted(const std::string& line, const std::string& lot, std::string_view last, int quantity);

struct Submitted {
    std::string station;
    readiness::Command command;
    std::string request;
    ReplyDone done;
};

// Outlives the Service that it gives.
struct FakeProgram {
    NodeRole role = NodeRole::ward;
    readiness::State state = a_ward();
    readiness::Context moment = a_moment();
    readiness::Session session;
    std::optional<readiness::Reply> last;
    LinkStatus link;
    std::vector<WardStatus> wards;
    Figures figures;
    std::optional<Day> clock_day; // none: as the moment's
    bool recording = true;
    std::optional<PastStatus> past; // what is still to come back
    int went_on = 0;
    bool answers_at_once = true;
    bool throws_on_submit = false;
    Result<readiness::Reply> reply = readiness::Reply{};
    std::map<std::string, Result<readiness::Reply>> answered; // before the start, by request
    Result<std::vector<codes::Reading>> symbols;
    std::vector<std::string> export_parts;
    bool export_breaks = false; // after its parts, in place of an end
    std::vector<Submitted> submitted;
    std::vector<Picture> pictures;
    std::vector<ExportRequest> exports;
    std::vector<HistoryQuestion> histories;
    std::vector<CheckQuestion> check_records;
    Result<imports::Events> sheet; // what any sheet holds
    Result<std::string> history = std::string("{}");
    std::vector<HistoryQuestion> figure_questions;
    Result<std::string> history_figures = std::string("{}");
    std::vector<ExpiryQuestion> expiry_questions;
    Result<std::string> expiry = std::string("{}");
    Result<std::string> check_record = std::string("{}");
    Result<std::string> label_offer = std::string("{}");
    Result<std::string> label_things = std::string("{}");
    Result<LabelFile> label_file = LabelFile{"application/pdf", "cartwatch-carts.pdf", "%PDF-"};
    std::vector<std::pair<std::string, std::string>> label_things_asked; // what, cart
    std::vector<std::pair<std::string, LabelOptions>> label_sheets_asked;
    std::vector<std::string> broken;
    std::vector<std::string> read_for;  // stations whose page's scanner a scan was read by
    std::vector<KnownScanner> scanners; // of station OR
    HeardScans heard;
    std::vector<std::pair<std::string, std::optional<std::int64_t>>> listened;
    std::vector<std::string> stopped;
    std::map<std::string, std::string> tickets;                  // what each stands for
    std::vector<std::pair<std::string, BadgeUse>> tickets_asked; // by which page, for what
    std::vector<std::string> tickets_held;
    std::vector<std::pair<std::vector<std::string>, bool>> tickets_settled;
    std::vector<std::pair<std::string, devices::ScannerProfile>> kept;
    Result<void> keeps; // what keeping comes to
    Result<std::vector<readiness::Recorded>> policy_changes;
    std::vector<std::string> policies_asked; // of which nodes
    std::function<void()> on_view;           // while the view of a station is made

    [[nodiscard]] static FakeProgram of_pharmacy();
    [[nodiscard]] Service service();

private:
    void tell_past(Service& service);
    void print_labels(Service& service);
    void submit(Submission submission, const ReplyDone& done);
};

// A scan that was understood as this text.
[[nodiscard]] codes::Reading reading_of(std::string_view text);

} // namespace cartwatch::web
