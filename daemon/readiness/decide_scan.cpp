#include "daemon/readiness/choose_reading.hpp"
#include "daemon/readiness/controls.hpp"
#include "daemon/readiness/count.hpp"
#include "daemon/readiness/decide_commands.hpp"
#include "daemon/readiness/limits.hpp"
#include "daemon/readiness/pair_scan.hpp"
#include "daemon/readiness/setup.hpp"
#include "daemon/readiness/verdict.hpp"

#include <algorithm>

namespace cartwatch::readiness {

namespace {

const std::string& raw_of(const Scan& scan) {
    return scan.reading ? scan.reading->raw : scan.reading.error().raw;
}

void refuse_unreadable(Turn& turn, const codes::ScanRefusal& refusal) {
    turn.note(Verdict::unreadable, refusal.raw);
    turn.reply().verdict = Verdict::unreadable;
    turn.say(
        ReplyKind::reject,
        "unreadable",
        {{"text", kept_text(refusal.raw, raw_bytes_max)},
         {"rule", refusal.rule},
         {"at", refusal.at},
         {"sentence", refusal.text}});
}

// Kept once a check, so that a label held before the scanner does not fill the list.
void park(Turn& turn, const std::string& raw) {
    const std::string kept = kept_text(raw, raw_bytes_max);
    turn.reply().verdict = Verdict::unknown_code;
    const std::vector<std::string>& parked = turn.progress.parked;
    if (std::find(parked.begin(), parked.end(), kept) != parked.end()) {
        turn.note(Verdict::unknown_code, raw);
    } else if (static_cast<int>(parked.size()) >= parked_max) {
        turn.say(ReplyKind::reject, "parked_full", {{"limit", std::to_string(parked_max)}});
        return;
    } else {
        turn.record(CodeParked{kept});
    }
    turn.say(ReplyKind::reject, "unknown_code", {{"text", kept}});
}

// It may be somebody's who works elsewhere: what is shown and kept tells no more than its end.
void refuse_badge(Turn& turn, const std::string& raw) {
    const std::string told = masked_badge(raw);
    turn.note(Verdict::unknown_code, told);
    turn.reply().verdict = Verdict::unknown_code;
    turn.say(ReplyKind::reject, "unknown_badge", {{"text", told}});
}

void refuse_ambiguous(Turn& turn, const std::vector<const Product*>& products, const Scan& scan) {
    turn.note(Verdict::unclear, raw_of(scan));
    turn.reply().verdict = Verdict::unclear;
    std::vector<Name> names;
    for (const Product* product : products) {
        names.push_back(product->name);
    }
    Values values;
    add_names(values, names);
    turn.say(ReplyKind::reject, "ambiguous_code", std::move(values));
}

// What belongs to another cart: a slot, a device.
void refuse_other_cart(Turn& turn, const Cart& other, const Name& name, const Scan& scan) {
    turn.note(Verdict::wrong_cart, raw_of(scan));
    turn.reply().verdict = Verdict::wrong_cart;
    Values values = cart_values(other);
    add_name(values, name);
    turn.say(ReplyKind::reject, "wrong_cart", std::move(values));
}

void obey(Turn& turn, ControlCode code) {
    if (!is_command_now(turn, code)) {
        return turn.say(
            ReplyKind::reject, "command_not_now", {{"command", std::string(to_text(code))}});
    }
    switch (code) {
    case ControlCode::undo:
        return decide_on(turn, Undo{});
    case ControlCode::missing:
        return decide_on(turn, MarkMissing{});
    case ControlCode::damaged:
        return add_damaged(turn);
    case ControlCode::expired_out:
        return decide_on(turn, TakeOutExpired{});
    case ControlCode::new_lot:
        return ask_for_new_lot(turn);
    case ControlCode::test_passed:
        return decide_on(turn, ReportTest{true, ""});
    case ControlCode::test_failed:
        return decide_on(turn, ReportTest{false, ""});
    case ControlCode::close:
        return decide_on(turn, CloseCheck{});
    case ControlCode::cancel:
        return ask_to_cancel(turn);
    case ControlCode::used:
        return decide_on(turn, BeginUse{});
    case ControlCode::restock:
        return decide_on(turn, BeginRestock{});
    case ControlCode::count_left:
        return decide_on(turn, CountLeft{});
    case ControlCode::next_drawer:
        return decide_on(turn, NextDrawer{});
    case ControlCode::help:
        return decide_on(turn, Help{});
    case ControlCode::handover:
        return decide_on(turn, TurnCheck{CheckKind::handover});
    case ControlCode::full_check:
        return decide_on(turn, TurnCheck{CheckKind::full});
    case ControlCode::seal_emergency:
        return decide_on(turn, SaySeal{SealSaid::emergency});
    case ControlCode::seal_mistake:
        return decide_on(turn, SaySeal{SealSaid::mistake});
    case ControlCode::seal_record_wrong:
        return decide_on(turn, SaySeal{SealSaid::record_wrong});
    case ControlCode::digits_point:
    case ControlCode::digits_enter:
    case ControlCode::digits_clear:
    case ControlCode::digits_enter_before:
    case ControlCode::digit_0:
    case ControlCode::digit_1:
    case ControlCode::digit_2:
    case ControlCode::digit_3:
    case ControlCode::digit_4:
    case ControlCode::digit_5:
    case ControlCode::digit_6:
    case ControlCode::digit_7:
    case ControlCode::digit_8:
    case ControlCode::digit_9:
        return key_digits(turn, code);
    }
}

struct ScanTaker {
    Turn& turn;
    const Scan& scan;

