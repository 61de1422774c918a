#include "tests/daemon/journal/generated.hpp"

namespace cartwatch::generated {

using namespace readiness;

namespace {

const std::vector<std::string> carts{"OR-1", "3F-1"};
const std::vector<std::string> lines{"epi", "atropine", "gloves"};
const std::vector<std::string> devices{"defib", "suction"};
const std::vector<std::string> products{"epinephrine-1mg", "atropine-0.5mg", "gloves-m"};
const std::vector<std::string> lots{"A1", "B2", ""};
const std::vector<std::string> seals{"0457720", "0457721", "0457722"};
const std::vector<std::string> people{"N012", "N013", "P001"};
// As the rules number them: "<node>/<number>".
const std::vector<std::string> checks{"ward-3f/1", "ward-3f/2", "ward-3f/3"};

constexpr std::size_t master_data_kinds = 13;
constexpr std::size_t actions = std::variant_size_v<StepActionKinds>;
constexpr std::size_t check_kinds = 7 + actions;
constexpr std::size_t seal_kinds = 4;
constexpr std::size_t alert_kinds = 9;
constexpr std::size_t calendar_kinds = 2;

} // namespace

Events::Events(unsigned seed, Texts texts) : random_(seed), texts_(texts) {}

std::size_t Events::kind_count() {
    return master_data_kinds + check_kinds + seal_kinds + alert_kinds + calendar_kinds;
}

Event Events::any() {
    return of_kind(static_cast<std::size_t>(number(0, static_cast<int>(kind_count()) - 1)));
}

Event Events::of_kind(std::size_t index) {
    if (index < master_data_kinds) {
        return master_data(index);
    }
    index -= master_data_kinds;
    if (index < check_kinds) {
        return check_event(index);
    }
    index -= check_kinds;
    if (index < seal_kinds) {
        return seal_event(index);
    }
    index -= seal_kinds;
    if (index < alert_kinds) {
        return alert_event(index, "ward-3f");
    }
    index -= alert_kinds;
    return index == 0 ? Event{DayJudged{day()}} : Event{DayCorrected{day(), pick(people)}};
}

Event Events::of_pharmacy(const std::string& node) {
    const int choice = number(0, 9);
    if (choice < 3) {
        return alert_event(4, node);
    }
    if (choice < 5) {
        return alert_event(5, node);
    }
    if (choice < 8) {
        return alert_event(static_cast<std::size_t>(choice) + 1, node);
    }
    return master_data(static_cast<std::size_t>(number(0, master_data_kinds - 1)));
}

int Events::number(int least, int most) {
    return std::uniform_int_distribution<int>(least, most)(random_);
}

bool Events::chance(int percent) {
    return number(1, 100) <= percent;
}

std::string Events::pick(const std::vector<std::string>& pool) {
    return pool[static_cast<std::size_t>(number(0, static_cast<int>(pool.size()) - 1))];
}

std::string Events::text() {
    static const std::vector<std::string> tame{"", "肾上腺素", "adrenaline", "抽屉 1"};
    static const std::vector<std::string> wild{
        std::string("nul\0inside", 10),
        "\x1d"
        "0106901234567892\x1d"
        "10A1",
        "quote \" backslash \\ slash / 😀",
        "line\nfeed\ttab\x7f",
        std::string(3000, 'x'),
        "\xEF\xBF\xBD\xE2\x80\xA8"};
    return texts_ == Texts::wild && chance(30) ? pick(wild) : pick(tame);
}

Day Events::day() {
    return Day{std::chrono::year{2026} / 11 / 22} + std::chrono::days(number(-400, 400));
}

std::optional<Day> Events::maybe_day() {
    return chance(70) ? std::optional(day()) : std::nullopt;
}

Instant Events::instant() {
    return Instant{day()} + std::chrono::milliseconds(number(0, 86'399'999));
}

Name Events::name() {
    return {text(), text()};
}

Holding Events::holding(const std::string& lot) {
    Holding made;
    made.lot = lot;
    made.last_usable_day = maybe_day();
    made.product = chance(20) ? pick(products) : "";
    made.quantity = number(0, 20);
    made.damaged = chance(20) ? number(0, made.quantity) : 0;
    for (int i = number(0, 2); i > 0; --i) {
        made.serials.push_back("S" + std::to_string(number(1, 99)));
    }
    made.evidence = static_cast<Evidence>(number(0, 3));
    made.seen_at = chance(60) ? std::optional(instant()) : std::nullopt;
    made.sealed_at = chance(30) ? std::optional(instant()) : std::nullopt;
    return made;
}

std::vector<Holding> Events::holdings() {
    std::vector<Holding> made;
    for (const std::string& lot : lots) {
        if (chance(50)) {
            made.push_back(holding(lot));
        }
    }
    return made;
}

Product Events::product() {
    Product made;
    made.id = pick(products);
    made.kind = static_cast<ProductKind>(number(0, 2));
    made.name = name();
    made.strength = text();
    made.unit = "支";
    made.high_alert = chance(50);
    made.controlled = chance(10);
    made.expires = chance(90);
    made.function = chance(50) ? "drugs" : "";
    for (int i = number(0, 3); i > 0; --i) {
        made.identifiers.push_back(
            {static_cast<IdentifierKind>(number(0, 4)), std::to_string(number(1, 9999))});
    }
    made.retired = chance(10);
    return made;
}

Line Events::line(const std::string& id) {
    Line made;
    made.id = id;
    made.tag = "92" + std::to_string(number(10'000'000, 99'999'999));
    made.product = pick(products);
    made.position = text();
    made.par = number(0, 20);
    made.critical = chance(50);
    made.count_by = static_cast<CountBy>(number(0, 1));
    made.function = chance(50) ? "drugs" : "";
    made.holdings = holdings();
    return made;
}

std::optional<Amount> Events::maybe_amount() {
    return chance(60) ? std::optional(Amount{number(-5'000, 400'000)}) : std::nullopt;
}

FunctionTest Events::test(const std::string& id) {
    FunctionTest made;
    made.id = id;
    made.name = name();
    made.critical = chance(50);
    made.interval_days = chance(50) ? std::optional(number(1, 366)) : std::nullopt;
    made.unit = chance(60) ? std::optional(static_cast<TestUnit>(number(0, 3))) : std::nullopt;
    made.least = maybe_amount();
    made.most = maybe_amount();
    made.selected = maybe_amount();
    made.tolerance_percent = number(1, 100);
    if (chance(60)) {
        made.last = TestResult{day(), chance(50), maybe_amount(), pick(people)};
    }
    return made;
}

Device Events::device(const std::string& id) {
    Device made;
    made.id = id;
    made.name = name();
    made.critical = chance(50);
    made.last_test = chance(50) ? std::optional(DeviceTest{day(), chance(50)}) : std::nullopt;
    made.service_due = maybe_day();
    for (int i = number(0, 2); i > 0; --i) {
        made.accessories.push_back({"pads-" + std::to_string(i), name(), maybe_day()});
    }
    for (int i = number(0, 2); i > 0; --i) {
        made.tests.push_back(test(i == 1 ? "battery" : "pressure"));
    }
    made.calibration_due = maybe_day();
    return made;
}

Cart Events::cart() {
    Cart made;
    made.id = pick(carts);
    made.tag = "90" + std::to_string(number(10'000'000, 99'999'999));
    made.name = name();
    made.station = "OR";
    if (chance(50)) {
        made.place = {text(), number(-3, 30), number(0, 99), {pick(carts)}};
    }
    for (const std::string& id : lines) {
        if (chance(80)) {
            made.lines.push_back(line(id));
        }
    }
    for (const std::string& id : devices) {
        if (chance(80)) {
            made.devices.push_back(device(id));
        }
    }
    made.last_full_check = maybe_day();
    made.seal = chance(50) ? std::optional(
                    Seal{"0457722", chance(50), maybe_day(), static_cast<SealBreak>(number(0, 3))})
                           : std::nullopt;
    made.retired = chance(5);
    made.last_sealed_check = maybe_day();
    made.last_handover = maybe_day();
    made.unexplained_seal = chance(20) ? pick(seals) : "";
    return made;
}

Finding Events::finding() {
    Finding made;
    made.kind = static_cast<FindingKind>(number(0, 18));
    made.severity = static_cast<Severity>(number(0, 3));
    made.line = chance(60) ? pick(lines) : "";
    made.device = made.line.empty() ? pick(devices) : "";
    made.lot = chance(50) ? std::optional(pick(lots)) : std::nullopt;
    made.quantity = chance(50) ? std::optional(number(0, 50)) : std::nullopt;
    made.reasons = chance(50) ? std::optional(reasons()) : std::nullopt;
    made.last_usable_day = maybe_day();
    made.days_left = chance(50) ? std::optional(number(-400, 400)) : std::nullopt;
    made.band = chance(50) ? std::optional(number(0, 180)) : std::nullopt;
    if (!made.device.empty()) {
        const FunctionTest of = test("battery");
        made.test = of.id;
        made.unit = of.unit;
        made.value = of.selected;
        made.least = of.least;
        made.most = of.most;
    }
    return made;
}

// Mostly one alert, so that its whole life comes about.
AlertKey Events::key() {
    if (chance(60)) {
        return {carts.front(), lines.front()};
    }
    return {pick(carts), chance(70) ? pick(lines) : pick(devices)};
}

AlertNeed Events::need() {
    AlertNeed made;
    made.line = pick(lines);
    made.product = pick(products);
    made.severity = static_cast<Severity>(number(0, 3));
    made.quantity = number(0, 20);
    made.reasons = reasons();
    for (int i = number(0, 3); i > 0; --i) {
        made.kinds.push_back(static_cast<FindingKind>(number(0, 18)));
    }
    made.par = number(0, 20);
    made.usable = number(0, 20);
    if (chance(30)) {
        const FunctionTest of = test("pressure");
        made.failed.push_back({of.id, of.name, of.unit, of.selected, of.least, of.most});
    }
    return made;
}

std::vector<DispatchedUnits> Events::dispatched() {
    std::vector<DispatchedUnits> made;
    for (int i = number(0, 2); i > 0; --i) {
        made.push_back(
            {pick(lots), maybe_day(), number(1, 20), {"S" + std::to_string(i)}, number(0, 3)});
        made.back().product = chance(50) ? "" : text();
    }
    return made;
}

StepAction Events::action(std::size_t index) {
    switch (index) {
    case 0:
        return LineCounted{pick(lines), holding(pick(lots)), text(), chance(50)};
    case 1:
        return LineMissing{pick(lines)};
    case 2:
        return HoldingTakenOut{pick(lines), pick(lots), number(0, 10)};
    case 3:
        return DeviceTested{
            pick(devices),
            chance(50),
            pick({"", "battery", "pressure"}),
            chance(50) ? maybe_amount() : std::nullopt,
            maybe_day()};
    case 4:
        return CodeParked{text()};
    case 5:
        return ScanNoted{text(), "not_on_list", chance(50) ? pick(lines) : ""};
    case 6:
        return UnitsUsed{pick(lines), pick(lots), number(0, 10), text()};
    case 7:
        return LineLeft{pick(lines), number(0, 10)};
    case 8:
        return SealFound{chance(80) ? pick(seals) : text()};
    default:
        return SealRead{chance(80) ? pick(seals) : text()};
    }
}

CheckClosed Events::closed() {
    CheckClosed made;
    made.check = pick(checks);
    made.cart = pick(carts);
    made.by = pick(people);
    made.working_day = day();
    made.readiness = static_cast<Readiness>(number(0, 3));
    made.required = number(0, 60);
    made.in_order = number(0, made.required);
    made.ready_until = maybe_day();
    for (int i = number(0, 2); i > 0; --i) {
        made.not_scanned.push_back(pick(lines));
    }
    for (int i = number(0, 3); i > 0; --i) {
        made.findings.push_back(finding());
    }
    made.kind = static_cast<CheckKind>(number(0, 4));
    made.witness = chance(30) ? pick(people) : "";
    made.seal = chance(50) ? pick(seals) : "";
    for (int i = number(0, 2); i > 0; --i) {
        made.remarks.push_back({static_cast<RemarkKind>(number(0, 2)), number(0, 500)});
    }
    return made;
}

Substitution Events::substitution() {
    return {
        pick(products),
        pick(products),
        day(),
        text(),
        chance(50) ? pick(carts) : "",
        chance(50) ? pick(lines) : ""};
}

RecallUnitsRemoved Events::removal() {
    RecallUnitsRemoved made;
    made.removal.check = pick(checks);
    made.removal.cart = pick(carts);
    made.removal.line = pick(lines);
    made.removal.position = text();
    made.removal.product = pick(products);
    made.removal.lot = pick(lots);
    made.removal.quantity = number(0, 20);
    made.removal.evidence = static_cast<Evidence>(number(0, 3));
    made.removal.by = pick(people);
    return made;
}

Event Events::master_data(std::size_t index) {
    switch (index) {
    case 0:
        return StationDefined{{chance(50) ? "OR" : "3F", name(), text()}};
    case 1:
        return ProductDefined{product()};
    case 2:
        return StaffDefined{
            {pick(people), text(), static_cast<Role>(number(0, 4)), text(), chance(10)}};
    case 3:
        return CartDefined{cart()};
    case 4:
        return StockRecorded{pick(carts), pick(lines), holdings()};
    case 5:
        return PolicyChanged{policy()};
    case 6:
        return CodeLinked{
            pick(products), {static_cast<IdentifierKind>(number(0, 4)), text() + "1"}};
    case 7:
        return RecallIssued{{pick(products), pick(lots)}, text()};
    case 8:
        return RecallWithdrawn{{pick(products), pick(lots)}, text()};
    case 9:
        return RecallAnswered{
            number(1, 9),
            {pick(products), pick(lots)},
            {{pick(carts), pick(lines), text(), pick(lots), number(0, 20), chance(50)}}};
    case 10:
        return removal();
    case 11:
        return SubstitutionPublished{substitution()};
    default:
        return SubstitutionWithdrawn{substitution(), text()};
    }
}

Event Events::check_event(std::size_t index) {
    if (index < actions) {
        return CheckStepped{pick(checks), number(1, 6), pick(people), action(index)};
    }
    switch (index - actions) {
    case 0:
        return CheckOpened{
            pick(checks),
            pick(carts),
            chance(50) ? CheckKind::full : static_cast<CheckKind>(number(0, 4)),
            pick(people),
            number(0, 1'000'000),
            chance(50) ? lines : std::vector<std::string>{}};
    case 1:
        return CheckTurned{pick(checks), static_cast<CheckKind>(number(0, 4)), pick(people)};
    case 2:
        return CheckTaken{pick(checks), pick(people)};
    case 3:
        return StepUndone{pick(checks), number(1, 6), pick(people)};
    case 4:
        return CheckReviewed{pick(checks)};
    case 5:
        return closed();
    default:
        return CheckCancelled{pick(checks), pick(carts), pick(people)};
    }
}

Event Events::seal_event(std::size_t index) {
    switch (index) {
    case 0:
        return SealsIssued{chance(50) ? "OR" : "3F", seals, pick(people)};
    case 1:
        return SealVoided{pick(seals), text(), pick(people)};
    case 2:
        return SealBroken{
            pick(carts),
            pick(seals),
            chance(50) ? pick(seals) : "",
            static_cast<SealBreak>(number(0, 3)),
            pick(people)};
    default:
        return SealCorrected{pick(carts), pick(seals), pick(seals), pick(people)};
    }
}

Event Events::alert_event(std::size_t index, const std::string& node) {
    switch (index) {
    case 0:
        return AlertRaised{key(), number(1, 3), need()};
    case 1:
        return AlertChanged{key(), number(1, 3), need(), dispatched()};
    case 2:
        return AlertClosed{key(), number(1, 3), true};
    case 3:
        return AlertClosed{key(), number(1, 3), false};
    case 4:
        return AlertAccepted{
            node,
            key(),
            number(1, 3),
            pick(people),
            chance(50) ? std::optional(instant()) : std::nullopt,
            chance(50) ? number(1, 40) : 0};
    case 5:
        return AlertHandedBack{node, key(), number(1, 3), pick(people), chance(50)};
    case 6:
        return AlertDispatched{
            node, key(), number(1, 3), pick(people), dispatched(), text(), number(0, 40)};
    case 7:
        return AlertSilenced{
            node, key(), number(1, 3), {pick(people), text(), instant()}, number(0, 40)};
    default:
        return AlertEscalated{node, key(), number(1, 3), static_cast<Escalation>(number(0, 2))};
    }
}

} // namespace cartwatch::generated
