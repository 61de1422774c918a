// A row of the carts' sheet that describes one function test of a device.
#pragma once

#include "daemon/imports/row_reader.hpp"
#include "daemon/readiness/cart.hpp"

namespace cartwatch::imports {

// Its faults are noted with the row; a test that has one is not to be used.
[[nodiscard]] readiness::FunctionTest read_function_test(RowReader& row);

} // namespace cartwatch::imports
