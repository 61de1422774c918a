// Goal: scans of serial and network scanners reach the daemon from the real cartwatch-scanner, also
// after a device, the process or the daemon was away.
#include "tests/daemon/scanners/scanner_desk_kit.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>

#include <csignal>
#include <optional>
#include <utility>

#include <poll.h>
#include <pty.h>
#include <termios.h>

namespace cartwatch::scanner_process_test {

using namespace cartwatch::scanners;
using boost::asio::ip::tcp;
using test::Ward;

namespace {

const std::string scan_text = "0109521234543213\x1D"
                              "10ABC";

// The scanner's end of a serial line; its other end is found under a symbolic link, as udev makes.
class SerialScanner {
public:
    explicit SerialScanner(std::filesystem::path link) : link_(std::move(link)) {
        std::array<char, 128> name{};
        REQUIRE(::openpty(&ours_, &theirs_, name.data(), nullptr, nullptr) == 0);
        termios raw{};
        ::tcgetattr(theirs_, &raw);
        ::cfmakeraw(&raw);
        ::tcsetattr(theirs_, TCSANOW, &raw);
        std::filesystem::create_symlink(name.data(), link_);
    }

    SerialScanner(const SerialScanner&) = delete;
    SerialScanner& operator=(const SerialScanner&) = delete;

    ~SerialScanner() {
        std::filesystem::remove(link_);
        ::close(theirs_);
        ::close(ours_);
    }

    void send(std::string_view bytes) const {
        REQUIRE(::write(ours_, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()));
    }

