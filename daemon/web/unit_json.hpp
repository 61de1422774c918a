// What a scanned code says at the pharmacy: of a unit that is about to be sent for an alert, or of
// any pack. Records nothing.
#pragma once

#include "daemon/web/command_json.hpp"
#include "daemon/web/views.hpp"

#include <string_view>

namespace cartwatch::web {

// {"fits","name","product","lot","last_usable_day","serial","refusal"}: whether the code is of the
// product that the alert asks for; else `name` says what it is (null: nobody knows). `refusal` is
// what the reply to sending such a pack would say (null: nothing against it).
[[nodiscard]] Json unit_json(const Service& service, const ReadUnitBody& read);

// {"products":[{"id","name","strength"}],"lot","last_usable_day","serial"}: the pharmacy's products
// that bear the code; none where nobody knows it.
[[nodiscard]] Json pack_json(const Service& service, std::string_view text);

} // namespace cartwatch::web
