// Goal: a scanner that types is found by what the settings say, held exclusively, read, and found
// again after it was unplugged: the real cartwatch-scanner, libudev and libevdev in a test bed.
#include "tests/daemon/scanners/scanner_desk_kit.hpp"

#include <sys/socket.h>

using namespace cartwatch;
using namespace cartwatch::scanners;
using test::Ward;

namespace {

// The test bed's program, spoken to line by line.
class Bed {
public:
    explicit Bed(Ward& ward)
        : ward_(ward),
          child_(*ChildProcess::start("/usr/bin/umockdev-wrapper", {CARTWATCH_MOCK_KEYBOARD})) {
        folder_ = hear("bed ").substr(4);
    }

    void tell(const std::string& line) {
        const std::string bytes = line + "\n";
        REQUIRE(::send(child_.socket(), bytes.data(), bytes.size(), MSG_NOSIGNAL) > 0);
    }

    // The next line that begins so; lines before it are passed over.
    std::string hear(const std::string& beginning) {
        std::string found;
        ward_.wait_until(("the bed says " + beginning).c_str(), [&] {
            std::array<char, 1024> chunk{};
            const ssize_t count = ::recv(child_.socket(), chunk.data(), chunk.size(), MSG_DONTWAIT);
            heard_.append(chunk.data(), count > 0 ? static_cast<std::size_t>(count) : 0);
            for (std::size_t end = heard_.find('\n'); end != std::string::npos && found.empty();
                 end = heard_.find('\n')) {
                const std::string line = heard_.substr(0, end);
                heard_.erase(0, end + 1);
                found = line.starts_with(beginning) ? line : "";
            }
            return !found.empty();
        });
        return found;
    }

    // A script that starts the real scanner process within the bed.
    [[nodiscard]] std::filesystem::path scanner() const {
        return ward_.folder.script(
            "scanner-in-bed",
            "export UMOCKDEV_DIR=" + folder_
                + " LD_PRELOAD=libumockdev-preload.so.0"
                  " ASAN_OPTIONS=verify_asan_link_order=0\nexec " CARTWATCH_SCANNER_PROGRAM
                  " \"$@\"");
    }

private:
    Ward& ward_;
    ChildProcess child_;
    std::string folder_;
    std::string heard_;
};

wire::DeviceSettings the_gun() {
    wire::DeviceSettings device;
    device.name = "gun";
    device.station = "ward-3f";
    device.vendor = "05e0";
    device.product = "1200";
    device.retry = std::chrono::milliseconds(20);
    return device;
}

ScannerSettings settings_in(const Ward& ward, const Bed& bed, const wire::DeviceSettings& device) {
    auto settings = ward.settings({device});
    settings.program = bed.scanner();
    return settings;
}

} // namespace

TEST_CASE("a scanner that types is held, read, and found again after it was unplugged") {
    Ward ward;
    Bed bed(ward);
    ScannerProcess process(
        ward.loop.get_executor(), settings_in(ward, bed, the_gun()), ward.events());
    REQUIRE(process.start().has_value());
    ward.wait_for_state("gun", false);
    CHECK(ward.devices["gun"].detail != "");
    for (std::size_t i = 1; i <= 2; ++i) {
        bed.tell("plug");
        const std::string said1 = bed.hear("grab");
        CHECK(said1 == "grab 1");
        ward.wait_for_state("gun", true);
        bed.tell("keys 11 2\ndown 42\nkeys 30\nup 42\nkeys 66 3 28"); // 0 1 Shift+A F8 2 Enter
        ward.wait_for_scans(2 * i - 1);
        CHECK(
            ward.scans.back().text
            == "01A\x1D"
               "2");
        bed.tell("keys 4"); // no Enter: the pause ends it
        ward.wait_for_scans(2 * i);
        CHECK(ward.scans.back().text == "3");
        bed.tell("unplug");
        ward.wait_for_state("gun", false);
    }
    CHECK(process.child() > 0);
}

TEST_CASE("a keyboard is held only once its keys are up") {
    Ward ward;
    Bed bed(ward);
    bed.tell("state 30 1\nplug");
    bed.hear("plugged");
    ScannerProcess process(
        ward.loop.get_executor(), settings_in(ward, bed, the_gun()), ward.events());
    REQUIRE(process.start().has_value());
    ward.wait_for_state("gun", false);
    bed.tell("keys 2"); // typed while not held: belongs to whoever has the window
    bed.tell("up 30");
    const std::string said2 = bed.hear("grab");
    CHECK(said2 == "grab 1");
    ward.wait_for_state("gun", true);
    bed.tell("keys 3 28");
    ward.wait_for_scans(1);
    CHECK(ward.scans[0].text == "2");
}

TEST_CASE("a keyboard that another program holds is waited for") {
    Ward ward;
    Bed bed(ward);
    bed.tell("other 1\nplug");
    ScannerProcess process(
        ward.loop.get_executor(), settings_in(ward, bed, the_gun()), ward.events());
    REQUIRE(process.start().has_value());
    const std::string said3 = bed.hear("refused");
    CHECK(said3 == "refused 1");
    ward.wait_until("it is said", [&] {
        return ward.devices["gun"].detail.find("another program") != std::string::npos;
    });
    bed.tell("other 0");
    const std::string said4 = bed.hear("grab");
    CHECK(said4 == "grab 1");
    ward.wait_for_state("gun", true);
}

TEST_CASE("only the keyboard that the settings select is ever opened") {
    Ward ward;
    Bed bed(ward);
    bed.tell("plug");
    bed.hear("plugged");
    const bool selected = GENERATE(true, false);
    const auto part = GENERATE(0, 1, 2, 3);
    wire::DeviceSettings device = the_gun();
    if (part == 0) {
        device.product = selected ? "1200" : "1201";
    } else if (part == 1) {
        device.serial = selected ? "S123" : "S124";
    } else if (part == 2) {
        device.device_name = selected ? "Test Barcode Scanner" : "Keyboard";
    } else {
        device.path = selected ? "/dev/input/event5" : "/dev/input/event6";
    }
    ScannerProcess process(ward.loop.get_executor(), settings_in(ward, bed, device), ward.events());
    REQUIRE(process.start().has_value());
    if (selected) {
        ward.wait_for_state("gun", true);
    } else {
        ward.wait_until("it was looked for", [&] {
            return ward.devices["gun"].detail.find("not plugged in") != std::string::npos;
        });
    }
    CHECK(ward.devices["gun"].present == selected);
}
