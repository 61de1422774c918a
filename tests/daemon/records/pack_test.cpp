// Goal: the page hands over the same pack that `cartwatch pack` makes, and leaves nothing beside
// it.
#include "daemon/inspection/verify.hpp"
#include "daemon/records/pack.hpp"
#include "tests/daemon/reports/fontconfig_suppressions.hpp"
#include "tests/daemon/store/store_kit.hpp"
#include "tests/support/source_tree.hpp"

#include <catch2/catch.hpp>

namespace cartwatch::records_pack_test {

namespace fs = std::filesystem;

SCENARIO("an inspection pack as a download", "[records][pack]") {
    const store_kit::Folder folder;
    store_kit::Ward ward(folder.path("cartwatch.db"));
    ward.record(store_kit::a_stocked_cart());
    ward.record(store_kit::a_whole_check(1));
    const auto calendar = clock::Calendar::of_zone("Asia/Shanghai");
    REQUIRE(calendar);
    const records::DownloadMoment moment{
        *parse_day("2026-11-22"), *parse_instant("2026-11-22T04:00:00.000Z"), "ward-3f"};
    web::ExportRequest request;
    request.what = "pack";
    request.format = "zip";
    request.from = parse_day("2026-11-01");
    request.to = parse_day("2026-11-22");
    request.language = "zh-CN";
    const fs::path zip = folder.path("1");
    const auto written = [&] {
        return records::write_pack(
            folder.path("cartwatch.db"),
            support::in_source_tree("daemon/web/pages/texts"),
            request,
            *calendar,
            moment,
            zip);
    };
    WHEN("it is made") {
        REQUIRE(written());
        THEN("the zip holds, is of the days asked for, and its files are gone") {
            const auto verified = inspection::verify_pack(zip);
            REQUIRE(verified);
            CHECK(verified->manifest.from == *request.from);
            CHECK(verified->manifest.node == "ward-3f");
            CHECK(verified->entries > 10);
            CHECK(!fs::exists(folder.path("1.files")));
        }
    }
    WHEN("a station is asked for that has no cart") {
        request.stations = {"ICU"};
        THEN("it is refused, and nothing is left") {
            const auto refused = written();
            REQUIRE(!refused);
            CHECK(refused.error().code == ErrorCode::not_found);
            CHECK(!fs::exists(zip));
            CHECK(!fs::exists(folder.path("1.files")));
        }
    }
}

} // namespace cartwatch::records_pack_test
