// The values that messages share, each group under the name of what it speaks of: in order, each
// once. Included by the list of messages alone.
#pragma once

#include <string_view>

namespace cartwatch::readiness::values_of {

using Names = std::string_view;

inline constexpr Names product[] = {"name", "name_en", "strength"};
inline constexpr Names line[] = {"name", "name_en", "par", "position", "strength", "total", "unit"};
inline constexpr Names count[] = {
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
inline constexpr Names counted[] = {
    "also",
    "band",
    "days_left",
    "first_day",
    "first_lot",
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
inline constexpr Names cart[] = {"cart", "cart_name", "cart_name_en"};
inline constexpr Names device[] = {"name", "name_en", "position"};
inline constexpr Names test_asked[] = {
    "limits", "name", "name_en", "position", "test", "test_en", "unit"};
inline constexpr Names test_taken[] = {
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
inline constexpr Names reading[] = {
    "high", "limits", "low", "name", "name_en", "position", "test", "test_en", "unit", "value"};
inline constexpr Names test_id[] = {"id"};
inline constexpr Names line_out[] = {
    "name", "name_en", "out_lots", "out_quantity", "par", "position", "strength", "total", "unit"};
inline constexpr Names count_out[] = {"also",      "band",     "days_left",    "first_day",
                                      "first_lot", "lasa",     "lasa_en",      "last_usable_day",
                                      "lot",       "name",     "name_en",      "old_day",
                                      "old_lot",   "out_lots", "out_quantity", "par",
                                      "position",  "quantity", "strength",     "total",
                                      "unit"};
inline constexpr Names blind_substitute[] = {
    "also",     "band",     "days_left",       "first_day",     "first_lot",
    "lasa",     "lasa_en",  "last_usable_day", "lot",           "name",
    "name_en",  "old_day",  "old_lot",         "par",           "position",
    "quantity", "strength", "substitute",      "substitute_en", "total",
    "unit",     "until",    "warning"};
inline constexpr Names substitute[] = {
    "also",          "band",     "days_left",    "first_day",
    "first_lot",     "lasa",     "lasa_en",      "last_usable_day",
    "lot",           "name",     "name_en",      "old_day",
    "old_lot",       "out_lots", "out_quantity", "par",
    "position",      "quantity", "strength",     "substitute",
    "substitute_en", "total",    "unit",         "until",
    "warning"};
inline constexpr Names ended[] = {"name", "name_en", "strength", "until"};
inline constexpr Names lot_of_another[] = {"lot", "name", "name_en"};
inline constexpr Names substitution[] = {"name", "name_en", "substitute", "substitute_en", "until"};
inline constexpr Names not_substitute[] = {"name", "name_en", "substitute", "substitute_en"};
inline constexpr Names substitution_day[] = {
    "last", "name", "name_en", "substitute", "substitute_en", "until"};
inline constexpr Names duplicate[] = {
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
inline constexpr Names lot[] = {
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
inline constexpr Names quantity_set[] = {
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
    "substitute",
    "substitute_en",
    "total",
    "unit",
    "until",
    "warning"};
inline constexpr Names lots[] = {
    "lots", "name", "name_en", "par", "position", "strength", "total", "unit"};
inline constexpr Names twin[] = {
    "listed", "listed_en", "listed_strength", "name", "name_en", "strength"};
inline constexpr Names other_cart[] = {"cart", "cart_name", "cart_name_en", "name", "name_en"};
inline constexpr Names other_open[] = {
    "cart", "cart_name", "cart_name_en", "open", "open_name", "open_name_en"};
inline constexpr Names opened[] = {"by", "cart", "cart_name", "cart_name_en"};
inline constexpr Names opened_again[] = {
    "by", "cart", "cart_name", "cart_name_en", "last_at", "last_by"};
inline constexpr Names opened_other_seal[] = {
    "by", "cart", "cart_name", "cart_name_en", "expected", "number"};
inline constexpr Names resumed[] = {
    "by", "cart", "cart_name", "cart_name_en", "done", "opened_at", "opened_by", "required"};
inline constexpr Names closed[] = {
    "alerts",
    "cart",
    "cart_name",
    "cart_name_en",
    "findings",
    "in_order",
    "readiness",
    "ready_until",
    "required"};
inline constexpr Names closed_seal[] = {
    "alerts",
    "cart",
    "cart_name",
    "cart_name_en",
    "findings",
    "number",
    "readiness",
    "ready_until"};
inline constexpr Names command[] = {"command"};
inline constexpr Names digits[] = {"digits"};
inline constexpr Names digits_day[] = {"day", "digits"};
inline constexpr Names digits_limit[] = {"digits", "limit"};
inline constexpr Names digits_count[] = {"count", "digits"};
inline constexpr Names drawer[] = {"count", "drawer"};
inline constexpr Names station[] = {"station"};
inline constexpr Names seal_match[] = {
    "cart", "cart_name", "cart_name_en", "number", "ready_until"};
inline constexpr Names seal_other[] = {"cart", "cart_name", "cart_name_en", "expected", "number"};
inline constexpr Names seal_corrected[] = {"before", "cart", "cart_name", "cart_name_en", "number"};
inline constexpr Names seal_left[] = {"count", "first", "number"};
inline constexpr Names seal_station[] = {"number", "station"};
inline constexpr Names seal_reason[] = {"number", "reason"};
inline constexpr Names seals_issued[] = {"count", "first", "last", "station"};
inline constexpr Names sealed_old[] = {"cart", "cart_name", "cart_name_en", "day", "limit"};
inline constexpr Names sealed_past[] = {"cart", "cart_name", "cart_name_en", "day"};
inline constexpr Names sealed_open[] = {"cart", "cart_name", "cart_name_en", "count"};
inline constexpr Names missing[] = {"count", "names", "names_en"};
inline constexpr Names review[] = {
    "count", "critical", "critical_en", "names", "names_en", "number", "old_number"};
inline constexpr Names opened_then[] = {"opened_at", "opened_by"};
inline constexpr Names names[] = {"names", "names_en"};
inline constexpr Names by[] = {"by"};
inline constexpr Names member[] = {"member"};
inline constexpr Names taken[] = {"before", "by"};
inline constexpr Names text[] = {"text"};
inline constexpr Names text_type[] = {"text", "type"};
inline constexpr Names scan_fault[] = {"at", "rule", "sentence", "text"};
inline constexpr Names limit[] = {"limit"};
inline constexpr Names quantity_limit[] = {"limit", "quantity"};
inline constexpr Names line_id[] = {"line"};
inline constexpr Names device_id[] = {"device"};
inline constexpr Names product_id[] = {"product"};
inline constexpr Names number[] = {"number"};
inline constexpr Names undone[] = {
    "lot", "name", "name_en", "now", "quantity", "step", "text", "what"};
inline constexpr Names expected[] = {"by", "expected_at"};
inline constexpr Names used[] = {
    "left", "name", "name_en", "par", "position", "strength", "unexplained", "unit", "used"};
inline constexpr Names unit_used[] = {
    "first_day",
    "first_lot",
    "left",
    "name",
    "name_en",
    "par",
    "position",
    "strength",
    "unexplained",
    "unit",
    "used"};
inline constexpr Names use_closed[] = {
    "alerts", "cart", "cart_name", "cart_name_en", "lines", "unexplained", "units"};
inline constexpr Names put_in[] = {"also",      "band",    "days_left", "first_day",
                                   "first_lot", "lasa",    "lasa_en",   "last_usable_day",
                                   "lot",       "name",    "name_en",   "old_day",
                                   "old_lot",   "par",     "position",  "quantity",
                                   "strength",  "surplus", "total",     "unit"};
inline constexpr Names put_in_number[] = {
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
    "substitute",
    "substitute_en",
    "surplus",
    "total",
    "unit",
    "until",
    "warning"};
inline constexpr Names put_in_substitute[] = {
    "also",     "band",     "days_left",       "first_day",     "first_lot",
    "lasa",     "lasa_en",  "last_usable_day", "lot",           "name",
    "name_en",  "old_day",  "old_lot",         "par",           "position",
    "quantity", "strength", "substitute",      "substitute_en", "surplus",
    "total",    "unit",     "until",           "warning"};
inline constexpr Names kept_out[] = {
    "last_usable_day", "lot", "name", "name_en", "par", "position", "strength", "total", "unit"};
inline constexpr Names opened_sealed[] = {"by", "cart", "cart_name", "cart_name_en", "number"};
inline constexpr Names restock_resumed[] = {
    "by", "cart", "cart_name", "cart_name_en", "opened_at", "opened_by", "units"};
inline constexpr Names restock_closed[] = {
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
inline constexpr Names sent_by[] = {"asked", "by", "quantity"};
inline constexpr Names sent[] = {"asked", "quantity"};
inline constexpr Names silenced[] = {"by", "until"};
inline constexpr Names escalated[] = {"escalated"};
inline constexpr Names lot_name[] = {"lot"};
inline constexpr Names lot_day[] = {"last_usable_day", "lot"};
inline constexpr Names recall[] = {"lot", "name", "name_en", "strength"};
inline constexpr Names code[] = {"code"};
inline constexpr Names broken_code[] = {"code", "rule"};
inline constexpr Names unclear[] = {"name", "name_en", "readings"};
inline constexpr Names product_code[] = {"code", "name", "name_en", "strength"};
inline constexpr Names judged[] = {"changed", "closed", "day", "raised"};
inline constexpr Names clock[] = {"day", "last"};
inline constexpr Names corrected[] = {"by", "day", "last"};
inline constexpr Names day[] = {"day"};
inline constexpr Names defined[] = {"count"};
inline constexpr Names changed_by[] = {"by", "count"};
inline constexpr Names by_person[] = {"by", "who"};
inline constexpr Names refused[] = {"id", "value", "what"};

} // namespace cartwatch::readiness::values_of
