// A program whose module for documents is gone, as after half an installation: it says so and goes
// on.
#include "daemon/reports/made_documents.hpp"
#include "tests/support/temporary_folder.hpp"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <filesystem>

namespace cartwatch::documents_test {

using namespace cartwatch::reports;

TEST_CASE("a copy of these tests that lies elsewhere finds no module", "[reports]") {
    const support::TemporaryFolder folder;
    const auto program = folder / "reports_test";
    std::filesystem::copy_file(std::filesystem::read_symlink("/proc/self/exe"), program);

    const std::string command = program.string() + " '[.alone]' > /dev/null";

    CHECK(std::system(command.c_str()) == 0); // NOLINT(cert-env33-c,concurrency-mt-unsafe)
}

TEST_CASE("without its module nothing is drawn, and the reason is told", "[.alone]") {
    const auto drawing = draw_symbol(SymbolKind::data_matrix, "9900000011");
    REQUIRE_FALSE(drawing);
    CHECK(drawing.error().code == ErrorCode::unavailable);
    CHECK_THAT(drawing.error().text, Catch::Contains(std::string(documents_module)));

    const auto labels = draw_labels({wide_labels}, "Labels", {Label{"9900000011", "", "", "", ""}});
    REQUIRE_FALSE(labels);
    CHECK(labels.error().code == ErrorCode::unavailable);
    CHECK_THROWS_AS(xlsx_writer({}, "Checks", "checks.xlsx"), std::runtime_error);
}

} // namespace cartwatch::documents_test
