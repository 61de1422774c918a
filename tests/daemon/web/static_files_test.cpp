#include "daemon/web/static_files.hpp"
#include "tests/support/temporary_folder.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>

namespace cartwatch::static_files_test {

namespace {

using namespace cartwatch::web;
namespace fs = std::filesystem;

Response asked(const StaticFiles& files, const std::string& path, const RequestHead& from = {}) {
    RequestHead head = from;
    head.path = path;
    return files.answer(head);
}

std::string header_of(const Response& response, const std::string& name) {
    for (const auto& [key, value] : response.headers) {
        if (key == name) {
            return value;
        }
    }
    return "";
}

} // namespace

SCENARIO("pages are served from a list that was read at start", "[web][pages]") {
    const support::TemporaryFolder folder;
    folder.put("index.html", "<!doctype html>");
    folder.put("assets/app-4JX7Q2LM.js", "let a;");
    folder.put("assets/app-4JX7Q2LM.js.gz", "packed");
    folder.put(".secret", "no");
    fs::create_symlink("/etc/passwd", folder / "passwd.txt");
    const StaticFiles files(folder.folder());

    THEN("the root is index.html, asked for anew each time") {
        const Response response = asked(files, "/");
        CHECK(response.status == 200);
        CHECK(*response.file == "<!doctype html>");
        CHECK(header_of(response, "Content-Type") == "text/html; charset=utf-8");
        CHECK(header_of(response, "Cache-Control") == "no-cache");
    }

    THEN("a name with a hash in it may be kept for ever") {
        const Response response = asked(files, "/assets/app-4JX7Q2LM.js");
        CHECK(*response.file == "let a;");
        CHECK(header_of(response, "Cache-Control") == "public, max-age=31536000, immutable");
        CHECK(header_of(response, "Vary") == "Accept-Encoding");
    }

    THEN("the packed form goes to who takes it, under a tag of its own") {
        RequestHead head;
        head.accepts_gzip = true;
        const Response packed = asked(files, "/assets/app-4JX7Q2LM.js", head);
        const Response plain = asked(files, "/assets/app-4JX7Q2LM.js");
        CHECK(*packed.file == "packed");
        CHECK(header_of(packed, "Content-Encoding") == "gzip");
        CHECK(header_of(packed, "Content-Type") == "text/javascript; charset=utf-8");
        CHECK(header_of(packed, "ETag") != header_of(plain, "ETag"));
    }

    THEN("who has it is not sent it again") {
        RequestHead head;
        head.if_none_match = "W/\"x\", " + header_of(asked(files, "/"), "ETag");
        const Response response = asked(files, "/", head);
        CHECK(response.status == 304);
        CHECK(response.file == nullptr);
        head.if_none_match = "\"other\"";
        CHECK(asked(files, "/", head).status == 200);
    }

    THEN("nothing else is there") {
        const std::string path = GENERATE(
            "/passwd.txt",
            "/.secret",
            "/../etc/passwd",
            "/assets",
            "/assets/",
            "//index.html",
            "/assets/app-4JX7Q2LM.js.gz",
            "/index.htm",
            "");
        DYNAMIC_SECTION(path) {
            CHECK(asked(files, path).status == 404);
        }
    }
}

TEST_CASE("a server without pages says so", "[web][pages]") {
    CHECK(asked(StaticFiles(), "/").status == 404);
}

TEST_CASE("a folder that is not there is an error at start", "[web][pages]") {
    CHECK_THROWS(StaticFiles("/nowhere/at/all"));
}

TEST_CASE("a folder has a number of files that it may hold", "[web][pages]") {
    const support::TemporaryFolder folder;
    for (std::size_t i = 0; i < pages_count_max; ++i) {
        folder.put(std::to_string(i) + ".txt", "x");
    }
    CHECK_NOTHROW(StaticFiles(folder.folder()));

    folder.put("one-more.txt", "x");

    CHECK_THROWS(StaticFiles(folder.folder()));
}

TEST_CASE("only a bundler's hash makes a name lasting", "[web][pages]") {
    CHECK(StaticFiles::is_hashed_name("/app-4JX7Q2LM.js"));
    CHECK(StaticFiles::is_hashed_name("/a/b-c-ABCDEFGH.css"));
    CHECK_FALSE(StaticFiles::is_hashed_name("/app.js"));
    CHECK_FALSE(StaticFiles::is_hashed_name("/app-4JX7Q2L.js"));
    CHECK_FALSE(StaticFiles::is_hashed_name("/app-4jx7q2lm.js"));
    CHECK_FALSE(StaticFiles::is_hashed_name("/app-4JX7Q2LM"));
    CHECK_FALSE(StaticFiles::is_hashed_name("/-4JX7Q2LM.js"));
    CHECK_FALSE(StaticFiles::is_hashed_name("/x-ABCDEFGH/app.js"));
}

} // namespace cartwatch::static_files_test
