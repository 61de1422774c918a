#include "tests/daemon/web/web_kit.hpp"

#include <memory>
#include <stdexcept>

namespace cartwatch::web {

using namespace readiness;

Day day(std::string_view text) {
    return parse_day(text).value();
}

Instant instant(std::string_view text) {
    return parse_instant(text).value();
}

Context a_moment() {
    return {instant("2026-11-22T02:06:39.123Z"), day("2026-11-22"), day("2026-11-22"), 1};
}

namespace {

Product drug(const std::string& id, const Name& name, const std::string& lasa_group) {
    Product product;
    product.id = id;
    product.name = name;
    product.strength = "1 mg/1 mL";
    product.unit = "支";
    product.high_alert = true;
    product.lasa_group = lasa_group;
    product.function = "drugs";
    return product;
}

Line line_of(const std::string& id, int par, const Holding& holding) {
    Line line;
    line.id = id;
    line.product = id;
    line.position = "1-1";
    line.par = par;
    line.critical = true;
    line.function = "drugs";
    line.holdings = {holding};
    return line;
}

Holding holding(const std::string& lot, std::string_view last, int quantity, int damaged = 0) {
    Holding result;
    result.lot = lot;
    result.last_usable_day = day(last);
    result.quantity = quantity;
    result.damaged = damaged;
    return result;
}

Cart a_cart() {
    Cart cart;
    cart.id = "OR-1";
    cart.tag = "9000000010";
    cart.name = {"一号急救车", "Crash cart 1"};
    cart.station = "OR";
    cart.lines = {
        line_of("epi", 10, holding("A1", "2026-12-01", 6, 1)),
        line_of("norepi", 2, holding("B1", "2027-12-31", 2))};
    Device defib;
    defib.id = "defib";
    defib.name = {"除颤仪", "Defibrillator"};
    defib.position = "top";
    defib.critical = true;
    defib.function = "circulation";
    defib.last_test = DeviceTest{day("2026-11-16"), true};
    defib.accessories = {Accessory{"pads", {"电极片", "Pads"}, day("2027-11-30")}};
    cart.devices = {defib};
    cart.last_full_check = day("2026-11-16");
    cart.seal = Seal{"0457722", true};
    return cart;
}

Alert an_alert() {
    Alert alert;
    alert.key = {"OR-1", "epi"};
    alert.need.line = "epi";
    alert.need.product = "epi";
    alert.need.severity = Severity::high;
    alert.need.quantity = 5;
    alert.need.reasons = {0, 0, 1, 4};
    alert.need.kinds = {FindingKind::damaged, FindingKind::shortage};
    alert.need.par = 10;
    alert.need.usable = 5;
    alert.raised_at = instant("2026-11-21T01:00:00.000Z");
    alert.changed_at = alert.raised_at;
    alert.raised_seq = 7;
    alert.changed_seq = 7;
    alert.worse_seq = 7;
    return alert;
}

} // namespace

State a_ward() {
    State state;
    state.self = "ward-1";
    state.pharmacy = "pharmacy";
    NodeState& ward = state.nodes["ward-1"];
    ward.stations["OR"] = {"OR", {"手术室", "Operating theatre"}, "8001"};
    ward.stations["N3"] = {"N3", {"三楼护士站", "Third floor"}, "8003"};
    ward.carts["OR-1"] = a_cart();
    ward.staff["N012"] = {"N012", "张敏", Role::nurse, "9500000125", false};
    ward.alerts[{"OR-1", "epi"}] = an_alert();
    NodeState& pharmacy = state.nodes["pharmacy"];
    pharmacy.products["epi"] = drug("epi", {"肾上腺素", "Epinephrine"}, "amines");
    pharmacy.products["norepi"] = drug("norepi", {"去甲肾上腺素", "Norepinephrine"}, "amines");
    pharmacy.staff["P001"] = {"P001", "李药师", Role::pharmacist, "9500000012", false};
    return state;
}

State a_pharmacy() {
    State state = a_ward();
    state.self = "pharmacy";
    return state;
}

LineCounted
counted(const std::string& line, const std::string& lot, std::string_view last, int quantity) {
    return {line, holding(lot, last, quantity), "(01)…"};
}

void open_check(State& state, const std::vector<StepAction>& actions) {
    Check check;
    check.id = "ward-1/1";
    check.cart = "OR-1";
    check.opened_at = instant("2026-11-22T02:00:00.000Z");
    check.opened_by = "N012";
    check.checker = "N012";
    for (const StepAction& action : actions) {
        const int number = static_cast<int>(check.steps.size()) + 1;
        check.steps.push_back({number, check.opened_at, "N012", action, false});
    }
    check.progress = progress_of(check);
    state.nodes["ward-1"].open_checks[check.id] = check;
}

FakeProgram FakeProgram::of_pharmacy() {
    FakeProgram program;
    program.role = NodeRole::pharmacy;
    program.state = a_pharmacy();
    return program;
}

codes::Reading reading_of(std::string_view text) {
    codes::ScannedCode code;
    code.raw = text;
    code.text = text;
    return code;
}

namespace {

// Hands the parts out one by one, then an end or a break.
ExportStream stream_of(const FakeProgram& program) {
    const auto next = std::make_shared<std::size_t>(0);
    ExportStream stream;
    stream.media_type = "text/csv; charset=utf-8";
    stream.file_name = "checks.csv";
    stream.next = [&program, next](const PartDone& done) {
        if (*next < program.export_parts.size()) {
            done(program.export_parts[(*next)++]);
        } else if (program.export_breaks) {
            done(refused(ErrorCode::unavailable, "the store cannot be read"));
        } else {
            done(std::string());
        }
    };
    return stream;
}

nlohmann::ordered_json plain_json(const codes::Reading& reading) {
    nlohmann::ordered_json json;
    json["raw"] = reading ? reading->raw : reading.error().raw;
    return json;
}

} // namespace

namespace {

ScannerChecks fake_checks(FakeProgram& program) {
    ScannerChecks checks;
    TestSymbol symbol;
    symbol.width = 3;
    symbol.height = 1;
    symbol.quiet = 10;
    symbol.dark = {{0, 0, 1, 1}, {2, 0, 1, 1}};
    checks.symbols = [symbol] { return std::vector<TestSymbol>{symbol}; };
    checks.scanners = [&program](std::string_view station) {
        return station == "OR" ? program.scanners : std::vector<KnownScanner>{};
    };
    checks.listen = [&program](const Listener& listener, std::optional<std::int64_t> after) {
        program.listened.emplace_back(listener.station, after);
        return program.heard;
    };
    checks.stop = [&program](const Listener& listener) {
        program.stopped.push_back(listener.station);
    };
    checks.badge_of = [&program](const Listener& page, std::string_view ticket, BadgeUse use) {
        program.tickets_asked.emplace_back(page.page, use);
        const auto known = program.tickets.find(std::string(ticket));
        return known == program.tickets.end() ? std::nullopt : std::optional(known->second);
    };
    checks.hold = [&program](const std::vector<std::string>& tickets) {
        program.tickets_held = tickets;
    };
    checks.settle = [&program](const std::vector<std::string>& tickets, bool taken) {
        program.tickets_settled.emplace_back(tickets, taken);
    };
    checks.keep = [&program](const std::string& identity, const devices::ScannerProfile& profile) {
        program.kept.emplace_back(identity, profile);
        return program.keeps;
    };
    return checks;
}

// The page's own keys, a keyboard that was checked and a serial port that cannot be had.
std::vector<KnownScanner> some_scanners() {
    KnownScanner page;
    page.identity = "page:OR";
    page.kind = page_kind;
    page.present = true;
    KnownScanner gun;
    gun.name = "gun";
    gun.identity = "usb:05e0:1200:S123";
    gun.kind = "keyboard";
    gun.present = true;
    gun.reason = "none";
    gun.kept = KeptProfile{devices::ScannerProfile{}, instant("2026-11-20T02:00:00.000Z")};
    KnownScanner cradle;
    cradle.name = "cradle";
    cradle.kind = "serial";
    cradle.reason = "no_permission";
    cradle.detail = "/dev/ttyACM0: no permission";
    return {page, gun, cradle};
}

} // namespace

void FakeProgram::tell_past(Service& service) {
    service.read_sheet = [this](imports::SheetKind, const std::string&, const SheetDone& done) {
        done(sheet);
    };
    service.history = [this](HistoryQuestion question, const TextDone& done) {
        histories.push_back(std::move(question));
        done(history);
    };
    service.expiry = [this](const ExpiryQuestion& question, const TextDone& done) {
        expiry_questions.push_back(question);
        done(expiry);
    };
    service.history_figures = [this](HistoryQuestion question, const TextDone& done) {
        figure_questions.push_back(std::move(question));
        done(history_figures);
    };
    service.check_record = [this](CheckQuestion question, const TextDone& done) {
        check_records.push_back(std::move(question));
        done(check_record);
    };
}

void FakeProgram::print_labels(Service& service) {
    service.labels.offer = [this](const TextDone& done) { done(label_offer); };
    service.labels.things =
        [this](std::string_view what, const std::string& cart, const TextDone& done) {
            label_things_asked.emplace_back(what, cart);
            done(label_things);
        };
    service.labels.sheet =
        [this](std::string_view what, const LabelOptions& options, const LabelFileDone& done) {
            label_sheets_asked.emplace_back(what, options);
            done(label_file);
        };
}

void FakeProgram::submit(Submission submission, const ReplyDone& done) {
    if (throws_on_submit) {
        throw std::runtime_error("the disk is gone");
    }
    submitted.push_back(
        {std::move(submission.station),
         std::move(submission.command),
         std::move(submission.request),
         done});
    if (answers_at_once) {
        done(reply);
    }
}

Service FakeProgram::service() {
    Service service;
    if (scanners.empty()) {
        scanners = some_scanners();
        heard.last = 7;
        heard.scans = {{7, "gun", "usb:05e0:1200:S123", "9900000011", "", true}};
    }
    service.role = role;
    service.run = "2026-11-22T01:00:00.000Z 4711";
    service.state = [this]() -> const State& { return state; };
    service.moment = [this] { return moment; };
    service.clock_day = [this] { return clock_day.value_or(moment.today); };
    service.session_of = [this](std::string_view) {
        if (on_view) {
            on_view();
        }
        return session;
    };
    service.last_reply_of = [this](std::string_view) { return last; };
    service.recording = [this] { return recording; };
    service.awaited_past = [this] { return past; };
    service.go_on = [this] {
        past.reset();
        ++went_on;
    };
    service.figures = [this] { return figures; };
    if (role == NodeRole::ward) {
        service.link_status = [this] { return link; };
    } else {
        service.ward_statuses = [this] { return wards; };
    }
    service.submit = [this](Submission submission, const ReplyDone& done) {
        submit(std::move(submission), done);
    };
    service.answered = [this](const std::string& request, const std::string&) {
        const auto found = answered.find(request);
        return found == answered.end() ? std::nullopt : std::optional(found->second);
    };
    service.parse = [](std::string_view text) { return reading_of(text); };
    service.parse_symbol = service.parse;
    service.decode_picture = [this](Picture picture, const PictureDone& done) {
        pictures.push_back(std::move(picture));
        done(symbols);
    };
    service.parse_scan = [this](std::string_view station, std::string_view text) {
        read_for.emplace_back(station);
        return reading_of(text);
    };
    service.scanner_checks = fake_checks(*this);
    service.policy_changes = [this](std::string_view node, std::size_t) {
        policies_asked.emplace_back(node);
        return policy_changes;
    };
    service.reading_json = plain_json;
    tell_past(service);
    print_labels(service);
    service.export_data = [this](ExportRequest request, const ExportDone& done) {
        exports.push_back(std::move(request));
        done(stream_of(*this));
    };
    service.broken = [this](std::string_view what) { broken.emplace_back(what); };
    return service;
}

} // namespace cartwatch::web
