// Goal: an inspection pack says what an inspector asks for, tells no badge, and is proved unchanged
// on a machine that has nothing but the pack: whatever of it is changed, removed or added is found.
#include "daemon/commands/pack.hpp"
#include "daemon/commands/verify.hpp"
#include "daemon/crypto/sha256.hpp"
#include "daemon/pack/chain.hpp"
#include "daemon/pack/manifest.hpp"
#include "tests/daemon/reports/fontconfig_suppressions.hpp"
#include "tests/daemon/store/store_kit.hpp"
#include "tests/support/source_tree.hpp"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>

namespace cartwatch::pack_test {

using namespace cartwatch::commands;
using namespace cartwatch::readiness;
using Catch::Contains;
namespace fs = std::filesystem;

namespace {

std::string text_of(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

void write(const fs::path& file, const std::string& text) {
    std::ofstream stream(file, std::ios::binary);
    stream << text;
}

// One bit of the byte in the middle.
void tamper(const fs::path& file) {
    std::string text = text_of(file);
    REQUIRE(!text.empty());
    char& byte = text[text.size() / 2];
    byte = static_cast<char>(byte ^ 1);
    write(file, text);
}

std::set<std::string> names_in(const fs::path& folder) {
    std::set<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder)) {
        names.insert(entry.path().filename().string());
    }
    return names;
}

// The kit's cart with morphine in it, which is controlled.
std::vector<Event> a_cart_with_morphine() {
    auto events = store_kit::a_stocked_cart();
    Product morphine;
    morphine.id = "morphine";
    morphine.name = {"吗啡", "Morphine"};
    morphine.strength = "10 mg";
    morphine.controlled = true;
    Line line;
    line.id = "mor";
    line.product = "morphine";
    line.par = 3;
    for (Event& event : events) {
        if (auto* defined = std::get_if<CartDefined>(&event)) {
            defined->cart.lines.push_back(line);
        }
    }
    const Holding held{"M1", parse_day("2027-06-30"), 3, 0, {}, Evidence::scanned, {}, {}};
    events.insert(events.begin(), ProductDefined{morphine});
    events.emplace_back(StockRecorded{"OR-1", "mor", {held}});
    return events;
}

// A node with its store, and the command on it at noon of 22 November, in Shanghai.
class Packing {
public:
    Packing() : ward_(folder_.path("cartwatch.db")) {
        arguments.node.common.node = "ward-3f";
        arguments.node.common.state = folder_.path("");
        arguments.node.common.time_zone = "Asia/Shanghai";
        arguments.now = *parse_instant("2026-11-22T04:00:00.000Z");
        arguments.output = folder_.path("pack");
        arguments.texts = support::in_source_tree("daemon/web/pages/texts");
        arguments.hospital = "市第一人民医院";
        ward_.record(a_cart_with_morphine());
        ward_.record(store_kit::a_whole_check(1));
        ward_.record({AlertAccepted{"ward-3f", {"OR-1", "epi"}, 1, "P001", {}, 0}}, "pharmacy");
    }

    void record(const std::vector<Event>& events) {
        ward_.record(events);
    }

    int run() {
        out.str("");
        err.str("");
        return run_pack(arguments, out, err);
    }

    // As on another machine: a copy of the pack alone.
    [[nodiscard]] fs::path copy() const {
        const fs::path other = elsewhere_.path("pack");
        fs::remove_all(other);
        fs::copy(arguments.output, other, fs::copy_options::recursive);
        return other;
    }

    int verify(const fs::path& pack) {
        out.str("");
        err.str("");
        return run_verify({pack}, out, err);
    }

    [[nodiscard]] std::string csv(const std::string& name) const {
        return text_of(arguments.output / (name + ".csv"));
    }

    // The words of the report as a viewer copies them.
    [[nodiscard]] std::string report() const {
        const fs::path words = elsewhere_.path("words.txt");
        const std::string command = std::string(CARTWATCH_PDFTOTEXT) + " -layout '"
                                    + (arguments.output / "report.pdf").string() + "' '"
                                    + words.string() + "'";
        REQUIRE(std::system(command.c_str()) == 0);
        return text_of(words);
    }

    // Beside the store.
    [[nodiscard]] fs::path place(const std::string& name) const {
        return folder_.path(name);
    }