    // The next bytes that this scanner is sent.
    [[nodiscard]] std::string hear(Ward& ward, std::size_t count) const {
        std::string heard;
        ward.wait_until("the scanner is sent something", [&] {
            std::array<char, 16> chunk{};
            pollfd state{ours_, POLLIN, 0};
            if (::poll(&state, 1, 0) > 0) {
                const ssize_t got = ::read(ours_, chunk.data(), chunk.size());
                heard.append(chunk.data(), got > 0 ? static_cast<std::size_t>(got) : 0);
            }
            return heard.size() >= count;
        });
        return heard;
    }

private:
    std::filesystem::path link_;
    int ours_ = -1;
    int theirs_ = -1;
};

wire::DeviceSettings a_device(wire::DeviceKind kind) {
    wire::DeviceSettings device;
    device.name = "gun";
    device.station = "ward-3f";
    device.kind = kind;
    device.retry = std::chrono::milliseconds(10);
    return device;
}

wire::DeviceSettings serial_at(const std::filesystem::path& path) {
    auto device = a_device(wire::DeviceKind::serial);
    device.path = path;
    return device;
}

void send(tcp::socket& socket, const std::string& bytes) {
    boost::asio::write(socket, boost::asio::buffer(bytes));
}

std::uint16_t port_in(const std::string& detail) {
    return static_cast<std::uint16_t>(std::stoi(detail.substr(detail.rfind(':') + 1)));
}

wire::DeviceSettings listening_device(const std::string& name) {
    auto device = a_device(wire::DeviceKind::network_listen);
    device.name = name;
    return device;
}

// Once the device listens.
tcp::socket connect_to(Ward& ward, const std::string& name) {
    ward.wait_until("it listens", [&] {
        return ward.devices[name].identity.starts_with("network:")
               || ward.devices[name].detail.starts_with("waiting");
    });
    const wire::DeviceLine& line = ward.devices[name];
    tcp::socket socket(ward.loop);
    socket.connect(
        {boost::asio::ip::address_v4::loopback(),
         port_in(line.identity.empty() ? line.detail : line.identity)});
    ward.wait_for_state(name, true);
    return socket;
}

void wait_for_end(Ward& ward, tcp::socket& socket) {
    socket.non_blocking(true);
    boost::system::error_code error = boost::asio::error::would_block;
    ward.wait_until("the other side closes", [&] {
        std::array<char, 1> byte{};
        socket.read_some(boost::asio::buffer(byte), error);
        return error != boost::asio::error::would_block;
    });
}

} // namespace

TEST_CASE("a serial scanner's scans arrive whole, and it is found again after it was unplugged") {
    Ward ward;
    const auto link = ward.folder / "ttyACM0";
    ScannerProcess process(
        ward.loop.get_executor(), ward.settings({serial_at(link)}), ward.events());
    REQUIRE(process.start().has_value());
    ward.wait_for_state("gun", false);
    {
        const SerialScanner scanner(link);
        ward.wait_for_state("gun", true);
        scanner.send(scan_text + "\r\n");
        ward.wait_for_scans(1);
        scanner.send("no line end");
        ward.wait_for_scans(2);
        scanner.send("\xD2\xA9\r");
        ward.wait_for_scans(3);
    }
    ward.wait_for_state("gun", false);
    const SerialScanner again(link);
    ward.wait_for_state("gun", true);
    again.send("6901234567892\n");
    ward.wait_for_scans(4);

    CHECK(ward.scans[0].text == scan_text);
    CHECK(ward.scans[0].device == "gun");
    CHECK(ward.scans[0].station == "ward-3f");
    CHECK(ward.scans[1].text == "no line end");
    CHECK(ward.scans[2].text == "\xD2\xA9");
    CHECK(ward.scans[3].text == "6901234567892");
    CHECK(ward.scans[3].number == 4);
}

TEST_CASE("a serial scan that is too long is dropped with a word, and the next one arrives") {
    Ward ward;
    const auto link = ward.folder / "ttyACM0";
    const SerialScanner scanner(link);
    ScannerProcess process(
        ward.loop.get_executor(), ward.settings({serial_at(link)}), ward.events());
    REQUIRE(process.start().has_value());
    ward.wait_for_state("gun", true);
    for (int i = 0; i < 10; ++i) {
        scanner.send(std::string(1000, '7'));
    }
    scanner.send("\r1\r");
    ward.wait_for_scans(1);
    CHECK(ward.scans[0].text == "1");
    CHECK_THAT(ward.devices["gun"].detail, Catch::Contains("dropped"));
}

TEST_CASE("a serial scanner is told to beep with the bytes that are configured, and only then") {
    Ward ward;
    const auto link = ward.folder / "ttyACM0";
    const SerialScanner scanner(link);
    auto device = serial_at(link);
    device.good_bytes = "16070d";
    device.bad_bytes = "15";
    ScannerProcess process(ward.loop.get_executor(), ward.settings({device}), ward.events());
    REQUIRE(process.start().has_value());
    ward.wait_for_state("gun", true);
    process.tell(wire::SignalLine{"another", false});
    process.tell(wire::SignalLine{"gun", true});
    CHECK(scanner.hear(ward, 3) == "\x16\x07\r");
    process.tell(wire::SignalLine{"gun", false});
    CHECK(scanner.hear(ward, 1) == "\x15");
    scanner.send("1\r"); // it is read as before
    ward.wait_for_scans(1);
    CHECK(ward.devices["gun"].identity == "serial:" + link.string());
}

TEST_CASE("a serial port that cannot be had is told once, with the reason and the mend") {
    Ward ward;
    std::size_t told = 0;
    auto events = ward.events();
    events.device = [&](const wire::DeviceLine& line) {
        told += line.present ? 0 : 1;
        ward.devices[line.device] = line;
    };
    auto not_a_port = serial_at(ward.folder.script("not-a-port", "exit 0"));
    not_a_port.name = "no port";
    ScannerProcess process(ward.loop.get_executor(), ward.settings({not_a_port}), events);
    REQUIRE(process.start().has_value());
    ward.wait_until("the reason is told", [&] {
        return ward.devices["no port"].absence == wire::Absence::failed;
    });
    const std::size_t before = told;
    const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(500);
    ward.wait_until(
        "half a second has passed", [&] { return std::chrono::steady_clock::now() > end; });
    CHECK(told == before);
}

TEST_CASE("a network scanner that we connect to is connected to again") {
    Ward ward;
    tcp::acceptor scanner(ward.loop, tcp::endpoint(boost::asio::ip::address_v4::loopback(), 0));
    auto device = a_device(wire::DeviceKind::network_connect);
    device.port = scanner.local_endpoint().port();
    ScannerProcess process(ward.loop.get_executor(), ward.settings({device}), ward.events());
    REQUIRE(process.start().has_value());
    for (std::size_t i = 1; i <= 2; ++i) {
        tcp::socket line = scanner.accept();
        ward.wait_for_state("gun", true);
        send(line, scan_text + "\r");
        ward.wait_for_scans(i);
        line.close();
        ward.wait_for_state("gun", false);
    }
    CHECK(ward.scans[1].text == scan_text);
}

TEST_CASE("a fifth network scanner takes the place of the one that never said anything") {
    Ward ward;
    ScannerProcess process(
        ward.loop.get_executor(), ward.settings({listening_device("gun")}), ward.events());
    REQUIRE(process.start().has_value());
    std::vector<tcp::socket> lines;
    for (std::size_t i = 0; i < 4; ++i) {
        lines.push_back(connect_to(ward, "gun"));
        if (i < 3) { // the last stays silent
            send(lines[i], std::to_string(i) + "\r");
            ward.wait_for_scans(i + 1);
        }
    }
    lines.push_back(connect_to(ward, "gun"));
    wait_for_end(ward, lines[3]);
    lines.erase(lines.begin() + 3);
    for (std::size_t i = 0; i < 4; ++i) {
        send(lines[i], "again " + std::to_string(i) + "\r");
        ward.wait_for_scans(i + 4);
        CHECK(ward.scans.back().text == "again " + std::to_string(i));
    }
    CHECK_THAT(ward.devices["gun"].detail, Catch::Contains("a silent one was closed"));
    CHECK(ward.devices["gun"].present);
    CHECK(ward.devices["gun"].lost == 0);

    lines.push_back(connect_to(ward, "gun")); // all have spoken: the one silent longest goes
    wait_for_end(ward, lines[0]);
    lines.clear();
    ward.wait_for_state("gun", false);
}

TEST_CASE("a network scanner that floods keeps none of another station's scans from arriving") {
    Ward ward;
    ward.acknowledges = false;
    auto other = listening_device("other");
    other.station = "ward-4f";
    ScannerProcess process(
        ward.loop.get_executor(), ward.settings({listening_device("gun"), other}), ward.events());
    REQUIRE(process.start().has_value());
    tcp::socket flood = connect_to(ward, "gun");
    tcp::socket honest = connect_to(ward, "other");
    constexpr std::size_t scans_sent = 2048;
    std::string bytes;
    for (std::size_t i = 0; i < scans_sent; ++i) {
        bytes += "1\r";
    }
    send(flood, bytes);
    ward.wait_for_scans(100); // its share, of which the daemon takes none
    send(honest, "4006381333931\r");
    ward.wait_for_scans(101);
    CHECK(ward.scans.back().text == "4006381333931");
    CHECK(ward.scans.back().device == "other");

    // As the daemon takes them the rest arrives, and nothing was lost.
    while (ward.scans.size() < scans_sent + 1) {
        REQUIRE_FALSE(ward.owed.empty());
        const std::size_t before = ward.scans.size();
        for (const auto& acknowledge : std::exchange(ward.owed, {})) {
            acknowledge();
        }
        ward.wait_for_scans(before + 1);
    }
    CHECK(ward.scans.size() == scans_sent + 1);
    CHECK(ward.devices["gun"].lost == 0);
    CHECK(ward.devices["other"].lost == 0);
}

TEST_CASE("scans that are lost one after the other are told once, not each") {
    Ward ward;
    std::size_t told = 0;
    auto events = ward.events();
    events.device = [&](const wire::DeviceLine& line) {
        told += line.lost > ward.devices[line.device].lost ? 1U : 0U;
        ward.devices[line.device] = line;
    };
    ScannerProcess process(
        ward.loop.get_executor(), ward.settings({listening_device("gun")}), events);
    REQUIRE(process.start().has_value());
    tcp::socket line = connect_to(ward, "gun");
    std::string bytes;
    for (int i = 0; i < 20; ++i) {
        bytes += std::string(wire::scan_bytes_max + 1, '7') + "\r";
    }
    send(line, bytes + "1\r");
    ward.wait_for_scans(1);
    CHECK(told == 1);
    CHECK(ward.devices["gun"].lost == 1);
    ward.wait_until("the number of all is told", [&] { return ward.devices["gun"].lost == 20; });
    CHECK(told == 2);
    CHECK_THAT(ward.devices["gun"].detail, Catch::Contains("dropped"));
}

TEST_CASE("a network scanner that closes behind its scan has sent it, without a line end") {
    Ward ward;
    auto device = listening_device("gun");
    device.pause = std::chrono::milliseconds(5000); // it is the end that ends it
    ScannerProcess process(ward.loop.get_executor(), ward.settings({device}), ward.events());
    REQUIRE(process.start().has_value());
    {
        tcp::socket line = connect_to(ward, "gun");
        send(line, scan_text);
    }
    ward.wait_for_state("gun", false);
    REQUIRE(ward.scans.size() == 1);
    CHECK(ward.scans[0].text == scan_text);
    CHECK(ward.scans[0].by_pause);
    CHECK(ward.devices["gun"].lost == 0);
}

TEST_CASE("half a scan of a serial scanner that is unplugged is told as lost") {
    Ward ward;
    const auto link = ward.folder / "ttyACM0";
    auto device = serial_at(link);
    device.pause = std::chrono::milliseconds(5000);
    ScannerProcess process(ward.loop.get_executor(), ward.settings({device}), ward.events());
    REQUIRE(process.start().has_value());
    {
        const SerialScanner scanner(link);
        ward.wait_for_state("gun", true);
        scanner.send("1\r" + scan_text);
        ward.wait_for_scans(1); // one write: the half was read with it
    }
    ward.wait_for_state("gun", false);
    CHECK(ward.devices["gun"].lost == 1);
    CHECK(ward.scans.size() == 1);
}

TEST_CASE("a scan is whole though the scanner process was held up in the midst of it") {
    Ward ward;
    const bool is_serial = GENERATE(false, true);
    const auto link = ward.folder / "ttyACM0";
    const SerialScanner scanner(link);
    auto device = is_serial ? serial_at(link) : listening_device("gun");
    ScannerProcess process(ward.loop.get_executor(), ward.settings({device}), ward.events());
    REQUIRE(process.start().has_value());
    std::optional<tcp::socket> line;
    if (is_serial) {
        ward.wait_for_state("gun", true);
    } else {
        line.emplace(connect_to(ward, "gun"));
    }
    const auto say = [&](const std::string& bytes) {
        is_serial ? scanner.send(bytes) : send(*line, bytes);
    };
    say("1\r" + scan_text.substr(0, 12)); // one write: the beginning was read with it
    ward.wait_for_scans(1);
    ::kill(process.child(), SIGSTOP);
    say(scan_text.substr(12) + "\r");
    const auto end = std::chrono::steady_clock::now() + 2 * device.pause;
    ward.wait_until(
        "the pause is long over", [&] { return std::chrono::steady_clock::now() > end; });
    ::kill(process.child(), SIGCONT);
    ward.wait_for_scans(2);
    CHECK(ward.scans[1].text == scan_text);
    CHECK_FALSE(ward.scans[1].by_pause);
}

TEST_CASE(
    "a scanner process that is killed is started again, and its devices are absent meanwhile") {
    Ward ward;
    const auto link = ward.folder / "ttyACM0";
    const SerialScanner scanner(link);
    ScannerProcess process(
        ward.loop.get_executor(), ward.settings({serial_at(link)}), ward.events());
    REQUIRE(process.start().has_value());
    for (std::size_t i = 1; i <= 3; ++i) {
        ward.wait_for_state("gun", true);
        const pid_t child = process.child();
        scanner.send(std::to_string(i) + "\r");
        ward.wait_for_scans(i);
        ::kill(child, i == 2 ? SIGABRT : SIGKILL);
        ward.wait_for_state("gun", false);
        ward.wait_until("there is another process", [&] {
            return process.child() != 0 && process.child() != child;
        });
    }
    CHECK_THAT(ward.log.front(), Catch::Contains("killed by signal 9"));
}

TEST_CASE("a scanner program that cannot be started leaves the daemon running") {
    Ward ward;
    auto settings = ward.settings({serial_at("/nowhere")});
    settings.program = "/nowhere/cartwatch-scanner";
    ScannerProcess process(ward.loop.get_executor(), settings, ward.events());
    REQUIRE(process.start().has_value());
    ward.wait_until("it was tried three times", [&] { return ward.log.size() >= 3; });
    CHECK_FALSE(ward.devices["gun"].present);
    CHECK_THAT(ward.devices["gun"].detail, Catch::Contains("/nowhere/cartwatch-scanner"));
}

TEST_CASE("scans that a daemon did not acknowledge reach the next one, each once") {
    Ward ward;
    const auto link = ward.folder / "ttyACM0";
    const SerialScanner scanner(link);
    const auto file = ward.folder / "devices.json";
    std::ofstream(file) << wire::to_json_text({serial_at(link)});
    const auto socket = ward.folder / "scans";
    auto desk = std::make_unique<ScanDesk>(ward.loop.get_executor(), ward.events());
    REQUIRE(desk->open(socket).has_value());
    auto child = ChildProcess::start(
        CARTWATCH_SCANNER_PROGRAM, {"--socket", socket.string(), "--devices", file.string()});
    REQUIRE(child.has_value());
    ward.wait_for_state("gun", true);
    scanner.send("acknowledged\r");
    ward.wait_for_scans(1);
    ward.acknowledges = false;
    scanner.send("A\rB\r");
    ward.wait_for_scans(3);

    desk.reset();
    ward.owed.front()(); // too late: nobody is there to send it
    ward.devices.clear();
    scanner.send("C\r");
    ward.acknowledges = true;
    ScanDesk next(ward.loop.get_executor(), ward.events());
    REQUIRE(next.open(socket).has_value());
    ward.wait_for_scans(6);

    std::vector<std::string> texts;
    for (const wire::ScanLine& scan : ward.scans) {
        texts.push_back(scan.text);
    }
    CHECK(texts == std::vector<std::string>{"acknowledged", "A", "B", "A", "B", "C"});
    CHECK(ward.scans[1].number == ward.scans[3].number);
}

} // namespace cartwatch::scanner_process_test
