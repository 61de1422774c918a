#include "tests/support/random_moves.hpp"

#include "daemon/readiness/controls.hpp"
#include "daemon/readiness/lookup.hpp"
#include "scanner/codes/reader.hpp"
#include "tests/support/builders.hpp"
#include "tests/support/hospital_carts.hpp"

namespace cartwatch::support {

using namespace readiness;
using std::chrono::days;

namespace {

const int controls = static_cast<int>(control_codes().size());

int units_in(const std::vector<Holding>& holdings) {
    int units = 0;
    for (const Holding& holding : holdings) {
        units += holding.quantity;
    }
    return units;
}

} // namespace

const Check* check_at(const Hospital& hospital, Mover mover) {
    const auto& checks = hospital.ward_node().open_checks;
    const auto found = checks.find(hospital.session(mover).check);
    return found == checks.end() ? nullptr : &found->second;
}

RandomMoves::RandomMoves(unsigned seed) : random_(seed) {
    tidy_ = one_in(3);
}

// Not std::uniform_int_distribution: its numbers are each library's own.
int RandomMoves::number(int least, int most) {
    return least + static_cast<int>(random_() % static_cast<unsigned>(most - least + 1));
}

bool RandomMoves::one_in(int times) {
    return number(1, times) == 1;
}

std::string RandomMoves::pick(const std::vector<std::string>& pool) {
    return pool[static_cast<std::size_t>(number(0, static_cast<int>(pool.size()) - 1))];
}

// At, just before and just after what counts, and anywhere.
Day RandomMoves::date(const Hospital& hospital) {
    static const std::vector<int> edges = {-1, 0, 1, 6, 7, 8, 30, 31, 89, 90, 180, 181};
    const Day today = hospital.ward().context.today;
    if (one_in(2)) {
        return today + days(number(-5, 400));
    }
    return today + days(edges[static_cast<std::size_t>(number(0, 11))]);
}

Move RandomMoves::next(const Hospital& hospital) {
    Move move;
    const int what = number(0, 99);
    if (one_in(150)) {
        static const std::vector<int> jumps = {-1, -20, -400, -400, -4'000, 400};
        move.mover = Mover::clock;
        move.amount = jumps[static_cast<std::size_t>(number(0, 5))];
    } else if (what < 3) {
        // Forward as a rule, now and then far ahead or back.
        static const std::vector<int> jumps = {1, 1, 1, 2, 7, 8, 30, 400, -400, -3};
        move.mover = Mover::calendar;
        move.amount = jumps[static_cast<std::size_t>(number(0, tidy_ ? 4 : 9))];
    } else if (what < 10) {
        move.mover = Mover::link;
        move.amount = number(1, 12);
    } else if (what < 15) {
        move.mover = Mover::board;
        move.command = of_board(hospital);
    } else {
        move.mover = one_in(5) ? Mover::station_b : Mover::station_a;
        move.command = of_station(hospital, move.mover);
    }
    return move;
}

Command RandomMoves::of_station(const Hospital& hospital, Mover mover) {
    if (!hospital.session(mover).pending_readings.empty() && one_in(2)) {
        return answer(hospital, mover);
    }
    if (one_in(60)) {
        return seal_stock();
    }
    if (one_in(tidy_ ? 40 : 12)) {
        return rarity(hospital);
    }
    if (one_in(40)) {
        return word_of_substitute(hospital);
    }
    if (const auto seal = seal_there(hospital, mover); seal && one_in(4)) {
        return *seal;
    }
    if (check_at(hospital, mover) == nullptr) {
        return one_in(5) ? work(hospital) : opening(hospital);
    }
    if (check_at(hospital, mover)->kind == CheckKind::restock && one_in(tidy_ ? 1 : 3)) {
        return pack_to_put_in(hospital, mover);
    }
    if (tidy_ && !one_in(8)) {
        return good_scan(hospital, mover);
    }
    return one_in(14) ? opening(hospital) : work(hospital);
}

Command RandomMoves::opening(const Hospital& hospital) {
    if (one_in(9)) {
        return BeginRestock{};
    }
    if (one_in(2)) {
        return a_scan(badge_of(pick({"N1", "N1", "N1", "N2", "H1", "R1", "P1", "nobody"})));
    }
    return a_scan(hospital.ward_node().carts.at(pick({"OR-1", "OR-1", "OR-2"})).tag);
}

// What a careful nurse does next: the first line or device without a step, then the signature.
Command RandomMoves::good_scan(const Hospital& hospital, Mover mover) {
    const Check& check = *check_at(hospital, mover);
    const Cart& cart = hospital.ward_node().carts.at(check.cart);
    for (const std::string& id : not_scanned(cart, check.progress)) {
        if (const Device* device = find_device(cart, id)) {
            if (hospital.session(mover).device == id) {
                return one_in(2) && !device->tests.empty()
                           ? Command(EnterReading{Amount{number(40, 99) * 1'000}})
                           : a_control(ControlCode::test_passed);
            }
            return a_scan(device->tag);
        }
        const Line* line = find_line(cart, id);
        const Product* product = find_product(
            hospital.ward().state,
            hospital.ward().state.self,
            product_at_hand(hospital, check.cart, *line));
        if (hospital.session(mover).line == id) {
            return EnterExpiry{hospital.ward().context.today + days(number(91, 400)), "T1", ""};
        }
        ScanBuilder scan = a_gs1_scan(product->identifiers.front().value);
        if (product->expires) {
            const Day until = hospital.ward().context.today + days(number(91, 400));
            scan.lot("T" + std::to_string(number(1, 3))).expiry(cartwatch::to_text(until));
        }
        return scan;
    }
    for (const Line& line : cart.lines) {
        const LineProgress* known = check.progress.lines.find(line.id);
        const int units = known == nullptr ? 0 : units_in(known->holdings);
        if (units < line.par && one_in(2)) {
            return hospital.session(mover).line == line.id ? Command(EnterQuantity{line.par, ""})
                                                           : Command(SelectLine{line.id, ""});
        }
    }
    if (check.kind == CheckKind::full && check.progress.seal.empty() && !one_in(3)) {
        return EnterSeal{std::to_string(number(1, 200))};
    }
    return a_scan(badge_of(check.checker));
}

// What somebody who restocks does next: a pack of what is short, of a lot that was sent where one
// was; what must go, out; then the signature.
Command RandomMoves::pack_to_put_in(const Hospital& hospital, Mover mover) {
    const Check& check = *check_at(hospital, mover);
    const Cart& cart = hospital.ward_node().carts.at(check.cart);
    if (one_in(6)) {
        return TakeOutExpired{cart.lines[static_cast<std::size_t>(number(0, 1))].id};
    }
    for (const Line& line : cart.lines) {
        const LineProgress* known = check.progress.lines.find(line.id);
        const int put_in = known == nullptr ? 0 : units_in(known->holdings);
        if (units_in(line.holdings) + put_in >= line.par || one_in(3)) {
            continue;
        }
        const auto alert = hospital.ward_node().alerts.find({cart.id, line.id});
        ScanBuilder scan = a_gs1_scan(find_product(
                                          hospital.ward().state,
                                          hospital.ward().state.self,
                                          product_at_hand(hospital, cart.id, line))
                                          ->identifiers.front()
                                          .value);
        if (alert != hospital.ward_node().alerts.end() && !alert->second.dispatched.empty()) {
            return one_in(2) ? scan : scan.lot(alert->second.dispatched.front().lot);
        }
        if (one_in(4)) {
            return EnterQuantity{number(0, line.par), line.id};
        }
        return scan.lot(pick({"A1", "B2", "T1"})).expiry(cartwatch::to_text(date(hospital)));
    }
    return one_in(4) ? work(hospital)
                     : a_scan(badge_of(pick({check.checker, check.checker, "H1"})));
}

Command RandomMoves::work(const Hospital& hospital) {
    switch (number(0, 11)) {
    case 0:
        return control();
    case 1:
        return EnterQuantity{number(-1, 15), pick({"", "", "epi", "blade", "nowhere"})};
    case 2:
        return EnterExpiry{date(hospital), pick({"", "A1", "B2"}), pick({"", "", "atropine"})};
    case 3:
        if (one_in(3)) {
            return EnterReading{
                Amount{number(38, 44) * 1'000 + number(0, 1)},
                pick({"", "suction", "pump"}),
                pick({"", "vacuum"})};
        }
        return ReportTest{
            number(0, 3) > 0,
            pick({"", "defib", "suction", "pump"}),
            pick({"", "", "hose", "vacuum"})};
    case 4:
        return a_trace_scan(
            pick(trace_prefixes()) + std::string(12, '0') + std::to_string(number(0, 9)));
    case 5:
        return a_scan(place_tag(hospital));
    case 6:
        return word(hospital);
    default:
        return product_scan(hospital);
    }
}

std::string RandomMoves::place_tag(const Hospital& hospital) {
    const Cart& cart = hospital.ward_node().carts.at(pick({"OR-1", "OR-1", "OR-2"}));
    const int places = static_cast<int>(cart.lines.size() + cart.devices.size());
    const auto which = static_cast<std::size_t>(number(0, places - 1));
    return which < cart.lines.size() ? cart.lines[which].tag
                                     : cart.devices[which - cart.lines.size()].tag;
}

// Cancelling tests little: not too often.
Command RandomMoves::control() {
    // A check that is given up ends what a sequence could find: rarely.
    const auto codes = control_codes();
    const ControlCode code = codes[static_cast<std::size_t>(number(0, controls - 1))];
    return a_control(code == ControlCode::cancel && number(1, 3) > 1 ? ControlCode::undo : code);
}

Command RandomMoves::word(const Hospital& hospital) {
    switch (number(0, 7)) {
    case 0:
        return EnterSeal{std::to_string(number(1, 30))};
    case 1:
        return MarkMissing{pick({"", "epi", "ketamine"})};
    case 2:
        return MarkDamaged{number(0, 3), pick({"", "", "epi"})};
    case 3:
        return SelectLine{
            pick({"epi", "atropine", "ketamine", "dopamine"}), pick({"", "A1", "B2"})};
    case 4:
        return SelectDevice{pick({"defib", "suction", "pump"}), pick({"", "hose"})};
    case 5:
        return TakeOutExpired{pick({"", "epi", "atropine"})};
    case 6:
        return a_quantity(number(0, 51));
    default:
        return one_in(2) ? Command(Undo{}) : product_scan(hospital);
    }
}

Command RandomMoves::rarity(const Hospital& hospital) {
    switch (number(0, 9)) {
    case 0:
        return an_unreadable_scan(pick({"01", "]d201", std::string("\xff\xfe")}));
    case 1:
        return a_scan(pick({"9012345674", "", "no such code", std::string(600, 'x')}));
    case 2:
        return IssueRecall{
            {pick({"epi", "atropine", "dopamine"}), pick({"A1", "B2", "C3", "T1"})},
            "",
            badge_of(pick({"P1", "N1"}))};
    case 3:
        return ConfirmDay{hospital.ward().context.today};
    case 4:
        return LinkCode{
            "HC-1",
            {IdentifierKind::hospital, pick({"HC-1", "HC-2"})},
            pick({"epi", "blade", "x"})};
    case 5:
        return definition(hospital);
    case 6:
        return a_scan(pick({"HC-1", "HC-2"}));
    case 7:
        return one_in(4) ? Command(CancelCheck{}) : Command(CloseCheck{});
    case 8:
        return EnterQuantity{number(9'998, 10'000), pick({"", "epi"})};
    default:
        return JudgeDay{};
    }
}

// What the line asks for, or what may lie there instead.
std::string
RandomMoves::product_at_hand(const Hospital& hospital, const std::string& cart, const Line& line) {
    const State& state = hospital.ward().state;
    for (const Substitution& word : substitutions_for(state, state.self)) {
        const bool here = applies_to(word, cart, line);
        if (here && word.until >= hospital.ward().context.today && one_in(2)) {
            return word.substitute;
        }
    }
    return line.product;
}

// Mostly of what is scanned often, and mostly for some weeks.
Command RandomMoves::word_of_substitute(const Hospital& hospital) {
    Substitution word;
    word.product = pick({"epi", "epi", "atropine", "blade", "ketamine", "dopamine"});
    word.substitute = pick({"norepi", "norepi", "atropine", "epi", "blade"});
    word.cart = pick({"", "", "OR-1", "OR-2"});
    word.line = pick({"", "", "epi", "atropine"});
    if (one_in(2)) {
        word = {"epi", "norepi", {}, "", "", ""};
    }
    if (one_in(4)) {
        return WithdrawSubstitution{word, "in stock", badge_of("P1")};
    }
    word.until = hospital.ward().context.today + days(pick_days());
    word.warning = "mind the strength";
    return PublishSubstitution{word, badge_of(pick({"P1", "P1", "N1"}))};
}

int RandomMoves::pick_days() {
    static const std::vector<int> often = {-1, 0, 1, 2, 7, 8, 30, 60, 366, 367};
    return often[static_cast<std::size_t>(number(0, 9))];
}

// Half of the policies know shifts, which hours they have is the hospital's clock's business.
void RandomMoves::ask_by_shift(Policy& policy) {
    if (one_in(2)) {
        policy.shift_hours = {8, 20};
        policy.sealed_each_shift = one_in(2);
        policy.handover_each_shift = one_in(2);
    }
}

Command RandomMoves::definition(const Hospital& hospital) {
    switch (number(0, 3)) {
    case 0:
        return Define{{CartDefined{first_cart(number(0, 9))}}, "A1"};
    case 1: {
        Policy policy;
        policy.check_interval_days = number(0, 10);
        policy.delivery_days = number(0, 3);
        ask_by_shift(policy);
        return Define{{PolicyChanged{policy}}, "A1"};
    }
    case 2: {
        Cart cart = hospital.ward_node().carts.at("OR-2");
        cart.retired = one_in(2);
        return Define{{CartDefined{cart}}, "A1"};
    }
    default: {
        Holding stocked;
        stocked.lot = pick({"A1", "D1"});
        stocked.last_usable_day = date(hospital);
        stocked.quantity = number(0, 12);
        stocked.damaged = number(0, 2);
        return Define{{StockRecorded{"OR-1", "epi", {stocked}}}, "A1"};
    }
    }
}

// Which of the readings that were asked about is meant, now and then one of its own.
Command RandomMoves::answer(const Hospital& hospital, Mover mover) {
    const auto& readings = hospital.session(mover).pending_readings;
    const auto which = static_cast<std::size_t>(number(0, static_cast<int>(readings.size()) - 1));
    return ChooseReading{one_in(9) ? PackReading{"A1", {}, ""} : readings[which]};
}

// The codes as packs bear them: one that names the product alone, one that tells all, a second one
// with lot and expiry, one that can be read in two ways.
Command RandomMoves::printed_code(const Hospital& hospital) {
    const std::string gtin = pick(gtins());
    const std::string lot = "10" + pick({"A1", "B2", "C3"});
    std::string day = cartwatch::to_text(date(hospital)).substr(2);
    std::erase(day, '-');
    const std::string serial =
        one_in(2) ? "" : std::string("\x1d") + "21" + std::to_string(number(1, 9));
    const std::vector<std::string> texts{
        "]E0" + gtin.substr(1),
        "]d201" + gtin + "17" + day + lot + serial,
        "]d201" + gtin + lot + serial,
        "]C117" + day + lot + serial,
        "]d201" + gtin + lot + "17" + day,
    };
    codes::ReadOptions options;
    options.as_of = hospital.ward().context.today;
    return Scan{codes::read(pick(texts), options), false};
}

Command RandomMoves::product_scan(const Hospital& hospital) {
    if (one_in(3)) {
        return printed_code(hospital);
    }
    ScanBuilder scan = a_gs1_scan(pick(gtins()));
    if (number(0, 3) > 0) {
        scan.lot(pick({"A1", "B2", "C3"}));
    }
    if (number(0, 3) > 0) {
        scan.expiry(cartwatch::to_text(date(hospital)));
    }
    if (one_in(4)) {
        scan.serial(std::to_string(number(1, 9)));
    }
    if (one_in(20)) {
        scan.keyed_in();
    }
    return scan;
}

Command RandomMoves::of_board(const Hospital& hospital) {
    const auto& alerts = node_of(hospital.pharmacy().state, "ward-3f").alerts;
    if (one_in(6) || alerts.empty()) {
        if (one_in(3)) {
            return word_of_substitute(hospital);
        }
        if (one_in(3)) {
            Policy policy;
            policy.check_interval_days = number(5, 9);
            policy.serialised_by_unit = one_in(3);
            ask_by_shift(policy);
            const auto& state = hospital.pharmacy().state;
            return one_in(2)
                       ? Command(Define{{PolicyChanged{policy}}, "A1"})
                       : Command(SetPolicy{policy_for(state, state.self), policy, badge_of("P1")});
        }
        if (one_in(4)) {
            return WithdrawRecall{{pick({"epi", "dopamine"}), "A1"}, "a slip", badge_of("P1")};
        }
        if (one_in(4)) {
            return JudgeClock{};
        }
        return IssueRecall{{pick({"epi", "dopamine"}), pick({"A1", "D1", ""})}, "", badge_of("P1")};
    }
    return of_alert(hospital);
}

Command RandomMoves::of_alert(const Hospital& hospital) {
    const auto& alerts = node_of(hospital.pharmacy().state, "ward-3f").alerts;
    auto alert = alerts.begin();
    std::advance(alert, number(0, static_cast<int>(alerts.size()) - 1));
    const int episode = alert->second.episode - (one_in(8) ? 1 : 0);
    const std::string badge = badge_of(pick({"P1", "P1", "M1", "N1"}));
    if (one_in(4)) {
        return HandBackAlert{"ward-3f", alert->first, episode, badge};
    }
    if (one_in(3)) {
        return dispatch(alert->first, episode, badge, hospital);
    }
    if (one_in(8)) {
        const Instant until = hospital.pharmacy().context.now + std::chrono::hours(number(-1, 800));
        return SilenceAlert{"ward-3f", alert->first, episode, badge, "none to be had", until};
    }
    std::optional<Instant> expected;
    if (one_in(2)) {
        expected = hospital.pharmacy().context.now + std::chrono::minutes(number(-1, 60));
    }
    return AcceptAlert{"ward-3f", alert->first, episode, badge, expected};
}

// All that is asked for or less, of lots that the ward has and others; some that cannot be sent.
Command RandomMoves::dispatch(
    const AlertKey& key, int episode, const std::string& badge, const Hospital& hospital) {
    const Alert& alert = node_of(hospital.pharmacy().state, "ward-3f").alerts.at(key);
    DispatchedUnits units;
    units.lot = pick({"A1", "B2", "D1", ""});
    units.last_usable_day = date(hospital);
    units.quantity = one_in(2) ? alert.unsent() : number(0, 6);
    if (one_in(4)) {
        units.serials = {std::to_string(number(1, 9))};
    }
    if (one_in(6)) {
        units.product = pick({"norepi", "norepi", "atropine", "epi", "blade", "nothing"});
    } else if (one_in(2)) {
        for (const Substitution& word : substitutions_for(hospital.pharmacy().state, "ward-3f")) {
            units.product = word.product == alert.need.product ? word.substitute : units.product;
        }
        if (units.product.empty()) { // it has to be allowed first
            const Day until = hospital.pharmacy().context.today + days(pick_days());
            const Substitution word{alert.need.product, "norepi", until, "mind it", "", ""};
            return PublishSubstitution{word, badge};
        }
        units.lot = pick({"S1", "S2", ""}); // seldom one that lies there as another product
    }
    return DispatchAlert{"ward-3f", key, episode, badge, {units}, pick({"", "the rest later"})};
}

} // namespace cartwatch::support
