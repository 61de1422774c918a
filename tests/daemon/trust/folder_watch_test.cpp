#include "daemon/trust/folder_watch.hpp"
#include "daemon/trust/whole_file.hpp"
#include "tests/support/temporary_folder.hpp"

#include <boost/asio/io_context.hpp>
#include <catch2/catch.hpp>

namespace cartwatch::folder_watch_test {

using namespace std::chrono_literals;

TEST_CASE("a file that is replaced or deleted is told, until one stops", "[trust][watch]") {
    const support::TemporaryFolder folder;
    boost::asio::io_context loop;
    int told = 0;
    trust::FolderWatch watch(loop.get_executor(), [&] { ++told; });
    REQUIRE(watch.start(folder.folder()));
    const auto tells = [&](int times) {
        for (int i = 0; i < 100 && told < times; ++i) {
            loop.restart();
            loop.run_one_for(200ms);
        }
        return told == times;
    };

    REQUIRE(trust::write_file(folder / "ward-1.json", "1"));
    CHECK(tells(1));
    REQUIRE(trust::write_file(folder / "ward-1.json", "2"));
    CHECK(tells(2));
    std::filesystem::remove(folder / "ward-1.json");
    CHECK(tells(3));

    watch.stop();
    REQUIRE(trust::write_file(folder / "ward-1.json", "3"));
    loop.restart();
    loop.run(); // nothing is waited for any more
    CHECK(told == 3);
}

TEST_CASE("a folder that is not there cannot be watched", "[trust][watch]") {
    const support::TemporaryFolder folder;
    boost::asio::io_context loop;
    trust::FolderWatch watch(loop.get_executor(), [] {});
    const auto started = watch.start(folder / "none");
    REQUIRE_FALSE(started);
    CHECK(started.error().text.find("none") != std::string::npos);
}

} // namespace cartwatch::folder_watch_test