    PackArguments arguments;
    std::ostringstream out;
    std::ostringstream err;

private:
    store_kit::Folder folder_;
    store_kit::Folder elsewhere_;
    store_kit::Ward ward_;
};

pack::Manifest manifest_in(const fs::path& folder) {
    const auto read = pack::read_manifest(text_of(folder / "manifest.json"), crypto::sha256);
    REQUIRE(read);
    return read->manifest;
}

// As somebody would who knows how packs are made: with a manifest that fits its files.
void seal_again(const fs::path& folder, pack::Manifest manifest) {
    for (pack::PackFile& file : manifest.files) {
        const std::string text = text_of(folder / file.name);
        file.bytes = static_cast<std::int64_t>(text.size());
        file.sha256 = crypto::sha256(text);
    }
    write(folder / "manifest.json", pack::sealed(manifest, crypto::sha256).text);
}

} // namespace

SCENARIO("a pack says what an inspector asks for", "[pack]") {
    GIVEN("a ward with a check, an alert that was accepted, and morphine") {
        Packing ward;
        REQUIRE(ward.run() == 0);
        THEN("its figures bear value, numerator, denominator and formula") {
            CHECK_THAT(
                ward.csv("figures"),
                Contains("hospital,,,,,readiness_rate,急救物品完好率,,25.00,%,1,4,")
                    && Contains("OR-1,手术室急救车,overrides")
                    && Contains("lines and devices in full order ÷"));
        }
        THEN("what stands open has an owner") {
            CHECK_THAT(
                ward.csv("faults"),
                Contains("ward-3f,OR,OR-1,手术室急救车,epi,肾上腺素,1 mg/1 mL,high,5,shortage,")
                    && Contains(",accepted,P001,"));
        }
        THEN("controlled lines are reconciled, with who signed and the entry that says so") {
            CHECK_THAT(
                ward.csv("controlled"),
                Contains("ward-3f/1,full,") && Contains("mor,吗啡,10 mg,3,3,")
                    && Contains("N012,王护士,"));
        }
        THEN("the trail of the cart names entries of the journal") {
            CHECK_THAT(
                ward.csv("tracer"),
                Contains(",check,\"full, 0457722\",") && Contains(",pharmacy:1"));
        }
        THEN("each table is a CSV file and a workbook, and nothing half made is beside them") {
            for (const char* name :
                 {"figures",
                  "due",
                  "expiry",
                  "faults",
                  "restock",
                  "controlled",
                  "tracer",
                  "seals",
                  "checks",
                  "findings",
                  "alerts",
                  "stock"}) {
                CHECK(fs::exists(ward.arguments.output / (std::string(name) + ".csv")));
                CHECK(fs::exists(ward.arguments.output / (std::string(name) + ".xlsx")));
            }
            CHECK(names_in(ward.place("")).count("pack.unfinished") == 0);
        }
    }
}

SCENARIO("a pack has a report to print, in Chinese or English", "[pack]") {
    Packing ward;
    THEN("its pages bear hospital, days, when it was made, and their number") {
        REQUIRE(ward.run() == 0);
        const std::string report = ward.report();
        CHECK_THAT(
            report,
            Contains("市第一人民医院，2026-10-24至2026-11-22，2026-11-22 12:00:00制作")
                && Contains("第1页，共"));
        CHECK_THAT(
            report,
            Contains("急救物品完好率") && Contains("未解决问题及负责人") && Contains("肾上腺素")
                && Contains("麻精药品核对") && Contains("追踪表：手术室急救车（OR-1）"));
    }
    THEN("in English no word of a code or a key is left, nor a Chinese one of our own") {
        ward.arguments.language = "en";
        REQUIRE(ward.run() == 0);
        const std::string report = ward.report();
        CHECK_THAT(
            report,
            Contains("Readiness rate") && Contains("Tracer sheet:") && Contains("page 1 of")
                && Contains("Full check") && Contains("accepted"));
        CHECK_THAT(report, !Contains("pack.") && !Contains("not_ready") && !Contains("完好率"));
    }
    THEN("what no catalogue speaks is refused, and nothing is left behind") {
        ward.arguments.language = "fr";
        CHECK(ward.run() == 2);
        CHECK(!fs::exists(ward.arguments.output));
    }
}

SCENARIO("a pack tells no badge's code", "[pack]") {
    GIVEN("a pack of the day on which a person was put on file") {
        Packing ward;
        REQUIRE(ward.run() == 0);
        THEN("no file bears it; the entry that does is there without its body") {
            for (const auto& entry : fs::directory_iterator(ward.arguments.output)) {
                CAPTURE(entry.path());
                CHECK(text_of(entry.path()).find("9500000000") == std::string::npos);
            }
            const auto journals = manifest_in(ward.arguments.output).journals;
            REQUIRE(journals.size() == 2);
            CHECK(journals[1].node == "ward-3f");
            CHECK(journals[1].withheld == 1);
            CHECK_THAT(
                text_of(ward.arguments.output / "journal.jsonl"),
                Contains(R"({"type":"withheld","node":"ward-3f")"));
        }
    }
}

