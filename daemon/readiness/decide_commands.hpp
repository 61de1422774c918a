// What each command leads to, one function a command, grouped in files by subject. Only `decide`
// calls them; each leaves a reply in the turn, whatever happens.
#pragma once

#include "daemon/readiness/turn.hpp"

namespace cartwatch::readiness {

// decide_scan.cpp
void decide_on(Turn& turn, const Scan& command);

// decide_use.cpp
void decide_on(Turn& turn, const BeginUse& command);
void decide_on(Turn& turn, const EnterLeft& command);
void decide_on(Turn& turn, const CountLeft& command);

// decide_restock.cpp
void decide_on(Turn& turn, const BeginRestock& command);

// decide_line.cpp
void decide_on(Turn& turn, const SelectLine& command);
void decide_on(Turn& turn, const EnterQuantity& command);
void decide_on(Turn& turn, const MarkMissing& command);
void decide_on(Turn& turn, const MarkDamaged& command);
void decide_on(Turn& turn, const TakeOutExpired& command);
void decide_on(Turn& turn, const EnterExpiry& command);

// choose_reading.cpp
void decide_on(Turn& turn, const ChooseReading& command);

// decide_device.cpp
void decide_on(Turn& turn, const SelectDevice& command);
void decide_on(Turn& turn, const ReportTest& command);
void decide_on(Turn& turn, const EnterReading& command);

// decide_check.cpp
void decide_on(Turn& turn, const TurnCheck& command);
void decide_on(Turn& turn, const CancelCheck& command);

// decide_undo.cpp
void decide_on(Turn& turn, const Undo& command);

// decide_seal.cpp
void decide_on(Turn& turn, const EnterSeal& command);
void decide_on(Turn& turn, const SaySeal& command);

// decide_seal_stock.cpp
void decide_on(Turn& turn, const IssueSeals& command);
void decide_on(Turn& turn, const VoidSeal& command);

// decide_guide.cpp
void decide_on(Turn& turn, const NextDrawer& command);
void decide_on(Turn& turn, const Help& command);

// decide_close.cpp
void decide_on(Turn& turn, const CloseCheck& command);

// decide_alert.cpp
void decide_on(Turn& turn, const AcceptAlert& command);
void decide_on(Turn& turn, const HandBackAlert& command);

// decide_dispatch.cpp
void decide_on(Turn& turn, const DispatchAlert& command);
void decide_on(Turn& turn, const SilenceAlert& command);
void decide_on(Turn& turn, const JudgeClock& command);

// decide_calendar.cpp
void decide_on(Turn& turn, const JudgeDay& command);
void decide_on(Turn& turn, const ConfirmDay& command);

// decide_setup.cpp
void decide_on(Turn& turn, const LinkCode& command);
void decide_on(Turn& turn, const Define& command);

// decide_recall.cpp
void decide_on(Turn& turn, const IssueRecall& command);
void decide_on(Turn& turn, const WithdrawRecall& command);

// decide_substitution.cpp
void decide_on(Turn& turn, const PublishSubstitution& command);
void decide_on(Turn& turn, const WithdrawSubstitution& command);

// decide_policy.cpp
void decide_on(Turn& turn, const SetPolicy& command);

// decide_change.cpp
void decide_on(Turn& turn, const ChangeSetup& command);

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

// decide_digits.cpp: printed codes of digits, and of what becomes of them.
void key_digits(Turn& turn, ControlCode code);

// Digits that were not entered are gone, and nothing else; false: there are none.
[[nodiscard]] bool drop_digits(Turn& turn);

// A badge in an open check while digits were not entered: they are gone, nothing is signed. False:
// there are none.
[[nodiscard]] bool refuse_unentered(Turn& turn);

// Ends every turn: whoever dropped digits by doing something else is told.
void tell_dropped(Turn& turn);

// decide_check.cpp: a badge or a cart was scanned.
void take_badge(Turn& turn, const Staff& person);
void take_cart(Turn& turn, const Cart& cart, std::string_view raw);

// decide_calendar.cpp: a badge was scanned while a day waited for one.
void confirm_day(Turn& turn, Day day, const Staff& person);

// decide_recall.cpp: tells the pharmacy what this ward holds of recalls that it has not answered.
void answer_recalls(Turn& turn);

// decide_recall.cpp: what the open check took out of recalled lots, when it is signed.
void record_recalled_units(Turn& turn);

// decide_check.cpp: the open check does not go through the lines; the reply says so.
[[nodiscard]] bool refuse_lines(Turn& turn);

// decide_check.cpp: a check begins; of the session's kind, with the seal that was read before.
void open_check(Turn& turn, const Cart& cart, const std::string& by);

// The id of the check that is opened next.
[[nodiscard]] std::string next_check_id(const Turn& turn);

// decide_close.cpp: the checker's own badge, then the witness's.
// decide_alert.cpp: the person behind a badge, if the role may answer alerts; the open alert of
// this episode, at the pharmacy. nullptr: the reply says why not.
[[nodiscard]] const Staff* answering(Turn& turn, const std::string& badge);
[[nodiscard]] const Alert*
alert_meant(Turn& turn, const std::string& node, const AlertKey& key, int episode);

// decide_close.cpp: the checker's own badge.
void sign(Turn& turn);

// The checker has signed: the next badge is the witness's.
[[nodiscard]] bool waits_for_witness(const Turn& turn);
void take_witness(Turn& turn, const Staff& person);

// Signs a check of this cart, with what this turn has added to it.
void close_check(Turn& turn, const Cart& cart, const Check& check, const std::string& witness);

// decide_check.cpp: the printed code that abandons a check was scanned. One that counts something
// is given up by a second scan only: a label is read by mistake sooner than a button is pressed
// twice.
void ask_to_cancel(Turn& turn);

// decide_use.cpp: the open check, in which nothing was counted, becomes one after an emergency.
void turn_to_use(Turn& turn);

// Records the break of a seal as unexplained where has_unanswered_break. False: there is none.
bool note_unanswered_break(Turn& turn);

// decide_seal.cpp: cart, seal, badge. Precondition: the session has a cart and a seal.
void start_with_seal(Turn& turn, const Cart& cart, const std::string& by);

// Whether a person answers for the place: whoever may say which day it is, issue seals, correct
// what is on record.
[[nodiscard]] bool answers_for_place(Role role);

// decide_define.cpp: the definitions become the decision's events, tags given. False: the reply
// says which is refused and why.
[[nodiscard]] bool define(Turn& turn, const std::vector<Event>& events);

// decide_recall.cpp: who holds this badge, if the role may speak for the pharmacy. nullptr: the
// reply says why not.
[[nodiscard]] const Staff* issuer_with(Turn& turn, const std::string& badge);

// decide_use.cpp: the check in which an emergency is scanned out.
[[nodiscard]] bool is_use(const Turn& turn);
// A product's code, a number, a place: one unit used, so many used, what is asked for there.
void use_scan(Turn& turn, const Product& product, const Scan& scan);
void use_quantity(Turn& turn, int quantity, const std::string& named);
void ask_for_used(Turn& turn, const Line& line);
// What is missing before it can be signed; true: the reply says so.
[[nodiscard]] bool refuse_use(Turn& turn);
[[nodiscard]] bool uses_controlled(const Turn& turn);
// Units of controlled lines that nobody can explain.
[[nodiscard]] std::vector<Finding> unexplained_of(const Turn& turn, const Check& check);
[[nodiscard]] Values use_values(const Cart& cart, const Check& check);
// Brings the cart's alerts in line at once with what was used so far.
void alert_use(Turn& turn);

// decide_restock.cpp: the check in which packs are put in, outside a full check.
[[nodiscard]] bool is_restock(const Turn& turn);
void say_restock_opened(Turn& turn, const Cart& cart, const std::string& by);
// Nobody ever looked into the cart: what a restock adds to is not known; true: the reply says so,
// and a full check begins next.
[[nodiscard]] bool refuse_unknown_cart(Turn& turn, const Cart& cart);
// Nothing was put in or taken out yet: there is nothing to sign; true: the reply says so.
[[nodiscard]] bool refuse_restock(Turn& turn);
[[nodiscard]] bool restocks_controlled(const Turn& turn);
[[nodiscard]] Values
restock_values(const Turn& turn, const Cart& cart, const Check& check, const CheckClosed& closed);
// How many alerts the signature resolved, and how long the longest of them had been open.
void add_resolved(const Turn& turn, Values& values);

// Whether a role may do what the pharmacy and managers do: answer alerts, issue recalls.
[[nodiscard]] bool answers_alerts(Role role);

// decide_setup.cpp: who is at the place: the checker of the open check, else the badge scanned
// last. nullptr: the reply asks for a badge.
[[nodiscard]] const Staff* person_here(Turn& turn);

// Whether a role may say what a code means.
[[nodiscard]] bool links_codes(Role role);

} // namespace cartwatch::readiness