    void operator()(const MeansNothing&) const {
        if (const auto proved = proved_by(turn, scan.reading)) {
            return count_reading(turn, *proved, Evidence::scanned);
        }
        const auto pair = pair_with_last(turn, scan.reading);
        if (pair && !pair->reading) {
            refuse_unreadable(turn, pair->reading.error());
        } else if (pair) {
            count_pair(turn, *pair);
        } else if (turn.check != nullptr && is_part_to_hold(turn, scan.reading)) {
            hold_part(turn, scan.reading);
        } else if (!scan.reading) {
            refuse_unreadable(turn, scan.reading.error());
        } else if (has_form_of_badge(scan.reading)) {
            refuse_badge(turn, raw_of(scan));
        } else if (turn.check == nullptr) {
            turn.say(ReplyKind::reject, "scan_cart_first");
        } else {
            park(turn, raw_of(scan));
        }
    }

    void operator()(const MeansCart& meant) const {
        take_cart(turn, *meant.cart, raw_of(scan));
    }

    void operator()(const MeansStaff& meant) const {
        if (refuse_unentered(turn)) {
            return; // a number that was meant to count is not signed away
        }
        if (turn.day_to_confirm) {
            confirm_day(turn, *turn.day_to_confirm, *meant.person);
        } else {
            take_badge(turn, *meant.person);
        }
    }

    void operator()(const MeansLine& meant) const {
        if (turn.check == nullptr) {
            turn.say(ReplyKind::reject, "scan_cart_first");
        } else if (meant.cart->id != turn.cart->id) {
            const Product product = product_of(turn.state, *meant.line);
            refuse_other_cart(turn, *meant.cart, product.name, scan);
        } else if (is_use(turn)) {
            ask_for_used(turn, *meant.line);
            turn.session().slot = true;
        } else if (!refuse_lines(turn)) {
            choose_slot(turn, *meant.line);
        }
    }

    void operator()(const MeansDevice& meant) const {
        if (turn.check == nullptr) {
            turn.say(ReplyKind::reject, "scan_cart_first");
        } else if (meant.cart->id != turn.cart->id) {
            refuse_other_cart(turn, *meant.cart, meant.device->name, scan);
        } else {
            choose_device(turn, *meant.device);
        }
    }

    void operator()(const MeansProducts& meant) const {
        if (turn.check == nullptr) {
            turn.say(ReplyKind::reject, "scan_cart_first");
        } else if (!is_use(turn) && refuse_lines(turn)) {
            return;
        } else if (meant.products.size() > 1) {
            refuse_ambiguous(turn, meant.products, scan);
        } else if (is_use(turn)) {
            use_scan(turn, *meant.products.front(), scan);
        } else {
            count_product(*meant.products.front());
        }
    }

    void count_product(const Product& product) const {
        if (const auto pack = pack_with_held(turn, scan.reading)) {
            count_scan(turn, product, Scan{*pack, scan.typed});
        } else if (const auto twin = twin_of_last(turn, product, scan.reading)) {
            count_twin(turn, *twin);
        } else {
            count_scan(turn, product, scan);
        }
    }

    void operator()(const MeansSeal& meant) const {
        decide_on(turn, EnterSeal{meant.number});
    }

    void operator()(const MeansQuantity& meant) const {
        if (meant.quantity > quantity_tag_max) {
            turn.say(
                ReplyKind::reject,
                "quantity_out_of_range",
                {{"quantity", std::to_string(meant.quantity)},
                 {"limit", std::to_string(quantity_tag_max)}});
        } else {
            decide_on(turn, EnterQuantity{meant.quantity, ""});
        }
    }

    void operator()(const MeansControl& meant) const {
        obey(turn, meant.code);
    }

    void operator()(const MeansUnknownTag& meant) const {
        const std::string text = kept_text(raw_of(scan), raw_bytes_max);
        if (meant.type == codes::TagType::scanner_test) {
            return turn.say(ReplyKind::command, "scanner_test", {{"text", text}});
        }
        if (meant.type == codes::TagType::staff) {
            return refuse_badge(turn, raw_of(scan));
        }
        turn.note(Verdict::unknown_code, raw_of(scan));
        turn.reply().verdict = Verdict::unknown_code;
        turn.say(
            ReplyKind::reject,
            "unknown_tag",
            {{"text", text}, {"type", std::string(codes::to_text(meant.type))}});
    }
};

} // namespace

void decide_on(Turn& turn, const Scan& command) {
    if (command.reading) {
        turn.reply().warnings = command.reading->warnings;
    }
    const Meaning meaning = meaning_of(turn.state, command.reading, turn.cart);
    std::visit(ScanTaker{turn, command}, meaning);
}

} // namespace cartwatch::readiness
