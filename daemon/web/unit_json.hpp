// What a scanned code says of a unit that is about to be sent for an alert. Records nothing.
#pragma once

#include "daemon/web/command_json.hpp"
#include "daemon/web/views.hpp"

namespace cartwatch::web {

// {"fits","name","lot","last_usable_day","serial"}: whether the code is of the product that the
// alert asks for; else `name` says what it is (null: nobody knows).
[[nodiscard]] Json unit_json(const Service& service, const ReadUnitBody& read);

} // namespace cartwatch::web
