// What the HTTP side asks of the program behind it: plain functions over values, so that routes are
// tested without a daemon. All are called on the event loop's thread; none may block. It knows no
// socket, and nothing of it changes anything but `submit`.
#pragma once

#include "daemon/imports/import.hpp"
#include "daemon/readiness/decide.hpp"
#include "daemon/readiness/state.hpp"
#include "scanner/codes/scanned_code.hpp"
#include "scanner/devices/scanner_check.hpp"
#include "scanner/values/result.hpp"

#include <nlohmann/json_fwd.hpp>

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cartwatch::web {

using cartwatch::to_text; // of days and instants, beside those of this room

enum class NodeRole { ward, pharmacy };

[[nodiscard]] std::string_view to_text(NodeRole role);

// The one session of a pharmacy's board.
inline constexpr std::string_view board_station = "pharmacy";

enum class LinkState { off, connecting, connected };

[[nodiscard]] std::string_view to_text(LinkState state);

// Why a peer is not connected, or should not be, where a person has to look.
struct LinkProblem {
    std::string code; // as in schema/link.md, or "two_callers"
    std::string text;
};

// Of a ward: how far the pharmacy is behind.
struct LinkStatus {
    LinkState state = LinkState::off;
    std::int64_t waiting = 0; // own entries that the pharmacy has not on disk
    std::optional<Instant> waiting_since;
    std::int64_t delivered_seq = 0; // own entries up to here are on the pharmacy's disk
    std::optional<LinkProblem> problem = {};
};

// Of a pharmacy: one ward that it knows.
struct WardStatus {
    std::string node;
    bool connected = false;
    std::optional<Instant> last_contact;
    std::optional<Instant> last_entry_at;
    std::int64_t entries = 0; // held of its journal
    std::optional<LinkProblem> problem = {};
};

// A node that may be behind its own past: it records nothing until its peers gave it back.
struct PastStatus {
    struct Peer {
        std::string node;
        std::string hearing;   // awaited, returning, heard, forked, unproven, withheld
        std::int64_t owed = 0; // entries of this node that it holds and that are not here
    };

    std::string reason; // restored, empty, behind
    Instant began_at;
    std::vector<Peer> peers;
};

// Counters since the start, for /metrics.
struct Figures {
    std::int64_t entries = 0; // in the store, all nodes
    std::int64_t commits = 0;
    std::map<std::string, std::int64_t> scans_by_verdict; // text form of the verdict
    Instant started_at;                                   // of this process
};

// Answered exactly once, now or later, on the loop's thread. A refused submission changed nothing;
// code `unavailable` says that it could not be recorded.
using ReplyDone = std::function<void(Result<readiness::Reply>)>;
using PictureDone = std::function<void(Result<std::vector<codes::Reading>>)>;

// One picture as it was sent.
struct Picture {
    std::string bytes;
    std::string media_type; // image/png or image/jpeg, and the bytes begin like one
};

// What a page asks of the past: both days included; empty names mean all.
struct HistoryQuestion {
    Day from;
    Day to;
    std::string node;
    std::string cart;
};

// What a page asks of the months ahead; empty names mean all.
struct ExpiryQuestion {
    int months = 6; // with the one that runs, 1 to 24
    std::string node;
    std::string station;
};

struct CheckQuestion {
    std::string node;
    std::string check;
    Day working_day; // that it counts for
};

// JSON as it is sent.
using TextDone = std::function<void(Result<std::string>)>;

struct ExportRequest {
    std::string what;   // checks, findings, alerts, stock, readiness or seals
    std::string format; // csv, xlsx or json
    std::optional<Day> from;
    std::optional<Day> to;
    // Of an inspection pack: what "pack" is, as "zip", of both days.
    std::string language = {};              // of its report: zh-CN or en
    std::vector<std::string> stations = {}; // ids; empty: all
};

// The next part of a download, at most a few hundred KiB; empty: the end. A refusal breaks the
// download off, so that nobody takes a part for the whole.
using PartDone = std::function<void(Result<std::string>)>;

struct ExportStream {
    std::string media_type; // with charset
    std::string file_name;  // ASCII, no quote, no path
    std::function<void(PartDone)> next;
};

// What the scanner check asks of the program (scanner_check.hpp).

// The keys that a station's page hears itself, in the list of its scanners.
inline constexpr std::string_view page_kind = "page";

// Scans of a station go to its check page for this long after it asked: five polls of the page.
inline constexpr int listening_ms = 5'000;

// One test code as the dark rectangles of its modules: x, y, width, height.
struct TestSymbol {
    devices::TestCode code = devices::TestCode::digits;
    int width = 0;
    int height = 0; // 1: bars, to be stretched
    int quiet = 0;  // modules that stay light at each side
    std::vector<std::array<int, 4>> dark;
};

struct KeptProfile {
    devices::ScannerProfile profile;
    std::optional<Instant> checked_at; // nullopt: not kept yet
};

// One scanner of a station, or the keys that its page hears.
struct KnownScanner {
    std::string name;
    std::string identity;                         // empty while it was never here
    std::string kind;                             // as configured, or page_kind
    devices::Layout layout = devices::Layout::us; // by which its keys are read now
    bool present = false;
    std::string reason; // wire::Absence
    std::string detail;
    std::optional<KeptProfile> kept;
};

struct HeardScan {
    std::int64_t number = 0; // rising, of this process
    std::string name;
    std::string identity;
    std::string text;  // of a badge its last two signs
    std::string badge; // a ticket that stands for the badge; empty: it tells none
    bool line_end = true;
    bool refused = false; // the place is at work: it counts nowhere, and nothing of it is told
};

struct HeardScans {
    bool taken = false;    // another page listens at the station: nothing is told to this one
    std::int64_t last = 0; // the highest number so far
    std::vector<HeardScan> scans;
};

// Who listens where: a page names itself by chance, so that no other takes what it waits for.
struct Listener {
    std::string station;
    std::string page; // at most name_bytes_max; empty is a name, too
};

// How a ticket for a badge begins. Its last two signs are the badge's.
inline constexpr std::string_view ticket_prefix = "ticket:";

// What a badge that a page was given a ticket for is used for.
enum class BadgeUse {
    signs, // a change: whoever signs has scanned it just now
    given, // to a person: the form is filled in between its scan and the signature
};

struct ScannerChecks {
    // The codes to be scanned, as pictures; refused where they cannot be drawn.
    std::function<Result<std::vector<TestSymbol>>()> symbols;
    std::function<std::vector<KnownScanner>(std::string_view station)> scanners;
    // The station's scans after this number (none where it is missing), and more of them to come
    // here instead of to a cart until listening_ms have passed. A badge's code stays in the
    // program: the page is given a ticket for it. One page listens at a station, by its own name.
    std::function<HeardScans(const Listener& listener, std::optional<std::int64_t> after)> listen;
    std::function<void(const Listener& listener)> stop;
    // The code of the badge that a ticket stands for, which this page was given at this station;
    // nullopt: none, or no more.
    std::function<std::optional<std::string>(
        const Listener& page, std::string_view ticket, BadgeUse use)>
        badge_of;
    // A change that came with these tickets is being decided: meanwhile they stand for nothing.
    std::function<void(const std::vector<std::string>& tickets)> hold;
    // What came of it: a change that was taken has used them up, a refused one has not.
    std::function<void(const std::vector<std::string>& tickets, bool taken)> settle;
    // On disk when it returns; refused where it cannot be.
    std::function<Result<void>(const std::string& identity, const devices::ScannerProfile& profile)>
        keep;
};

// Labels to print, as the page orders them (daemon/labels).
struct LabelFile {
    std::string media_type;
    std::string file_name; // ASCII, no quote, no path; empty: shown, not kept
    std::string bytes;
};

using LabelFileDone = std::function<void(Result<LabelFile>)>;
// In words; the program says what it does not know.
using LabelOptions = std::map<std::string, std::string>;

struct PrintedLabels {
    std::function<void(TextDone done)> offer; // what can be printed, papers and limits
    std::function<void(std::string_view what, const std::string& cart, TextDone done)> things;
    std::function<void(std::string_view what, const LabelOptions& options, LabelFileDone done)>
        sheet;
};

// The definitions of a sheet, or its rows that are refused; refused where it is no sheet.
using SheetDone = std::function<void(Result<imports::Events>)>;

using ExportDone = std::function<void(Result<ExportStream>)>;

// A command on its way in.
struct Submission {
    std::string station; // board_station on the pharmacy
    readiness::Command command;
    std::string request;                   // id given by whoever asked; empty: it is not made again
    std::string fingerprint;               // of what was asked
    std::vector<std::string> tickets = {}; // for badges in it; a change that is taken uses them up
};

// Members that are empty (export_data, read_sheet, history, history_figures, expiry, check_record,
// decode_picture, ward_statuses) switch their routes off.
struct Service {
    NodeRole role = NodeRole::ward;
    std::string run; // names this run of the program: a page tells its views from an earlier one's
    std::function<const readiness::State&()> state;
    std::function<readiness::Context()> moment; // now, the latest day known, working day
    std::function<Day()> clock_day;             // before moment().today: the clock was set back
    std::function<readiness::Session(std::string_view station)> session_of;
    std::function<std::optional<readiness::Reply>(std::string_view station)> last_reply_of;
    std::function<bool()> recording; // false: the store failed
    std::function<LinkStatus()> link_status;
    std::function<std::vector<WardStatus>()> ward_statuses;
    std::function<Figures()> figures;

    // What is still to come back of this node's own past, and how a person ends the wait for it;
    // may be empty.
    std::function<std::optional<PastStatus>()> awaited_past;
    std::function<void()> go_on;

    // Decides the command, commits what follows, and answers only when that is on disk. A request
    // that changed something before, also before a restart, is answered as it was then; with
    // another fingerprint it is refused with code `conflict`.
    std::function<void(Submission submission, ReplyDone done)> submit;
    // What `submit` would answer to a request made before, by its id and fingerprint; nullopt: it
    // is new. For requests that are held against what stands here before they are submitted.
    std::function<std::optional<Result<readiness::Reply>>(
        const std::string& request, const std::string& fingerprint)>
        answered;
    std::function<codes::Reading(std::string_view text)> parse;
    // What the page's camera decoded: its separators are all there.
    std::function<codes::Reading(std::string_view text)> parse_symbol;
    // What a scanner typed into the page of this station, read by the profile of its check.
    std::function<codes::Reading(std::string_view station, std::string_view text)> parse_scan;
    ScannerChecks scanner_checks; // its functions may be empty: the routes are off
    std::function<void(Picture picture, PictureDone done)> decode_picture;
    // A reading as `cartwatch read` prints it: that form is fixed in one place.
    std::function<nlohmann::ordered_json(const codes::Reading& reading)> reading_json;
    std::function<void(ExportRequest request, ExportDone done)> export_data;
    // Reads a sheet as it was handed in; answers later.
    std::function<void(imports::SheetKind kind, std::string bytes, SheetDone done)> read_sheet;
    std::function<void(HistoryQuestion question, TextDone done)> history;
    std::function<void(HistoryQuestion question, TextDone done)> history_figures;
    std::function<void(const ExpiryQuestion& question, TextDone done)> expiry;
    std::function<void(CheckQuestion question, TextDone done)> check_record;
    PrintedLabels labels; // its functions may be empty: the routes are off

    // Changes of the policy in the journal of this node, the last first, at most so many; refused
    // where the store cannot be read.
    std::function<Result<std::vector<readiness::Recorded>>(std::string_view node, std::size_t most)>
        policy_changes;

    // Something threw that never must (a broken program or machine); the asker was told 500.
    std::function<void(std::string_view what)> broken;
};

} // namespace cartwatch::web
