// Who keeps what is defined at a node, and what stands there: products, staff, stations and carts.
// A ChangeSetup is signed by the badge of one who keeps the setup; while nobody at all is known,
// staff alone are defined without one. Where something else stands by now than the person saw,
// nothing is changed, nor is stock of a cart that was counted. Afterwards somebody is left who
// keeps the setup.
#pragma once

#include "daemon/readiness/event.hpp"
#include "daemon/readiness/state.hpp"
#include "scanner/codes/scanned_code.hpp"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace cartwatch::readiness {

// A ward's lists are its head nurse's, the pharmacy's its pharmacists'; an administrator keeps
// both. Nurses work by the lists, and managers look at what came of them: neither changes them.
[[nodiscard]] bool keeps_setup(Role role, bool at_pharmacy);

// Whether a person of this role may make, change or retire one of that role: administrators
// anybody, others nurses and their own kind. Nobody gives more than he has.
[[nodiscard]] bool gives_role(Role giver, Role given);

// Nobody is known to the node, not even somebody retired: neither its own staff nor the pharmacy's.
[[nodiscard]] bool knows_no_staff(const State& state);

// Whether somebody is known who keeps the setup of this node.
[[nodiscard]] bool has_keeper(const State& state);

// What stands now where these definitions would, in their order, of each at most one; carts as
// their lists, without what was found in them. What is not there yet is left out.
[[nodiscard]] std::vector<Event>
standing(const NodeState& node, const std::vector<Event>& definitions);

// By which text a badge that was scanned is to be known: the same from whatever scanner it comes.
[[nodiscard]] std::string badge_text(const codes::Reading& reading);

// Whether a scan may tell a badge: it is known as one, also to another scanner (letters of another
// case, signs around it), or has the form of one (a staff tag of any node's, a GSRN of GS1).
[[nodiscard]] bool tells_badge(const State& state, const codes::Reading& reading);
[[nodiscard]] bool has_form_of_badge(const codes::Reading& reading);

// Why this text is nobody's badge, as a word of the definition's faults; empty: it may be. Whatever
// is known here as something else, and what reads as a product's code, would sign for a person and
// could not be counted any more. Eight digits are no EAN-8 unless the symbol says so.
[[nodiscard]] std::string_view no_badge(const State& state, const std::string& text, Day today);

// What may be told of a badge, which opens doors: its last two signs, to tell two of them apart.
// Nothing of one that has no more.
[[nodiscard]] std::string masked_badge(std::string_view badge);

// The id of a person or product that these define here anew though the pharmacy keeps one under it:
// the ward's would stand in for the pharmacy's without a word. nullptr: none.
[[nodiscard]] const std::string*
kept_by_pharmacy(const State& state, const std::vector<Event>& definitions);

// In what the ward's product would be held less strictly than the pharmacy's of the same id:
// "high_alert", "controlled", "expires" or "lasa_group"; empty: in nothing, or the pharmacy keeps
// none. Only the pharmacy loosens what it keeps.
[[nodiscard]] std::string_view looser_than_pharmacy(const State& state, const Product& product);

// Whether a code is the badge of somebody here who is not retired: as a text, and as a product's
// GTIN, which is the same with and without its leading zeros.
using Badges = std::set<std::string>;
[[nodiscard]] Badges badges_of(const State& state);
[[nodiscard]] bool is_badge(const Badges& badges, const std::string& text);
[[nodiscard]] bool is_badge(const Badges& badges, const Identifier& identifier);

// Whether somebody looked into the cart, in a full check (also one whose day never was) or after an
// emergency, or a check is open: what it holds is not a sheet's to say.
[[nodiscard]] bool is_checked(const NodeState& node, const std::string& cart);

} // namespace cartwatch::readiness
