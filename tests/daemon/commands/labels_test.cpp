// Goal: `cartwatch labels` prints what the store holds, and leaves a whole sheet or none. That the
// codes are read back from paper is shown in tests/daemon/reports.
#include "daemon/commands/labels.hpp"
#include "daemon/readiness/controls.hpp"
#include "scanner/codes/scanned_code.hpp"
#include "tests/daemon/reports/fontconfig_suppressions.hpp"
#include "tests/daemon/store/store_kit.hpp"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>

namespace cartwatch::labels_test {

using namespace cartwatch::commands;
using namespace cartwatch::readiness;
using codes::own_tag;
using codes::TagType;
namespace fs = std::filesystem;

namespace {

std::string text_of(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

// A node with its store, and the command on it.
class Labelling {
public:
    Labelling() : ward_(folder_.path("cartwatch.db")) {
        arguments.node.common.node = "ward-3f";
        arguments.node.common.state = folder_.path("");
        arguments.output = folder_.path("sheets") / "today";
    }

    void record(const std::vector<Event>& events) {
        ward_.record(events);
    }

    int run(const std::string& what) {
        arguments.what = what;
        out.str("");
        err.str("");
        return run_labels(arguments, out, err);
    }

    [[nodiscard]] fs::path sheet(const std::string& what) const {
        return arguments.output / (what + ".pdf");
    }

    // The words of the sheet as a viewer copies them.
    [[nodiscard]] std::string words(const std::string& what) const {
        const fs::path words = folder_.path("words.txt");
        REQUIRE(
            std::system((std::string(CARTWATCH_PDFTOTEXT) + " '" + sheet(what).string() + "' '"
                         + words.string() + "'")
                            .c_str())
            == 0);
        return text_of(words);
    }

    LabelsArguments arguments;
    std::ostringstream out;
    std::ostringstream err;

private:
    store_kit::Folder folder_;
    store_kit::Ward ward_;
};

// The kit's cart with the tags that an import would have given.
std::vector<Event> a_tagged_cart() {
    auto events = store_kit::a_stocked_cart();
    for (Event& event : events) {
        if (auto* defined = std::get_if<CartDefined>(&event)) {
            Cart& cart = defined->cart;
            cart.tag = own_tag(TagType::cart, 10'001);
            cart.lines[0].tag = own_tag(TagType::line, 10'001);
            cart.lines[0].position = "第1层-01";
            cart.lines[1].tag = own_tag(TagType::line, 10'002);
            cart.devices[0].tag = own_tag(TagType::device, 10'001);
            cart.devices[0].code = "SB-0042";
        }
    }
    return events;
}

// The check that the kit makes of it finds six units.
std::vector<Event> a_cart_that_can_be_ready() {
    auto events = a_tagged_cart();
    Cart& cart = std::get<CartDefined>(events.at(3)).cart;
    cart.lines.resize(1);
    cart.lines[0].par = 6;
    return events;
}

bool all_in(const std::string& text, const std::vector<std::string>& words) {
    for (const std::string& word : words) {
        if (text.find(word) == std::string::npos) {
            UNSCOPED_INFO("\"" << word << "\" is not in: " << text);
            return false;
        }
    }
    return true;
}

} // namespace

SCENARIO("labels are printed of what the store holds, beside its writer", "[labels]") {
    GIVEN("a cart with two lines, a device and a nurse") {
        Labelling ward;
        ward.record(a_tagged_cart());

        THEN("each kind of thing has its sheet") {
            CHECK(ward.run("carts") == 0);
            CHECK(ward.err.str().empty());
            CHECK(
                ward.out.str()
                == ward.sheet("carts").string() + ": 1 labels on 1 pages; print on A4 at 100 %\n");
            CHECK(all_in(
                ward.words("carts"),
                {own_tag(TagType::cart, 10'001),
                 "手术室急救车",
                 "Theatre cart",
                 "OR-1",
                 "手术室\n"}));

            CHECK(ward.run("lines") == 0);
            CHECK(all_in(
                ward.words("lines"),
                {own_tag(TagType::line, 10'001),
                 "肾上腺素",
                 "Adrenaline",
                 "1 mg/1 mL",
                 "第1层-01",
                 own_tag(TagType::line, 10'002),
                 "gloves"}));

            CHECK(ward.run("devices") == 0);
            CHECK(all_in(
                ward.words("devices"),
                {own_tag(TagType::device, 10'001), "除颤仪", "Defibrillator", "SB-0042"}));

            CHECK(ward.run("staff") == 0);
            CHECK(all_in(ward.words("staff"), {"9500000000", "王护士", "N012"}));
        }
        THEN("a retired cart and a nurse who left are not printed") {
            auto events = a_tagged_cart();
            Cart cart = std::get<CartDefined>(events[3]).cart;
            cart.retired = true;
            ward.record(
                {CartDefined{cart},
                 StaffDefined{{"N012", "王护士", Role::nurse, "9500000000", true}}});
            for (const char* what : {"carts", "lines", "devices", "staff"}) {
                CHECK(ward.run(what) == 2);
                CHECK_FALSE(fs::exists(ward.sheet(what)));
            }
        }
    }
    GIVEN("things that no import has given tags") {
        Labelling ward;
        ward.record(store_kit::a_stocked_cart());

        THEN("they are named, not printed") {
            CHECK(ward.run("lines") == 2);
            CHECK(
                ward.err.str()
                == "cartwatch labels: 手术室急救车 · epi has no tag yet and is left out; import it "
                   "again\n"
                   "cartwatch labels: 手术室急救车 · gloves has no tag yet and is left out; import "
                   "it again\n"
                   "cartwatch labels: no lines to label; import them first\n");
            CHECK_FALSE(fs::exists(ward.sheet("lines")));
        }
    }
}

SCENARIO("the tag of a closed cart names its seal", "[labels]") {
    GIVEN("a cart that was closed with a seal") {
        Labelling ward;
        ward.record(a_cart_that_can_be_ready());
        auto check = store_kit::a_whole_check(1);
        for (Event& event : check) {
            if (auto* closed = std::get_if<CheckClosed>(&event)) {
                closed->ready_until = parse_day("2026-11-29");
            }
            if (auto* step = std::get_if<CheckStepped>(&event)) {
                if (auto* counted = std::get_if<LineCounted>(&step->action)) {
                    counted->holding.damaged = 0;
                }
            }
        }
        ward.record(check); // and its alert

        THEN("its tag names no day while something is wanted for it") {
            CHECK(ward.run("seals") == 0);
            CHECK(all_in(ward.words("seals"), {"封条 0457722", "not ready"}));
            CHECK(ward.words("seals").find("2026-11-29") == std::string::npos);
        }
        THEN("its tag names the seal, until when it is ready, and who checked") {
            ward.record({AlertClosed{{"OR-1", "epi"}, 1, true}});
            CHECK(ward.run("seals") == 0);
            CHECK(all_in(
                ward.words("seals"),
                {own_tag(TagType::cart, 10'001),
                 "封条 0457722",
                 "2026-11-29",
                 "Seal 0457722",
                 "王护士",
                 "手术室急救车"}));
        }
        THEN("its tag names an earlier day once the policy asks for checks more often") {
            Policy policy;
            policy.check_interval_days = 3;
            ward.record({AlertClosed{{"OR-1", "epi"}, 1, true}, PolicyChanged{policy}});
            CHECK(ward.run("seals") == 0);
            CHECK(all_in(ward.words("seals"), {"2026-11-25"}));
            CHECK(ward.words("seals").find("2026-11-29") == std::string::npos);
        }
        THEN("its tag names no day once a device was added that nobody has tested") {
            auto cart = a_cart_that_can_be_ready();
            Cart& list = std::get<CartDefined>(cart.at(3)).cart;
            list.devices.push_back(list.devices.front());
            list.devices.back().id = "suction";
            ward.record({AlertClosed{{"OR-1", "epi"}, 1, true}, cart.at(3)});
            CHECK(ward.run("seals") == 0);
            CHECK(all_in(ward.words("seals"), {"封条 0457722", "not ready"}));
        }
        THEN("once it is opened it has none") {
            ward.record({CheckOpened{"ward-3f/2", "OR-1", CheckKind::full, "N012"}});
            CHECK(ward.run("seals") == 2);
            CHECK(ward.err.str().find("no unbroken seal on record") != std::string::npos);
        }
    }
}

TEST_CASE("the sheet of commands needs no store and has every code", "[labels]") {
    Labelling ward;
    ward.arguments.node.common.state = "/nowhere";

    REQUIRE(ward.run("commands") == 0);

    const std::string words = ward.words("commands");
    for (const ControlCode code : control_codes()) {
        CHECK(all_in(words, {own_tag(TagType::command, static_cast<int>(code))}));
    }
    for (int quantity = 0; quantity <= 10; ++quantity) {
        const std::string number = std::to_string(quantity);
        CHECK(all_in(
            words, {own_tag(TagType::quantity, quantity), "数量 " + number, "Quantity " + number}));
    }
    CHECK(all_in(words, {"撤销", "Undo", "测试不合格", "Test failed", "完成检查"}));
}

TEST_CASE("labels for a roll's printer are printed to a file or to standard output", "[labels]") {
    Labelling ward;
    ward.record(a_tagged_cart());
    ward.arguments.options = {{"paper", "roll-50x30"}, {"format", "zpl"}, {"only", "OR-1/epi"}};

    REQUIRE(ward.run("lines") == 0);
    const fs::path file = ward.arguments.output / "lines.zpl";
    CHECK(
        ward.out.str()
        == file.string() + ": 1 labels on 1 pages; send it to the label printer as it is\n");
    const std::string zpl = text_of(file);
    CHECK_THAT(zpl, Catch::StartsWith("^XA^PW400^LL240"));

    ward.arguments.output = "-";
    REQUIRE(ward.run("lines") == 0);
    CHECK(ward.out.str() == zpl);
    CHECK(ward.err.str().empty());
}

TEST_CASE("a calibration page needs no store", "[labels]") {
    Labelling ward;
    ward.arguments.node.common.state = "/nowhere";
    ward.arguments.options = {{"paper", "a4-65"}};

    REQUIRE(ward.run("calibration") == 0);
    CHECK(
        ward.out.str() == ward.sheet("calibration").string() + ": 1 pages; print on A4 at 100 %\n");
    CHECK(all_in(ward.words("calibration"), {"100 mm", "65"}));
}

TEST_CASE("an order that cannot be meant prints nothing", "[labels][refusal]") {
    Labelling ward;
    ward.arguments.options = {{"start", "25"}};

    CHECK(ward.run("commands") == 2);
    CHECK(ward.err.str() == "cartwatch labels: start 25: a page has labels 1 to 24\n");
    CHECK_FALSE(fs::exists(ward.arguments.output));

    ward.arguments.options = {{"only", "OR-9"}};
    CHECK(ward.run("commands") == 2);
    CHECK(ward.err.str() == "cartwatch labels: nothing to label is called \"OR-9\"\n");
}

TEST_CASE("a sheet that is there is kept, unless it may be replaced", "[labels][refusal]") {
    Labelling ward;
    fs::create_directories(ward.arguments.output);
    std::ofstream(ward.sheet("commands")) << "mine";

    CHECK(ward.run("commands") == 2);
    CHECK(
        ward.err.str()
        == "cartwatch labels: " + ward.sheet("commands").string()
               + " is there already; replace it with --force\n");
    CHECK(text_of(ward.sheet("commands")) == "mine");

    ward.arguments.force = true;
    CHECK(ward.run("commands") == 0);
    CHECK(text_of(ward.sheet("commands")).substr(0, 5) == "%PDF-");
}

TEST_CASE("what cannot be labelled says so", "[labels][refusal]") {
    Labelling ward;

    CHECK(ward.run("wards") == 2);
    CHECK(
        ward.err.str()
        == "cartwatch labels: \"wards\" has no labels; name carts, lines, devices, staff, "
           "commands, seals or calibration\n");
    CHECK(ward.run("seals") == 2);
    CHECK(
        ward.err.str() == "cartwatch labels: no seals to label; close a check with a seal first\n");
    CHECK(ward.run("carts") == 2);
    CHECK(ward.err.str() == "cartwatch labels: no carts to label; import them first\n");
    ward.arguments.node.common.state = "/nowhere";
    CHECK(ward.run("carts") == 2);
    CHECK(ward.err.str().find("/nowhere/cartwatch.db: no such file") != std::string::npos);
}

TEST_CASE("a disk that takes no file is the machine's failure, and nothing is left", "[labels]") {
    Labelling ward;
    const fs::path folder = ward.arguments.output;

    SECTION("a file stands where the folder should be made") {
        fs::create_directories(folder.parent_path());
        std::ofstream{folder} << "not a folder";
        CHECK(ward.run("commands") == 3);
        CHECK(text_of(folder) == "not a folder");
    }
    SECTION("the disk is full") {
        fs::create_directories(folder);
        fs::create_symlink("/dev/full", folder / "commands.pdf.unfinished");
        CHECK(ward.run("commands") == 3);
        CHECK(ward.err.str().find("cannot be written") != std::string::npos);
        CHECK(fs::is_empty(folder));
    }
}

} // namespace cartwatch::labels_test
