#include "daemon/readiness/messages.hpp"

#include <algorithm>

namespace cartwatch::readiness {

namespace {

// Values that messages share, each group under the name of what it speaks of.
namespace values_of {

using Names = std::string_view;

constexpr Names product[] = {"name", "name_en", "strength"};
constexpr Names line[] = {"name", "name_en", "par", "position", "strength", "total", "unit"};
constexpr Names count[] = {
    "also",
    "band",
    "days_left",
    "lasa",
    "lasa_en",
    "last_usable_day",
    "lot",
    "name",
    "name_en",
    "old_day",
    "old_lot",
    "par",
    "position",
    "quantity",
    "strength",
    "total",
    "unit"};
constexpr Names cart[] = {"cart", "cart_name", "cart_name_en"};
constexpr Names device[] = {"name", "name_en", "position"};
constexpr Names test_asked[] = {"limits", "name", "name_en", "position", "test", "test_en", "unit"};
constexpr Names test_taken[] = {
    "limits",
    "name",
    "name_en",
    "next",
    "next_en",
    "next_limits",
    "position",
    "shown",
    "test",
    "test_en"};
constexpr Names reading[] = {
    "high", "limits", "low", "name", "name_en", "position", "test", "test_en", "unit", "value"};
constexpr Names test_id[] = {"id"};
constexpr Names line_out[] = {
    "name", "name_en", "out_lots", "out_quantity", "par", "position", "strength", "total", "unit"};
constexpr Names count_out[] = {
    "also",
    "band",
    "days_left",
    "lasa",
    "lasa_en",
    "last_usable_day",
    "lot",
    "name",
    "name_en",
    "old_day",
    "old_lot",
    "out_lots",
    "out_quantity",
    "par",
    "position",
    "quantity",
    "strength",
    "total",
    "unit"};
constexpr Names blind_substitute[] = {
    "also",     "band",       "days_left",     "lasa",    "lasa_en", "last_usable_day", "lot",
    "name",     "name_en",    "old_day",       "old_lot", "par",     "position",        "quantity",
    "strength", "substitute", "substitute_en", "total",   "unit",    "until",           "warning"};
constexpr Names substitute[] = {
    "also",          "band",  "days_left", "lasa",     "lasa_en",  "last_usable_day",
    "lot",           "name",  "name_en",   "old_day",  "old_lot",  "out_lots",
    "out_quantity",  "par",   "position",  "quantity", "strength", "substitute",
    "substitute_en", "total", "unit",      "until",    "warning"};
constexpr Names ended[] = {"name", "name_en", "strength", "until"};
constexpr Names lot_of_another[] = {"lot", "name", "name_en"};
constexpr Names substitution[] = {"name", "name_en", "substitute", "substitute_en", "until"};
constexpr Names substitution_day[] = {
    "last", "name", "name_en", "substitute", "substitute_en", "until"};
constexpr Names duplicate[] = {
    "also",
    "at",
    "band",
    "by",
    "days_left",
    "lasa",
    "lasa_en",
    "last_usable_day",
    "lot",
    "name",
    "name_en",
    "old_day",
    "old_lot",
    "par",
    "position",
    "quantity",
    "strength",
    "total",
    "unit"};
constexpr Names lot[] = {
    "last_usable_day",
    "lot",
    "name",
    "name_en",
    "par",
    "position",
    "quantity",
    "strength",
    "total",
    "unit"};
constexpr Names lots[] = {
    "lots", "name", "name_en", "par", "position", "strength", "total", "unit"};
constexpr Names twin[] = {"listed", "listed_en", "listed_strength", "name", "name_en", "strength"};
constexpr Names other_cart[] = {"cart", "cart_name", "cart_name_en", "name", "name_en"};
constexpr Names other_open[] = {
    "cart", "cart_name", "cart_name_en", "open", "open_name", "open_name_en"};
constexpr Names opened[] = {"by", "cart", "cart_name", "cart_name_en"};
constexpr Names opened_again[] = {"by", "cart", "cart_name", "cart_name_en", "last_at", "last_by"};
constexpr Names resumed[] = {
    "by", "cart", "cart_name", "cart_name_en", "done", "opened_at", "opened_by", "required"};
constexpr Names closed[] = {
    "alerts",
    "cart",
    "cart_name",
    "cart_name_en",
    "findings",
    "in_order",
    "readiness",
    "ready_until",
    "required"};
constexpr Names closed_seal[] = {
    "alerts",
    "cart",
    "cart_name",
    "cart_name_en",
    "findings",
    "number",
    "readiness",
    "ready_until"};
constexpr Names command[] = {"command"};
constexpr Names digits[] = {"digits"};
constexpr Names digits_day[] = {"day", "digits"};
constexpr Names digits_limit[] = {"digits", "limit"};
constexpr Names digits_count[] = {"count", "digits"};
constexpr Names drawer[] = {"count", "drawer"};
constexpr Names station[] = {"station"};
constexpr Names seal_match[] = {"cart", "cart_name", "cart_name_en", "number", "ready_until"};
constexpr Names seal_other[] = {"cart", "cart_name", "cart_name_en", "expected", "number"};
constexpr Names seal_corrected[] = {"before", "cart", "cart_name", "cart_name_en", "number"};
constexpr Names seal_left[] = {"count", "first", "number"};
constexpr Names seal_station[] = {"number", "station"};
constexpr Names seal_reason[] = {"number", "reason"};
constexpr Names seals_issued[] = {"count", "first", "last", "station"};
constexpr Names sealed_old[] = {"cart", "cart_name", "cart_name_en", "day", "limit"};
constexpr Names sealed_past[] = {"cart", "cart_name", "cart_name_en", "day"};
constexpr Names sealed_open[] = {"cart", "cart_name", "cart_name_en", "count"};
constexpr Names missing[] = {"count", "names", "names_en"};
constexpr Names review[] = {"count", "names", "names_en", "number", "old_number"};
constexpr Names opened_then[] = {"opened_at", "opened_by"};
constexpr Names names[] = {"names", "names_en"};
constexpr Names by[] = {"by"};
constexpr Names member[] = {"member"};
constexpr Names taken[] = {"before", "by"};
constexpr Names text[] = {"text"};
constexpr Names text_type[] = {"text", "type"};
constexpr Names scan_fault[] = {"at", "rule", "sentence", "text"};
constexpr Names limit[] = {"limit"};
constexpr Names quantity_limit[] = {"limit", "quantity"};
constexpr Names line_id[] = {"line"};
constexpr Names device_id[] = {"device"};
constexpr Names product_id[] = {"product"};
constexpr Names number[] = {"number"};
constexpr Names undone[] = {"lot", "name", "name_en", "quantity", "step", "text", "what"};
constexpr Names expected[] = {"by", "expected_at"};
constexpr Names used[] = {
    "left", "name", "name_en", "par", "position", "strength", "unexplained", "unit", "used"};
constexpr Names use_closed[] = {
    "alerts", "cart", "cart_name", "cart_name_en", "lines", "unexplained", "units"};
constexpr Names put_in[] = {"also",     "band",     "days_left",       "first_day", "first_lot",
                            "lasa",     "lasa_en",  "last_usable_day", "lot",       "name",
                            "name_en",  "old_day",  "old_lot",         "par",       "position",
                            "quantity", "strength", "surplus",         "total",     "unit"};
constexpr Names put_in_number[] = {
    "first_day",
    "first_lot",
    "last_usable_day",
    "lot",
    "name",
    "name_en",
    "par",
    "position",
    "quantity",
    "strength",
    "surplus",
    "total",
    "unit"};
constexpr Names put_in_substitute[] = {
    "also",     "band",     "days_left",       "first_day",     "first_lot",
    "lasa",     "lasa_en",  "last_usable_day", "lot",           "name",
    "name_en",  "old_day",  "old_lot",         "par",           "position",
    "quantity", "strength", "substitute",      "substitute_en", "surplus",
    "total",    "unit",     "until",           "warning"};
constexpr Names kept_out[] = {
    "last_usable_day", "lot", "name", "name_en", "par", "position", "strength", "total", "unit"};
constexpr Names opened_sealed[] = {"by", "cart", "cart_name", "cart_name_en", "number"};
constexpr Names restock_resumed[] = {
    "by", "cart", "cart_name", "cart_name_en", "opened_at", "opened_by", "units"};
constexpr Names restock_closed[] = {
    "alerts",
    "cart",
    "cart_name",
    "cart_name_en",
    "lines",
    "minutes",
    "number",
    "out",
    "readiness",
    "resolved",
    "units"};
constexpr Names sent_by[] = {"asked", "by", "quantity"};
constexpr Names sent[] = {"asked", "quantity"};
constexpr Names silenced[] = {"by", "until"};
constexpr Names escalated[] = {"escalated"};
constexpr Names lot_name[] = {"lot"};
constexpr Names lot_day[] = {"last_usable_day", "lot"};
constexpr Names recall[] = {"lot", "name", "name_en", "strength"};
constexpr Names code[] = {"code"};
constexpr Names broken_code[] = {"code", "rule"};
constexpr Names unclear[] = {"name", "name_en", "readings"};
constexpr Names product_code[] = {"code", "name", "name_en", "strength"};
constexpr Names judged[] = {"changed", "closed", "day", "raised"};
constexpr Names clock[] = {"day", "last"};
constexpr Names corrected[] = {"by", "day", "last"};
constexpr Names day[] = {"day"};
constexpr Names defined[] = {"count"};
constexpr Names refused[] = {"id", "value", "what"};

} // namespace values_of

constexpr MessageSpec messages[] = {
    {"alert_accepted", values_of::expected},
    {"alert_accepted_already", values_of::by},
    {"alert_dispatched", values_of::sent_by},
    {"alert_dispatched_already", values_of::by},
    {"alert_gone", {}},
    {"alert_handed_back", values_of::by},
    {"alert_not_accepted", {}},
    {"alert_silenced", values_of::silenced},
    {"all_drawers_done", {}},
    {"ambiguous_code", values_of::names},
    {"badge_known", values_of::by},
    {"badge_retired", values_of::by},
    {"blind_count", values_of::count},
    {"blind_substitute", values_of::blind_substitute},
    {"cancel_again", values_of::cart},
    {"cart_known", values_of::cart},
    {"cart_retired", values_of::cart},
    {"check_cancelled", values_of::cart},
    {"check_closed", values_of::closed},
    {"check_full", values_of::limit},
    {"check_opened", values_of::opened},
    {"check_opened_again", values_of::opened_again},
    {"check_resumed", values_of::resumed},
    {"check_taken", values_of::taken},
    {"check_too_old", values_of::opened_then},
    {"clock_is_right", values_of::day},
    {"clock_judged", values_of::escalated},
    {"clock_went_back", values_of::clock},
    {"code_broken", values_of::broken_code},
    {"code_linked", values_of::product_code},
    {"code_linked_already", values_of::product_code},
    {"code_refused", values_of::code},
    {"code_taken", values_of::product_code},
    {"command_not_now", values_of::command},
    {"counted_replacement", values_of::count_out},
    {"damaged_set", values_of::lot},
    {"day_before_confirmed", values_of::clock},
    {"day_before_pharmacy", values_of::clock},
    {"day_corrected", values_of::corrected},
    {"day_is_another", values_of::day},
    {"day_judged", values_of::judged},
    {"defined", values_of::defined},
    {"definition_refused", values_of::refused},
    {"device_failed", values_of::device},
    {"device_passed", values_of::device},
    {"digits_cleared", values_of::digits},
    {"digits_full", values_of::digits_limit},
    {"digits_no_choice", values_of::digits_count},
    {"digits_no_point", values_of::digits_limit},
    {"digits_none", {}},
    {"digits_not_signed", values_of::digits},
    {"digits_refused", values_of::digits},
    {"digits_so_far", values_of::digits_day},
    {"dispatch_expired", values_of::lot_day},
    {"dispatch_lot_twice", values_of::lot_name},
    {"dispatch_needs_expiry", values_of::lot_name},
    {"dispatch_needs_reason", values_of::sent},
    {"dispatch_needs_units", {}},
    {"dispatch_recalled", values_of::lot_name},
    {"dispatch_refused", values_of::limit},
    {"drawer_next", values_of::drawer},
    {"duplicate", values_of::duplicate},
    {"enter_expiry", values_of::line},
    {"enter_left", values_of::line},
    {"enter_put_in", values_of::line},
    {"enter_quantity", values_of::line},
    {"enter_used", values_of::line},
    {"expected_in_the_past", {}},
    {"expired", values_of::count},
    {"expires_before_next_check", values_of::count},
    {"full_chosen", {}},
    {"full_goes_on", {}},
    {"full_turned", values_of::cart},
    {"handover_chosen", {}},
    {"handover_closed", values_of::closed_seal},
    {"handover_goes_on", {}},
    {"handover_opened", values_of::opened},
    {"handover_too_late", {}},
    {"handover_turned", values_of::cart},
    {"help_cart", {}},
    {"help_check", {}},
    {"help_device", {}},
    {"help_handover", {}},
    {"help_idle", {}},
    {"help_line", {}},
    {"help_restock", {}},
    {"help_seal", {}},
    {"left_counted", values_of::used},
    {"left_of_which", {}},
    {"line_missing", values_of::line},
    {"lines_not_asked", {}},
    {"lot_of_another", values_of::lot_of_another},
    {"lot_refused", values_of::limit},
    {"near_expiry", values_of::count},
    {"needs_expiry", values_of::count},
    {"new_lot", values_of::count},
    {"no_current_device", {}},
    {"no_current_line", {}},
    {"no_seal_to_explain", {}},
    {"no_such_reading", {}},
    {"not_allowed", values_of::by},
    {"not_on_list", values_of::product},
    {"not_on_list_lasa", values_of::twin},
    {"nothing_counted", values_of::line},
    {"nothing_expired", values_of::line},
    {"nothing_to_undo", {}},
    {"ok", values_of::count},
    {"only_at_pharmacy", {}},
    {"parked_full", values_of::limit},
    {"part_held", values_of::text},
    {"policy_changed_meanwhile", {}},
    {"policy_refused", values_of::member},
    {"policy_same", {}},
    {"policy_set", values_of::by},
    {"put_in", values_of::put_in},
    {"put_in_number", values_of::put_in_number},
    {"put_in_substitute", values_of::put_in_substitute},
    {"quantity_out_of_range", values_of::quantity_limit},
    {"quantity_set", values_of::lot},
    {"reading_refused", values_of::reading},
    {"reason_refused", values_of::limit},
    {"recall_issued", values_of::recall},
    {"recall_known", values_of::recall},
    {"recall_not_in_force", values_of::recall},
    {"recall_refused", values_of::limit},
    {"recall_withdrawn", values_of::recall},
    {"recalled", values_of::count},
    {"restock_chosen", {}},
    {"restock_closed", values_of::restock_closed},
    {"restock_damaged", values_of::line},
    {"restock_damaged_out", values_of::lot},
    {"restock_empty", values_of::cart},
    {"restock_expired", values_of::kept_out},
    {"restock_goes_on", values_of::cart},
    {"restock_in_already", values_of::count},
    {"restock_never_checked", values_of::cart},
    {"restock_no_devices", {}},
    {"restock_none", values_of::line},
    {"restock_not_missing", {}},
    {"restock_opened", values_of::opened_sealed},
    {"restock_recalled", values_of::kept_out},
    {"restock_resumed", values_of::restock_resumed},
    {"restock_seal_first", {}},
    {"restock_seal_later", {}},
    {"restock_too_late", values_of::cart},
    {"review_missing", values_of::review},
    {"same_pack", values_of::line},
    {"scan_badge_first", {}},
    {"scan_badge_for_day", values_of::day},
    {"scan_cart_first", {}},
    {"scanner_test", values_of::text},
    {"seal_break_noted", values_of::cart},
    {"seal_confirmed", values_of::number},
    {"seal_corrected", values_of::seal_corrected},
    {"seal_correction_refused", values_of::by},
    {"seal_is_void", values_of::number},
    {"seal_issued_before", values_of::number},
    {"seal_left_out", values_of::seal_left},
    {"seal_matches", values_of::seal_match},
    {"seal_mismatch", values_of::seal_other},
    {"seal_not_in_stock", values_of::number},
    {"seal_not_issued", values_of::number},
    {"seal_of_other_station", values_of::seal_station},
    {"seal_range_refused", values_of::limit},
    {"seal_read", values_of::number},
    {"seal_refused", values_of::limit},
    {"seal_reused", values_of::number},
    {"seal_said_broken", {}},
    {"seal_said_used", {}},
    {"seal_said_wrong", {}},
    {"seal_voided", values_of::seal_reason},
    {"sealed_closed", values_of::closed_seal},
    {"sealed_findings_open", values_of::sealed_open},
    {"sealed_full_too_old", values_of::sealed_old},
    {"sealed_never_checked", values_of::cart},
    {"sealed_no_seal", values_of::cart},
    {"sealed_not_ready", values_of::cart},
    {"sealed_past_ready", values_of::sealed_past},
    {"sealed_seal_broken", values_of::cart},
    {"seals_issued", values_of::seals_issued},
    {"short_life", values_of::count},
    {"sign_with_badge", values_of::by},
    {"silence_needs_end", values_of::limit},
    {"silence_needs_reason", values_of::limit},
    {"substitute_counted", values_of::substitute},
    {"substitute_ended", values_of::ended},
    {"substitution_day_refused", values_of::substitution_day},
    {"substitution_not_in_force", values_of::substitution},
    {"substitution_published", values_of::substitution},
    {"substitution_refused", values_of::substitution},
    {"substitution_withdrawn", values_of::substitution},
    {"taken_out", values_of::line_out},
    {"test_device", values_of::device},
    {"test_failed", values_of::test_taken},
    {"test_passed", values_of::test_taken},
    {"test_reading", values_of::test_asked},
    {"test_yes_no", values_of::test_asked},
    {"tests_done", values_of::device},
    {"unclear_code", values_of::unclear},
    {"undone", values_of::undone},
    {"unit_used", values_of::used},
    {"unknown_badge", values_of::text},
    {"unknown_code", values_of::text},
    {"unknown_device", values_of::device_id},
    {"unknown_line", values_of::line_id},
    {"unknown_product", values_of::product_id},
    {"unknown_station", values_of::station},
    {"unknown_tag", values_of::text_type},
    {"unknown_test", values_of::test_id},
    {"unreadable", values_of::scan_fault},
    {"use_chosen", {}},
    {"use_closed", values_of::use_closed},
    {"use_counts_nothing", {}},
    {"use_goes_on", values_of::cart},
    {"use_left_needed", values_of::missing},
    {"use_not_on_list", values_of::product},
    {"use_not_open", {}},
    {"use_opened", values_of::opened},
    {"use_seal_later", {}},
    {"use_too_late", values_of::cart},
    {"used_already", values_of::used},
    {"warning_refused", values_of::limit},
    {"which_lot", values_of::lots},
    {"withdrawal_needs_reason", values_of::recall},
    {"witness_badge", values_of::by},
    {"witness_is_checker", values_of::by},
    {"wrong_cart", values_of::other_cart},
    {"wrong_cart_open", values_of::other_open},
};

} // namespace

std::span<const MessageSpec> all_messages() {
    return messages;
}

const MessageSpec* find_message(std::string_view key) {
    const auto* found =
        std::find_if(std::begin(messages), std::end(messages), [&](const MessageSpec& m) {
            return m.key == key;
        });
    return found == std::end(messages) ? nullptr : found;
}

} // namespace cartwatch::readiness
