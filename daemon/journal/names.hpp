// The written form of every enumeration that an entry or a table holds. One table an enumeration;
// a name once written is never changed, for journals outlive versions.
#pragma once

#include "daemon/readiness/event.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace cartwatch::journal {

// The names of E in the order of its enumerators; specialised below for each.
template <typename E>
inline constexpr std::array<std::string_view, 0> names_of{};

template <>
inline constexpr std::array<std::string_view, 3> names_of<readiness::ProductKind>{
    "drug", "consumable", "device"};

template <>
inline constexpr std::array<std::string_view, 5> names_of<readiness::IdentifierKind>{
    "gtin", "drug_trace_prefix", "drug_code", "udi_di", "hospital"};

template <>
inline constexpr std::array<std::string_view, 5> names_of<readiness::Role>{
    "nurse", "head_nurse", "pharmacist", "manager", "administrator"};

template <>
inline constexpr std::array<std::string_view, 4> names_of<readiness::Evidence>{
    "scanned", "slot", "typed", "sealed"};

template <>
inline constexpr std::array<std::string_view, 2> names_of<readiness::CountBy>{"line", "unit"};

template <>
inline constexpr std::array<std::string_view, 5> names_of<readiness::CheckKind>{
    "full", "sealed", "after_use", "handover", "restock"};

template <>
inline constexpr std::array<std::string_view, 3> names_of<readiness::RemarkKind>{
    "pace", "same_label", "list_order"};

template <>
inline constexpr std::array<std::string_view, 4> names_of<readiness::SealBreak>{
    "for_check", "emergency", "mistake", "unexplained"};

template <>
inline constexpr std::array<std::string_view, 4> names_of<readiness::SealState>{
    "issued", "on_cart", "broken", "voided"};

template <>
inline constexpr std::array<std::string_view, 3> names_of<readiness::WatchedLines>{
    "off", "controlled", "controlled_and_high_alert"};

template <>
inline constexpr std::array<std::string_view, 4> names_of<readiness::Severity>{
    "critical", "high", "normal", "notice"};

template <>
inline constexpr std::array<std::string_view, 4> names_of<readiness::Readiness>{
    "ready", "degraded", "overdue", "not_ready"};

template <>
inline constexpr std::array<std::string_view, 20> names_of<readiness::FindingKind>{
    "accessory_expired", "calibration_overdue", "check_overdue",   "damaged",
    "device_failed",     "device_untested",     "expired",         "expires_before_next_check",
    "handover_overdue",  "near_expiry",         "recall_possible", "recalled",
    "seal_broken",       "seal_unexplained",    "sealed_overdue",  "service_overdue",
    "shortage",          "substitute_ended",    "surplus",         "unexplained"};

template <>
inline constexpr std::array<std::string_view, 4> names_of<readiness::TestUnit>{
    "%", "MPa", "kPa", "J"};

template <>
inline constexpr std::array<std::string_view, 5> names_of<readiness::AlertState>{
    "raised", "accepted", "dispatched", "resolved", "withdrawn"};

template <>
inline constexpr std::array<std::string_view, 3> names_of<readiness::Escalation>{
    "not_accepted", "not_resolved", "not_restocked"};

// The name of an enumerator; empty for a value that is none (a broken program).
template <typename E>
[[nodiscard]] constexpr std::string_view name_of(E value) {
    const auto index = static_cast<std::size_t>(value);
    return index < names_of<E>.size() ? names_of<E>[index] : std::string_view{};
}

// The enumerator of that name; nullopt where there is none.
template <typename E>
[[nodiscard]] constexpr std::optional<E> parse_name(std::string_view name) {
    for (std::size_t i = 0; i < names_of<E>.size(); ++i) {
        if (names_of<E>[i] == name) {
            return static_cast<E>(i);
        }
    }
    return std::nullopt;
}

} // namespace cartwatch::journal
