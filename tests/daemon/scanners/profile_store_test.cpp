// Goal: what a scanner check showed is still known after the daemon was started again, and a file
// that cannot be used costs the profiles and nothing else.
#include "daemon/scanners/profile_store.hpp"
#include "tests/support/temporary_folder.hpp"

#include <catch2/catch.hpp>

#include <fstream>

#include <sys/stat.h>

namespace cartwatch::profile_store_test {

using namespace cartwatch::scanners;

namespace {

StoredProfile a_profile(const std::string& identity) {
    StoredProfile stored;
    stored.identity = identity;
    stored.profile.layout = devices::Layout::de;
    stored.profile.letters = devices::Letters::inverted;
    stored.profile.identifiers = devices::Identifiers::letter;
    stored.profile.separator = "\xE2\x86\x94";
    stored.profile.prefix = "\xFFS1:";
    stored.profile.suffix = std::string("\0*", 2);
    stored.profile.line_end = false;
    stored.checked_at = *parse_instant("2026-11-22T02:06:39.123Z");
    return stored;
}

} // namespace

TEST_CASE("a profile that was kept is known after a start, and the newest one counts") {
    const support::TemporaryFolder folder;
    const auto file = folder / "profiles.json";
    ProfileStore store(file);
    REQUIRE(store.load().has_value());
    CHECK(store.find("usb:1") == nullptr);
    REQUIRE(store.keep(a_profile("usb:1")).has_value());
    REQUIRE(store.keep(a_profile("usb:2")).has_value());
    StoredProfile newer = a_profile("usb:1");
    newer.profile.prefix = "";
    REQUIRE(store.keep(newer).has_value());

    ProfileStore again(file);
    REQUIRE(again.load().has_value());
    REQUIRE(again.find("usb:1") != nullptr);
    CHECK(*again.find("usb:1") == newer);
    CHECK(*again.find("usb:2") == a_profile("usb:2"));

    struct stat state {};

    REQUIRE(::stat(file.c_str(), &state) == 0);
    CHECK((state.st_mode & 0777) == 0600);
}

TEST_CASE("beyond the limit the profile that was kept longest ago makes room") {
    const support::TemporaryFolder folder;
    ProfileStore store(folder / "profiles.json");
    for (std::size_t i = 0; i <= profiles_max; ++i) {
        REQUIRE(store.keep(a_profile("usb:" + std::to_string(i))).has_value());
        CHECK((store.find("usb:0") != nullptr) == (i < profiles_max));
    }
    ProfileStore again(folder / "profiles.json");
    CHECK(again.load().has_value());
    CHECK(again.find("usb:64") != nullptr);
}

TEST_CASE("a file that is not ours is refused, and the next check replaces it") {
    const support::TemporaryFolder folder;
    const auto file = folder / "profiles.json";
    const std::string text =
        GENERATE("", "x", "[]", "{}", R"({"profiles":7})", R"({"profiles":[{"identity":"a"}]})");
    std::ofstream(file) << text;
    ProfileStore store(file);
    CHECK_FALSE(store.load().has_value());
    CHECK(store.find("a") == nullptr);
    REQUIRE(store.keep(a_profile("usb:1")).has_value());
    CHECK(store.load().has_value());
}

TEST_CASE("where the file cannot be written the profile is refused, and the old one stays") {
    const support::TemporaryFolder folder;
    const auto file = folder / "profiles.json";
    ProfileStore store(file);
    REQUIRE(store.keep(a_profile("usb:1")).has_value());
    std::filesystem::create_directory(file.string() + ".new"); // in the way of the fresh file
    StoredProfile newer = a_profile("usb:1");
    newer.profile.prefix = "other";
    const auto kept = store.keep(newer);
    REQUIRE_FALSE(kept.has_value());
    CHECK(kept.error().code == ErrorCode::unavailable);
    CHECK(*store.find("usb:1") == a_profile("usb:1"));
}

} // namespace cartwatch::profile_store_test
