#include "scanner/pictures/scanner_text.hpp"

#include <catch2/catch.hpp>

namespace cartwatch::scanner_text_test {

using namespace cartwatch::pictures;

TEST_CASE("DataBar text takes the form that a scanner sends") {
    CHECK(databar_omni_text("09521234543213") == "0109521234543213");
    CHECK(databar_omni_text("0109521234543213") == "0109521234543213");
    CHECK(databar_expanded_text("(01)09521234543213") == "0109521234543213");
    CHECK(
        databar_expanded_text("(10)AB(1)C(21)X1(17)261231(3103)001750(30)5")
        == "10AB(1)C\x1D"
           "21X1\x1D"
           "17261231"
           "3103001750"
           "305");
    CHECK(databar_expanded_text("0109521234543213") == "0109521234543213");
    CHECK(databar_expanded_text("(01)0952") == "010952");
    CHECK(databar_expanded_text("(0)x") == "(0)x");
    CHECK(databar_expanded_text("") == "");
}

TEST_CASE("UPC text takes the thirteen digits of an EAN-13") {
    CHECK(upc_a_text("036000291452") == "0036000291452");
    CHECK(upc_a_text("0036000291452") == "0036000291452");
    CHECK(upc_e_text("01234505") == "0012000003455"); // not a real check digit: digits move only
    CHECK(upc_e_text("01234525") == "0012200003455");
    CHECK(upc_e_text("01234535") == "0012300000455");
    CHECK(upc_e_text("01234545") == "0012340000055");
    CHECK(upc_e_text("01234565") == "0012345000065");
    CHECK(upc_e_text("0012345000065") == "0012345000065");
}

} // namespace cartwatch::scanner_text_test
