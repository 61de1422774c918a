// What each command leads to, one function a command, grouped in files by subject. Only `decide`
// calls them; each leaves a reply in the turn, whatever happens.
#pragma once

#include "daemon/readiness/turn.hpp"

namespace cartwatch::readiness {

// decide_scan.cpp
void decide_on(Turn& turn, const Scan& command);

// decide_line.cpp
void decide_on(Turn& turn, const SelectLine& command);
void decide_on(Turn& turn, const EnterQuantity& command);
void decide_on(Turn& turn, const MarkMissing& command);
void decide_on(Turn& turn, const MarkDamaged& command);
void decide_on(Turn& turn, const TakeOutExpired& command);
void decide_on(Turn& turn, const EnterExpiry& command);

// decide_device.cpp
void decide_on(Turn& turn, const SelectDevice& command);
void decide_on(Turn& turn, const ReportTest& command);
void decide_on(Turn& turn, const EnterReading& command);

// decide_check.cpp
void decide_on(Turn& turn, const EnterSeal& command);
void decide_on(Turn& turn, const Undo& command);
void decide_on(Turn& turn, const CancelCheck& command);

// decide_close.cpp
void decide_on(Turn& turn, const CloseCheck& command);

// decide_alert.cpp
void decide_on(Turn& turn, const AcceptAlert& command);
void decide_on(Turn& turn, const HandBackAlert& command);

// decide_calendar.cpp
void decide_on(Turn& turn, const JudgeDay& command);
void decide_on(Turn& turn, const ConfirmDay& command);

// decide_setup.cpp
void decide_on(Turn& turn, const LinkCode& command);
void decide_on(Turn& turn, const Define& command);

// decide_recall.cpp
void decide_on(Turn& turn, const IssueRecall& command);
void decide_on(Turn& turn, const WithdrawRecall& command);

// --- parts that several subjects share

// decide_line.cpp: the printed codes of these commands.
void choose_slot(Turn& turn, const Line& line);
void add_damaged(Turn& turn);
void ask_for_new_lot(Turn& turn);

// decide_device.cpp
void choose_device(Turn& turn, const Device& device, std::string_view test = "");

// The current device is not there: it does not work.
void miss_device(Turn& turn);

// A whole number without a line while a device with tests is current: its reading. False where
// there is none.
[[nodiscard]] bool took_as_reading(Turn& turn, int number);

// decide_check.cpp: a badge or a cart was scanned.
void take_badge(Turn& turn, const Staff& person);
void take_cart(Turn& turn, const Cart& cart, std::string_view raw);

// decide_calendar.cpp: a badge was scanned while a day waited for one.
void confirm_day(Turn& turn, Day day, const Staff& person);

// decide_recall.cpp: tells the pharmacy what this ward holds of recalls that it has not answered.
void answer_recalls(Turn& turn);

// decide_recall.cpp: what the open check took out of recalled lots, when it is signed.
void record_recalled_units(Turn& turn);

// decide_close.cpp: the checker's own badge.
void sign(Turn& turn);

// Whether a role may do what the pharmacy and managers do: answer alerts, issue recalls.
[[nodiscard]] bool answers_alerts(Role role);

// Whether a role may say what a code means.
[[nodiscard]] bool links_codes(Role role);

} // namespace cartwatch::readiness
