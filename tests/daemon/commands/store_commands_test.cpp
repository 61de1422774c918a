// Exit statuses and the one line of `verify`, `backup` and `restore`.
#include "daemon/commands/backup.hpp"
#include "daemon/commands/verify.hpp"
#include "tests/daemon/store/store_kit.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <sstream>

namespace cartwatch::store_commands_test {

using namespace cartwatch::commands;
using namespace cartwatch::store_kit;

namespace {

struct Said {
    int status = 0;
    std::string out;
    std::string err;
};

Said verify_said(
    const std::filesystem::path& database, bool rebuild = false, const std::string& entry = {}) {
    std::ostringstream out;
    std::ostringstream err;
    VerifyArguments arguments;
    arguments.database = database;
    arguments.rebuild = rebuild;
    arguments.entry = entry;
    const int status = run_verify(arguments, out, err);
    return {status, out.str(), err.str()};
}

Said backup_said(const std::filesystem::path& database, const std::filesystem::path& file) {
    std::ostringstream out;
    std::ostringstream err;
    BackupArguments arguments;
    arguments.database = database;
    arguments.file = file;
    const int status = run_backup(arguments, out, err);
    return {status, out.str(), err.str()};
}

Said restore_said(const std::filesystem::path& database, const std::filesystem::path& file) {
    std::ostringstream out;
    std::ostringstream err;
    RestoreArguments arguments;
    arguments.database = database;
    arguments.file = file;
    const int status = run_restore(arguments, out, err);
    return {status, out.str(), err.str()};
}

bool one_line(const std::string& text) {
    return text.size() > 1 && text.find('\n') == text.size() - 1;
}

} // namespace

SCENARIO("the commands over a database answer with a status and one line", "[commands][store]") {
    GIVEN("a ward's database") {
        const Folder folder;
        {
            Ward ward(folder.path());
            ward.record(a_stocked_cart());
            ward.record(a_whole_check(1));
        }
        const auto copy = folder.path("copy.db");

        THEN("it verifies, is backed up and restored") {
            const Said verified = verify_said(folder.path());
            CHECK(verified.status == 0);
            CHECK_THAT(verified.out, Catch::Contains("holds: 15 entries of 1 node, 31 tables"));
            CHECK(verified.err.empty());
            CHECK(backup_said(folder.path(), copy).status == 0);
            CHECK(restore_said(folder.path(), copy).status == 0);
            CHECK(verify_said(folder.path()).status == 0);
        }
        THEN("what does not hold is named with status 1, and mended by a rebuild") {
            REQUIRE(backup_said(folder.path(), copy).status == 0);
            tamper(copy, "UPDATE holding SET damaged = 0");
            const Said verified = verify_said(copy);
            CHECK(verified.status == 1);
            CHECK(one_line(verified.err));
            CHECK_THAT(verified.err, Catch::Contains("holding") && Catch::Contains("damaged is 0"));
            const Said restored = restore_said(folder.path(), copy);
            CHECK(restored.status == 1);
            CHECK_THAT(restored.err, Catch::Contains("not restored"));
            CHECK(verify_said(copy, true).status == 0);
        }
        THEN("a name that will not do is status 2") {
            const Said missing = verify_said(folder.path("none.db"));
            CHECK(missing.status == 2);
            CHECK(one_line(missing.err));
            CHECK(backup_said(folder.path("none.db"), copy).status == 2);
            CHECK(restore_said(folder.path(), folder.path("none.db")).status == 2);
            std::ofstream(copy) << "somebody's file";
            CHECK(backup_said(folder.path(), copy).status == 2);
        }
        WHEN("a daemon runs on it") {
            const Ward ward(folder.path());
            THEN("it verifies and is backed up, but nothing is put in its place") {
                CHECK(verify_said(folder.path()).status == 0);
                CHECK(backup_said(folder.path(), copy).status == 0);
                const Said restored = restore_said(folder.path(), copy);
                CHECK(restored.status == 2);
                CHECK_THAT(restored.err, Catch::Contains("in use"));
                CHECK(verify_said(folder.path(), true).status == 2);
            }
        }
    }
}

SCENARIO("verify tells the hashes that a printed page is held against", "[commands][store]") {
    GIVEN("a ward's database") {
        const Folder folder;
        {
            Ward ward(folder.path());
            ward.record(a_stocked_cart());
            ward.record(a_whole_check(1));
        }
        THEN("each journal's last entry is told with its hash, and any other that is asked for") {
            const auto hash_of = [&](int seq) {
                return asked(
                    folder.path(),
                    "SELECT hash FROM entry WHERE node = 'ward-3f' AND seq = "
                        + std::to_string(seq));
            };
            const Said verified = verify_said(folder.path(), false, "ward-3f:6");
            CHECK(verified.status == 0);
            CHECK_THAT(
                verified.out,
                Catch::Contains("\nward-3f: entry 15, hash " + hash_of(15) + "\n")
                    && Catch::EndsWith("\nward-3f: entry 6, hash " + hash_of(6) + "\n"));
            const auto* const nobody =
                GENERATE("ward-3f:16", "ward-3f:6x", "ward-3f:0", "ward-3f", "x:1");
            const Said none = verify_said(folder.path(), false, nobody);
            CHECK(none.status == 2);
            CHECK_THAT(none.err, Catch::Contains("no entry"));
        }
    }
}

} // namespace cartwatch::store_commands_test