SCENARIO("a pack is proved unchanged on another machine", "[pack]") {
    GIVEN("a pack, copied to where nothing else is") {
        Packing ward;
        REQUIRE(ward.run() == 0);
        const std::string told = ward.out.str();
        const std::string seal = told.substr(told.find("seal "));
        const fs::path copy = ward.copy();
        THEN("it holds, with the seal and the heads that were told when it was made") {
            CHECK(ward.verify(copy) == 0);
            CHECK_THAT(ward.out.str(), Contains(": holds: ") && Contains(seal));
            CHECK_THAT(ward.out.str(), Contains("pharmacy: entries 1 to 1, hash "));
        }
        WHEN("a bit of any one of its files is changed") {
            THEN("it does not hold, and the file is named") {
                for (const std::string& name : names_in(copy)) {
                    CAPTURE(name);
                    const std::string whole = text_of(copy / name);
                    tamper(copy / name);
                    CHECK(ward.verify(copy) == 1);
                    CHECK_THAT(ward.err.str(), Contains("does not hold") && Contains(name));
                    write(copy / name, whole);
                }
                CHECK(ward.verify(copy) == 0);
            }
        }
        WHEN("any one of its files is removed") {
            THEN("it does not hold, and the file is named") {
                for (const std::string& name : names_in(copy)) {
                    const std::string whole = text_of(copy / name);
                    fs::remove(copy / name);
                    CHECK(ward.verify(copy) == 1);
                    CHECK_THAT(ward.err.str(), Contains(name));
                    write(copy / name, whole);
                }
            }
        }
        WHEN("a file, a folder or a link is added") {
            THEN("it does not hold") {
                write(copy / "figures-2.csv", "better");
                CHECK(ward.verify(copy) == 1);
                CHECK_THAT(ward.err.str(), Contains("\"figures-2.csv\" was added"));
                fs::remove(copy / "figures-2.csv");
                fs::create_directory(copy / "more");
                CHECK(ward.verify(copy) == 1);
                fs::remove(copy / "more");
                fs::rename(copy / "stock.csv", copy.parent_path() / "stock.csv");
                fs::create_symlink(copy.parent_path() / "stock.csv", copy / "stock.csv");
                CHECK(ward.verify(copy) == 1);
                CHECK_THAT(ward.err.str(), Contains("stock.csv"));
            }
        }
    }
}

SCENARIO("a pack is a zip as well, for a stick or a letter", "[pack]") {
    GIVEN("the zip of a pack") {
        Packing ward;
        REQUIRE(ward.run() == 0);
        const fs::path zip = ward.place("pack.zip");
        const std::string whole = text_of(zip);
        THEN("it holds with the same seal as the folder, and nothing half made is left") {
            CHECK(ward.verify(ward.arguments.output) == 0);
            const std::string told = ward.out.str();
            CHECK(ward.verify(zip) == 0);
            CHECK_THAT(ward.out.str(), Contains(told.substr(told.find("seal "))));
            CHECK(!fs::exists(ward.place("pack.zip.unfinished")));
        }
        THEN("one that was damaged anywhere in its files, or cut short, does not") {
            for (const std::size_t part : {2U, 3U, 5U}) {
                std::string text = whole;
                char& byte = text[text.size() * (part - 1) / part / 2 + 100];
                byte = static_cast<char>(byte ^ 1);
                write(zip, text);
                CHECK(ward.verify(zip) == 1);
            }
            write(zip, whole.substr(0, whole.size() / 2));
            CHECK(ward.verify(zip) == 1);
            CHECK_THAT(ward.err.str(), Contains("zip archive"));
        }
        THEN("it is not replaced without --force, nor made where it is not wanted") {
            fs::remove_all(ward.arguments.output);
            CHECK(ward.run() == 2);
            CHECK_THAT(ward.err.str(), Contains("pack.zip is there already"));
            ward.arguments.zip = false;
            fs::remove(zip);
            CHECK(ward.run() == 0);
            CHECK(!fs::exists(zip));
        }
    }
}

