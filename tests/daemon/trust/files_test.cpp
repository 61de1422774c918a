#include "daemon/trust/identity.hpp"
#include "daemon/trust/node_record.hpp"
#include "daemon/trust/pem_parts.hpp"
#include "daemon/trust/whole_file.hpp"
#include "tests/support/temporary_folder.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <iterator>

namespace cartwatch::trust_files_test {

namespace {

namespace fs = std::filesystem;

fs::perms mode_of(const fs::path& path) {
    return fs::status(path).permissions();
}

constexpr fs::perms owner_alone = fs::perms::owner_read | fs::perms::owner_write;

} // namespace

TEST_CASE("a file of secrets is its owner's alone, whatever was there", "[trust][files]") {
    const support::TemporaryFolder folder;
    const fs::path path = folder / "secret";
    folder.put("secret.new", "what a cut-off writer left behind");
    fs::permissions(folder / "secret.new", fs::perms::all);

    REQUIRE(trust::write_file(path, "first"));
    REQUIRE(trust::write_file(path, "second"));

    CHECK(trust::read_file(path).value() == "second");
    CHECK(mode_of(path) == owner_alone);
    CHECK(std::distance(fs::directory_iterator(folder.folder()), fs::directory_iterator()) == 1);
}

TEST_CASE("a file that cannot be written leaves the one that was", "[trust][files]") {
    const support::TemporaryFolder folder;
    const fs::path path = folder / "secret";
    REQUIRE(trust::write_file(path, "first"));
    fs::create_directory(folder / "secret.new"); // in the way

    const auto written = trust::write_file(path, "second");

    REQUIRE_FALSE(written);
    CHECK(written.error().code == ErrorCode::unavailable);
    CHECK(written.error().text.find("secret") != std::string::npos);
    CHECK(trust::read_file(path).value() == "first");
}

TEST_CASE("a file that is not there, is a folder or has no end", "[trust][files]") {
    const support::TemporaryFolder folder;
    CHECK(trust::read_file(folder / "none").value() == std::nullopt);
    CHECK_FALSE(trust::read_file(folder.folder()));
    folder.put("large", std::string(trust::file_bytes_max + 1, 'x'));
    CHECK_FALSE(trust::read_file(folder / "large"));
    CHECK_FALSE(trust::read_file("/dev/zero"));
}

TEST_CASE("one writer at a time holds a folder, and is not waited for", "[trust][files]") {
    const support::TemporaryFolder folder;
    {
        const auto held = trust::FolderLock::take(folder.folder());
        REQUIRE(held);
        const auto second = trust::FolderLock::take(folder.folder());
        REQUIRE_FALSE(second);
        CHECK(second.error().text.find("try again") != std::string::npos);
    }
    CHECK(trust::FolderLock::take(folder.folder()));
}

TEST_CASE("a ward's identity is read as it was written, or not at all", "[trust][files]") {
    const support::TemporaryFolder folder;
    const crypto::Credentials credentials{
        "-----BEGIN PRIVATE KEY-----\nK\n-----END PRIVATE KEY-----\n",
        "-----BEGIN CERTIFICATE-----\nC\n-----END CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE-----\nA\n-----END CERTIFICATE-----\n"};
    CHECK(trust::load_identity(folder / "trust").value() == std::nullopt);

    REQUIRE(trust::save_identity(folder / "trust", credentials));

    CHECK(trust::load_identity(folder / "trust").value() == credentials);
    CHECK(mode_of(folder / "trust") == fs::perms::owner_all);
    CHECK(mode_of(folder / "trust/ward.pem") == owner_alone);
    for (const auto* half : {"", "-----BEGIN PRIVATE KEY-----\nK\n", "-----BEGIN \n-----END "}) {
        folder.put("trust/ward.pem", half);
        CHECK_FALSE(trust::load_identity(folder / "trust"));
    }
}

TEST_CASE("a node's record is read as it was written", "[trust][files]") {
    trust::NodeRecord record;
    record.node = "ward-3f";
    CHECK(trust::parse_node_record(trust::to_text(record)) == record);
    record.code = trust::NodeRecord::Code{
        std::string(64, 'a'), Instant{std::chrono::milliseconds{1'795'000'000'123}}, 3, true};
    record.certificates = {
        {std::string(64, 'b'), Instant{std::chrono::milliseconds{1'795'000'000'000}}},
        {std::string(64, 'c'), Instant{std::chrono::milliseconds{1'796'000'000'000}}}};
    record.revoked = true;
    CHECK(trust::parse_node_record(trust::to_text(record)) == record);
}

TEST_CASE("what is no record is refused", "[trust][files]") {
    const std::string code = R"({"node":"a","revoked":false,"certificates":[],"code":)";
    const auto text = GENERATE_COPY(
        std::string(),
        std::string("{}"),
        std::string("[1]"),
        code,
        code + "7}",
        code + R"({"hash":"h","until":"today","wrong":0,"used":false}})",
        code + R"({"hash":"h","until":"2026-11-22T02:06:39.123Z","wrong":"0","used":false}})",
        code + R"({"until":"2026-11-22T02:06:39.123Z","wrong":0,"used":false}})",
        std::string(R"({"node":"a","revoked":false,"code":null,"certificates":[1]})"),
        std::string(R"({"node":"a","revoked":false,"code":null,"certificates":{}})"),
        std::string(R"({"node":"a","revoked":0,"code":null,"certificates":[]})"));

    DYNAMIC_SECTION(text) {
        CHECK_FALSE(trust::parse_node_record(text));
    }
}

TEST_CASE("the blocks of a PEM file, at most eight", "[trust][files]") {
    const std::string block = "-----BEGIN X-----\nx\n-----END X-----\n";
    CHECK(trust::pem_parts("").empty());
    CHECK(trust::pem_parts("words\n" + block + "words\n" + block).size() == 2);
    CHECK(trust::pem_parts("words\n" + block).front() == block);
    CHECK(trust::pem_parts("-----END X-----\n-----BEGIN X-----\n").empty());
    std::string many;
    for (int i = 0; i < 20; ++i) {
        many += block;
    }
    CHECK(trust::pem_parts(many).size() == 8);
}

} // namespace cartwatch::trust_files_test
