#include "daemon/ward/scanner_checks.hpp"

#include "daemon/crypto/random.hpp"
#include "daemon/log/log.hpp"
#include "daemon/readiness/lookup.hpp"
#include "daemon/readiness/setup.hpp"
#include "daemon/reports/symbol.hpp"
#include "scanner/devices/test_answer.hpp"
#include "scanner/wire/device_settings.hpp"

#include <algorithm>
#include <array>

namespace cartwatch::ward {

namespace {

// Of the keys that a station's page hears: browsers do not say which keyboard it was.
std::string page_identity(std::string_view station) {
    return "page:" + std::string(station);
}

// A network scanner may connect for each scan anew: its absence says nothing about it.
bool comes_and_goes(const config::ScannerConfig& scanner) {
    const auto kind = wire::parse_device_kind(scanner.kind);
    return kind == wire::DeviceKind::network_listen || kind == wire::DeviceKind::network_connect;
}

web::TestSymbol symbol_of(devices::TestCode code, const reports::SymbolDrawing& drawing) {
    web::TestSymbol symbol;
    symbol.code = code;
    symbol.width = drawing.width;
    symbol.height = drawing.height;
    symbol.quiet = drawing.quiet;
    for (const reports::ModuleRect& rect : drawing.dark) {
        symbol.dark.push_back({rect.x, rect.y, rect.width, rect.height});
    }
    return symbol;
}

Result<std::vector<web::TestSymbol>> test_symbols() {
    using devices::TestCode;
    using reports::SymbolKind;

    struct Code {
        TestCode code;
        SymbolKind kind;
        std::string_view text;
    };

    const std::array<Code, 3> codes{
        {{TestCode::digits, SymbolKind::code_128, devices::test_data(TestCode::digits)},
         {TestCode::letters, SymbolKind::code_128, devices::test_data(TestCode::letters)},
         {TestCode::gs1, SymbolKind::gs1_data_matrix, "[01]09521234543213[10]Zy-4a[21]Q7/m"}}};
    std::vector<web::TestSymbol> symbols;
    for (const Code& code : codes) {
        const auto drawing = reports::draw_symbol(code.kind, code.text);
        if (!drawing) {
            return tl::make_unexpected(drawing.error());
        }
        symbols.push_back(symbol_of(code.code, *drawing));
    }
    return symbols;
}

// `raw` is the text without what this scanner makes of it, so that whoever reads it again needs no
// profile.
codes::Reading
read_by(const devices::ScannerProfile& profile, std::string_view text, bool ended, Day as_of) {
    codes::ReadOptions options;
    options.as_of = as_of;
    options.scanner = devices::reader_settings(profile);
    options.ended = ended;
    auto reading = codes::read(devices::without_habits(profile, text), options);
    const bool turned = profile.letters == devices::Letters::inverted;
    if (reading && turned) {
        reading->warnings.emplace_back("caps_lock_inverted"); // as the reader says it
    }
    std::string& cleaned = reading ? reading->cleaned : reading.error().cleaned;
    if (!cleaned.empty()) {
        (reading ? reading->raw : reading.error().raw) = std::move(cleaned);
        cleaned.clear();
    }
    return reading;
}

// By a scanner that nobody has checked.
codes::Reading read_unchecked(std::string_view text, bool is_whole, Day as_of) {
    codes::ReadOptions options;
    options.as_of = as_of;
    options.scanner.ends_scans = !is_whole;
    options.ended = is_whole;
    return codes::read(text, options);
}

bool contains(std::string_view text, std::string_view part) {
    return !part.empty() && text.find(part) != std::string_view::npos;
}

bool is_among(const std::vector<std::string>& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

// A test code tells nobody's badge, also where somebody's is a part of it.
bool is_test(std::string_view text) {
    constexpr std::string_view gtin_of_gs1_code = "0109521234543213";
    return contains(text, devices::test_data(devices::TestCode::digits))
           || contains(text, devices::test_data(devices::TestCode::letters))
           || contains(text, gtin_of_gs1_code);
}

// Whether the text is somebody's badge as a scanner types it that is set to another layout than its
// keys are read by.
bool is_typed_badge(const readiness::State& state, std::string_view text) {
    using devices::Layout;
    constexpr std::array layouts{Layout::us, Layout::uk, Layout::de, Layout::fr};
    for (const readiness::NodeState* source : readiness::sources_for(state, state.self)) {
        for (const auto& [id, person] : source->staff) {
            for (const Layout typed_on : layouts) {
                for (const Layout read_as : layouts) {
                    if (contains(text, devices::retyped(person.badge, typed_on, read_as))) {
                        return true;
                    }
                }
            }
        }
    }
    return false;
}

} // namespace

ScannerChecks::ScannerChecks(const config::WardConfig& config, Outside outside)
    : outside_(std::move(outside)), profiles_(config.state / "scanner-profiles.json") {
    for (const config::ScannerConfig& scanner : config.scanners) {
        Device device;
        device.config = scanner;
        device.state.device = scanner.name;
        device.state.absence = wire::Absence::not_plugged_in;
        devices_[scanner.name] = std::move(device);
    }
    if (const auto loaded = profiles_.load(); !loaded) {
        log::warn(loaded.error().text + "; check the scanners again");
    }
}

web::ScannerChecks ScannerChecks::service() {
    web::ScannerChecks service;
    service.symbols = test_symbols;
    service.scanners = [this](std::string_view station) { return scanners_of(station); };
    service.listen = [this](const web::Listener& listener, std::optional<std::int64_t> after) {
        return listen(listener, after);
    };
    service.stop = [this](const web::Listener& listener) {
        const auto found = listening_.find(listener.station);
        if (found != listening_.end() && found->second.page == listener.page) {
            listening_.erase(found);
        }
    };
    service.badge_of =
        [this](const web::Listener& page, std::string_view ticket, web::BadgeUse use) {
            return badge_of(page, ticket, use);
        };
    service.hold = [this](const std::vector<std::string>& tickets) { hold(tickets); };
    service.settle = [this](const std::vector<std::string>& tickets, bool taken) {
        settle(tickets, taken);
    };
    service.keep = [this](const std::string& identity, const devices::ScannerProfile& profile) {
        return keep(identity, profile);
    };
    return service;
}

void ScannerChecks::take(const wire::DeviceLine& line) {
    const auto device = devices_.find(line.device);
    if (device == devices_.end()) {
        return; // a scanner process that somebody started by hand
    }
    wire::DeviceLine& state = device->second.state;
    const std::string identity = line.identity.empty() ? state.identity : line.identity;
    const bool is_another = identity != state.identity;
    state = line;
    state.identity = identity;
    if (is_another || (!line.present && !comes_and_goes(device->second.config))) {
        device->second.habit = {}; // it may be another, or set anew, when it is here again
    }
    if (line.present) {
        tell_layout_of(line.device);
    }
}

void ScannerChecks::tell_layout_of(const std::string& device) {
    const Device& known = devices_.at(device);
    const auto* stored = profiles_.find(known.state.identity);
    if (stored != nullptr && known.config.kind == "keyboard") {
        outside_.tell_layout({device, std::string(devices::to_text(stored->profile.layout))});
    }
}

ScanTaker ScannerChecks::take(const wire::ScanLine& scan) {
    const auto listening = listening_.find(scan.station);
    if (listening == listening_.end() || listening->second.until <= outside_.ticks()) {
        return ScanTaker::cart;
    }
    const auto device = devices_.find(scan.device);
    Heard heard;
    heard.station = scan.station;
    heard.page = listening->second.page;
    heard.scan.number = ++last_;
    heard.scan.name = scan.device;
    heard.scan.identity = device == devices_.end() ? "" : device->second.state.identity;
    heard.scan.line_end = !scan.by_pause;
    heard.scan.refused = !is_test(scan.text) && outside_.is_at_work(scan.station);
    const ScanTaker taker = heard.scan.refused ? ScanTaker::nobody : ScanTaker::page;
    if (!heard.scan.refused) {
        heard.scan.text = scan.text;
        hide_badge(scan, heard);
    }
    heard_.push_back(std::move(heard));
    if (heard_.size() > heard_max) {
        heard_.pop_front();
    }
    return taker;
}

// Whoever polls is told no badge: the code is all that its bearer signs with.
void ScannerChecks::hide_badge(const wire::ScanLine& scan, Heard& heard) {
    const codes::Reading reading = read_of_check(scan);
    const readiness::State& state = outside_.state();
    if (is_test(scan.text)
        || !(readiness::tells_badge(state, reading) || is_typed_badge(state, scan.text))) {
        return;
    }
    const readiness::Meaning meaning = readiness::meaning_of(state, reading);
    const auto* known = std::get_if<readiness::MeansStaff>(&meaning);
    Ticket ticket;
    ticket.badge = known != nullptr ? known->person->badge : readiness::badge_text(reading);
    ticket.page = {heard.station, heard.page};
    ticket.read = outside_.ticks();
    heard.scan.text = readiness::masked_badge(scan.text);
    constexpr std::size_t secret_bytes = 16;
    ticket.name = std::string(web::ticket_prefix) + crypto::random_hexadecimal(secret_bytes) + ":"
                  + readiness::masked_badge(ticket.badge);
    heard.scan.badge = ticket.name;
    tickets_.push_back(std::move(ticket));
    if (tickets_.size() > heard_max) {
        tickets_.pop_front();
    }
}

std::optional<std::string> ScannerChecks::badge_of(
    const web::Listener& page, std::string_view ticket, web::BadgeUse use) const {
    const auto counts =
        use == web::BadgeUse::signs ? std::chrono::seconds(ticket_signs) : ticket_lasts;
    for (const Ticket& known : tickets_) {
        if (known.name == ticket && known.page.station == page.station
            && known.page.page == page.page && !known.held
            && outside_.ticks() - known.read < counts) {
            return known.badge;
        }
    }
    return std::nullopt;
}

void ScannerChecks::hold(const std::vector<std::string>& tickets) {
    for (Ticket& known : tickets_) {
        known.held = known.held || is_among(tickets, known.name);
    }
}

void ScannerChecks::settle(const std::vector<std::string>& tickets, bool taken) {
    std::deque<Ticket> left;
    for (Ticket& known : tickets_) {
        const bool settled = is_among(tickets, known.name);
        if (!settled || !taken) {
            known.held = known.held && !settled;
            left.push_back(std::move(known));
        }
    }
    tickets_ = std::move(left);
}

web::HeardScans
ScannerChecks::listen(const web::Listener& listener, std::optional<std::int64_t> after) {
    web::HeardScans answer;
    answer.last = last_;
    if (!outside_.is_station(listener.station)) {
        return answer;
    }
    Listening& listening = listening_[listener.station];
    const auto now = outside_.ticks();
    answer.taken = listening.until > now && listening.page != listener.page;
    if (answer.taken) {
        return answer;
    }
    listening = {listener.page, now + std::chrono::milliseconds(web::listening_ms)};
    for (const Heard& heard : heard_) {
        if (after && heard.scan.number > *after && heard.station == listener.station
            && heard.page == listener.page) {
            answer.scans.push_back(heard.scan);
        }
    }
    return answer;
}

std::vector<web::KnownScanner> ScannerChecks::scanners_of(std::string_view station) const {
    if (!outside_.is_station(station)) {
        return {};
    }
    std::vector<web::KnownScanner> known;
    const auto add = [&](web::KnownScanner scanner) {
        if (const auto* stored = profiles_.find(scanner.identity)) {
            scanner.kept = web::KeptProfile{stored->profile, stored->checked_at};
            scanner.layout = stored->profile.layout;
        }
        known.push_back(std::move(scanner));
    };
    web::KnownScanner page;
    page.identity = page_identity(station);
    page.kind = web::page_kind;
    page.present = true;
    add(std::move(page));
    for (const auto& [name, device] : devices_) {
        if (device.config.station == station) {
            web::KnownScanner scanner;
            scanner.name = name;
            scanner.identity = device.state.identity;
            scanner.kind = device.config.kind;
            scanner.layout =
                devices::parse_layout(device.config.layout).value_or(devices::Layout::us);
            scanner.present = device.state.present;
            scanner.reason = to_text(device.state.absence);
            scanner.detail = device.state.detail;
            add(std::move(scanner));
        }
    }
    return known;
}

Result<void>
ScannerChecks::keep(const std::string& identity, const devices::ScannerProfile& profile) {
    auto kept = profiles_.keep({identity, profile, outside_.now()});
    for (const auto& [name, device] : devices_) {
        if (kept && device.state.present && device.state.identity == identity) {
            tell_layout_of(name);
        }
    }
    return kept;
}

// Without a word about how the device ends its scans: that is learnt from those that count.
codes::Reading ScannerChecks::read_of_check(const wire::ScanLine& scan) const {
    const auto known = devices_.find(scan.device);
    const auto* stored =
        known == devices_.end() ? nullptr : profiles_.find(known->second.state.identity);
    return stored != nullptr ? read_by(stored->profile, scan.text, true, outside_.today())
                             : read_unchecked(scan.text, true, outside_.today());
}

codes::Reading ScannerChecks::read_of_device(const wire::ScanLine& scan, Day as_of) {
    const auto known = devices_.find(scan.device);
    const bool is_whole = known == devices_.end() || known->second.habit.is_whole(!scan.by_pause);
    const auto* stored =
        known == devices_.end() ? nullptr : profiles_.find(known->second.state.identity);
    if (stored != nullptr) {
        return read_by(stored->profile, scan.text, !scan.by_pause, as_of);
    }
    return read_unchecked(scan.text, is_whole, as_of);
}

// Not how the page's keys ended: it sends what was typed, whatever ended it.
codes::Reading
ScannerChecks::read_of_page(std::string_view station, std::string_view text, Day as_of) const {
    const auto* stored = profiles_.find(page_identity(station));
    return stored == nullptr ? read_unchecked(text, true, as_of)
                             : read_by(stored->profile, text, true, as_of);
}

} // namespace cartwatch::ward