SCENARIO("whoever makes a manifest anew still cannot change the journal", "[pack]") {
    GIVEN("a pack whose manifest is made again after each change") {
        Packing ward;
        REQUIRE(ward.run() == 0);
        const fs::path copy = ward.copy();
        const fs::path journal = copy / "journal.jsonl";
        const std::string whole = text_of(journal);
        const pack::Manifest manifest = manifest_in(copy);
        const auto refused_with = [&](const std::string& why) {
            seal_again(copy, manifest);
            CHECK(ward.verify(copy) == 1);
            CHECK_THAT(ward.err.str(), Contains("journal.jsonl") && Contains(why));
        };
        THEN("a changed entry does not bear its hash") {
            std::string text = whole;
            const std::size_t at = text.find("\"in_order\":1");
            REQUIRE(at != std::string::npos);
            text.replace(at, 12, "\"in_order\":3");
            write(journal, text);
            refused_with("does not bear the hash of its own content");
        }
        THEN("an entry that is gone leaves a gap") {
            std::string text = whole;
            const std::size_t second = text.find('\n', text.find('\n') + 1) + 1;
            text.erase(second, text.find('\n', second) + 1 - second);
            write(journal, text);
            refused_with("ward-3f");
        }
        THEN("a journal that is cut short does not end in its head") {
            write(journal, whole.substr(0, whole.rfind('\n', whole.size() - 2) + 1));
            refused_with("ends with entry");
        }
        THEN("a body that is withheld afterwards is counted") {
            const std::size_t line = whole.rfind('\n', whole.size() - 2) + 1;
            const auto entry = journal::parse_line(whole.substr(line, whole.size() - 1 - line));
            REQUIRE(entry);
            write(journal, whole.substr(0, line) + pack::withheld_line(*entry) + "\n");
            refused_with("have no body");
        }
    }
}

SCENARIO("a pack is of the days and stations asked for", "[pack]") {
    Packing ward;
    WHEN("the days are before anything was recorded") {
        ward.arguments.from = parse_day("2026-11-01");
        ward.arguments.to = parse_day("2026-11-02");
        THEN("its journals are empty, and it holds") {
            REQUIRE(ward.run() == 0);
            CHECK(text_of(ward.arguments.output / "journal.jsonl").empty());
            CHECK(ward.verify(ward.copy()) == 0);
        }
    }
    WHEN("a station is asked for that has no cart") {
        ward.arguments.stations = {"ICU"};
        THEN("it is refused, and nothing is left behind") {
            CHECK(ward.run() == 2);
            CHECK_THAT(ward.err.str(), Contains("\"ICU\""));
            CHECK(!fs::exists(ward.arguments.output));
            CHECK(!fs::exists(ward.place("pack.unfinished")));
        }
    }
    WHEN("one of two stations is asked for") {
        Cart other;
        other.id = "ICU-1";
        other.name = {"重症急救车", "ICU cart"};
        other.station = "ICU";
        ward.record({StationDefined{{"ICU", {"重症", "ICU"}, ""}}, CartDefined{other}});
        ward.arguments.stations = {"OR"};
        THEN("no table tells of the other") {
            REQUIRE(ward.run() == 0);
            CHECK_THAT(ward.csv("due"), Contains("OR-1") && !Contains("ICU-1"));
            CHECK_THAT(ward.csv("figures"), Contains("station,ward-3f,OR") && !Contains("ICU"));
            CHECK(manifest_in(ward.arguments.output).stations == std::vector<std::string>{"OR"});
        }
    }
    WHEN("the first day is after the last, or still to come") {
        ward.arguments.from = parse_day("2026-11-23");
        THEN("it is refused") {
            CHECK(ward.run() == 2);
            ward.arguments.to = parse_day("2026-11-24");
            CHECK(ward.run() == 2);
            CHECK_THAT(ward.err.str(), Contains("is still to come"));
        }
    }
    WHEN("the journal is longer than may be gone through") {
        ward.arguments.entries_max = 3;
        THEN("it is refused") {
            CHECK(ward.run() == 2);
            CHECK_THAT(ward.err.str(), Contains("more than the 3"));
        }
    }
}

SCENARIO("a pack replaces nothing that it should not", "[pack]") {
    Packing ward;
    REQUIRE(ward.run() == 0);
    const std::string manifest = text_of(ward.arguments.output / "manifest.json");
    WHEN("it is asked for again") {
        ward.arguments.now += std::chrono::seconds{1};
        THEN("it is refused without --force, and replaced whole with it") {
            CHECK(ward.run() == 2);
            CHECK_THAT(ward.err.str(), Contains("--force"));
            CHECK(text_of(ward.arguments.output / "manifest.json") == manifest);
            ward.arguments.force = true;
            CHECK(ward.run() == 0);
            CHECK(text_of(ward.arguments.output / "manifest.json") != manifest);
            CHECK(ward.verify(ward.copy()) == 0);
        }
    }
    WHEN("what is there is no pack") {
        fs::create_directory(ward.place("letters"));
        write(ward.place("letters") / "one.txt", "dear");
        ward.arguments.output = ward.place("letters");
        ward.arguments.force = true;
        THEN("it stays") {
            CHECK(ward.run() == 2);
            CHECK(text_of(ward.place("letters") / "one.txt") == "dear");
        }
    }
}

} // namespace cartwatch::pack_test
